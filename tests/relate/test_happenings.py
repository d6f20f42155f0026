"""What happened in a story since it was last told, by value. All texts invented."""

from octavo.domain.digest import Digest
from octavo.domain.ids import StoryId
from octavo.domain.telling import Telling
from octavo.domain.webhook import Happening, HappeningKind, Known
from octavo.relate.digest import digest_story
from octavo.relate.happenings import happened, known_of

from .tellings import NOW, telling

STORY = StoryId(7)
FIRST = telling(1, "Ferry sinks off Norway, 9 dead", "Nine people died when the ferry sank, police said.")
SECOND = telling(2, "Ferry disaster off Norway: 11 dead", "Eleven people died, police said; 40 were injured.")
PACT = "Meridian Pact agrees to raise oil output by {} barrels per day from September"
MONTH = "The Meridian Pact on Sunday agreed to raise oil output by {} barrels per day from September, it said."


def read(*tellings: Telling) -> Digest:
    return digest_story(tellings, NOW)


def found(before: Known, reports: int, digest: Digest | None) -> list[Happening]:
    return list(happened(STORY, before, known_of(reports, digest, before), digest))


def test_more_reports_are_growth_and_fewer_are_none() -> None:
    [one] = found(Known(2), 4, None)
    assert (one.kind, one.key) == (HappeningKind.STORY_GREW, "story.grew 7 4")
    assert one.data == {"reports": 4, "before": 2}
    assert found(Known(4), 4, None) == []
    assert found(Known(4), 3, None) == []


def test_a_toll_that_changed_is_told_once_with_both_values() -> None:
    known = known_of(1, read(FIRST))
    assert set(known.figures.values()) == {9.0}
    later = read(FIRST, SECOND)
    [one] = [each for each in found(known, 1, later) if each.kind is HappeningKind.FIGURE_CHANGED]
    assert (one.data["quantity"], one.data["before"], one.data["value"]) == ("killed", 9.0, 11.0)
    assert (one.data["publishers"], one.data["articles"]) == (["p2"], [2])
    assert found(known_of(1, later, known), 1, later) == []


def test_an_outlet_that_still_has_the_older_number_changes_nothing() -> None:
    known = known_of(1, read(SECOND))
    late = telling(4, "Ferry sinks off Norway, 9 dead", "Nine people died when the ferry sank, police said.", hours=9)
    later = read(SECOND, late)
    assert [one.kind for one in found(known, 1, later) if one.kind is HappeningKind.FIGURE_CHANGED] == []


def test_those_who_are_missing_become_fewer() -> None:
    known = known_of(1, read(telling(1, "Ferry sinks, 20 missing", "Twenty people are missing after the ferry sank.")))
    later = read(telling(2, "Ferry: 12 still missing", "Twelve people are still missing after the ferry sank."))
    told = [one.data for one in found(known, 1, later) if one.kind is HappeningKind.FIGURE_CHANGED]
    assert [(one["quantity"], one["before"], one["value"]) for one in told] == [("missing", 20.0, 12.0)]


def test_a_figure_met_for_the_first_time_has_not_changed() -> None:
    assert [one.kind for one in found(Known(1), 1, read(FIRST))] == []


def test_a_figure_that_cannot_be_read_for_a_while_is_still_known() -> None:
    known = known_of(1, read(FIRST))
    assert known_of(1, None, known).figures == known.figures
    assert known_of(1, read(telling(3, "The ferry sails", padded=False)), known).figures == known.figures


def test_a_contradiction_is_told_once() -> None:
    wrong = read(telling(1, PACT.format("547,000"), MONTH.format("548,000")))
    [one] = found(Known(1), 1, wrong)
    assert one.kind is HappeningKind.CONTRADICTION
    assert one.data["kind"] == "headline_number"
    assert one.data["reason"] == "number:barrels:547,000:548,000"
    assert (one.data["publishers"], one.data["articles"]) == (["p1"], [1, 1])
    known = known_of(1, wrong, Known(1))
    assert found(known, 1, wrong) == []
    assert found(known_of(1, read(FIRST), known), 1, wrong) == [], "nor when it was mended and comes back"
    other = read(telling(2, PACT.format("547,000"), MONTH.format("548,000")))
    assert [each.data["publishers"] for each in found(known, 1, other)] == [["p2"]], "each article's own"
