"""How much a story matters now, to the readers of one edition, and why: with the numbers a page can say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import log2

from babel import Locale, UnknownLocaleError

from octavo.domain.edition import EditionPlan
from octavo.domain.enrichment import Topic
from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate
from octavo.domain.story import Story
from octavo.relate.provenance import independent_reports

HALF_LIFE = 14.0
"""Hours after its last report in which a story loses half its weight."""

RECENT = 3
"""Hours in which a report counts as recent, and its story as fresh."""

UNDATED_AGE = 12.0
"""Hours an article without a date is taken to be old at least: a feed polled for the first time brings old ones."""

_MOMENTUM = 0.35
"""What the first, third, seventh recent report add each to a story's weight."""

_WORLD = 4
"""Countries reporting it from which a story is of the world."""

_WORLD_WEIGHT = 1.15
_OPINION = 0.5
_PLACE_SHARE = 0.5
"""How local a story is that names the edition's country, where none of its publishers is of it."""

_COUNTRY_SHARE = 0.4
"""How near the country's other papers are to the readers of a place in it."""

_ABOUT = 5
"""Names an article leads with, among which a place is what it is about."""

_LAST_SHARE = 0.6
"""How much of a story's age is counted from its last report; the rest from its first, so that old ones give way."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RankedInput:
    """A story as ranking sees it: with its topics (best first) and some or all of its articles.

    `undated` are those of its articles whose time is only when they were first seen.
    """

    story: Story
    articles: tuple[Candidate, ...]
    topics: tuple[Topic, ...] = ()
    undated: frozenset[ArticleId] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """A story's score in one edition, and why: keys such as "reports:5", "recent:2:3", "fresh", "local:country"."""

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
    """Score one story: independent reports, momentum, freshness, locality; opinion alone counts half."""
    story = entry.story
    why = [f"reports:{story.report_count}"] if story.report_count > 1 else []
    first, last = _ages(entry, now)
    age = _LAST_SHARE * last + (1.0 - _LAST_SHARE) * first
    score = log2(1.0 + story.report_count) * 0.5 ** (age / HALF_LIFE)
    recent = recent_reports(entry, now)
    score *= 1.0 + _MOMENTUM * log2(1.0 + recent)
    if recent > 1:
        why.append(f"recent:{recent}:{RECENT}")
    if last <= RECENT:
        why.append("fresh")
    share, kind = _locality(plan, entry)
    if share:
        why.append(f"local:{kind}")
        score *= 1.0 + plan.local_weight * share
    if len(story.countries) >= _WORLD:
        why.append(f"world:{len(story.countries)}")
        score *= _WORLD_WEIGHT
    if entry.articles and all(one.genre in {"opinion", "review"} for one in entry.articles):
        score *= _OPINION
    return Standing(entry, round(score, 6), tuple(why))


def recent_reports(entry: RankedInput, now: datetime) -> int:
    """Count the independent reports of the last hours; copies and papers of one owner count once, undated ones never.

    Never more than the story's own count, which knows all its articles.
    """
    begin = now - RECENT * _HOUR
    recent = [one for one in entry.articles if begin <= one.at <= now and one.id not in entry.undated]
    return min(entry.story.report_count, len(independent_reports(recent)) if len(recent) > 1 else len(recent))


def _ages(entry: RankedInput, now: datetime) -> tuple[float, float]:
    """Give the hours since a story's first and its last report; undated ones alone are old."""
    dated = [one.at for one in entry.articles if one.id not in entry.undated]
    first, last = _hours(now, entry.story.first_at), _hours(now, entry.story.last_at)
    if not entry.undated:
        return first, last
    if not dated:
        return max(first, UNDATED_AGE), max(last, UNDATED_AGE)
    return max(first, _hours(now, min(dated))), max(last, _hours(now, max(dated)))


def _locality(plan: EditionPlan, entry: RankedInput) -> tuple[float, str]:
    """Give how near a story is, from 0 to 1, and by what: its publishers, their country, or the country it names."""
    if not entry.articles:
        return 0.0, ""
    if plan.places:
        return _nearness(plan, entry)
    own = set(plan.local_publishers)
    papers = [one for one in entry.articles if one.publisher_id in own]
    country = [one for one in entry.articles if one.publisher_id not in own and plan.country == one.country != ""]
    share = (len(papers) + len(country)) / len(entry.articles)
    if share:
        return share, "publisher" if len(papers) >= len(country) else "country"
    names = _names_of(plan.country, plan.language)
    naming = sum(
        any(kind == "place" and name.casefold() in names for kind, name in one.names) for one in entry.articles
    )
    return (_PLACE_SHARE * naming / len(entry.articles), "place") if naming else (0.0, "")


def _nearness(plan: EditionPlan, entry: RankedInput) -> tuple[float, str]:
    """Give how near a story is to a place's readers: about their place, from their papers, else from their country."""
    places, papers = set(plan.places), set(plan.local_publishers)
    count = len(entry.articles)
    about = sum(not places.isdisjoint(one.keys[:_ABOUT]) for one in entry.articles)
    own = sum(one.publisher_id in papers for one in entry.articles)
    if about or own:
        return min(1.0, (about + own) / count), "here" if about >= own else "publisher"
    country = sum(one.country == plan.country for one in entry.articles)
    return _COUNTRY_SHARE * country / count, "country" if country else ""


@cache
def _names_of(country: str, language: str) -> frozenset[str]:
    """Give what a country is called in the edition's language and in English."""
    found = set()
    for one in (language.split("-")[0], "en"):
        try:
            found.add(Locale(one).territories.get(country.upper(), "").casefold())
        except UnknownLocaleError:
            continue
    return frozenset(found - {""})


def _hours(now: datetime, then: datetime) -> float:
    return max(0.0, (now - then).total_seconds() / 3600.0)
