"""Names and addresses of the actors here: every edition is one, and every hashtag.

A hashtag's name can be read back: other servers take letters of ASCII, digits and "_" only.
"""

import base64
import binascii
import re
from urllib.parse import urlsplit

from octavo.domain.ids import ArticleId
from octavo.text.slugs import read_short_id, short_id

ROOT = "/fediverse"
_TAG, _CODED = "tag_", "tag_x--"
_PLAIN = re.compile(r"[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*")
_LONGEST = 200


def of_hashtag(tag: str) -> str:
    """Name the actor of a hashtag."""
    if _PLAIN.fullmatch(tag) and not tag.startswith("x--"):
        return _TAG + tag
    return _CODED + base64.b32encode(tag.encode()).decode().rstrip("=").lower()


def hashtag_of(name: str) -> str:
    """Read a hashtag from its actor's name; "" for an actor that is none."""
    if len(name) > _LONGEST or not name.startswith(_TAG):
        return ""
    if not name.startswith(_CODED):
        return name.removeprefix(_TAG)
    coded = name.removeprefix(_CODED).upper()
    try:
        tag = base64.b32decode(coded + "=" * (-len(coded) % 8)).decode()
    except (binascii.Error, ValueError):
        return ""
    return tag if of_hashtag(tag) == name else ""


def actor(origin: str, name: str) -> str:
    """Address of an actor."""
    return f"{origin}{ROOT}/{name}"


def key(origin: str, name: str) -> str:
    """Address of the key an actor signs with."""
    return f"{actor(origin, name)}#main-key"


def shared_inbox(origin: str) -> str:
    """Where activities for anybody here are sent."""
    return f"{origin}{ROOT}/inbox"


def article(origin: str, name: str, article_id: ArticleId) -> str:
    """Address of an article as an actor tells of it."""
    return f"{actor(origin, name)}/article/{short_id(article_id)}"


def article_of(origin: str, address: str) -> ArticleId | None:
    """Read which article of ours an address names; None for any other address."""
    begin = f"{origin}{ROOT}/"
    parts = address.removeprefix(begin).split("/") if address.startswith(begin) else []
    if len(parts) != 3 or parts[1] != "article":
        return None
    number = read_short_id(parts[2])
    return ArticleId(number) if number is not None and number < 2**62 else None


def actor_of(origin: str, address: str) -> str:
    """Read which actor of ours an address names; "" for any other address."""
    begin = f"{origin}{ROOT}/"
    name = address.removeprefix(begin) if address.startswith(begin) else ""
    return name if name and "/" not in name and len(name) <= _LONGEST else ""


def host_of(address: str) -> str:
    """Give host, and port where one is written, of an address of the web; "" for what is none."""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and not parts.username and not parts.password and parts.hostname
        return parts.netloc.lower() if fits and parts.port != 0 else ""
    except ValueError:
        return ""


def named(resource: str, origin: str) -> str:
    """Read which actor a WebFinger query names (RFC 7033): by acct:name@host, or by its address; "" for none here."""
    if not resource.startswith("acct:"):
        return actor_of(origin, resource)
    name, _, host = resource.removeprefix("acct:").removeprefix("@").rpartition("@")
    return name.lower() if host.lower() == host_of(origin) else ""
