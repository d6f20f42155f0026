"""Links in mails: tracking taken off, addresses that only count clicks unwrapped to where they lead."""

import base64
import binascii
import json
import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from octavo.errors import UnusableUrl
from octavo.text.urls import absolute_url, canonical_url, host_of

_WRAPPED = frozenset(
    "url u target target_url redirect redirect_url redirecturl redir dest destination link to r q href goto l "
    "out".split()
)
"""Query parameters in which services that count clicks carry the address they lead to."""

_SHARED_TO = frozenset(
    "facebook.com twitter.com x.com linkedin.com api.whatsapp.com wa.me t.me telegram.me reddit.com pinterest.com "
    "bsky.app threads.net getpocket.com share.flipboard.com news.ycombinator.com translate.google.com".split()
)
"""Where an address in the query is what a reader would share, not where the link leads."""

_PERSONAL = frozenset(
    "token t e email em mail eid uid sid user user_id userid subscriber subscriber_id sub_id recipient contact "
    "contact_id key hash sig signature s jwt auth id_token r isfreemail publication_id post_id".split()
)
"""Query parameters that may say whose copy of a mail it is."""

_ROUNDS = 4
_LONGEST = 2048
_CODED = re.compile(r"[A-Za-z0-9_-]{16,2000}={0,2}")
_TOKEN = 40  # characters of one piece of an address from which it is a token and no word
_OF_MAIL = frozenset(
    "mail email e em m news newsletter newsletters letter letters www info view link links click go".split()
)


def clean_link(href: str) -> str:
    """Give where a link leads, without tracking; "" where that is no http(s) address. Nothing is asked for."""
    url = href.strip()[:_LONGEST]
    for _ in range(_ROUNDS):
        inner = _inside(url)
        if not inner:
            break
        url = inner
    try:
        return canonical_url(url)
    except UnusableUrl:
        return ""


def as_it_is(href: str) -> str:
    """Give a link's address as it stands; "" where it is no http(s) address."""
    try:
        return absolute_url(href[:_LONGEST])
    except UnusableUrl:
        return ""


def _inside(url: str) -> str:
    """The address an address carries, or ""."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        query = parse_qsl(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    if not host or host in _SHARED_TO:
        return ""
    carried = [value for name, value in query if name.lower() in _WRAPPED]
    carried += [unquote(piece) for piece in parts.path.split("/") if len(piece) >= 12]
    for one in carried:
        found = _web(one) or _decoded(one)
        if found and host_of(found) != host_of(url):
            return found
    return ""


def _web(text: str) -> str:
    if not text[:8].lower().startswith(("http://", "https://")):
        return ""
    try:
        return absolute_url(text)
    except UnusableUrl:
        return ""


def _decoded(text: str) -> str:
    """Read an address, or JSON that holds one, out of base64."""
    whole = text.partition(".")[0]
    if not _CODED.fullmatch(whole):
        return ""
    try:
        said = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    if not said.startswith("{"):
        return _web(said)
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(told, dict):
        return ""
    return next((url for name in ("e", "u", "url", "href", "link") if (url := _web(str(told.get(name, ""))))), "")


def page_of_sender(href: str, domain: str, secret: str) -> str:
    """Give the address of the page a mail can be read on, where it is of its sender's domain and names no subscriber.

    What may be personal is taken off its query; an address in which something personal is left is none. `secret` is
    what stands before the @ of the address the mail was sent to.
    """
    url = clean_link(href)
    if not url or not _same_house(host_of(url), domain):
        return ""
    parts = urlsplit(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50)
        if name.lower() not in _PERSONAL and "@" not in value and len(value) < _TOKEN
    ]
    bare = parts._replace(query=urlencode(kept)).geturl()
    pieces = re.split(r"[/._~-]", unquote(parts.path))
    if any(len(piece) >= _TOKEN for piece in pieces) or "@" in unquote(bare) or (secret and secret in bare.lower()):
        return ""
    return bare if parts.path.strip("/") or kept else ""


def _same_house(host: str, domain: str) -> bool:
    one, other = _bare(host), _bare(domain)
    return "." in one and "." in other and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _bare(host: str) -> str:
    labels = host.lower().strip(".").split(".")
    while len(labels) > 2 and labels[0] in _OF_MAIL:
        del labels[0]
    return ".".join(labels)
