"""When a feed is next due."""

from datetime import datetime, timedelta

from octavo.domain.feed import FeedUpdate, PollState
from octavo.domain.web import Response
from octavo.text.hashes import small_hash

POLLS_PER_ENTRY = 3.0
"""How often to look per entry expected: three looks find an entry within a third of its usual distance."""

FAILURES_BEFORE_SLOWEST = 10

LOOKS_APART = 4
LEAST_BESIDE_HUB_S = 3600
"""How much less often a feed is looked at while its hub brings what is new, and the least time between two looks."""


def next_interval(entries_per_day: float, update: FeedUpdate | None, max_age_s: int, bounds: tuple[int, int]) -> int:
    """Seconds until the next look, by the feed's own rhythm and by what it asks for.

    `bounds` are the least and greatest interval allowed. A feed that asks for longer (RSS ttl, Cache-Control max-age)
    is given longer, but never more than the greatest.
    """
    least, greatest = bounds
    own = 86_400 / (POLLS_PER_ENTRY * entries_per_day) if entries_per_day > 0 else greatest / 4
    asked = max(update.ttl_s or 0 if update else 0, max_age_s)
    return round(min(max(own, asked, least), greatest))


def beside_hub(seconds: int, greatest: int) -> int:
    """Seconds until the next look at a feed whose hub brings what is new: a look now and then, to see that it does."""
    return min(max(LOOKS_APART * seconds, LEAST_BESIDE_HUB_S), max(greatest, seconds))


def after_failure(poll: PollState, bounds: tuple[int, int]) -> int:
    """Seconds until a failing feed is tried again: doubling from its usual rhythm up to the greatest interval."""
    least, greatest = bounds
    doubled = max(poll.interval_s, least) * 2 ** min(poll.failures, FAILURES_BEFORE_SLOWEST)
    return int(min(doubled, greatest))


def jittered(url: str, now: datetime, seconds: int) -> datetime:
    """Spread feeds of one rhythm by up to a tenth, so that a thousand of them do not fall due in one second.

    Never sooner than `seconds`, which may be the least interval allowed. The spread depends on the feed and the
    moment, not on chance: the same inputs give the same answer.
    """
    share = small_hash(f"{url} {now.isoformat()}", 16) / 2**16
    return now + timedelta(seconds=seconds * (1 + 0.1 * share))


def max_age(response: Response) -> int:
    """Read Cache-Control's max-age in seconds (RFC 9111 §5.2.2.1); 0 when there is none or it makes no sense."""
    for directive in response.headers.get("cache-control", "").split(","):
        name, _, value = directive.strip().partition("=")
        digits = value.strip('" ')
        if name.strip().lower() == "max-age" and digits.isascii() and digits.isdigit() and len(digits) < 10:
            return int(digits)
    return 0


def observed_rate(times: list[datetime], now: datetime, known: float) -> float:
    """Estimate entries a day from the dates in a feed (at most the last 14 days), blended with what was `known`.

    The last publication's distance counts too: a feed silent for a week is slow, whatever its past.
    """
    recent = sorted(moment for moment in times if now - timedelta(days=14) <= moment <= now)
    if not recent:
        return known / 2
    days = max((now - recent[0]).total_seconds() / 86_400, 1 / 24)
    seen = len(recent) / days
    return seen if known == 0 else 0.5 * known + 0.5 * seen
