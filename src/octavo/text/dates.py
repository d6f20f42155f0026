"""Read the dates people actually write; write the ones we promise."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from babel import Locale, UnknownLocaleError

from octavo.text.calendars import to_common

_ZONE = r"(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?|[A-Z]{3,4}\b)"
_CLOCK = (
    r"(?:[T,،\s|·•–—-]|\b(?:at|um|à|alle|a las|às|kl|klo|o|saat|в|о|om|ora|ore|uhr)\b\.?){0,6}"
    r"(?:(?P<noon>오전|오후|上午|下午|晚上|午前|午後)\s?)?"
    r"(?P<hour>\d{1,2})(?:[:.時时点點]|\s?h\s?|시\s?)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
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
    r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<year>(?:19|20)?\d{2})(?!\d)(?:"
    + _CLOCK
    + r")?",
    re.IGNORECASE,
)
_WORD = r"(?P<word>[^\s\d.,;:/()|_-]{3,14})\.?"  # not \w: Indic vowel signs are no letters
_DAY_WORD = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s-]{1,3}(?:de\s|d[’']|of\s)?"
    + _WORD
    + r"(?:/[^\s\d/]{2,12})?,?[\s-]{1,3}(?:de\s|del\s)?"
    r"(?P<year>(?:19|20)\d{2})(?:\s?(?:г\.?|р\.?|года|року))?(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    r"\b" + _WORD + r"\s{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<year>(?:19|20)\d{2})(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_YEAR_WORD = re.compile(  # 2026. március 4., 2026 m. kovo 4 d.
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:\.|\s?m\.|\s?ж\.|\.\s?gada)?\s" + _WORD + r"\s(?P<day>\d{1,2})(?!\d)\.?,?"
    r"(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_YEAR_DAY_WORD = re.compile(  # 2026. gada 4. marts
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\.\s?gada\s(?P<day>\d{1,2})\.?\s" + _WORD + r"(?:" + _CLOCK + r")?", re.IGNORECASE
)
_COUNTED = re.compile(  # months that have numbers for names: 4 tháng 3 năm 2026
    r"(?<!\d)(?P<day>\d{1,2})\s?tháng\s?(?P<month>\d{1,2})(?:,|\s?năm)?\s?(?P<year>(?:19|20)\d{2})(?:" + _CLOCK + r")?",
    re.IGNORECASE,
)
_C_LIBRARY = re.compile(  # Wed Mar  4 10:30:00 EST 2026: asctime, Java's Date
    r"\b"
    + _WORD
    + r"\s{1,2}(?P<day>\d{1,2})\s(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})\s(?:"
    + _ZONE
    + r"\s)?"
    r"(?P<year>(?:19|20)\d{2})(?!\d)"
)
_EPOCH = re.compile(r"\s*(?:/?Date\()?(\d{10}|\d{13})(?:\.\d{1,6})?(?:\)/?)?\s*")
_YEAR = re.compile(r"\d\d")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of other scripts
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c"))
_WORD_FORMS = (_DAY_WORD, _WORD_DAY, _YEAR_WORD, _YEAR_DAY_WORD, _C_LIBRARY)
_DOTTED = re.compile(r"(?<=[\u0e00-\u0e7f])\.(?=\s?[\u0e00-\u0e7f]|\s?\d)")  # Thai short months: มี.ค.

_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "SAST": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "WIB": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
}  # fmt: skip
_AFTERNOON = frozenset({"오후", "下午", "晚上", "午後"})
_SPOKEN = {  # where one language names months in several ways: CLDR's locales
    "de": ("de_AT",), "es": ("es_PE",), "sr": ("sr_Latn",), "bs": ("sr",), "ar": ("ar_SY", "ar_DZ", "ar_MA"),
    "az": ("az_Cyrl",), "uz": ("uz_Cyrl",),
}  # fmt: skip
_TWO_WORDS = re.compile(r"\b(كانون|تشرين)\s(الأول|الثاني|الاول)")
_MONTH_FIRST = frozenset({"en", "en-us", "en_us", ""})


def parse_date(text: str, *, language: str = "") -> datetime | None:
    """Find the first date in `text`: ISO 8601, RFC 5322, seconds or milliseconds since 1970, or as people write it.

    `language` (BCP 47, may be "") names the months' language beside English and settles 3/4/2025. The result is naive
    when the text gives no zone; a date without a time is midnight. None when nothing in the text is a date.
    """
    text = text[:200]
    primary = language.replace("_", "-").partition("-")[0].lower()
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda digit: str(int(digit.group())), text.translate(_DIRECTIONS))
        text = _DOTTED.sub("", text)
    text = to_common(text, primary)
    if not _YEAR.search(text):
        return None
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch.group(1)[:10]), UTC)
    for form in (_YEAR_FIRST, _COMPACT):
        match = form.search(text)
        found = _build(match, int(match["month"]), int(match["day"])) if match else None
        if found:
            return found
    return _written(text, primary) or _numeric(text, language)


def _written(text: str, language: str) -> datetime | None:
    match = _COUNTED.search(text)
    if match:
        return _build(match, int(match["month"]), int(match["day"]))
    months = month_names(language)
    if language == "ar":
        text = _TWO_WORDS.sub(r"\1\2", text)
    for form in _WORD_FORMS:
        for match in form.finditer(text):
            word = _lowered(match["word"])
            month = months.get(word) or months.get(word.removeprefix("ב")) or _elsewhere().get(word)
            found = _build(match, month, int(match["day"])) if month else None
            if found:
                return found
    return None


def _lowered(name: str) -> str:
    return name.replace("İ", "i").lower().rstrip(".").replace(".", "")


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
    if match.groupdict().get("noon") in _AFTERNOON and hour < 12:
        hour += 12
    try:
        day_of = date(year + (2000 if year < 100 else 0), month, day)
    except ValueError:
        return None
    try:
        found = datetime.combine(day_of, time(hour, minute, second))
    except ValueError:
        return datetime.combine(day_of, time())
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
    for spoken in (language, *_SPOKEN.get(language, ()), "en"):
        for name, number in _months(spoken):
            names.setdefault(_lowered(name).replace(" ", ""), number)
    return names


@cache
def _elsewhere() -> dict[str, int]:
    """The months of languages whose templates print dates on pages in another: 04-ago-2021 over an English text."""
    return {
        name: number for language in ("es", "fr", "de", "it", "pt") for name, number in month_names(language).items()
    }


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
