"""Canonical URLs: drop trackers, resolve, compare, refuse unsafe ones."""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from octavo.errors import UnusableUrl

MAX_URL = 2048
_DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKERS = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid ysclid igshid mc_cid mc_eid mkt_tok _hsenc _hsmi vero_id "
    "oly_anon_id oly_enc_id s_cid ncid cmpid icid cid ns_campaign ns_mchannel ns_source ns_linkname ns_fee "
    "xtor at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 ref_src ref_url guccounter "
    "guce_referrer guce_referrer_sig __twitter_impression srsltid wt_mc wtmc sr_share smid".split()
)
"""Query parameters that say where a click came from, never which page is meant."""

_TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "stm_", "itm_")


def canonical_url(url: str, base: str = "") -> str:
    """Bring an address to the one form it is compared and kept in (RFC 3986 §6.2, and trackers dropped).

    Resolves against `base`, lower-cases scheme and host, encodes the host as IDNA, drops default ports, fragments,
    credentials and tracking parameters, and evens out percent-encoding. Raises UnusableUrl when it is not an http(s)
    address a browser could open.
    """
    cleaned = "".join(char for char in url.strip() if char >= " " and char != "\x7f")
    try:
        parts = urlsplit(urljoin(base, cleaned) if base else cleaned)
        port = parts.port
        host = _host(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise UnusableUrl(f"{url[:200]!r} is not an address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise UnusableUrl(f"{url[:200]!r} is not an http or https address")
    if not host:
        raise UnusableUrl(f"{url[:200]!r} names no host")
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = quote(
        unquote(parts.path or "/", errors="surrogateescape"), safe="/%:@!$&'()*+,;=-._~", errors="surrogateescape"
    )
    result = urlunsplit((scheme, netloc, _keep_encoded(parts.path, path), _query(parts.query), ""))
    if len(result) > MAX_URL:
        raise UnusableUrl(f"an address of {len(result)} characters is too long (at most {MAX_URL})")
    return result


def _keep_encoded(original: str, evened: str) -> str:
    """Even out only what is safe: an encoded slash or percent sign means something else than a bare one."""
    lowered = original.lower()
    if "%2f" in lowered or "%25" in lowered or "%3f" in lowered or "%23" in lowered:
        return quote(original, safe="/%:@!$&'()*+,;=-._~")
    return evened


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host or host.isascii():
        if any(char in host for char in " <>\"'`{}|\\^"):
            raise ValueError("the host has characters no host can have")
        return f"[{host}]" if ":" in host else host
    return host.encode("idna").decode("ascii")


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape", max_num_fields=200)
    kept = [(name, value) for name, value in pairs if not _is_tracker(name)]
    if len(kept) == len(pairs):
        return quote(query, safe="=&;%:@!$'()*+,/?-._~[]")
    return urlencode(kept, errors="surrogateescape")


def _is_tracker(name: str) -> bool:
    lowered = name.lower()
    return lowered in _TRACKERS or lowered.startswith(_TRACKER_PREFIXES)


def host_of(url: str) -> str:
    """Name the host of an address, lower case, without port; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def publisher_host(host: str) -> str:
    """Name a host as readers know it: without "www.", "m.", "amp.", "feeds." or "rss." in front."""
    for prefix in ("www.", "m.", "amp.", "feeds.", "feed.", "rss."):
        rest = host.removeprefix(prefix)
        if rest != host and "." in rest:
            return rest
    return host


def origin_of(url: str) -> str:
    """Give scheme, host and port of an address: "https://example.org". Raises UnusableUrl."""
    parts = urlsplit(canonical_url(url))
    return f"{parts.scheme}://{parts.netloc}"
