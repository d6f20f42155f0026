"""How much a story matters now, to the readers of one edition, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from octavo.domain.edition import EditionPlan
from octavo.domain.enrichment import Topic
from octavo.domain.relation import Candidate
from octavo.domain.story import Story

HALF_LIFE = 14.0
"""Hours after its last report in which a story loses half its weight."""

_FRESH = 3.0
"""Hours in which a story counts as fresh."""

_WORLD = 4
"""Countries reporting it from which a story is of the world."""

_OPINION = 0.5
_LAST_SHARE = 0.6
"""How much of a story's age is counted from its last report; the rest from its first, so that old ones give way."""


@dataclass(frozen=True, slots=True)
class RankedInput:
    """A story as ranking sees it: with its topics (best first) and some or all of its articles."""

    story: Story
    articles: tuple[Candidate, ...]
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A story's score in one edition, and why: keys such as "reports:5", "fresh", "local", "world"."""

    entry: RankedInput
    score: float
    why: tuple[str, ...]


def rank_stories(plan: EditionPlan, stories: Sequence[RankedInput], now: datetime) -> list[Standing]:
    """Rank the stories that have an article in one of the edition's languages, best first."""
    standings = [score_story(plan, entry, now) for entry in stories if readable(plan, entry)]
    return sorted(standings, key=lambda standing: (-standing.score, standing.entry.story.id))


def readable(plan: EditionPlan, entry: RankedInput) -> list[Candidate]:
    """List the articles of a story that readers of an edition can read."""
    languages = {language.split("-")[0] for language in (plan.languages or (plan.language,))}
    return [one for one in entry.articles if one.language.split("-")[0] in languages]


def score_story(plan: EditionPlan, entry: RankedInput, now: datetime) -> Standing:
    """Score one story: independent reports, freshness, locality; opinion alone counts half."""
    story = entry.story
    why = [f"reports:{story.report_count}"] if story.report_count > 1 else []
    since_last = _hours(now, story.last_at)
    age = _LAST_SHARE * since_last + (1.0 - _LAST_SHARE) * _hours(now, story.first_at)
    score = log2(1.0 + story.report_count) * 0.5 ** (age / HALF_LIFE)
    if since_last <= _FRESH:
        why.append("fresh")
    local = _local_share(plan, entry)
    if local:
        why.append("local")
        score *= 1.0 + plan.local_weight * local
    if len(story.countries) >= _WORLD:
        why.append("world")
        score *= 1.15
    if entry.articles and all(one.genre in {"opinion", "review"} for one in entry.articles):
        score *= _OPINION
    return Standing(entry, round(score, 6), tuple(why))


def _local_share(plan: EditionPlan, entry: RankedInput) -> float:
    """Give the share of a story's articles that come from the edition's own publishers or country."""
    if not entry.articles:
        return 0.0
    own = set(plan.local_publishers)
    local = [one for one in entry.articles if one.publisher_id in own or (one.country and one.country == plan.country)]
    return len(local) / len(entry.articles)


def _hours(now: datetime, then: datetime) -> float:
    return max(0.0, (now - then).total_seconds() / 3600.0)
