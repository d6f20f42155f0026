"""Independent reports: an agency's text counts once, a copy once, the publishers of one owner once."""

from datetime import timedelta
from typing import Any

import pytest

from octavo.adapters.newswire.library import read_library
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.provenance import Carrier, Evidence, Provenance, Sign
from octavo.domain.telling import Telling
from octavo.relate.provenance import count_publishers, independent_reports, provenance

from .samples import FIRST, FLOOD, FLOOD_AGAIN, FLOOD_GERMAN, GERMAN, NOW, OTHER, RULING, SECOND, candidate


def test_everyone_who_reports_in_their_own_words_counts() -> None:
    found = independent_reports([FIRST, SECOND, GERMAN])
    assert [report.head for report in found] == [FIRST.id, SECOND.id, GERMAN.id]
    assert all(report.why == () for report in found)
    assert independent_reports([]) == ()


def test_an_agencys_text_counts_once_in_any_wording() -> None:
    wire = candidate(1, "Flood kills 17", FLOOD, source="Meridian")
    translated = candidate(2, "Flut: 17 Tote", GERMAN.lead, language="de", source="meridian")
    own = candidate(3, "In Millbrook the clocks stopped", OTHER.lead)
    found = independent_reports([wire, translated, own])
    assert [(report.head, report.members) for report in found] == [(1, (1, 2)), (3, (3,))]
    assert found[0].why == ("agency:meridian",)


def test_a_copy_without_a_credit_counts_with_its_original() -> None:
    found = independent_reports([candidate(1, "Flood", FLOOD), candidate(2, "Flood toll", FLOOD)])
    assert [(report.members, report.why) for report in found] == [((1, 2), ("copy",))]


def test_the_publishers_of_one_owner_count_once() -> None:
    found = independent_reports(
        [
            candidate(1, "Flood", FLOOD, owner="Brack Media"),
            candidate(2, "Flut", FLOOD_AGAIN, owner="brack media"),
            candidate(3, "Flood", OTHER.lead, owner="Harbour Trust"),
        ]
    )
    assert [report.members for report in found] == [(1, 2), (3,)]
    assert found[0].why == ("owner:brack media",)


def test_two_articles_of_one_publisher_count_once() -> None:
    same = PublisherId("harbour-post")
    found = independent_reports(
        [candidate(1, "a", FLOOD, publisher_id=same), candidate(2, "b", FLOOD_AGAIN, publisher_id=same)]
    )
    assert [(report.members, report.why) for report in found] == [((1, 2), ("publisher",))]


def test_an_agencys_text_does_not_speak_for_the_publisher_that_carries_it() -> None:
    same = PublisherId("harbour-post")
    wire = candidate(1, "a", FLOOD, publisher_id=same, source="Meridian")
    own = candidate(2, "b", FLOOD_AGAIN, publisher_id=same)
    elsewhere = candidate(3, "c", GERMAN.lead, language="de", source="Meridian")
    assert [report.members for report in independent_reports([wire, own, elsewhere])] == [(1, 3), (2,)]


def test_who_reported_first_hand_speaks_for_the_report() -> None:
    wire = candidate(1, "a", FLOOD, source="Meridian")
    original = candidate(2, "b", FLOOD)
    assert independent_reports([wire, original])[0].head == 2


def test_outlets_are_counted() -> None:
    assert count_publishers([FIRST, SECOND, FIRST]) == 2
    assert count_publishers([]) == 0


def telling(number: int, *paragraphs: str, **more: Any) -> Telling:
    facts: dict[str, Any] = {
        "publisher_id": PublisherId(f"p{number}"),
        "publisher": f"Paper {number}",
        "language": "en",
        "at": NOW + timedelta(minutes=number),
        "headline": "Flood",
    }
    return Telling(ArticleId(number), paragraphs=paragraphs, **{**facts, **more})


def carrier(found: Provenance, number: int) -> Carrier:
    return next(one for voice in found.voices for one in voice.carriers if one.article_id == number)


def said(found: Provenance) -> list[tuple[str, bool, list[int]]]:
    return [(voice.name, voice.agency, [int(one.article_id) for one in voice.carriers]) for voice in found.voices]


WIRE = f"PORT SELWYN, March 4 (Reuters) - {FLOOD}"


def test_whose_reports_a_story_rests_on() -> None:
    found = provenance(
        [
            telling(1, WIRE),
            telling(2, FLOOD, "Hardware shops were open."),
            telling(3, FLOOD_AGAIN),
            telling(4, FLOOD_GERMAN, source="Reuters", language="de"),
            telling(5, RULING, owner="Brack Media"),
            telling(6, OTHER.lead, owner="brack media"),
        ]
    )
    assert said(found) == [("Reuters", True, [1, 4, 2]), ("Brack Media", False, [5, 6]), ("Paper 3", False, [3])]
    assert (found.outlets, found.independent, len(found.agencies), len(found.own)) == (6, 3, 1, 2)
    assert found.voices[1].owner
    assert carrier(found, 6).evidence == (Evidence(Sign.OWNER, "brack media", ArticleId(5)),)
    assert carrier(found, 4).evidence == (Evidence(Sign.SOURCE, "Reuters"),)


def test_a_copy_is_shown_with_its_share_and_where_the_agency_is_named() -> None:
    found = provenance([telling(1, WIRE), telling(2, FLOOD)])
    (line,) = carrier(found, 1).evidence
    assert (line.sign, line.name, line.passages[0].text) == (Sign.LINE, "Reuters", "(Reuters)")
    (copy,) = carrier(found, 2).evidence
    assert (copy.sign, copy.name, copy.other_id, copy.share) == (Sign.COPY, "Paper 1", 1, 1.0)
    assert carrier(found, 2).later


def test_what_came_first_is_not_said_where_a_time_is_missing() -> None:
    found = provenance([telling(1, FLOOD, dated=False), telling(2, FLOOD)])
    assert found.first_id == 2
    assert said(found) == [("Paper 2", False, [2, 1])]
    assert not carrier(found, 1).later
    assert provenance([telling(1, FLOOD, dated=False)]).first_id is None


def test_somebody_who_spoke_to_an_agency_makes_no_agency_text() -> None:
    found = provenance([telling(1, FLOOD_AGAIN, "“We had no warning,” the mayor told Reuters.")])
    assert said(found) == [("Paper 1", False, [1])]
    assert carrier(found, 1).evidence == ()


@pytest.mark.parametrize(
    ("more", "last", "agency"),
    [
        ({"byline": "Ada Vale and agencies"}, "", ""),
        ({"byline": "Ada Vale"}, "With inputs from PTI", "PTI"),
        ({}, "AFP contributed to this report.", "AFP"),
        ({"byline": "Ada Vale", "source": "dpa"}, "", "dpa"),
    ],
)
def test_own_reporting_with_an_agencys_in_it_is_the_outlets(more: dict[str, Any], last: str, agency: str) -> None:
    found = provenance([telling(1, OTHER.lead, last, **more)])
    assert said(found) == [("Paper 1", False, [1])]
    assert carrier(found, 1).mixed
    assert carrier(found, 1).agencies == ((agency,) if agency else ())


def test_an_agencys_text_reworked_by_nobody_is_the_agencys() -> None:
    found = provenance([telling(1, OTHER.lead, "(mit Material der dpa)")])
    assert said(found) == [("dpa", True, [1])]


def test_a_name_over_an_agencys_words_makes_no_report() -> None:
    signed = telling(2, FLOOD, byline="Ada Vale, with AFP")
    assert said(provenance([telling(1, f"PORT SELWYN (AFP) - {FLOOD}"), signed])) == [("AFP", True, [1, 2])]
    added = telling(2, FLOOD, RULING, OTHER.lead, byline="Ada Vale, with AFP")
    wire = telling(1, f"PORT SELWYN (AFP) - {FLOOD}", FLOOD_AGAIN)
    found = provenance([wire, added])
    assert said(found) == [("AFP", True, [1]), ("Paper 2", False, [2])]
    assert carrier(found, 2).mixed


def test_copies_never_chain() -> None:
    first, second, third = FLOOD, RULING, OTHER.lead
    found = provenance([telling(1, first, first[::-1]), telling(2, first, third), telling(3, third, second)])
    assert said(found) == [("Paper 1", False, [1, 2]), ("Paper 3", False, [3])]


def test_an_agencys_own_page_speaks_for_it_whenever_it_came() -> None:
    found = provenance([telling(1, FLOOD), telling(2, FLOOD, publisher="Reuters")])
    assert said(found) == [("Reuters", True, [2, 1])]
    assert not carrier(found, 1).later


SENTENCE = "Crews reached farms that had been cut off since Monday and brought 212 people out by boat."
QUOTATION = (
    "“We stood on the roof of the mill and counted the lights that went out along the river, one farm after the other, "
    "and nobody had told us anything at all about the dam, not on Monday and not on Tuesday either,” Ada Vale said."
)


def test_two_halves_of_an_agencys_text_are_both_its_copies() -> None:
    halves = [telling(1, FLOOD), telling(2, RULING), telling(3, FLOOD, RULING, publisher="Reuters")]
    assert said(provenance(halves)) == [("Reuters", True, [3, 1, 2])]


@pytest.mark.parametrize(("same", "sign"), [(SENTENCE, Sign.SENTENCE), (QUOTATION, Sign.QUOTATION)])
def test_a_sentence_in_two_reports_is_shown_and_joins_nothing(same: str, sign: Sign) -> None:
    found = provenance([telling(1, OTHER.lead, same), telling(2, RULING, same)])
    assert found.independent == 2
    (shown,) = carrier(found, 2).evidence
    assert (shown.sign, shown.name, shown.other_id) == (sign, "Paper 1", 1)
    here, there = shown.passages
    assert (here.article_id, there.article_id, here.text) == (2, 1, same)


def test_no_tellings_no_voices() -> None:
    assert provenance([]) == Provenance(0, ())


def wired(*, credited: bool) -> tuple[set[ArticleId], set[ArticleId], dict[str, Provenance]]:
    """The sample newswire: who carries Meridian's texts, those who are found to, and the provenance of each event."""
    library = read_library()
    publishers = {one.key: one for one in library.publishers}
    carries, found, events = set(), set(), {}
    for event in sorted({one.event for one in library.articles if one.event}):
        tellings = []
        for number, one in enumerate(library.articles):
            if one.event != event:
                continue
            named = publishers[one.publisher]
            if one.agency and named.language == "en":
                carries.add(ArticleId(number))
            source = one.agency if credited or one.publisher == "meridian" else ""
            more = {"publisher": named.name, "publisher_id": PublisherId(one.publisher), "owner": named.owner}
            body = one.body.split("\n\n")
            tellings.append(telling(number, *body, at=NOW - one.age, source=source, language=named.language, **more))
        events[event] = provenance(tellings)
        found |= {one.article_id for voice in events[event].agencies for one in voice.carriers}
    return carries, found, events


def test_the_newswires_copies_are_found_with_their_credit_and_without() -> None:
    carries, found, events = wired(credited=True)
    assert len(carries) == 17
    assert carries <= found
    assert len(found) == 21, "four more in other languages"
    carries, found, events = wired(credited=False)
    assert found == carries
    flood = events["varn-flood"]
    assert [voice.name for voice in flood.agencies] == ["Meridian"]
    assert flood.independent > 5
