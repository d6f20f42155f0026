"""Canonical URLs: drop trackers, resolve, compare, refuse unsafe ones."""

import re
from urllib.parse import SplitResult, quote_from_bytes, urljoin, urlsplit, urlunsplit

from octavo.errors import UnusableUrl

MAX_URL = 2048
_DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKERS = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid ysclid igshid mc_cid mc_eid mkt_tok _hsenc _hsmi vero_id "
    "oly_anon_id oly_enc_id s_cid ncid cmpid icid ns_campaign ns_mchannel ns_source ns_linkname ns_fee "
    "xtor at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 ref_src ref_url guccounter "
    "guce_referrer guce_referrer_sig __twitter_impression srsltid wt_mc wtmc sr_share smid".split()
)
"""Query parameters that say where a click came from, never which page is meant. (Not "cid": to many sites that is
the page.)"""

_TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "stm_", "itm_")

_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_QUERY_SAFE = _PATH_SAFE + "?[]"
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~]*")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~?\[\]]*")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CONTROLS = dict.fromkeys([*range(32), 127])
_NEVER_IN_HOSTS = frozenset(" <>\"'`{}|\\^%#?/@&=+,;!$*()~")


def canonical_url(url: str, base: str = "") -> str:
    """Bring an address to the one form it is compared and kept in (RFC 3986 §6.2, and trackers dropped).

    Resolves against `base`, lower-cases scheme and host, encodes the host as IDNA, drops default ports, fragments,
    credentials and tracking parameters, and evens out dot segments and percent-encoding. Raises UnusableUrl when it is
    not an http(s) address a browser could open.
    """
    parts = _split(url, base)
    kept = "&".join(pair for pair in parts.query.split("&") if not _is_tracker(pair.partition("=")[0]))
    return _joined(parts, kept, "")


def absolute_url(url: str, base: str = "") -> str:
    """Make an address absolute and safe to ask for, and leave it otherwise as given: trackers and fragment stay.

    What a redirect or a feed names has to be asked for in just these words. Raises UnusableUrl.
    """
    parts = _split(url, base)
    return _joined(parts, parts.query, parts.fragment)


_WHOLE = re.compile(r"https?://[A-Za-z0-9][^;]*\Z")  # joined to any base it stays what it is


def _split(url: str, base: str) -> SplitResult:
    cleaned = url.strip().translate(_CONTROLS)
    try:
        parts = urlsplit(urljoin(base, cleaned) if base and not _WHOLE.match(cleaned) else cleaned)
        port = parts.port
        host = _host(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise UnusableUrl(f"{url[:200]!r} is not an address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise UnusableUrl(f"{url[:200]!r} is not an http or https address")
    if not host or port == 0:
        raise UnusableUrl(f"{url[:200]!r} names no host that can be asked")
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return parts._replace(scheme=scheme, netloc=netloc)


def _joined(parts: SplitResult, query: str, fragment: str) -> str:
    path = _without_dots(parts.path) or "/"
    if not _PLAIN_PATH.fullmatch(path):
        path = _evened(path, _PATH_SAFE)
    if not _PLAIN_QUERY.fullmatch(query):
        query = _evened(query, _QUERY_SAFE)
    if fragment and not _PLAIN_QUERY.fullmatch(fragment):
        fragment = _evened(fragment, _QUERY_SAFE)
    result = urlunsplit((parts.scheme, parts.netloc, path, query, fragment))
    if len(result) > MAX_URL:
        raise UnusableUrl(f"an address of {len(result)} characters is too long (at most {MAX_URL})")
    return result


def _without_dots(path: str) -> str:
    """Take out "." and ".." (RFC 3986 §5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    pieces = path.split("/")
    for piece in pieces:
        if piece == "..":
            del kept[max(len(kept) - 1, 1) :]
        elif piece != ".":
            kept.append(piece)
    if pieces[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _evened(text: str, safe: str) -> str:
    """Write percent-encoding one way: unreserved characters bare, all else in capitals; reserved ones as they came."""
    pieces = []
    last = 0
    for found in _ENCODED.finditer(text):
        pieces.append(quote_from_bytes(text[last : found.start()].encode("utf-8", "replace"), safe))
        pieces.append(_one(found.group(1)))
        last = found.end()
    pieces.append(quote_from_bytes(text[last:].encode("utf-8", "replace"), safe))
    return "".join(pieces)


def _one(digits: str | None) -> str:
    if digits is None:
        return "%25"
    char = chr(int(digits, 16))
    return char if char in _UNRESERVED else f"%{digits.upper()}"


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        if not re.fullmatch(r"[0-9a-f:.]+", host):
            raise ValueError("the host is not an IPv6 address")
        return f"[{host}]"
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    if not _NEVER_IN_HOSTS.isdisjoint(host):
        raise ValueError("the host has characters no host can have")
    if host and (len(host) > 253 or any(not 0 < len(label) < 64 for label in host.split("."))):
        raise ValueError("the host is not a name DNS could hold")
    return host


def _is_tracker(name: str) -> bool:
    lowered = name.lower()
    return lowered in _TRACKERS or lowered.startswith(_TRACKER_PREFIXES)


def host_of(url: str) -> str:
    """Name the host of an address, lower case, without port; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """Give the path of an address; "" when it has none, or is no address."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def publisher_host(host: str) -> str:
    """Name a host as readers know it: without "www.", "m.", "amp.", "feeds." or "rss." in front."""
    for prefix in ("www.", "m.", "amp.", "feeds.", "feed.", "rss."):
        rest = host.removeprefix(prefix)
        if rest != host and "." in rest:
            return rest
    return host


def is_of_host(one: str, other: str) -> bool:
    """Tell whether two hosts are one site's: the same, or one within the other, whatever stands in front of both.

    Hosts side by side are not: a.co.uk and b.co.uk, or two blogs of one provider, share an ending and nothing else.
    """
    one, other = publisher_host(one), publisher_host(other)
    return bool(one and other) and (one == other or _holds(one, other) or _holds(other, one))


def _holds(outer: str, inner: str) -> bool:
    return "." in outer and inner.endswith(f".{outer}")


def origin_of(url: str) -> str:
    """Give scheme, host and port of an address: "https://example.org". Raises UnusableUrl."""
    parts = _split(url, "")
    return f"{parts.scheme}://{parts.netloc}"
