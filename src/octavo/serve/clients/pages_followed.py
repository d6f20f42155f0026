"""Addresses of this site's pages that readers subscribe to in an app: what they let one follow."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from octavo.domain.follow import FollowKind


def page_followed(address: str, origin: str) -> tuple[FollowKind, str] | None:
    """Read the address of a page of this site, or of its feed, as what it lets one follow; None for any other."""
    if not address.startswith(f"{origin}/"):
        return None
    split = urlsplit(address.removeprefix(origin))
    parts = split.path.strip("/").split("/")
    if len(parts) == 2 and parts[1].partition(".")[0] == "search":
        words = parse_qs(split.query).get("q", [""])[0]
        return (FollowKind.WORD, words) if words else None
    kinds: Mapping[str, Callable[[str], tuple[FollowKind, str]]] = {
        "story": lambda key: (FollowKind.STORY, key),
        "hashtag": lambda key: (FollowKind.HASHTAG, key),
        "place": lambda key: (FollowKind.PLACE, f"place/{key}"),
        "source": lambda key: (FollowKind.PUBLISHER, key),
    }
    if len(parts) < 3 or parts[1] not in kinds:
        return None
    key = parts[2]
    for ending in (".atom", ".rss", ".json"):
        key = key.removesuffix(ending)
    return kinds[parts[1]](unquote(key))
