"""How stories rank, and how a front page is laid out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from octavo.domain.edition import EditionPlan, Section
from octavo.domain.enrichment import Topic
from octavo.domain.ids import ArticleId, EditionKey, PublisherId, StoryId
from octavo.domain.relation import Candidate
from octavo.domain.story import Story
from octavo.relate.edition import EIGHT, PER_SECTION, lay_out_edition
from octavo.relate.rank import RankedInput, rank_stories, score_story

from .samples import CUP, FLOOD, FLOOD_AGAIN, NOW, RULING, candidate

SPORT, CRIME, DISASTER = "15000000", "02000000", "03000000"
PLAN = EditionPlan(
    EditionKey("en-gb"),
    "United Kingdom",
    "en",
    "gb",
    sections=(Section("sport", "Sport", SPORT), Section("law", "Law", CRIME)),
    local_publishers=("harbour-post",),
    languages=("en",),
)


def entry(
    number: int,
    *articles: Candidate,
    reports: int = 1,
    topic: str = "",
    last: datetime = NOW,
    countries: Sequence[str] = (),
) -> RankedInput:
    held = articles or (candidate(number, f"Report {number} of wordy{number}", f"Event{number} happened. " * 30),)
    story = Story(
        StoryId(number),
        held[0].headline,
        held[0].language,
        last - timedelta(hours=1),
        last,
        held[0].id,
        report_count=reports,
        countries=tuple(countries),
    )
    return RankedInput(story, tuple(held), (Topic(topic, 1.0),) if topic else ())


def test_independent_reports_and_freshness_raise_a_story() -> None:
    few, many = entry(1, reports=1), entry(2, reports=6)
    old = entry(3, reports=6, last=NOW - timedelta(hours=40))
    assert [one.entry.story.id for one in rank_stories(PLAN, [few, old, many], NOW)] == [2, 1, 3]
    assert score_story(PLAN, many, NOW).why == ("reports:6", "fresh")
    assert score_story(PLAN, old, NOW).why == ("reports:6",)


def test_local_and_world_stories_say_so() -> None:
    local = entry(1, replace(candidate(1, "Ferry", FLOOD), publisher_id=PublisherId("harbour-post")))
    own_country = entry(2, candidate(2, "Ferry", FLOOD, country="gb"))
    world = entry(3, countries=("gb", "fr", "de", "tr"))
    plain = entry(4)
    assert "local" in score_story(PLAN, local, NOW).why
    assert "local" in score_story(PLAN, own_country, NOW).why
    assert "world" in score_story(PLAN, world, NOW).why
    scores = [score_story(PLAN, one, NOW).score for one in (local, world, plain)]
    assert scores[0] > scores[1] > scores[2]


def test_opinion_alone_counts_half() -> None:
    news, opinion = entry(1, candidate(1, "a", FLOOD)), entry(2, candidate(2, "a", FLOOD, genre="opinion"))
    assert score_story(PLAN, opinion, NOW).score == pytest.approx(score_story(PLAN, news, NOW).score / 2, abs=1e-5)


def test_a_story_nobody_can_read_is_left_out() -> None:
    german = entry(1, candidate(1, "Flut", FLOOD, language="de"), reports=9)
    assert rank_stories(PLAN, [german], NOW) == []
    assert lay_out_edition(PLAN, [german], NOW).eight == ()


def test_the_eight_are_eight_and_no_story_stands_twice() -> None:
    stories = [entry(number, topic=SPORT if number % 2 else CRIME, reports=number) for number in range(1, 41)]
    edition = lay_out_edition(PLAN, stories, NOW)
    assert len(edition.eight) == EIGHT
    assert [len(section.slots) for section in edition.sections] == [PER_SECTION, PER_SECTION]
    slots = [*edition.eight, *(slot for section in edition.sections for slot in section.slots)]
    assert len({slot.story_id for slot in slots}) == len(slots)
    assert edition.key == "en-gb"
    assert edition.at == NOW


def test_one_topic_does_not_fill_the_eight() -> None:
    sport = [entry(number, topic=SPORT, reports=5) for number in range(1, 12)]
    law = entry(20, topic=CRIME, reports=3)
    assert 20 in [slot.story_id for slot in lay_out_edition(PLAN, [*sport, law], NOW).eight[:4]]


def test_one_event_in_two_stories_is_shown_once_among_the_eight() -> None:
    names = (("person", "Ada Corrigan"), ("place", "Millbrook"))
    first = entry(1, candidate(1, "Storm Ilva kills 17 in Tessaly Isles", FLOOD, names=names), reports=5)
    again = entry(2, candidate(2, "Tessaly Isles flood toll rises to 17", FLOOD_AGAIN, names=names), reports=4)
    others = [entry(3, candidate(3, "Rheinstadt win the cup", CUP)), entry(4, candidate(4, "Ruling", RULING))]
    assert [slot.story_id for slot in lay_out_edition(PLAN, [first, again, *others], NOW).eight] == [1, 3, 4]


def test_the_article_that_speaks_can_be_read() -> None:
    german = candidate(1, "Flut auf den Tessaly-Inseln fordert Tote", FLOOD, language="de")
    english = candidate(2, "Flood kills 17 in the Tessaly Isles", FLOOD)
    told = entry(1, german, english)
    assert told.story.lead_article_id == 1
    assert lay_out_edition(PLAN, [told], NOW).eight[0].article_id == ArticleId(2)


def test_no_stories_make_an_empty_page() -> None:
    edition = lay_out_edition(PLAN, [], NOW)
    assert edition.eight == ()
    assert all(section.slots == () for section in edition.sections)
