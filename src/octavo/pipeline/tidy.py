"""Forget what nobody will ask for again."""

from datetime import timedelta

from octavo.actions.pictures import trim
from octavo.ports.tools import Tools
from octavo.store import journal, notices, pictures

JOURNAL_KEPT = timedelta(days=30)
PICTURES_KNOWN = timedelta(days=90)

NOTICES_KEPT = timedelta(days=14)
"""How long it is known what a reader was told, so that it is not told again."""

UNSENT_KEPT = timedelta(days=2)
"""How long a notification may wait for its hour or its push service: then it is no news."""


def tidy(tools: Tools) -> int:
    """Forget old journal events, notifications and drawn pictures; gives how many events."""
    now = tools.now()
    trim(tools.blobs, tools.settings.pictures.max_mb * 1_000_000)
    with tools.database.transaction() as tx:
        pictures.forget_before(tx, now - PICTURES_KNOWN)
        notices.forget_before(tx, noticed=now - NOTICES_KEPT, unsent=now - UNSENT_KEPT)
        return journal.forget_before(tx, now - JOURNAL_KEPT)
