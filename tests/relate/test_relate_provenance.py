"""Independent reports: an agency's text counts once, a copy once, the publishers of one owner once."""

from octavo.domain.ids import PublisherId
from octavo.relate.provenance import count_publishers, independent_reports

from .samples import FIRST, FLOOD, FLOOD_AGAIN, GERMAN, OTHER, SECOND, candidate


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
