"""Pictures by value: what is drawn where, in which order, under which name, and mirrored where pages are."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from octavo.serve.languages import Language, read_languages
from octavo.serve.plots import days, odometer, places, strip, trend
from octavo.serve.plots.axis import Clock, round_times
from octavo.serve.plots.land import Window, coast, countries
from octavo.serve.plots.odometer import Reading
from octavo.serve.plots.scale import Across, round_steps
from octavo.serve.plots.svg import Drawing, clipped

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = read_languages()
ENGLISH, EGYPTIAN = LANGUAGES.of("en", "gb"), LANGUAGES.of("ar", "eg")
SVG = "{http://www.w3.org/2000/svg}"


def clock(language: Language = ENGLISH) -> Clock:
    return Clock(language, ZoneInfo("UTC"), NOON)


def parsed(drawing: Drawing | None) -> etree._Element:
    assert drawing is not None
    return etree.fromstring(str(drawing.svg))


def marks(root: etree._Element, look: str = "mark") -> list[etree._Element]:
    return [one for one in root.iter("circle", "rect") if look in (one.get("class") or "").split()]


def across(one: etree._Element, name: str = "cx") -> float:
    return float((one.get(name) or "").rstrip("%"))


def written(root: etree._Element, look: str) -> list[str | None]:
    return [one.text for one in root.iter("text") if one.get("class") == look]


def later(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


STRIP = strip.Words(
    "Coverage", "Two outlets.", ["Outlet", "When"], {"own": "own", "agency": "agency", "copy": "carried"}
)
ROWS = [
    strip.Row("Late & Co <b>", [strip.Mark(later(9), "Third", "copy")]),
    strip.Row("Early", [strip.Mark(later(0), "First", "agency"), strip.Mark(later(3), "Second", "own")]),
]


def test_coverage_has_a_row_an_outlet_and_a_mark_an_article_in_order_of_time() -> None:
    drawing = strip.draw_strip(ROWS, STRIP, clock())
    root = parsed(drawing)
    names = [one.text for one in root.iter("text") if one.get("class") == "name"]
    assert names == ["Early", "Late & Co <b>"]
    looks = [one.get("class") for one in marks(root)]
    assert looks == ["mark mark-agency", "mark mark-own", "mark mark-copy"]
    own, copy = marks(root, "mark-own")[0], marks(root, "mark-copy")[0]
    assert across(own) < across(copy)
    assert float(own.get("cy") or 0) < float(copy.get("cy") or 0)
    assert own[0].text == "own, 1 March 2026, 15:00 UTC: Second"
    assert drawing is not None
    assert [row[0] for row in drawing.rows] == ["Early", "Late & Co <b>"]
    assert drawing.rows[0][1].count("(") == 2


def test_a_picture_is_an_image_with_a_name_and_a_description() -> None:
    root = parsed(strip.draw_strip(ROWS, STRIP, clock()))
    assert root.get("role") == "img"
    name, told = (root.get("aria-labelledby") or "").split()
    by_id = {one.get("id"): one.text for one in root}
    assert (by_id[name], by_id[told]) == ("Coverage", "Two outlets.")
    assert not [one for one in root.iter() if one.get("style")]


def test_coverage_is_mirrored_where_pages_are_read_from_the_right() -> None:
    left, right = (parsed(strip.draw_strip(ROWS, STRIP, clock(one))) for one in (ENGLISH, EGYPTIAN))
    assert [100 - across(one) for one in marks(right, "mark-own")] == [across(one) for one in marks(left, "mark-own")]
    ticks = [one.text for one in right.iter("text") if one.get("class") == "tick"]
    assert ticks
    assert all(set(tick or "") & set("٠١٢٣٤٥٦٧٨٩") for tick in ticks)


@pytest.mark.parametrize("rows", [ROWS[:1], [strip.Row(name, [strip.Mark(NOON, "x", "own")]) for name in "ab"]])
def test_there_is_no_coverage_to_see_in_one_outlet_or_one_moment(rows: list[strip.Row]) -> None:
    assert strip.draw_strip(rows, STRIP, clock()) is None


TOLL = [
    Reading(later(0), 4, "Wire"),
    Reading(later(20), 11, "Post"),
    Reading(later(40), 17, "Wire"),
    Reading(later(41), 17, "Post"),
    Reading(later(60), 23, "Wire"),
    Reading(later(61), 2, "Sun"),
    Reading(later(62), 31, "Union"),
    Reading(later(63), 23, "Post"),
]
WORDS = odometer.Words("0", "Killed", "4, 11, 17, 23", ["When", "Killed", "Outlet"])


def test_a_toll_climbs_and_another_count_is_off_the_line() -> None:
    assert [step.value for step in odometer.steps(odometer.whole(TOLL), growing=True)] == [4, 11, 17, 23]
    root = parsed(odometer.draw_odometer(TOLL, True, WORDS, clock()))
    assert [one[0].text for one in marks(root, "mark-other")] == ["31, Union, 4 March 2026, 02:00 UTC"]
    assert len(marks(root)) == 7
    assert [one.text for one in root.iter("text") if one.get("class") == "value"] == ["4", "11", "17", "23"]
    heights = [float(one.get("cy") or 0) for one in marks(root) if "mark-other" not in (one.get("class") or "")]
    assert heights == sorted(heights, reverse=True)


def test_a_number_of_one_outlet_far_below_counts_a_part() -> None:
    assert 2 not in {one.value for one in odometer.whole(TOLL)}
    assert 2 in {one.value for one in odometer.whole([*TOLL, Reading(later(64), 2, "Post")])}


def test_what_may_fall_is_what_was_told_last() -> None:
    found = [Reading(later(hour), value, "Wire") for hour, value in ((0, 9), (5, 11), (9, 5))]
    assert [step.value for step in odometer.steps(found, growing=False)] == [9, 11, 5]


@pytest.mark.parametrize("found", [[], TOLL[:2], [Reading(later(n), 4, "Wire") for n in range(5)]])
def test_a_number_that_does_not_change_has_no_odometer(found: list[Reading]) -> None:
    assert odometer.draw_odometer(found, True, WORDS, clock()) is None


def test_a_trend_has_a_bar_a_day_the_newest_last_and_mirrored() -> None:
    counted = [(date(2026, 3, 1) + timedelta(days=n), n % 3) for n in range(5)]
    words = trend.Words("Articles a day", "4 articles.", ["Day", "Articles"])
    drawing = trend.draw_trend(counted, words, ENGLISH)
    bars = list(parsed(drawing).iter("rect"))
    assert [one[0].text for one in bars][:2] == ["1 March 2026: 0", "2 March 2026: 1"]
    assert [across(one, "x") for one in bars] == sorted(across(one, "x") for one in bars)
    turned = list(parsed(trend.draw_trend(counted, words, EGYPTIAN)).iter("rect"))
    assert [across(one, "x") for one in turned] == sorted((across(one, "x") for one in turned), reverse=True)
    assert trend.draw_trend([(day, 0) for day, _ in counted], words, ENGLISH) is None


def event(number: int, day: int, ahead: bool = False) -> days.Event:
    return days.Event(number, date(2026, 3, day), f"{day} March", "It happened.", ahead)


def test_dated_events_are_numbered_and_those_of_one_day_stand_above_each_other() -> None:
    words = days.Words("When", "4 events.", ["Day", "Event"], "today")
    found = [event(1, 1), event(2, 1), event(3, 5), event(4, 9, ahead=True)]
    root = parsed(days.draw_days(found, words, clock()))
    assert [one.text for one in root.iter("text") if "number" in (one.get("class") or "")] == ["1", "2", "3", "4"]
    one, two, three, four = marks(root)
    assert across(one) == across(two) < across(three) < across(four)
    assert float(two.get("cy") or 0) < float(one.get("cy") or 0)
    assert four.get("class") == "mark mark-ahead"
    assert "today" in [one.text for one in root.iter("text")]
    assert days.draw_days(found[:3], words, clock()) is None


MAP = places.Words("Where it is", "A map.", ["Place", "Articles"])
MUSCAT, PARIS = places.Spot("Muscat", 23.6, 58.4, 3, False, "OM"), places.Spot("France", 48.9, 2.3, 9, True, "FR")


def test_a_map_shows_the_places_and_the_coast_around_them() -> None:
    window = places.window_around([MUSCAT, PARIS])
    assert window.west < 2.3 < 58.4 < window.east
    assert window.south < 23.6 < 48.9 < window.north
    drawing = places.draw_map([MUSCAT, PARIS], MAP, ENGLISH)
    root = parsed(drawing)
    muscat, paris = marks(root)
    assert across(muscat) > across(paris)
    assert across(muscat, "cy") > across(paris, "cy")
    assert "mark-country" in (paris.get("class") or "")
    assert written(root, "spot") == ["Muscat", "France"]
    assert next(one for one in root.iter("path") if one.get("class") == "land").get("d", "").startswith("M")
    assert drawing is not None
    assert drawing.rows == [["Muscat", "3"], ["France", "9"]]
    assert len(drawing.svg) < 20_000
    assert places.draw_map([], MAP, ENGLISH) is None


def test_a_map_names_the_countries_around_in_the_readers_language_and_none_twice() -> None:
    around = written(parsed(places.draw_map([MUSCAT], MAP, ENGLISH)), "around")
    assert around[0] == "Oman"
    assert {"Iran", "Saudi Arabia", "Yemen"} < set(around)
    assert len(around) <= 6
    assert "France" not in written(parsed(places.draw_map([PARIS], MAP, ENGLISH)), "around")
    assert "عُمان" in written(parsed(places.draw_map([MUSCAT], MAP, EGYPTIAN)), "around")


def test_names_on_a_map_are_not_written_over_each_other_and_stay_inside() -> None:
    spots = [places.Spot(f"Place number {n}", 23.6 + n / 5, 58.4, 1, False, "OM") for n in range(9)]
    root = parsed(places.draw_map(spots, MAP, ENGLISH))
    shown = [one for one in root.iter("text") if one.get("class") == "spot"]
    assert 1 < len(shown) < 9
    heights = sorted(across(one, "y") * 2.4 for one in shown if across(one, "x") > 50)
    assert all(after - before >= 14 for before, after in pairwise(heights))
    for one in root.iter("text"):
        wide = len(one.text or "") * 7.2 * (1 if one.get("class") == "spot" else 0.86)
        assert wide / 2 < across(one, "x") * 3.6 + 0.1 < 360.2 - wide / 2


def test_countries_have_their_names_where_they_are() -> None:
    found = {one.code: one for one in countries()}
    assert len(found) > 200
    for code, (south, west, north, east) in {
        "OM": (16, 52, 27, 60),
        "NO": (58, 4, 72, 32),
        "FJ": (-21, 176, -12, 180),
        "CL": (-56, -76, -17, -66),
        "US": (25, -125, 50, -67),
    }.items():
        assert south < found[code].latitude < north, code
        assert west < found[code].longitude < east, code
    assert found["RU"].size > found["US"].size > found["FR"].size > found["LU"].size


def test_a_map_of_one_place_shows_a_coast_one_knows_and_stays_on_the_world() -> None:
    for spot in (MUSCAT, places.Spot("Suva", -18.1, 178.4, 1, False), places.Spot("Tromsø", 79.0, 19.0, 1, False)):
        window = places.window_around([spot])
        assert window.height == pytest.approx(20)
        assert window.west >= -180
        assert window.east <= 180
        assert window.south <= spot.latitude <= window.north


def test_the_coast_is_cut_at_the_windows_edges() -> None:
    window = Window(10.0, 35.0, 20.0, 45.0)
    found = list(coast(window, 0.1))
    assert found
    assert all(10 <= x <= 20 and 35 <= y <= 45 for ring in found for x, y in ring)
    assert not list(coast(Window(-150.0, -10.0, -140.0, 0.0), 1.0))


def test_times_on_an_axis_are_round_and_few() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    hours = round_times(later(0), later(9), zone)
    assert [one.strftime("%H:%M") for one in hours] == ["18:00", "21:00", "00:00"]
    assert [one.day for one in round_times(later(0), later(240), zone)] == [4, 7, 10]
    assert [one.month for one in round_times(later(0), later(24 * 300), zone)] == [6, 9, 12]


def test_round_steps_and_scales() -> None:
    assert round_steps(0, 95, 4) == [0, 50]
    assert round_steps(3, 3, 4) == [3]
    assert Across(0, 10, 20, 100).at(5) == 60
    assert Across(0, 10, 20, 100, mirrored=True).at(0) == 80
    assert clipped("Meridian News Agency", 10) == "Meridian N…"
    assert clipped("新华社通讯", 6) == "新华社…"
