"""The dates feeds carry: RFC 3339, RFC 822, and what publishers write in their place."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?)?"
    r"\s*(?:(?:Z|z|UTC|GMT)?\s*([+-]\d{2}):?(\d{2})|Z|z|UTC|GMT)?"
)
_NONE, _FARTHEST = timedelta(), timedelta(hours=15)
_YEAR_ONE = re.compile(r"\s00\d\d\b")
_FAR_ZONE = re.compile(r"(?<=:\d\d)\s[+-](?:1[6-9]|[2-9]\d)\d\d$")
_ZONE = re.compile(r"\s\(?([A-Z]{3,5})\)?$")
_ZONES = {
    "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180,
    "SAST": 120, "CAT": 120, "EAT": 180, "WAT": 60, "MSK": 180, "TRT": 180, "PKT": 300, "WIB": 420, "ICT": 420,
    "HKT": 480, "SGT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "BRT": -180, "ART": -180, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
"""Minutes east of UTC of zone names RFC 822 does not know, those with one meaning only."""


def feed_date(text: str) -> datetime | None:
    """Read an ISO 8601/RFC 3339 or RFC 822 date; without a zone it is taken as UTC; None when it is neither."""
    cleaned = text.strip()[:64]
    if not cleaned:
        return None
    try:
        moment = _iso(cleaned) or _rfc822(cleaned)
        return None if moment is None else _in_a_zone(moment).astimezone(UTC)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _in_a_zone(moment: datetime) -> datetime:
    """Take a time for UTC whose zone is nowhere on earth: it is days off otherwise."""
    return moment if abs(moment.utcoffset() or _NONE) <= _FARTHEST else moment.replace(tzinfo=UTC)


def _iso(text: str) -> datetime | None:
    if not text[:4].isdigit():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _loose_iso(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _loose_iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, east, east_minutes = found.groups(default="0")
    zone = timedelta(hours=int(east), minutes=int(east[0] + east_minutes) if east != "0" else 0)
    zone = zone if abs(zone) <= _FARTHEST else _NONE
    moment = datetime(int(year), int(month), int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
    return moment - zone


def _rfc822(text: str) -> datetime | None:
    if _YEAR_ONE.search(text):  # "Mon, 01 Jan 0001": a program's word for no date, which would be read as 2001
        return None
    text = _FAR_ZONE.sub(" +0000", text)
    moment = parsedate_to_datetime(text if ":" in text else f"{text} 00:00:00 +0000")
    if moment.tzinfo is not None:
        return moment
    named = _ZONE.search(text)
    minutes = _ZONES.get(named.group(1), 0) if named else 0
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
