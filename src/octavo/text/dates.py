"""Read the dates people actually write; write the ones we promise."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from babel import Locale, UnknownLocaleError

_ZONE = r"(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?|[A-Z]{3,4}\b)"
_CLOCK = (
    r"(?:[T,،\s|–—-]|\b(?:at|um|à|alle|a las|às|kl|klo|o|saat|в|о|om|ora|ore|uhr)\b\.?){0,6}"
    r"(?P<hour>\d{1,2})(?:[:.h時时]|시\s?)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap]\.?m\.?)\b)?(?:\s?Uhr)?\s{0,2}\(?" + _ZONE + r"?"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:[-/.]\s?|年\s?|년\s?)(?P<month>\d{1,2})(?:[-/.]\s?|月\s?|월\s?)(?P<day>\d{1,2})(?!\d)(?:日|일|\.)?"
    r"(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:[T ]?(?P<hour>[0-2]\d):?(?P<minute>\d{2}):?(?P<second>\d{2})?(?:\.\d{1,6})?" + _ZONE + r"?)?(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)?\d{2})(?!\d)(?:"
    + _CLOCK
    + r")?",
    re.IGNORECASE,
)
_WORD = r"(?P<word>[^\s\d.,;:/()|_-]{3,14})\.?"  # not \w: Indic vowel signs are no letters
_DAY_WORD = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s-]{1,3}(?:de\s|d[’']|of\s)?"
    + _WORD
    + r",?[\s-]{1,3}(?:de\s|del\s)?"
    r"(?P<year>(?:19|20)\d{2})(?:\s?(?:г\.?|р\.?|года|року))?(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    r"\b" + _WORD + r"\s{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<year>(?:19|20)\d{2})(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})(?:\.\d{1,6})?\s*")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of other scripts
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c"))
_WORD_FORMS = (_DAY_WORD, _WORD_DAY)

_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "SAST": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "WIB": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
}  # fmt: skip
_MONTH_FIRST = frozenset({"en", "en-us", "en_us", ""})


def parse_date(text: str, *, language: str = "") -> datetime | None:
    """Find the first date in `text`: ISO 8601, RFC 5322, seconds or milliseconds since 1970, or as people write it.

    `language` (BCP 47, may be "") names the months' language beside English and settles 3/4/2025. The result is naive
    when the text gives no zone; a date without a time is midnight. None when nothing in the text is a date.
    """
    text = text[:200]
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda digit: str(int(digit.group())), text.translate(_DIRECTIONS))
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch.group(1)[:10]), UTC)
    for form in (_YEAR_FIRST, _COMPACT):
        match = form.search(text)
        found = _build(match, int(match["month"]), int(match["day"])) if match else None
        if found:
            return found
    return _written(text, language) or _numeric(text, language)


def _written(text: str, language: str) -> datetime | None:
    months = month_names(language.replace("_", "-").partition("-")[0].lower())
    for form in _WORD_FORMS:
        for match in form.finditer(text):
            month = months.get(match["word"].lower())
            found = _build(match, month, int(match["day"])) if month else None
            if found:
                return found
    return None


def _numeric(text: str, language: str) -> datetime | None:
    match = _DAY_FIRST.search(text)
    if not match:
        return None
    day, month = int(match["day"]), int(match["month"])
    if month > 12 or (match["mark"] == "/" and language.lower() in _MONTH_FIRST and day <= 12):
        day, month = month, day
    return _build(match, month, day)


def _build(match: re.Match[str], month: int, day: int) -> datetime | None:
    year = int(match["year"])
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match.groupdict().get("half") or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        day_of = date(year + (2000 if year < 100 else 0), month, day)
        found = datetime.combine(day_of, time(hour, minute, second))
    except ValueError:
        return None
    zone = _zone(match["zone"]) if match["hour"] else None
    return found.replace(tzinfo=zone) if zone else found


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    name = text.upper()
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    digits = name.removeprefix("UTC").removeprefix("GMT")
    if not digits or digits[0] not in "+-":
        return None
    sign = -1 if digits[0] == "-" else 1
    hours, _, minutes = digits[1:].partition(":")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(sign * offset) if offset < timedelta(hours=15) else None


@cache
def month_names(language: str) -> dict[str, int]:
    """Map lower-case month names, long and short, of a language and of English to their numbers (Unicode CLDR)."""
    names: dict[str, int] = {"sept": 9}
    for name, number in (*_months(language), *_months("en")):
        names.setdefault(name.lower().rstrip("."), number)
    return names


def _months(language: str) -> Iterator[tuple[str, int]]:
    try:
        locale = Locale.parse(language) if language else None
    except (UnknownLocaleError, ValueError):
        return
    if locale is None:
        return
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                yield name, number


def to_rfc3339(when: datetime) -> str:
    """Write a time as RFC 3339 in UTC, to the second: 2026-03-04T05:06:07Z. A naive time is taken as UTC."""
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
