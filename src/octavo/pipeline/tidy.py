"""Forget what nobody will ask for again."""

from datetime import timedelta

from octavo.actions.pictures import trim
from octavo.ports.tools import Tools
from octavo.store import journal, pictures

JOURNAL_KEPT = timedelta(days=30)
PICTURES_KNOWN = timedelta(days=90)


def tidy(tools: Tools) -> int:
    """Forget journal events older than a month, and drawn pictures beyond what may be kept; gives how many events."""
    trim(tools.blobs, tools.settings.pictures.max_mb * 1_000_000)
    with tools.database.transaction() as tx:
        pictures.forget_before(tx, tools.now() - PICTURES_KNOWN)
        return journal.forget_before(tx, tools.now() - JOURNAL_KEPT)
