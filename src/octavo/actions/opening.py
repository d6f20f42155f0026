"""Opening the newspaper: what the store must hold before readers come, and the first day of the newswire."""

from collections.abc import Sequence
from datetime import datetime

from octavo.domain.feed import Feed, FeedState
from octavo.ports.database import Database
from octavo.ports.tools import Tools
from octavo.store import facts
from octavo.store import feeds as feed_store


def prepare_site(database: Database) -> None:
    """Make the secrets that addresses of pictures, and forms, are signed with, unless there are. Raises StoreError."""
    with database.transaction() as tx:
        facts.make_secret(tx, facts.PICTURE_SECRET)
        facts.make_secret(tx, facts.FORM_SECRET)


def note_backup(database: Database, now: datetime) -> None:
    """Remember that everything was written to a backup."""
    with database.transaction() as tx:
        facts.set(tx, facts.BACKED_UP, now.isoformat())


def begin_newswire(tools: Tools, notice: str) -> datetime:
    """Show the sample newswire from now on; `notice` tells readers why ("unreachable"), or is ""."""
    now = tools.now()
    with tools.database.transaction() as tx:
        facts.set(tx, facts.NEWSWIRE, now.isoformat())
        facts.set(tx, facts.NOTICE, notice)
    return now


def end_newswire(tools: Tools, feeds: Sequence[Feed]) -> None:
    """Leave the newswire and retire its feeds. What it brought stays, behind everything real."""
    with tools.database.transaction() as tx:
        for feed in feeds:
            feed_store.set_state(tx, feed.id, FeedState.RETIRED)
        facts.set(tx, facts.NEWSWIRE, "")
        facts.set(tx, facts.NOTICE, "")
