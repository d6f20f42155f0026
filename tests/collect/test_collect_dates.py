"""The dates feeds carry."""

from datetime import UTC, datetime

import pytest

from octavo.collect.dates import feed_date

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T12:00:00Z", "2026-03-02T13:00:00+01:00", "2026-03-02t12:00:00z", "2026-03-02 12:00:00",
        "2026-03-02T12:00", "2026-03-02T12:00:00.000Z", "2026-03-02T17:30:00+0530", "2026-03-02T07:00:00-05:00",
        "2026-3-2 12:00:00 GMT", "2026-03-02 12:00:00 UTC", "2026-03-02 13:00:00 +0100",
        "2026-03-02T13:00:00 GMT+01:00",
        "20260302T120000Z", "Mon, 02 Mar 2026 12:00:00 GMT", "Mon, 02 Mar 2026 12:00:00 +0000",
        "2 Mar 2026 12:00:00 Z",
        "Mon, 2 Mar 26 12:00:00 UT", "Mon, 02 Mar 2026 07:00:00 EST", "Mon, 02 Mar 2026 04:00:00 PST",
        "Mon, 02 Mar 2026 13:00:00 CET", "Mon, 02 Mar 2026 13:00:00 (CET)", "Mon, 02 Mar 2026 21:00:00 JST",
        "Mon, 02 Mar 2026 12:00 GMT", "  Mon, 02 Mar 2026 12:00:00 GMT\n", "Tue, 02 Mar 2026 12:00:00 GMT",
    ],
)  # fmt: skip
def test_one_moment_in_many_forms(text: str) -> None:
    assert feed_date(text) == NOON


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("٢٠٢٦-٠٣-٠٢", datetime(2026, 3, 2, tzinfo=UTC)),
        ("02 Mar 2026", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-02T09:30:00.123456789Z", datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)),
        ("2026-03-02T00:10:00-00:30", datetime(2026, 3, 2, 0, 40, tzinfo=UTC)),
        ("2026-03-02T00:10:00 -00:30", datetime(2026, 3, 2, 0, 40, tzinfo=UTC)),
        ("2026-03-02T12:00:60Z", datetime(2026, 3, 2, 12, 0, 59, tzinfo=UTC)),
        ("2026-03-02T12:00:00+99:99", NOON),
        ("2026-03-02T12:00:00 -23:59", NOON),
        ("Mon, 02 Mar 2026 12:00:00 +9999", NOON),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_odd_forms_by_value(text: str, moment: datetime) -> None:
    found = feed_date(text)
    assert found == moment
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "yesterday", "2026-13-01", "2026-02-30T00:00:00Z", "Mon, 32 Mar 2026 00:00:00 GMT", "1772452800",
        "0000-00-00", "2026-03-02T25:00:00Z", "9" * 5000, "\0", "0001-01-01T00:00:00+14:00",
        "Mon, 02 Mar 2026 12:00:00 +9999999", "Mon, 01 Jan 0001 00:00:00 +0000",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert feed_date(text) is None
