"""The dates feeds carry: RFC 3339, RFC 822, and what publishers write in their place."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def feed_date(text: str) -> datetime | None:
    """Read an ISO 8601/RFC 3339 or RFC 822 date; without a zone it is taken as UTC; None when it is neither."""
    cleaned = text.strip()[:64]
    if not cleaned:
        return None
    try:
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        try:
            moment = parsedate_to_datetime(cleaned)
        except (ValueError, IndexError, TypeError):
            return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
