"""A story's days, from dates in its texts: merged across outlets, past and announced apart, silent in doubt."""

from datetime import UTC, date, datetime

import pytest

from octavo.domain.timeline import Moment, Precision, Said
from octavo.relate.tellings import voice, written_on
from octavo.relate.timeline import MOST, timeline

from .accounts import NOW, telling

BROKE = "The Harrow dam broke on Tuesday night and water from the Varn ran through Millbrook."
BROKE_TOO = "Water from the Varn ran through Millbrook after Harrow dam broke on Tuesday."
GEBROCHEN = "Der Damm von Harrow brach am Dienstag, und die Varn lief durch Millbrook."
OTHER = "A smokehouse in Southmere was sold to its neighbours for one pound on Tuesday."


def _days(found: tuple[Moment, ...]) -> list[date]:
    return [one.day for one in found]


def test_one_event_told_by_several_outlets_is_one_moment() -> None:
    (found,) = timeline([telling(1, BROKE), telling(2, BROKE_TOO), telling(3, GEBROCHEN, language="de")], NOW)
    assert (found.day, found.precision, found.said) == (date(2026, 3, 3), Precision.DAY, Said.HAPPENED)
    assert found.publishers == ("Paper 1", "Paper 2", "Paper 3")
    assert (found.outlets, found.voices, found.ahead) == (3, 3, False)
    assert found.passage.text in (BROKE, BROKE_TOO)


def test_a_line_of_times_tells_nothing_that_happened() -> None:
    assert timeline([telling(1, "3 March 2026, 14:20 · updated 3 March 2026, 14:35")], NOW) == ()


def test_another_event_of_that_day_is_apart_and_needs_a_second_outlet() -> None:
    told = [telling(1, BROKE), telling(2, BROKE_TOO), telling(3, OTHER)]
    assert [one.outlets for one in timeline(told, NOW)] == [2]
    found = timeline([*told, telling(4, OTHER)], NOW)
    assert sorted(one.passage.text == OTHER for one in found) == [False, True]


def test_the_passage_stands_where_it_says() -> None:
    story = telling(1, "Nothing is dated here at all, only told.", f"It rained for weeks. {BROKE}")
    (found,) = timeline([story], NOW)
    assert story.part(found.passage.part)[found.passage.start : found.passage.end] == found.passage.text == BROKE


def test_moments_stand_in_order_of_time_past_and_announced_apart() -> None:
    story = telling(
        1,
        "Parliament will vote on an inquiry into the dam on Friday.",
        "The river rose above its banks on Sunday evening.",
        BROKE,
    )
    found = timeline([story], NOW)
    assert [(one.day.day, one.said, one.ahead) for one in found] == [
        (1, Said.HAPPENED, False),
        (3, Said.HAPPENED, False),
        (6, Said.ANNOUNCED, True),
    ]
    later = timeline([story], datetime(2026, 3, 9, tzinfo=UTC))
    assert (later[-1].said, later[-1].ahead) == (Said.ANNOUNCED, False)  # no text says that it came about


def test_background_is_kept_only_when_several_voices_give_it() -> None:
    background = "The dam was raised by two metres on 4 May 1998 after a smaller flood."
    assert timeline([telling(1, background)], NOW) == ()
    assert _days(timeline([telling(1, background), telling(2, background)], NOW)) == [date(1998, 5, 4)]
    copied = [telling(1, background, source="Meridian"), telling(2, background, source="Meridian")]
    assert timeline(copied, NOW) == ()  # one agency's text is one voice


def test_what_was_only_said_on_a_day_did_not_happen_on_it() -> None:
    said = "The minister said on Monday that the dam had been inspected every single year."
    assert timeline([telling(1, said)], NOW) == ()
    (found,) = timeline([telling(1, said), telling(2, said)], NOW)
    assert found.said is Said.STATED


def test_days_in_direct_speech_and_in_passing_are_left_out() -> None:
    speech = telling(1, "“They told us on Monday that the dam would hold,” said Ruth Calloway of Millbrook.")
    aside = telling(
        4, "Ruth Calloway has kept a diary of the river since she was nine, with “Monday: rain” as its last line."
    )
    passing = telling(2, "Since Monday, crews have searched the valley for those who are still missing.")
    today = telling(3, "Today the valley has four bridges, where forty years ago it had just one of them.")
    assert timeline([speech, aside, passing, today], NOW) == ()


def test_without_a_time_of_publication_only_full_dates_count() -> None:
    assert timeline([telling(1, BROKE, dated=False)], NOW) == ()
    full = "The Harrow dam broke on 3 March 2026 and water ran through Millbrook."
    assert _days(timeline([telling(1, full, dated=False)], NOW)) == [date(2026, 3, 3)]


@pytest.mark.parametrize(("country", "day"), [("jp", 5), ("us", 4), ("", 4)])
def test_today_is_the_publishers(country: str, day: int) -> None:
    late = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
    assert written_on(telling(1, BROKE, country=country, at=late)) == date(2026, 3, day)


def test_three_days_later_counts_from_the_day_told_before() -> None:
    story = telling(
        1, "The cracks were found on 20 February by a diver.", "Three days later the engineers closed the road below."
    )
    assert _days(timeline([story], NOW)) == [date(2026, 2, 20), date(2026, 2, 23)]


def test_opinion_dates_nothing_and_a_timeline_is_short() -> None:
    assert timeline([telling(1, BROKE, genre="opinion")], NOW) == ()
    many = [f"Crews closed road number {day} of the valley on {day} February." for day in range(1, 28)]
    assert len(timeline([telling(1, *many)], NOW)) == MOST
    assert timeline([], NOW) == ()
    assert timeline([telling(1, *["Es geschah am Dienstag im Tal der Varn."], language="xx")], NOW) == ()


def test_an_agency_speaks_before_owner_and_publisher() -> None:
    assert voice(telling(1, source="Meridian", owner="Brack")) == "agency:meridian"
    assert voice(telling(1, owner="Brack")) == "owner:brack"
    assert voice(telling(1)) == "publisher:p1"
