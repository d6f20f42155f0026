"""Forget what nobody will ask for again."""

from datetime import timedelta

from octavo.accounts.permissions import OPERATOR
from octavo.actions import fediverse
from octavo.actions.desk import measure
from octavo.actions.pictures import trim
from octavo.domain.retention import LETTERS_KNOWN, MARKS_KEPT, MESSAGES_KEPT, NOTICES_KEPT, TOLD_KEPT, UNSENT_KEPT
from octavo.domain.vitals import KNOWN
from octavo.pipeline.forget_old import forget_old, trim_pages
from octavo.pipeline.forget_withdrawn import forget_withdrawn
from octavo.pipeline.record_episode import forget_episodes
from octavo.ports.tools import Tools
from octavo.store import (
    answers_taken,
    briefs,
    host_turns,
    hub,
    journal,
    mail_outbox,
    newsletters,
    notices,
    notifications,
    pictures,
    pins,
    screening,
    sessions,
    tickets,
    vitals,
    webhooks,
)

JOURNAL_KEPT = timedelta(days=30)
PICTURES_KNOWN = timedelta(days=90)
JUDGED_KEPT = timedelta(days=365)
"""How long what readers reported and editors withdrew is kept."""

REQUESTS_KEPT = timedelta(hours=2)
"""How long a request to the hub is kept that ended, so that it is counted."""

PINS_KEPT = timedelta(days=30)
"""How long an editor's word on a front page is kept: front pages are of the day."""

MAILS_NOTED = timedelta(days=30)
"""How long editors are shown a newsletter's request to be confirmed, and what was refused."""


def tidy(tools: Tools) -> int:
    """Forget old articles, events, notices, letters, sessions, briefs and pictures; measure the room that is taken.

    Gives how many events were forgotten.
    """
    now = tools.now()
    trim(tools.blobs, tools.settings.pictures.max_mb * 1_000_000)
    forget_old(tools)
    forget_withdrawn(tools)
    trim_pages(tools)
    forget_episodes(tools)
    measure(tools, OPERATOR)
    fediverse.tidy(tools)
    with tools.database.transaction() as tx:
        pictures.forget_before(tx, now - PICTURES_KNOWN)
        notices.forget_before(tx, noticed=now - NOTICES_KEPT, unsent=now - UNSENT_KEPT)
        notifications.forget_before(tx, now - TOLD_KEPT)
        mail_outbox.forget_before(tx, now - LETTERS_KNOWN)
        webhooks.forget_before(tx, now - MESSAGES_KEPT)
        hub.forget(tx, now - MESSAGES_KEPT)
        hub.forget_requests(tx, now - REQUESTS_KEPT)
        hub.forget_topics(tx)
        sessions.forget(tx, now)
        host_turns.forget(tx, now)
        tickets.forget(tx, now)
        answers_taken.forget_before(tx, now.date())
        screening.forget_marks(tx, now - MARKS_KEPT)
        pins.forget_before(tx, now - PINS_KEPT)
        vitals.forget_before(tx, now - KNOWN)
        newsletters.forget_before(tx, now - MAILS_NOTED)
        kept = timedelta(days=tools.settings.ai.kept_days)
        briefs.forget(tx, now - kept, now - max(kept, JUDGED_KEPT))
        return journal.forget_before(tx, now - JOURNAL_KEPT)
