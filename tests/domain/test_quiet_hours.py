"""Quiet hours and days by the reader's own clock, by value: past midnight, across time zones, where clocks change."""

from datetime import UTC, datetime

import pytest

from octavo.domain.ids import EditionKey
from octavo.domain.push import Quiet, Wishes

NIGHT = Quiet(22 * 60, 7 * 60)
NOON = Quiet(12 * 60, 13 * 60 + 30)


def until(quiet: Quiet | None, zone: str, *now: int) -> datetime | None:
    wishes = Wishes(EditionKey("en-gb"), zone=zone, quiet=quiet)
    return wishes.quiet_until(datetime(*now, tzinfo=UTC))  # type: ignore[misc, arg-type]


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "ends"),
    [
        (None, "UTC", (2026, 3, 1, 23), None),
        (NIGHT, "UTC", (2026, 3, 1, 21, 59), None),
        (NIGHT, "UTC", (2026, 3, 1, 22), at(2026, 3, 2, 7)),
        (NIGHT, "UTC", (2026, 3, 2, 6, 59), at(2026, 3, 2, 7)),
        (NIGHT, "UTC", (2026, 3, 2, 7), None),
        (NIGHT, "Asia/Dubai", (2026, 3, 1, 18), at(2026, 3, 2, 3)),
        (NIGHT, "America/New_York", (2026, 3, 1, 22), None),
        (NIGHT, "Asia/Kolkata", (2026, 3, 1, 16, 30), at(2026, 3, 2, 1, 30)),
        (NOON, "UTC", (2026, 3, 1, 12, 30), at(2026, 3, 1, 13, 30)),
        (NOON, "UTC", (2026, 3, 1, 11, 59), None),
        # London's clocks go forward on 29 March 2026 at 01:00: the night is an hour shorter.
        (NIGHT, "Europe/London", (2026, 3, 28, 23), at(2026, 3, 29, 6)),
        # and back on 25 October at 02:00: the clock shows 01:30 twice.
        (NIGHT, "Europe/London", (2026, 10, 24, 22), at(2026, 10, 25, 7)),
        (Quiet(0, 90), "Europe/London", (2026, 10, 25, 0, 10), at(2026, 10, 25, 0, 30)),
        (Quiet(0, 90), "Europe/London", (2026, 10, 25, 1, 10), at(2026, 10, 25, 1, 30)),
    ],
)
def test_when_quiet_hours_end(quiet: Quiet | None, zone: str, now: tuple[int, ...], ends: datetime | None) -> None:
    assert until(quiet, zone, *now) == ends


def test_a_day_is_the_readers() -> None:
    wishes = Wishes(EditionKey("en-gb"), zone="Asia/Tokyo")
    assert wishes.day_of(at(2026, 3, 1, 15, 1)) == (at(2026, 3, 1, 15), at(2026, 3, 2, 15))
    autumn = Wishes(EditionKey("en-gb"), zone="Europe/London")
    begin, end = autumn.day_of(at(2026, 10, 25, 12))
    assert (end - begin).total_seconds() == 25 * 3600
