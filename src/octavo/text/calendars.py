"""Years of other calendars rewritten as common ones: Japanese eras, Minguo, Buddhist, Solar Hijri; numerals too."""

import re
from datetime import date, timedelta

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(\d{{1,3}}|元)\s?年")
_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_DIGITS = "〇零○一二三四五六七八九"
_IN_NUMERALS = re.compile(
    rf"([{_DIGITS}]{{4}})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})[日号號]"
)
_BUDDHIST = 543  # years before the common era's: Thailand since 1941, Laos, Cambodia
_BUDDHIST_YEAR = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_THAI_SHORT_YEAR = re.compile(r"(?<=[\u0e00-\u0e7f.]\s)([5-9]\d)(?!\d|[:.]\d)")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_PERSIAN_NUMBER = {name: number for number, name in enumerate(_PERSIAN_MONTHS, 1)} | {"امرداد": 5}
_PERSIAN_WRITTEN = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s{{1,2}}({'|'.join(_PERSIAN_NUMBER)})(?:\s?ماه)?[،,]?\s{{1,2}}(?:سال\s)?(1[34]\d\d)(?!\d)"
)
_PERSIAN_NUMERIC = re.compile(r"(?<!\d)(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)")
_NOWRUZ, _YEAR_OF = date(2021, 3, 21), 1400
_CYCLE, _LEAP = 33, frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # leap years of the cycle, right from 1178 to 1633


def to_common(text: str, language: str) -> str:
    """Rewrite the dates in `text` that name a year of another calendar; `language` (BCP 47) tells whose they may be."""
    if not text.isascii():
        text = _ERA.sub(_era, text)
        text = _IN_NUMERALS.sub(_numerals, text)
        text = _PERSIAN_WRITTEN.sub(lambda m: _persian(m, m[3], _PERSIAN_NUMBER[m[2]], m[1]), text)
    if language in ("th", "lo", "km") or (not text.isascii() and _THAI.search(text)):
        text = _BUDDHIST_YEAR.sub(lambda year: str(int(year.group()) - _BUDDHIST), text)
        text = _THAI_SHORT_YEAR.sub(lambda year: str(2500 - _BUDDHIST + int(year.group())), text)
    if language in ("fa", "ps", "prs"):
        text = _PERSIAN_NUMERIC.sub(lambda m: _persian(m, m[1], int(m[3]), m[4]), text)
    return text


def _era(match: re.Match[str]) -> str:
    year = 1 if match[2] == "元" else int(match[2])
    return f"{_ERAS[match[1]] + year}年"


def _numerals(match: re.Match[str]) -> str:
    year = "".join(str(_NUMERALS[numeral]) for numeral in match[1])
    return f"{year}年{_number(match[2])}月{_number(match[3])}日"


def _number(numerals: str) -> int:
    """Read a numeral below 100: 三, 十, 十三, 二十, 二十三."""
    tens, ten, units = numerals.rpartition("十")
    return (10 * _NUMERALS.get(tens, 1) if ten else 0) + _NUMERALS.get(units, 0)


def _persian(match: re.Match[str], year: str, month: int, day: str) -> str:
    found = from_solar_hijri(int(year), month, int(day))
    return found.isoformat() if found else match.group()


def from_solar_hijri(year: int, month: int, day: int) -> date | None:
    """Give the day of a date in Iran's calendar, years 1300 to 1499; None when there is no such day.

    Years are counted from the first of Farvardin 1400 by the cycle of 33 years, eight of them leap years.
    """
    months = [31] * 6 + [30] * 5 + [29 + _is_leap(year)]
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= day <= months[month - 1]):
        return None
    low, high = sorted((year, _YEAR_OF))
    span = sum(365 + _is_leap(number) for number in range(low, high))
    begins = _NOWRUZ + timedelta(days=span if year >= _YEAR_OF else -span)
    return begins + timedelta(days=sum(months[: month - 1]) + day - 1)


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAP
