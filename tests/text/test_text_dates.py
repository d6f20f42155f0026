"""Dates as people write them, in many languages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from octavo.text.dates import month_names, parse_date, to_rfc3339

MINUS_FIVE = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("2026-03-04T05:06:07Z", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2026-03-04T05:06:07.123456+05:30", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=5.5)))),
        ("2026-03-04 05:06:07 EST", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=MINUS_FIVE)),
        ("20260304T050607Z", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("Wed, 04 Mar 2026 05:06:07 -0500", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=MINUS_FIVE)),
        ("1772600767", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("1772600767123", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ],
)
def test_machines_write_dates(text: str, language: str, wanted: datetime) -> None:
    assert parse_date(text, language=language) == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Published on 4 March 2026, 5:06 pm", "en", "2026-03-04T17:06"),
        ("March 4th, 2026", "en", "2026-03-04T00:00"),
        ("Sept. 4, 2026", "en", "2026-09-04T00:00"),
        ("12:00 am, 4 March 2026", "en", "2026-03-04T00:00"),
        ("Stand: 4. März 2026 um 05:06 Uhr", "de", "2026-03-04T05:06"),
        ("1er mars 2026 à 8h30", "fr", "2026-03-01T08:30"),
        ("4 de marzo de 2026 a las 17:06", "es", "2026-03-04T17:06"),
        ("4 mars 2026 kl. 17.06", "sv", "2026-03-04T17:06"),
        ("4 марта 2026 г. 10:00", "ru", "2026-03-04T10:00"),
        ("4 березня 2026", "uk", "2026-03-04T00:00"),
        ("4 مارس 2026", "ar", "2026-03-04T00:00"),
        ("٤\u200f/٣\u200f/٢٠٢٦", "ar", "2026-03-04T00:00"),
        ("٤ مارس ٢٠٢٦", "ar", "2026-03-04T00:00"),
        ("१ मार्च २०२६", "hi", "2026-03-01T00:00"),
        ("2026年3月4日 17:06", "zh", "2026-03-04T17:06"),
        ("2026년 3월 4일", "ko", "2026-03-04T00:00"),
    ],
)
def test_people_write_dates(text: str, language: str, wanted: str) -> None:
    assert parse_date(text, language=language) == datetime.fromisoformat(wanted)


@pytest.mark.parametrize(
    ("text", "language", "month", "day"),
    [
        ("3/4/2026", "en", 3, 4),
        ("3/4/2026", "fr", 4, 3),
        ("03.04.2026", "en", 4, 3),
        ("12/31/26", "fr", 12, 31),
        ("31/12/2026", "en", 12, 31),
    ],
)
def test_the_language_settles_numbers(text: str, language: str, month: int, day: int) -> None:
    assert parse_date(text, language=language) == datetime.fromisoformat(f"2026-{month:02}-{day:02}")


@pytest.mark.parametrize("text", ["", "no date", "31 February 2026", "2026-13-40", "99999999999999999999", "12345"])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_a_zone_no_place_has_is_ignored() -> None:
    assert parse_date("2026-03-04T05:06+23:00") == datetime.fromisoformat("2026-03-04T05:06")


def test_months_of_a_language_and_of_english() -> None:
    names = month_names("de")
    assert (names["märz"], names["march"], names["dez"]) == (3, 3, 12)
    assert month_names("xx-nowhere")["may"] == 5


def test_rfc3339_is_utc_to_the_second() -> None:
    assert to_rfc3339(datetime(2026, 3, 4, 5, 6, 7, 999, tzinfo=MINUS_FIVE)) == "2026-03-04T10:06:07Z"
    assert to_rfc3339(datetime.fromisoformat("2026-03-04")) == "2026-03-04T00:00:00Z"
