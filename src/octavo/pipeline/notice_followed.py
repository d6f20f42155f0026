"""stories and articles -> notices: what the readers who asked for it should be told of, each thing once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.push import Notice, NoticeKind, SubscriptionId
from octavo.domain.relation import Candidate
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.relate.provenance import independent_reports
from octavo.store import articles as article_store
from octavo.store import changes, hashtags, notices, noticing, push, starter
from octavo.store import stories as story_store
from octavo.store.changes import ChangeKind
from octavo.store.noticing import Arrival
from octavo.store.push import Alarm, Told

CONSUMER = "push"

AT_ONCE = 200
"""Changes, or followed stories, taken in one round."""

_NEWS = timedelta(hours=24)
"""Articles older than this when they come in are no news: the first poll of a feed, an archive's import."""

_STORIES = 200
_PER_STORY = 40


def notice_followed(tools: Tools) -> int:
    """Note what there is to tell; gives how many things were looked at. Doing it again notes nothing twice."""
    with tools.database.read() as view:
        wanted = push.any_kept(view)
        behind = changes.position(view, SETTLER) - changes.position(view, CONSUMER)
    if not wanted:
        if behind > 0:
            _skip(tools)
        return 0
    looked = _stories(tools)
    while done := _arrivals(tools):
        looked += done
    return looked + _breaking(tools)


def _skip(tools: Tools) -> None:
    """Leave behind what came in while nobody wanted to hear of it."""
    with tools.database.transaction() as tx:
        changes.set_position(tx, CONSUMER, changes.position(tx, SETTLER))


def _stories(tools: Tools) -> int:
    """Follow merged stories on, then note those with more independent reports than their followers know of."""
    with tools.database.read() as view:
        if not push.folded(view, 1) and not push.told_otherwise(view, 1):
            return 0
    done = 0
    with tools.database.transaction() as tx:
        while merged := push.folded(tx, AT_ONCE):
            notices.add(tx, [_merged(told, to, tools.now()) for told, to in merged])
            for told, to in merged:
                push.follow_on(tx, told, to)
            done += len(merged)
        push.forget_lost_stories(tx)
        while changed := push.told_otherwise(tx, AT_ONCE):
            notices.add(tx, [_grown(told, count, tools.now()) for told, count in changed if count > told.reports])
            for told, count in changed:
                push.tell(tx, told, count)
            done += len(changed)
    return done


def _merged(told: Told, to: StoryId, now: datetime) -> Notice:
    return Notice(told.subscription_id, NoticeKind.MERGED, f"merged {told.story_id} {to}", now, to)


def _grown(told: Told, count: int, now: datetime) -> Notice:
    dedupe = f"story {told.story_id} {count}"
    return Notice(told.subscription_id, NoticeKind.STORY, dedupe, now, told.story_id, n=count)


def _arrivals(tools: Tools) -> int:
    """Note new stories under hashtags and about places that are followed, once they were settled; one round."""
    now = tools.now()
    with tools.database.read() as view:
        ready = changes.position(view, SETTLER)
        rows = [row for row in changes.since(view, changes.position(view, CONSUMER), AT_ONCE) if row.seq <= ready]
        new = [row.article_id for row in rows if row.kind is ChangeKind.NEW]
        arrived = noticing.arrivals(view, new, now - _NEWS)
        noted = [*_under_hashtags(view, arrived, now), *_about_places(view, arrived, now)]
    if not rows:
        return 0
    with tools.database.transaction() as tx:
        notices.add(tx, noted)
        changes.set_position(tx, CONSUMER, rows[-1].seq)
    return len(rows)


def _under_hashtags(view: Read, arrived: Sequence[Arrival], now: datetime) -> list[Notice]:
    rules = hashtags.rules(view)
    carried: dict[str, list[Arrival]] = {}
    for one in arrived:
        for tag in {shown for own in one.tags if not rules.hidden(own) for shown in (own, rules.canonical(own))}:
            carried.setdefault(tag, []).append(one)
    return _for_followers(view, NoticeKind.HASHTAG, carried, now)


def _about_places(view: Read, arrived: Sequence[Arrival], now: datetime) -> list[Notice]:
    carried: dict[str, list[Arrival]] = {}
    for one in arrived:
        for key in one.places:
            carried.setdefault(key, []).append(one)
    return _for_followers(view, NoticeKind.PLACE, carried, now)


def _for_followers(view: Read, kind: NoticeKind, carried: dict[str, list[Arrival]], now: datetime) -> list[Notice]:
    """Note the stories that this instance learned of after somebody began to follow what they are about."""
    followers = push.followers(view, kind, carried)
    concerned = {one.story_id for follower in followers for one in carried[follower.follow.key]}
    seen = noticing.first_seen(view, concerned)
    found: dict[tuple[SubscriptionId, StoryId], Notice] = {}
    for who in followers:
        for one in carried[who.follow.key]:
            if seen[one.story_id] >= who.since and _readable(who.languages, [one.language]):
                # A story has one notice, whichever of the things followed it is about.
                notice = Notice(
                    who.subscription_id, kind, f"new {one.story_id}", now, one.story_id, name=who.follow.name
                )
                found.setdefault((who.subscription_id, one.story_id), notice)
    return list(found.values())


def _breaking(tools: Tools) -> int:
    """Note the stories that as many independent sources reported within as few hours as somebody set.

    What had as many before somebody asked for it is noted as told: it stood on the page they asked from.
    """
    now = tools.now()
    with tools.database.read() as view:
        alarms = push.alarms(view)
        if not alarms:
            return 0
        longest = timedelta(hours=max(one.within_h for one in alarms))
        least = min(one.breaking for one in alarms)
        counts = noticing.widely_reported_since(view, now - longest, least, _STORIES)
        told = _Told(noticing.former_ids(view, counts))
        told.known = notices.known(view, [name for story in counts for name in told.names(story)])
        measured = {story: _measure(view, story, counts[story]) for story in counts}
    fresh: list[Notice] = []
    stale: list[Notice] = []
    for story, reported in measured.items():
        spans = {hours: reported.count(now, hours) for hours in {one.within_h for one in alarms}}
        for who in alarms:
            n = spans[who.within_h]
            if n < who.breaking or told.has(who, story) or not _readable(who.languages, reported.languages):
                continue
            notice = Notice(who.subscription_id, NoticeKind.BREAKING, told.names(story)[0], now, story, n=n)
            (stale if reported.count_before(who, now) >= who.breaking else fresh).append(notice)
    if fresh or stale:
        with tools.database.transaction() as tx:
            notices.add(tx, fresh)
            notices.add(tx, stale, told_at=now)
    return len(counts)


@dataclass(slots=True)
class _Told:
    """Which stories somebody was told of as breaking, under their names of now and those they had before."""

    former: dict[StoryId, list[StoryId]]
    known: set[tuple[SubscriptionId, str]] = field(default_factory=set)

    def names(self, story: StoryId) -> list[str]:
        """Name a story's breaking in every way it may have been noted, the present one first."""
        return [f"breaking {one}" for one in (story, *self.former.get(story, ()))]

    def has(self, who: Alarm, story: StoryId) -> bool:
        """Tell whether it is noted already."""
        return any((who.subscription_id, name) in self.known for name in self.names(story))


@dataclass(frozen=True, slots=True)
class _Reported:
    """A story's newest dated articles, with when they were first seen, and all its independent reports."""

    articles: list[Candidate]
    seen: dict[ArticleId, datetime]
    reports: int
    languages: set[str]

    def count(self, now: datetime, hours: int) -> int:
        """Count the independent reports of the last so many hours."""
        return self._count([one for one in self.articles if now - timedelta(hours=hours) <= one.at <= now])

    def count_before(self, who: Alarm, now: datetime) -> int:
        """Count those that were here when somebody asked to be told, if that was within their hours."""
        begin = who.since - timedelta(hours=who.within_h)
        if now - timedelta(hours=who.within_h) > who.since:
            return 0
        return self._count([one for one in self.articles if one.at >= begin and self.seen[one.id] < who.since])

    def _count(self, lately: list[Candidate]) -> int:
        return min(self.reports, len(independent_reports(lately)) if lately else 0)


def _measure(view: Read, story: StoryId, reports: int) -> _Reported:
    members = story_store.newest_articles(view, [story], _PER_STORY).get(story, [])
    read = [one for one in article_store.candidates(view, members) if one.dated]
    return _Reported(read, noticing.seen(view, members), reports, {one.language for one in read})


def _readable(languages: tuple[str, ...], those: Iterable[str]) -> bool:
    return any(starter.reads(languages, one) for one in those)
