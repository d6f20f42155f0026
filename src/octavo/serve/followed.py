"""All that somebody follows as one subscription list (OPML): each thing a feed of this site, read back as it.

An address of this site's pages, or of their feeds, means what the page lets one follow.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from octavo.actions import follows as following
from octavo.actions import searches as searching
from octavo.actions import subscriptions as subscribing
from octavo.collect.opml import Subscription, read_opml, write_opml
from octavo.domain.account import Person
from octavo.domain.feed import Feed
from octavo.domain.follow import Follow, FollowKind, SavedSearch, Stance
from octavo.domain.ids import AccountId
from octavo.errors import InputError, NotFound, UnusableUrl
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.relate import query as language
from octavo.relate.query import Question
from octavo.serve import links
from octavo.store import feeds, follows, publishers, searches
from octavo.text.slugs import read_short_id
from octavo.text.urls import canonical_url, publisher_host

CONTROLS = ("source", "section", "language", "tag", "after", "before")
"""The controls of the search's form: each is an operator that is chosen instead of typed."""

_ORDER = list(FollowKind)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an address means: something to follow, or where `kind` is None a search, whose line is `key`."""

    kind: FollowKind | None
    key: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a subscription list: how many things are followed, searches kept and feeds read for it.

    `unknown` are the feeds of it that are not collected here.
    """

    follows: int
    searches: int
    feeds: int
    unknown: Sequence[Subscription]


def page_of(edition: str, one: Follow) -> str:
    """Give the page of something that is followed; for people, organisations and words that is a search."""
    if one.kind is FollowKind.STORY:
        return links.story(edition, read_short_id(one.key) or 0, one.name)
    if one.kind is FollowKind.HASHTAG:
        return links.hashtag(edition, one.key)
    if one.kind is FollowKind.PLACE:
        return links.place(edition, one.key.removeprefix("place/"))
    if one.kind is FollowKind.PUBLISHER:
        return links.source(edition, one.key)
    return links.search(edition, q=one.name or one.key, sort="new")


def page_of_search(edition: str, one: SavedSearch) -> str:
    """Give the page of a search that is kept, the newest first."""
    return links.search(edition, q=one.query, sort="new")


def name_of(one: Follow) -> str:
    """Give what something that is followed is called, a hashtag with its sign."""
    return f"#{one.name.lstrip('#')}" if one.kind is FollowKind.HASHTAG else one.name or one.key


def meant_by(address: str, origin: str) -> Meant | None:
    """Read the address of a page of this site, or of its feed; None for any other."""
    if not address.startswith(f"{origin}/"):
        return None
    split = urlsplit(address.removeprefix(origin))
    parts = split.path.strip("/").split("/")
    if len(parts) == 2 and parts[1].partition(".")[0] == "search":
        line = _line(parse_qs(split.query))
        return Meant(None, line) if line else None
    kinds: Mapping[str, Callable[[str], Meant]] = {
        "story": lambda key: Meant(FollowKind.STORY, key),
        "hashtag": lambda key: Meant(FollowKind.HASHTAG, key),
        "place": lambda key: Meant(FollowKind.PLACE, f"place/{key}"),
        "person": lambda key: Meant(FollowKind.PERSON, f"person/{key}"),
        "organisation": lambda key: Meant(FollowKind.ORGANISATION, f"org/{key}"),
        "source": lambda key: Meant(FollowKind.PUBLISHER, key),
    }
    if len(parts) < 3 or parts[1] not in kinds:
        return None
    key = parts[2]
    for kind in links.FORMATS:
        key = key.removesuffix(f".{kind}")
    return kinds[parts[1]](unquote(key))


def _line(query: Mapping[str, Sequence[str]]) -> str:
    """Write a search's address as the line that asks the same."""
    typed = language.parse(query.get("q", [""])[0])
    chosen = [language.operator(kind, query[kind][0]) for kind in CONTROLS if query.get(kind)]
    return searching.line_of(Question((*typed.parts, *chosen)).written())


def listed(view: Read, account: AccountId, origin: str, edition: str) -> list[tuple[str, Subscription]]:
    """List all that somebody follows, by kind ("search" for searches), as Atom feeds of this site."""
    kept = [one for one in follows.of(view, account) if one.stance is Stance.FOLLOW]
    kept.sort(key=lambda one: (_ORDER.index(one.kind), one.name.casefold(), one.key))
    found = [(str(one.kind), name_of(one), page_of(edition, one)) for one in kept]
    found += [("search", one.name, page_of_search(edition, one)) for one in searches.of(view, account)]
    return [
        (kind, Subscription(origin + links.feed(page, "atom"), name, origin + page, "")) for kind, name, page in found
    ]


def write_followed(view: Read, account: AccountId, origin: str, edition: str, kinds: Mapping[str, str]) -> bytes:
    """Write it as OPML, with a folder for each kind; `kinds` are the folders' names."""
    rows = [
        Subscription(one.url, one.title, one.site_url, kinds.get(kind, kind))
        for kind, one in listed(view, account, origin, edition)
    ]
    return write_opml("Octavo", rows)


def collected(view: Read, address: str) -> list[Feed]:
    """Find the feeds collected here that an address means: a feed's own, however it is written, or a site's.

    A site's address means its publisher's feeds.
    """
    text = address.strip()
    if not text:
        return []
    bare = text.rstrip("/")
    tried = [text, bare, f"{bare}/"]
    tried += [one.replace("http://", "https://", 1) for one in tried] + [
        one.replace("https://", "http://", 1) for one in tried
    ]
    try:
        whole = canonical_url(text if "://" in text else f"https://{text}")
    except UnusableUrl:
        whole = ""
    for one in dict.fromkeys([*tried, whole]):
        found = feeds.by_url(view, one) if one else None
        if found is not None:
            return [found]
    return _of_site(view, whole)


def _of_site(view: Read, address: str) -> list[Feed]:
    split = urlsplit(address)
    if not split.hostname or split.path.strip("/") or split.query:
        return []
    host = publisher_host(split.hostname)
    known = publishers.by_host(view, [split.hostname, host, f"www.{host}"])
    owners = {one.id for one in known.values()}
    return [one for one in feeds.active(view) if one.publisher_id in owners]


def bring(tools: Tools, person: Person | None, origin: str, data: bytes) -> Brought:
    """Follow, keep and read what a subscription list names, as far as it is known here; the rest is given back.

    What cannot be followed, such as a story that is gone, is left out. Raises UnreadableFile, NotAllowed.
    """
    told: list[str] = []
    unknown: list[Subscription] = []
    for one in read_opml(data):
        with suppress(InputError, NotFound):
            done = _take_up(tools, person, origin, one)
            told += done
            unknown += [] if done else [one]
    return Brought(told.count("follow"), told.count("search"), told.count("feed"), unknown)


def _take_up(tools: Tools, person: Person | None, origin: str, one: Subscription) -> list[str]:
    """Take up one line of a list; gives what that was, nothing for a feed that is not collected here."""
    meant = meant_by(one.url, origin)
    if meant is not None and meant.kind is None:
        searching.save(tools, person, meant.key, one.title[: searching.LONGEST_NAME])
        return ["search"]
    if meant is not None and meant.kind is not None:
        following.follow(tools, person, meant.kind, meant.key, one.title.lstrip("#"))
        return ["follow"]
    with tools.database.read() as view:
        found = collected(view, one.url)
    for feed in found:
        subscribing.subscribe(tools, person, feed.id, one.title if len(found) == 1 else "", one.folder)
    return ["feed"] * len(found)
