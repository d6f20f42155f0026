"""What one reader may want to read, from what they follow and read, and why; a front page's Eight stay.

The score is that of news (how many report it, how new it is) times what the reader's wishes say; what no wish speaks
for is not there. Everything is computed from this reader's own rows, each time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import log2

from octavo.domain.follow import Follow, FollowKind, Stance, Taste
from octavo.relate.muting import Facts, wishes

HALF_LIFE = 24.0
"""Hours in which an article loses half its weight."""

OFTEN = 3
"""Articles on something somebody has read or saved from which they read about it often."""

LIFT = 1.6
"""How many times more often than others something must be read about to be a taste of this reader."""

_LEARNED = 60
"""Things somebody reads about, at most, that are looked for."""

_MOST = 1.5
"""What a single habit may say, as a power of two."""

_FOLLOWED = 2.0
_FURTHER = 0.4
"""What a followed thing says for an article, as a power of two; each further wish that it meets says less."""

_AGAIN = 0.85
"""How much less each further article counts that stands there for the same reason as one before."""


class How(StrEnum):
    """How a wish became known."""

    FOLLOW = "follow"
    READ = "read"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is there: "because you follow #Odesa", "you often read about the port"."""

    how: How
    kind: FollowKind
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """An article that could be read; `names` are what its subjects are called by key, `reports` those of its story."""

    facts: Facts
    at: datetime
    reports: int = 1
    names: Mapping[tuple[FollowKind, str], str] = field(default_factory=dict)

    @property
    def subjects(self) -> list[tuple[FollowKind, str]]:
        """What can be said about it."""
        return list(self.names)


@dataclass(frozen=True, slots=True)
class Pick:
    """An article for this reader, and why, the strongest reason first."""

    offer: Offer
    score: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """Something this reader reads about more than others: `strength` as a power of two."""

    kind: FollowKind
    key: str
    name: str
    strength: float


def learn(read: Sequence[Offer], offered: Sequence[Offer]) -> list[Habit]:
    """Tell what somebody reads about more often than articles are about it, the strongest first."""
    mine = Counter(subject for one in read for subject in set(one.subjects))
    all_ = Counter(subject for one in offered for subject in set(one.subjects))
    names = {subject: name for one in read for subject, name in one.names.items()}
    found = []
    for subject, n in mine.items():
        if n < OFTEN:
            continue
        share, usual = n / len(read), (all_[subject] + 1) / (len(offered) + 1)
        if share >= LIFT * usual:
            found.append(Habit(*subject, names[subject], min(_MOST, log2(share / usual) / 2)))
    return sorted(found, key=lambda one: (-one.strength, one.kind, one.key))[:_LEARNED]


def for_reader(
    offers: Iterable[Offer],
    follows: Sequence[Follow],
    tastes: Sequence[Taste],
    habits: Sequence[Habit],
    now: datetime,
) -> list[Pick]:
    """Choose articles for one reader, best first, one of each story; what nothing speaks for is left out."""
    followed = wishes(follows, Stance.FOLLOW)
    weights = {(one.kind, one.key): one for one in tastes}
    known = {(one.kind, one.key): one for one in habits}
    picks = []
    for offer in offers:
        met = followed.met_by(offer.facts)
        reasons, power = _spoken_for(offer, met, known, weights)
        if reasons:
            picks.append(Pick(offer, round(_news(offer, now) * 2.0**power, 6), reasons))
    return _spread(_one_of_each_story(picks))


def _spoken_for(
    offer: Offer,
    met: Sequence[Follow],
    known: Mapping[tuple[FollowKind, str], Habit],
    weights: Mapping[tuple[FollowKind, str], Taste],
) -> tuple[tuple[Reason, ...], float]:
    """Give the reasons for an article, the strongest first, and what they say together; none if nothing is for it."""
    said: list[tuple[float, Reason]] = []
    for one in met:
        said.append((_FOLLOWED, Reason(How.FOLLOW, one.kind, one.key, one.name)))
    already = {(one.kind, one.key) for one in met}
    for subject in offer.subjects:
        habit = known.get(subject)
        if habit is not None and subject not in already:
            said.append((habit.strength, Reason(How.READ, habit.kind, habit.key, habit.name)))
    power = 0.0
    for subject in dict.fromkeys([*already, *offer.subjects]):
        taste = weights.get(subject)
        if taste is None:
            continue
        power += taste.weight
        if taste.weight > 0 and subject not in already:
            said.append((float(taste.weight), Reason(How.MORE, taste.kind, taste.key, taste.name)))
    if not said:
        return (), 0.0
    said.sort(key=lambda pair: (-pair[0], pair[1].kind, pair[1].key))
    power += said[0][0] + sum(_FURTHER * weight for weight, _ in said[1:4])
    return tuple(reason for _, reason in said), power


def _news(offer: Offer, now: datetime) -> float:
    hours = max(0.0, (now - offer.at).total_seconds() / 3600.0)
    faded: float = 0.5 ** (hours / HALF_LIFE)
    return log2(1.0 + max(1, offer.reports)) * faded


def _one_of_each_story(picks: Sequence[Pick]) -> list[Pick]:
    best: dict[str, Pick] = {}
    for one in picks:
        key = one.offer.facts.story or f"article/{one.offer.facts.id}"
        held = best.get(key)
        if held is None or (one.score, one.offer.facts.id) > (held.score, held.offer.facts.id):
            best[key] = one
    return list(best.values())


def _spread(picks: Sequence[Pick]) -> list[Pick]:
    """Order by score, each further one of the same first reason counting less, so that no wish drowns the others."""
    by_reason: dict[Reason, list[Pick]] = {}
    for one in sorted(picks, key=lambda pick: (-pick.score, -pick.offer.facts.id)):
        by_reason.setdefault(one.why[0], []).append(one)
    counted = [(one.score * _AGAIN**turn, one) for of_one in by_reason.values() for turn, one in enumerate(of_one)]
    return [one for _, one in sorted(counted, key=lambda pair: (-pair[0], -pair[1].offer.facts.id))]
