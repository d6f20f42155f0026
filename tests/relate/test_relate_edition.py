"""How stories rank, and how a front page is laid out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from octavo.domain.edition import LOCAL, Edition, EditionPlan, LeftOut, Pins, Section
from octavo.domain.enrichment import Topic
from octavo.domain.ids import ArticleId, EditionKey, PublisherId, StoryId
from octavo.domain.relation import Candidate
from octavo.domain.story import Story
from octavo.relate.edition import EIGHT, PER_SECTION, lay_out_edition
from octavo.relate.rank import RankedInput, rank_stories, recent_reports, score_story

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
    assert "local:publisher" in score_story(PLAN, local, NOW).why
    assert "local:country" in score_story(PLAN, own_country, NOW).why
    assert "world:4" in score_story(PLAN, world, NOW).why
    scores = [score_story(PLAN, one, NOW).score for one in (local, world, plain)]
    assert scores[0] > scores[1] > scores[2]


def test_opinion_alone_counts_half() -> None:
    news, opinion = entry(1, candidate(1, "a", FLOOD)), entry(2, candidate(2, "a", FLOOD, genre="opinion"))
    assert score_story(PLAN, opinion, NOW).score == pytest.approx(score_story(PLAN, news, NOW).score / 2, abs=1e-5)


def test_a_story_nobody_can_read_is_left_out() -> None:
    german = entry(1, candidate(1, "Flut", FLOOD, language="de"), reports=9)
    assert rank_stories(PLAN, [german], NOW) == []
    assert lay_out_edition(PLAN, [german], NOW).edition.eight == ()


def test_the_eight_are_eight_and_no_story_stands_twice() -> None:
    stories = [entry(number, topic=SPORT if number % 2 else CRIME, reports=number) for number in range(1, 41)]
    edition = lay_out_edition(PLAN, stories, NOW).edition
    assert len(edition.eight) == EIGHT
    assert [len(section.slots) for section in edition.sections] == [PER_SECTION, PER_SECTION]
    slots = [*edition.eight, *(slot for section in edition.sections for slot in section.slots)]
    assert len({slot.story_id for slot in slots}) == len(slots)
    assert edition.key == "en-gb"
    assert edition.at == NOW


def test_one_topic_does_not_fill_the_eight() -> None:
    sport = [entry(number, topic=SPORT, reports=5) for number in range(1, 12)]
    law = entry(20, topic=CRIME, reports=3)
    assert 20 in [slot.story_id for slot in lay_out_edition(PLAN, [*sport, law], NOW).edition.eight[:4]]


def test_one_event_in_two_stories_is_shown_once_among_the_eight() -> None:
    names = (("person", "Ada Corrigan"), ("place", "Millbrook"))
    first = entry(1, candidate(1, "Storm Ilva kills 17 in Tessaly Isles", FLOOD, names=names), reports=5)
    again = entry(2, candidate(2, "Tessaly Isles flood toll rises to 17", FLOOD_AGAIN, names=names), reports=4)
    others = [entry(3, candidate(3, "Rheinstadt win the cup", CUP)), entry(4, candidate(4, "Ruling", RULING))]
    assert [slot.story_id for slot in lay_out_edition(PLAN, [first, again, *others], NOW).edition.eight] == [1, 3, 4]


def test_the_article_that_speaks_can_be_read() -> None:
    german = candidate(1, "Flut auf den Tessaly-Inseln fordert Tote", FLOOD, language="de")
    english = candidate(2, "Flood kills 17 in the Tessaly Isles", FLOOD)
    told = entry(1, german, english)
    assert told.story.lead_article_id == 1
    assert lay_out_edition(PLAN, [told], NOW).edition.eight[0].article_id == ArticleId(2)


def test_no_stories_make_an_empty_page() -> None:
    edition = lay_out_edition(PLAN, [], NOW).edition
    assert edition.eight == ()
    assert all(section.slots == () for section in edition.sections)


def at(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def test_reports_of_the_last_hours_give_a_story_momentum() -> None:
    told = [
        candidate(n, f"Report {n} of ferry{n}", f"Ferry{n} sank near Orrin{n}. " * 20, at=at(n / 4)) for n in (1, 2, 3)
    ]
    moving = entry(1, *told, reports=5)
    resting = entry(2, *(replace(one, at=at(9)) for one in told), reports=5)
    assert recent_reports(moving, NOW) == 3
    assert recent_reports(resting, NOW) == 0
    assert "recent:3:3" in score_story(PLAN, moving, NOW).why
    assert score_story(PLAN, moving, NOW).score > score_story(PLAN, resting, NOW).score


def test_one_owner_and_copies_give_no_momentum() -> None:
    one_owner = [candidate(n, f"Report {n}", f"Ferry{n} sank. " * 30, at=at(1), owner="Orrin Media") for n in (1, 2, 3)]
    copies = [candidate(n, "Ferry sinks off Port Ember", FLOOD, at=at(1)) for n in (4, 5, 6)]
    agency = [candidate(n, f"Report {n}", f"Ferry{n} sank. " * 30, at=at(1), source="Wire One") for n in (7, 8)]
    for told in (one_owner, copies, agency):
        assert recent_reports(entry(1, *told, reports=3), NOW) == 1
    assert recent_reports(entry(1, *one_owner[:1], *copies[:1], reports=1), NOW) == 1


def test_what_a_feed_brings_without_dates_is_not_new() -> None:
    told = [candidate(n, f"Report {n}", f"Ferry{n} sank. " * 30, at=NOW) for n in (1, 2)]
    dated = entry(1, *told, reports=2)
    undated = replace(dated, undated=frozenset({ArticleId(1), ArticleId(2)}))
    mixed = replace(dated, articles=(told[0], replace(told[1], at=at(5))), undated=frozenset({ArticleId(1)}))
    assert score_story(PLAN, undated, NOW).why == ("reports:2",)
    assert recent_reports(undated, NOW) == 0
    scores = [score_story(PLAN, one, NOW).score for one in (dated, mixed, undated)]
    assert scores[0] > scores[1] > scores[2]
    assert "fresh" not in score_story(PLAN, mixed, NOW).why


def test_a_story_that_names_the_country_is_near() -> None:
    named = entry(1, candidate(1, "Ferry", FLOOD, names=(("place", "United Kingdom"),), country="fr"))
    person = entry(2, candidate(2, "Ferry", FLOOD, names=(("person", "United Kingdom"),), country="fr"))
    assert "local:place" in score_story(PLAN, named, NOW).why
    assert score_story(PLAN, person, NOW).why == ("fresh",)


def test_chapters_of_one_saga_stand_together_only_where_nothing_else_is_left() -> None:
    about = (("person", "Ada Corrigan"), ("organisation", "Lumen Labs"))
    chapters = [
        entry(n, candidate(n, text[:60], text, names=about, at=at(n * 20)), reports=9)
        for n, text in enumerate((CUP, RULING), 1)
    ]
    others = [entry(n) for n in range(3, 11)]
    laid = lay_out_edition(PLAN, [*chapters, *others], NOW)
    assert [slot.story_id for slot in laid.edition.eight] == [1, *range(3, 10)]
    assert LeftOut(StoryId(2), score_story(PLAN, chapters[1], NOW).score, "saga:1") in laid.left_out
    few = lay_out_edition(PLAN, [*chapters, *others[:2]], NOW)
    assert [slot.story_id for slot in few.edition.eight] == [1, 3, 4, 2]
    assert few.left_out == ()


def test_another_publisher_leads_where_one_can() -> None:
    first = entry(1, candidate(1, "Ferry sinks off Port Ember today", FLOOD), reports=5)
    shared = replace(candidate(2, "Tunç scores late in the cup final", CUP), publisher_id=PublisherId("p1"))
    second = entry(2, shared, candidate(3, "Rheinstadt win the cup after extra time", CUP), reports=3)
    laid = lay_out_edition(PLAN, [first, second], NOW).edition
    assert [slot.article_id for slot in laid.eight] == [1, 3]


def test_what_was_left_out_says_why() -> None:
    stories = [entry(number, reports=number) for number in range(1, 12)]
    german = entry(20, candidate(20, "Flut", FLOOD, language="de"), reports=9)
    laid = lay_out_edition(PLAN, [*stories, german], NOW, pins=Pins(buried=frozenset({StoryId(11)})))
    why = {left.story_id: left.why for left in laid.left_out}
    assert why[StoryId(11)] == "buried"
    assert why[StoryId(20)] == "unreadable"
    assert {one for one, said in why.items() if said.startswith("outranked:")} == {1, 2}
    assert 11 not in {slot.story_id for slot in laid.edition.eight}


def test_an_editor_may_put_a_story_first() -> None:
    stories = [entry(number, reports=number) for number in range(1, 12)]
    pins = Pins(pinned=(StoryId(1), StoryId(99)))
    first = lay_out_edition(PLAN, stories, NOW, pins=pins).edition
    assert first.eight[0].story_id == 1
    assert first.eight[0].why[0] == "pinned"
    again = lay_out_edition(PLAN, stories, NOW + timedelta(minutes=5), before=first, pins=pins).edition
    assert [slot.story_id for slot in again.eight] == [slot.story_id for slot in first.eight]


def _page(stories: Sequence[RankedInput], before: Edition | None = None, minutes: int = 5) -> list[int]:
    laid = lay_out_edition(PLAN, stories, NOW + timedelta(minutes=minutes), before=before)
    return [slot.story_id for slot in laid.edition.eight]


def test_a_page_laid_out_again_does_not_shuffle() -> None:
    stories = [entry(number, reports=9, last=at(1 + number / 10)) for number in range(1, 10)]
    first = lay_out_edition(PLAN, stories, NOW).edition
    shown = [slot.story_id for slot in first.eight]
    nudged = [replace(one, story=replace(one.story, last_at=at(1 + (10 - n) / 10))) for n, one in enumerate(stories, 1)]
    assert _page(nudged) != shown
    assert _page(nudged, first) == shown
    assert _page(nudged, first, 300) == _page(nudged, None, 300)
    better = [*nudged, entry(30, reports=40)]
    assert _page(better, first) == [30, *shown[1:]]  # the weakest goes; the others keep their order
    assert _page(list(reversed(nudged)), first) == shown


def test_a_section_is_filled_by_what_is_also_on_its_topic() -> None:
    both = replace(entry(1), topics=(Topic(DISASTER, 0.9), Topic(SPORT, 0.4)))
    others = [entry(number, reports=9) for number in range(2, 10)]
    [sport, law] = lay_out_edition(PLAN, [both, *others], NOW).edition.sections
    assert [slot.story_id for slot in sport.slots] == [1]
    assert law.slots == ()


def test_a_places_edition_puts_what_is_near_first_and_in_a_section_of_its_own() -> None:
    place = replace(
        PLAN,
        key=EditionKey("en-gb-varn"),
        places=("place/1",),
        local_weight=2.0,
        sections=(Section(LOCAL, "Varn", LOCAL),),
    )
    words = "Something was decided. " * 30
    about = entry(
        1, replace(candidate(1, "A pier for Varn", words), keys=("place/1",), publisher_id=PublisherId("far"))
    )
    named = entry(2, replace(candidate(2, "A list of piers", words), keys=("org/A",) * 5 + ("place/1",)))
    paper = entry(3, replace(candidate(3, "Tea is up", words), publisher_id=PublisherId("harbour-post")))
    kin = entry(4, replace(candidate(4, "Budget is late", words), publisher_id=PublisherId("far"), country="gb"))
    far = entry(5, replace(candidate(5, "Ships at sea", words), publisher_id=PublisherId("far"), country="no"))
    why = {
        one.entry.story.id: (one.score, one.why) for one in rank_stories(place, [far, kin, named, paper, about], NOW)
    }
    assert "local:here" in why[StoryId(1)][1]
    assert "local:publisher" in why[StoryId(3)][1]
    assert "local:country" in why[StoryId(4)][1]
    assert not any(reason.startswith("local") for one in (2, 5) for reason in why[StoryId(one)][1] if one == 5)
    assert why[StoryId(1)][0] == why[StoryId(3)][0] > why[StoryId(4)][0] > why[StoryId(5)][0]
    page = lay_out_edition(
        place,
        [about, *(entry(n, reports=9) for n in range(10, 18))],
        NOW,
        pins=Pins(tuple(map(StoryId, range(10, 18)))),
    )
    assert [slot.story_id for slot in page.edition.sections[0].slots] == [1]
