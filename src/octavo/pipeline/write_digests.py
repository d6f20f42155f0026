"""notifications -> letters: a digest for each reader whose hour has come, where there is something new to tell."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from octavo.domain.bulletin import Bulletin
from octavo.domain.mail import Message
from octavo.domain.notification import Rhythm
from octavo.errors import MailOff
from octavo.pipeline.gather_bulletin import Gathering, is_empty
from octavo.ports.tools import Tools
from octavo.store import mail_outbox, starter, wishes
from octavo.store.mail_outbox import WHENEVER
from octavo.store.wishes import Due

log = structlog.get_logger()

AT_ONCE = 50
"""Digests looked up in one go."""

_SLACK = timedelta(minutes=5)
"""A digest tells what came up until so long ago: what is noted at this moment elsewhere bears an earlier time."""

_USE = {Rhythm.DAILY: timedelta(hours=18), Rhythm.WEEKLY: timedelta(days=4)}
"""How long a digest may wait for its server: then the next one is near."""


def write_digests(tools: Tools) -> int:
    """Put the digests that are due into the outbox; gives how many. Each is there once, whatever is cut off.

    What a digest tells, and that it was told, is written in one transaction.
    """
    gathering = Gathering(starter.read(tools.settings.data_dir).editions)
    written = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            due = wishes.due(view, now, AT_ONCE)
        for one in due:
            written += _write(tools, gathering, one, now)
        if not due:
            return written


def _write(tools: Tools, gathering: Gathering, one: Due, now: datetime) -> bool:
    """Write one digest, unless it is to wait, or there is nothing to tell, or nobody to tell it to."""
    quiet_until = one.wishes.quiet_until(now)
    if quiet_until is not None:
        with tools.database.transaction() as tx:
            wishes.put_off(tx, one.account_id, quiet_until)
        return False
    next_at = one.wishes.digest.next_after(now, ZoneInfo(one.wishes.zone))
    with tools.database.read() as view:
        bulletin = gathering.bulletin(view, one, now - _SLACK)
    letter = None if is_empty(bulletin) or not one.address else _letter(tools, bulletin)
    with tools.database.transaction() as tx:
        if letter is not None:
            expires_at = now + _USE.get(one.wishes.digest.rhythm, timedelta(days=1))
            mail_outbox.add(tx, letter, now, expires_at, account_id=one.account_id, rank=WHENEVER)
        wishes.digested(tx, one.account_id, max(bulletin.until, one.told_until), next_at)
    return letter is not None


def _letter(tools: Tools, bulletin: Bulletin) -> Message | None:
    try:
        return tools.letters.digest(bulletin)
    except MailOff as error:
        log.warning("no digest written", account=bulletin.account_id, said=str(error))
        return None
