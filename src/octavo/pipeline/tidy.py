"""Forget what nobody will ask for again."""

from datetime import timedelta

from octavo.ports.tools import Tools
from octavo.store import journal

JOURNAL_KEPT = timedelta(days=30)


def tidy(tools: Tools) -> int:
    """Forget journal events older than a month; gives how many."""
    with tools.database.transaction() as tx:
        return journal.forget_before(tx, tools.now() - JOURNAL_KEPT)
