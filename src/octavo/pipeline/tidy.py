"""Forget what nobody will ask for again."""

from datetime import timedelta

from octavo.actions.pictures import trim
from octavo.ports.tools import Tools
from octavo.store import (
    briefs,
    journal,
    mail_outbox,
    notices,
    notifications,
    pictures,
    pins,
    screening,
    sessions,
    tickets,
)

JOURNAL_KEPT = timedelta(days=30)
PICTURES_KNOWN = timedelta(days=90)
JUDGED_KEPT = timedelta(days=365)
"""How long what readers reported and editors withdrew is kept."""

NOTICES_KEPT = timedelta(days=14)
"""How long it is known what a reader was told, so that it is not told again."""

UNSENT_KEPT = timedelta(days=2)
"""How long a notification may wait for its hour or its push service: then it is no news."""

PINS_KEPT = timedelta(days=30)
"""How long an editor's word on a front page is kept: front pages are of the day."""

TOLD_KEPT = timedelta(days=60)
"""How long people find what they were told, read or not."""

MARKS_KEPT = timedelta(days=1)
"""How long it is known what comments have in common with others of a flood."""

LETTERS_KNOWN = timedelta(days=14)
"""How long it is known that a letter was sent, so that it is not sent again."""


def tidy(tools: Tools) -> int:
    """Forget old journal events, notifications, letters, sessions, briefs, drawn pictures; gives how many events."""
    now = tools.now()
    trim(tools.blobs, tools.settings.pictures.max_mb * 1_000_000)
    with tools.database.transaction() as tx:
        pictures.forget_before(tx, now - PICTURES_KNOWN)
        notices.forget_before(tx, noticed=now - NOTICES_KEPT, unsent=now - UNSENT_KEPT)
        notifications.forget_before(tx, now - TOLD_KEPT)
        mail_outbox.forget_before(tx, now - LETTERS_KNOWN)
        sessions.forget(tx, now)
        tickets.forget(tx, now)
        screening.forget_marks(tx, now - MARKS_KEPT)
        pins.forget_before(tx, now - PINS_KEPT)
        kept = timedelta(days=tools.settings.ai.kept_days)
        briefs.forget(tx, now - kept, now - max(kept, JUDGED_KEPT))
        return journal.forget_before(tx, now - JOURNAL_KEPT)
