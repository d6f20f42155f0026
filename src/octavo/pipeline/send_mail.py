"""mail_outbox -> letters at the mail server: each once, tried again for days, given up with a reason.

What is promised: a letter is in the outbox if and only if its cause was kept. It is handed over once; only when this
process is killed after the server took it and before that was written down, a matter of milliseconds for one letter at
most, is it handed over again, under the same Message-ID, by which servers and mail programs can tell.
"""

from datetime import timedelta

import structlog

from octavo.errors import MailError
from octavo.ports.tools import Tools
from octavo.store import mail_outbox
from octavo.store.mail_outbox import DROPPED, SENT, Queued

log = structlog.get_logger()

AT_ONCE = 20
"""Letters looked up in one go, so that one somebody waits for goes before the many that may come later."""

FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=3)
_MINUTE = timedelta(minutes=1)


def send_mail(tools: Tools) -> int:
    """Send what is due, no more in a minute than the settings allow; gives how many letters were taken.

    A server that cannot be reached, or lets nobody in, ends the round: it would say the same to the next letter.
    """
    taken = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            room = tools.settings.mail.a_minute - mail_outbox.sent_since(view, now - _MINUTE)
            letters = mail_outbox.due(view, now, min(AT_ONCE, max(room, 0)))
        for one in letters:
            came = _send(tools, one)
            if came is None:
                return taken
            taken += came
        if not letters:
            return taken


def _send(tools: Tools, one: Queued) -> bool | None:
    """Send one letter; tells whether it was taken, None when there is nobody to take any."""
    now = tools.now()
    if now >= one.expires_at:
        _drop(tools, one, f"given up after {one.tries} tries: {one.told or 'no mail was sent meanwhile'}")
        return False
    pause = min(FIRST_PAUSE * 2 ** min(one.tries, 20), _LONGEST_PAUSE)
    with tools.database.transaction() as tx:
        begun = mail_outbox.begin(tx, one.id, now + pause)
    if not begun:
        return False
    try:
        sent = tools.mailer.send(one.message)
    except MailError as error:
        return _explain(tools, one, error)
    with tools.database.transaction() as tx:
        mail_outbox.end(tx, one.id, SENT, sent.told, tools.now())
    return True


def _explain(tools: Tools, one: Queued, error: MailError) -> bool | None:
    """Write down why a letter was not taken. A server that said nothing of this one letter takes none just now."""
    said = f"{error}: {error.told}" if error.told else str(error)
    if error.retry == "never":
        _drop(tools, one, said)
        return False
    log.info("letter not taken", letter=one.id, tries=one.tries + 1, said=said)
    with tools.database.transaction() as tx:
        mail_outbox.later(tx, one.id, said)
    return False if error.of_one else None


def _drop(tools: Tools, one: Queued, said: str) -> None:
    log.warning("letter given up", letter=one.id, said=said)
    with tools.database.transaction() as tx:
        mail_outbox.end(tx, one.id, DROPPED, said, tools.now())
