"""Dates as people write them, in many languages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from octavo.text.calendars import from_solar_hijri
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
        ("/Date(1772600767000)/", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("Wed Mar  4 05:06:07 EST 2026", "", datetime(2026, 3, 4, 5, 6, 7, tzinfo=MINUS_FIVE)),
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
    ("text", "language"),
    [
        ("Wed Mar 4 10:30:00 2026", "en"),
        ("4. 3. 2026 10:30", "cs"),
        ("4. března 2026", "cs"),
        ("4. marts 2026", "da"),
        ("4.3.2026 klo 10.30", "fi"),
        ("4. maaliskuuta 2026", "fi"),
        ("Publié le 04 mars 2026, à 10 h 30", "fr"),
        ("2026. március 4.", "hu"),
        ("2026. márc. 4. 10:30", "hu"),
        ("2026 m. kovo 4 d.", "lt"),
        ("2026. gada 4. marts", "lv"),
        ("4 mrt 2026", "nl"),
        ("4 marca 2026", "pl"),
        ("4 de março de 2026", "pt"),
        ("4 martie 2026", "ro"),
        ("4. mart 2026", "sr"),
        ("4. март 2026", "sr"),
        ("4 мар 2026", "ru"),
        ("4 сакавіка 2026", "be"),
        ("4 Μαρτίου 2026", "el"),
        ("4 Μαρ 2026, 10:30", "el"),
        ("04 Mart 2026 Çarşamba 10:30", "tr"),
        ("4 Mart 2026", "tr"),
        ("4 آذار 2026", "ar"),
        ("4 مارس/آذار 2026", "ar"),
        ("۱۳ اسفند ۱۴۰۴", "fa"),
        ("چهارشنبه ۱۳ اسفند ۱۴۰۴ - ۱۰:۳۰", "fa"),
        ("۱۴۰۴/۱۲/۱۳", "fa"),
        ("۴ مارس ۲۰۲۶", "fa"),
        ("4 مارچ 2026", "ur"),
        ("4 במרץ 2026", "he"),
        ("4 मार्च 2026", "hi"),
        ("৪ মার্চ ২০২৬", "bn"),
        ("மார்ச் 4, 2026", "ta"),
        ("మార్చి 4, 2026", "te"),
        ("4 มีนาคม 2569", "th"),
        ("4 มี.ค. 2569 10:30 น.", "th"),
        ("๔ มีนาคม ๒๕๖๙", "th"),
        ("4 มี.ค. 69", "th"),
        ("04/03/2569", "th"),
        ("4 tháng 3 năm 2026", "vi"),
        ("Thứ Tư, 4 tháng 3, 2026", "vi"),
        ("Rabu, 4 Maret 2026 10:30 WIB", "id"),
        ("二〇二六年三月四日", "zh"),
        ("2026年03月04日 10时30分", "zh"),
        ("民國115年3月4日", "zh"),
        ("令和8年3月4日", "ja"),
        ("2026. 3. 4.", "ko"),
        ("4 მარტი 2026", "ka"),
        ("4 de març del 2026", "ca"),
    ],
)
def test_the_fourth_of_march_in_many_languages(text: str, language: str) -> None:
    found = parse_date(text, language=language)
    assert found is not None
    assert found.date().isoformat() == "2026-03-04"


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("4. Jänner 2026", "de", "2026-01-04T00:00"),
        ("4 de setiembre de 2026", "es", "2026-09-04T00:00"),
        ("4 كانون الثاني 2026", "ar", "2026-01-04T00:00"),
        ("4 ŞUBAT 2026", "tr", "2026-02-04T00:00"),
        ("4 AĞUSTOS 2026 İSTANBUL", "tr", "2026-08-04T00:00"),
        ("입력 2026.03.04. 오후 2:30", "ko", "2026-03-04T14:30"),
        ("2026年3月4日下午2:30", "zh", "2026-03-04T14:30"),
        ("令和元年5月4日", "ja", "2019-05-04T00:00"),
        ("平成31年3月4日", "ja", "2019-03-04T00:00"),
        ("二〇二五年十二月二十三日", "zh", "2025-12-23T00:00"),
        ("1 فروردین 1404", "fa", "2025-03-21T00:00"),
        ("۳۰ اسفند ۱۴۰۳", "fa", "2025-03-20T00:00"),
        ("1 فروردین 1399", "fa", "2020-03-20T00:00"),
        ("2026-03-04T24:00:00Z", "", "2026-03-04T00:00"),
    ],
)
def test_names_years_and_halves_of_the_day(text: str, language: str, wanted: str) -> None:
    assert parse_date(text, language=language) == datetime.fromisoformat(wanted)


def test_a_buddhist_year_is_one_only_where_it_is_used() -> None:
    assert parse_date("04/03/2569", language="en") is None
    assert parse_date("4 March 2569", language="en") is None


@pytest.mark.parametrize("month_and_day", [(12, 30), (13, 1), (0, 1), (7, 31)])
def test_days_that_irans_calendar_has_not(month_and_day: tuple[int, int]) -> None:
    assert from_solar_hijri(1404, *month_and_day) is None


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
