"""Cursors of lists that are in order of a moment and an id: written into an answer, read back out of a question."""

from datetime import datetime

from octavo.store.columns import EPOCH, moment_number, number_moment
from octavo.text.slugs import read_short_id, short_id

_LATEST = moment_number(datetime.max.replace(tzinfo=EPOCH.tzinfo))
_TOP = 2**62


def after(moment: datetime, number: int) -> str:
    """Write where a page ends."""
    return f"{short_id(max(0, moment_number(moment)))}.{short_id(number)}"


def before(cursor: str) -> tuple[datetime, int] | None:
    """Read where the next page begins; None for the first, whatever else was written."""
    moved, _, last = cursor.partition(".")
    at, one = read_short_id(moved), read_short_id(last)
    if at is None or one is None:
        return None
    return number_moment(min(at, _LATEST)), min(one, _TOP)
