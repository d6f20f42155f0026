"""When a feed is next due."""

from datetime import UTC, datetime, timedelta

import pytest

from octavo.collect.schedule import after_failure, jittered, max_age, next_interval, observed_rate
from octavo.domain.feed import FeedUpdate, PollState
from octavo.domain.web import Response

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BOUNDS = (300, 86_400)


@pytest.mark.parametrize(
    ("rate", "ttl_s", "max_age_s", "interval"),
    [
        (24, None, 0, 1200),
        (1, None, 0, 28_800),
        (1000, None, 0, 300),
        (0.01, None, 0, 86_400),
        (0, None, 0, 21_600),
        (24, 3600, 0, 3600),
        (24, 60, 0, 1200),
        (24, None, 7200, 7200),
        (24, 10**9, 10**9, 86_400),
    ],
)
def test_a_feed_is_polled_by_its_rhythm_and_wishes(
    rate: float, ttl_s: int | None, max_age_s: int, interval: int
) -> None:
    assert next_interval(rate, FeedUpdate("rss20", ttl_s=ttl_s), max_age_s, BOUNDS) == interval
    assert next_interval(rate, None, max(max_age_s, ttl_s or 0), BOUNDS) == interval


@pytest.mark.parametrize(("failures", "wait"), [(0, 900), (1, 1800), (3, 7200), (7, 86_400), (10**6, 86_400)])
def test_failures_are_tried_less_and_less_often(failures: int, wait: int) -> None:
    assert after_failure(PollState(interval_s=900, failures=failures), BOUNDS) == wait
    assert after_failure(PollState(interval_s=1), BOUNDS) == 300


def test_feeds_of_one_rhythm_are_spread_and_never_too_early() -> None:
    waits = [(jittered(f"https://{n}.example/f", NOW, 1000) - NOW).total_seconds() for n in range(200)]
    assert min(waits) >= 1000
    assert max(waits) <= 1100
    assert len({round(wait) for wait in waits}) > 60
    assert jittered("https://a.example/f", NOW, 1000) == jittered("https://a.example/f", NOW, 1000)


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ("", 0), ("max-age=600", 600), ("public, MAX-AGE = 600", 600), ('max-age="600"', 600), ("no-store", 0),
        ("max-age=-5", 0), ("max-age=soon", 0), ("max-age=" + "9" * 40, 0), ("s-maxage=600", 0), ("max-age=٦٠٠", 0),
    ],
)  # fmt: skip
def test_max_age_is_read_or_left(field: str, seconds: int) -> None:
    assert max_age(Response("https://a.example/", 200, {"cache-control": field})) == seconds


def test_the_rate_is_what_a_feed_brought_lately() -> None:
    def ago(*hours: float) -> list[datetime]:
        return [NOW - timedelta(hours=one) for one in hours]

    assert observed_rate(ago(24, 12, 6, 1), NOW, 0) == pytest.approx(4)
    assert observed_rate(ago(24, 12, 6, 1), NOW, 2) == pytest.approx(3)
    assert observed_rate(ago(7 * 24), NOW, 0) == pytest.approx(1 / 7)
    assert observed_rate(ago(*[0] * 50), NOW, 0) == pytest.approx(50 * 24)
    assert observed_rate([], NOW, 3) == 1.5
    assert observed_rate([*ago(15 * 24), NOW + timedelta(hours=1)], NOW, 3) == 1.5
