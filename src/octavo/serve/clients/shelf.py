"""What one reader's apps show: the feeds they read, a feed for all else they follow, folders, labels."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.article import ArticleCard
from octavo.domain.edition import LOCAL
from octavo.domain.follow import Follow, FollowKind, SavedSearch, Stance, SubscribedFeed
from octavo.domain.ids import AccountId, FeedId, PublisherId
from octavo.serve import links
from octavo.serve.clients.asked import Asked
from octavo.serve.display import web_address
from octavo.serve.followed import name_of, page_of, page_of_search
from octavo.serve.visit import Visit
from octavo.store import follows, publishers, reading, searches, subscriptions
from octavo.store.streams import Arrival
from octavo.text.inert import inert
from octavo.text.slugs import read_short_id

OF_FEEDS = 2**30
"""Numbers of feeds are below, numbers of what else is followed above; all are below 2**31, as apps hold them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed as apps list it: one that is collected (`feed`), all of something that is followed (`follow`), or what a
    saved search finds (`search`)."""

    number: int
    title: str
    folder: str
    url: str
    page: str
    feed: SubscribedFeed | None = None
    follow: Follow | None = None
    search: SavedSearch | None = None

    @property
    def stream(self) -> str:
        """Its name as a stream of Google Reader's API."""
        return f"feed/{self.number}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of it, as of one view of the store. `labels` are the edition's sections and the followed hashtags:
    what articles carry, to the name apps show."""

    visit: Visit
    account: AccountId
    sources: Sequence[Source]
    sections: Mapping[str, str]
    hashtags: Mapping[str, str]
    by_number: Mapping[int, Source] = field(default_factory=dict)

    @property
    def feeds(self) -> list[SubscribedFeed]:
        """The collected feeds among them."""
        return [one.feed for one in self.sources if one.feed is not None]

    @property
    def folders(self) -> list[str]:
        """The folders its feeds lie in, in the order of their names."""
        return sorted({one.folder for one in self.sources}, key=str.casefold)

    @property
    def labels(self) -> list[str]:
        """What articles are labelled with: sections, then hashtags; no name that a folder has."""
        taken = set(self.folders)
        return [one for one in dict.fromkeys((*self.sections.values(), *self.hashtags.values())) if one not in taken]

    def within(self, folder: str) -> list[Source]:
        """List the feeds of a folder."""
        return [one for one in self.sources if one.folder == folder]

    def origin(self, card: ArticleCard, arrival: Arrival, among: Source | None = None) -> Source | None:
        """Give the feed an article is shown under: the one asked for, its own, else one of what is followed."""
        if among is not None:
            return among
        own = self.by_number.get(arrival.feed_id) if arrival.feed_id is not None else None
        return own or next((one for one in self.sources if one.follow and _carries(one.follow, card)), None)


@contextmanager
def opened(asked: Asked, person: Person) -> Iterator[Shelf]:
    """Open the store for one reader's apps: they read the instance's own edition."""
    who, site, now = demand(person, Act.SEE_KEPT), asked.site, asked.now
    with site.tools.database.read() as view:
        here, known = site.here(site.plan_for(""), now), site.known(view, reading.stamp(view), now)
        visit = Visit(site, view, here, known, {}, {}, person=who)
        yield _shelf(visit, who.id)


def folder_number(folder: str) -> int:
    """Number a folder: apps want numbers, and folders have names alone."""
    return zlib.crc32(folder.encode()) % (2**31 - 2) + 2


def follow_number(follow: Follow) -> int:
    """Number something that is followed."""
    return OF_FEEDS + zlib.crc32(f"{follow.kind}/{follow.key}".encode()) % (OF_FEEDS - 1)


def search_number(one: SavedSearch) -> int:
    """Number a search that is kept."""
    return OF_FEEDS + zlib.crc32(f"search/{one.id}".encode()) % (OF_FEEDS - 1)


def _shelf(visit: Visit, account: AccountId) -> Shelf:
    topics = {one.topic: one.title for one in visit.plan.sections if one.topic and one.topic != LOCAL}
    subscribed = subscriptions.of(visit.view, account, visit.plan)
    papers = publishers.get_many(visit.view, [one.feed.publisher_id for one in subscribed])
    homes = {key: paper.homepage for key, paper in papers.items()}
    collected = [_collected(visit, one, homes, topics) for one in subscribed]
    kept = [one for one in follows.of(visit.view, account) if one.stance is Stance.FOLLOW]
    followed = [_followed(visit, one) for one in kept if one.kind is not FollowKind.PUBLISHER]
    tags = {one.key: inert(f"#{one.name.lstrip('#')}") for one in kept if one.kind is FollowKind.HASHTAG}
    every = [*collected, *followed, *(_sought(visit, one) for one in searches.of(visit.view, account))]
    return Shelf(visit, account, every, topics, tags, {one.number: one for one in every})


def _collected(
    visit: Visit, one: SubscribedFeed, homes: Mapping[PublisherId, str], topics: Mapping[str, str]
) -> Source:
    page = web_address(one.feed.site_url) or web_address(homes.get(one.feed.publisher_id, ""))
    page = page or visit.here.absolute(visit.here.source(one.feed.publisher_id))
    folder = one.folder or topics.get(one.feed.section, "") or visit.plan.title
    return Source(one.id, inert(one.title), inert(folder), one.feed.url, page, feed=one)


def _followed(visit: Visit, one: Follow) -> Source:
    path = page_of(visit.plan.key, one)
    feed, page = visit.here.absolute(links.feed(path, "atom")), visit.here.absolute(path)
    return Source(follow_number(one), inert(name_of(one)), visit.t("Followed"), feed, page, follow=one)


def _sought(visit: Visit, one: SavedSearch) -> Source:
    path = page_of_search(visit.plan.key, one)
    feed, page = visit.here.absolute(links.feed(path, "atom")), visit.here.absolute(path)
    return Source(search_number(one), inert(one.name), visit.t("Saved searches"), feed, page, search=one)


def _carries(follow: Follow, card: ArticleCard) -> bool:
    if follow.kind is FollowKind.HASHTAG:
        return follow.key in card.hashtags
    return follow.kind is FollowKind.STORY and card.story_id == read_short_id(follow.key)


def feed_ids(sources: Sequence[Source]) -> list[FeedId]:
    """Give the ids of the collected feeds among these."""
    return [one.feed.id for one in sources if one.feed is not None]
