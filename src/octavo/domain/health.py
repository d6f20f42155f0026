"""Health: how well a publisher's articles are read of late, and whether that needs repair."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import PublisherId

_MANY, _SOME = 0.25, 0.1  # shares of recent articles


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What health is measured with: the bar of `complete` (0 to 1), the days that count as of late, and what queues.

    A publisher is queued for repair when it has at least `repair_articles` recent articles and `repair_share` (0 to 1)
    of the newest ones lie below the bar.
    """

    bar: float
    days: int
    repair_articles: int
    repair_share: float

    def calls_for_repair(self, judged: int, doubtful: int) -> bool:
        """Tell whether so many doubtful articles among those judged are too many."""
        return judged >= self.repair_articles and doubtful >= self.repair_share * judged


class Failure(StrEnum):
    """Why a page gave no article."""

    ROBOTS = "robots"  # robots.txt asks not to read it
    FORBIDDEN = "forbidden"  # HTTP 401, 402, 403, 407, 451
    GONE = "gone"  # HTTP 404, 410
    OTHER = "other"  # not a web page
    UNREAD = "unread"  # fetched, and no article found in it
    UNREACHABLE = "unreachable"  # everything else: time-outs, errors of the server


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done about a publisher's texts.

    `settled_at`: the owner found nothing to repair in what was seen until then. `read_at`: its stored pages were read
    again, `pages` of them, by the extractor `version`; `before` and `after` are the shares below the bar.
    """

    publisher_id: PublisherId
    settled_at: datetime | None = None
    read_at: datetime | None = None
    version: str = ""
    pages: int = 0
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some articles; `complete` is the mean, 0.0 of none; `doubtful` are below the bar and no teasers.

    `locked` are below the bar because a paywall shows a teaser: there is nothing to repair in them.
    """

    articles: int = 0
    below: int = 0
    locked: int = 0
    undated: int = 0
    unsigned: int = 0
    pictureless: int = 0
    complete: float = 0.0

    @property
    def doubtful(self) -> int:
        """How many lie below the bar and are not behind a paywall."""
        return self.below - self.locked

    def share(self, count: int) -> float:
        """Give a count as a share (0 to 1) of the articles; 0.0 of none."""
        return count / self.articles if self.articles else 0.0


class Standing(StrEnum):
    """How a publisher stands, in one word."""

    QUEUED = "queued"  # waits for repair
    SILENT = "silent"  # no recent article
    LOCKED = "locked"  # many recent articles are teasers of a paywall
    MIXED = "mixed"  # some recent articles are in doubt, not enough to queue it
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Health:
    """How a publisher does: `recent` over the days of the yardstick, `earlier` over as many days before them.

    `judged` are the newest articles, which decide whether it is `queued` for repair; `failed` counts recent pages
    that gave no article; `last_at` is the time of its newest article.
    """

    publisher_id: PublisherId
    recent: Tally = Tally()
    earlier: Tally = Tally()
    judged: Tally = Tally()
    failed: int = 0
    last_at: datetime | None = None
    queued: bool = False
    repair: Repair | None = None

    @property
    def standing(self) -> Standing:
        """How the publisher stands."""
        if self.queued:
            return Standing.QUEUED
        if not self.recent.articles:
            return Standing.SILENT
        if self.recent.share(self.recent.locked) >= _MANY:
            return Standing.LOCKED
        return Standing.MIXED if self.recent.share(self.recent.doubtful) >= _SOME else Standing.WELL

    @property
    def change(self) -> float | None:
        """By how much the share below the bar moved (-1 to 1, more is worse); None when there is nothing to compare."""
        if not self.recent.articles or not self.earlier.articles:
            return None
        return self.recent.share(self.recent.below) - self.earlier.share(self.earlier.below)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `start`: articles, and how many of them below the bar."""

    start: datetime
    articles: int
    below: int
