"""Letters on their way: once by key, those somebody waits for first, nothing left of them when they ended."""

from datetime import timedelta

from sqlalchemy import select

from octavo.domain.mail import Message
from octavo.ports.database import Database
from octavo.store import mail_outbox
from octavo.store.mail_outbox import DROPPED, SENT, WHENEVER
from octavo.store.tables import mail_outbox as table

from .examples import HOUR, NOON

LATER = NOON + timedelta(days=3)


def letter(key: str, **changes: str) -> Message:
    return Message(**({"to": "ada@reader.example", "subject": "Hello", "text": "There.", "key": key} | changes))  # type: ignore[arg-type]


def test_a_letter_comes_back_as_it_was_written(database: Database) -> None:
    one = Message("ada@reader.example", "Sübject", "Text", "k", "<p>", "de", "https://x.example/", {"List-Id": "<x>"})
    with database.transaction() as tx:
        assert mail_outbox.add(tx, one, NOON, LATER)
        assert not mail_outbox.add(tx, letter("k", subject="Other"), NOON, LATER), "one key is one letter"
    with database.read() as read:
        [queued] = mail_outbox.due(read, NOON, 9)
        assert (queued.message, queued.tries, queued.expires_at) == (one, 0, LATER)
        assert mail_outbox.due(read, NOON - HOUR, 9) == []


def test_what_somebody_waits_for_goes_first(database: Database) -> None:
    with database.transaction() as tx:
        mail_outbox.add(tx, letter("digest"), NOON - HOUR, LATER, rank=WHENEVER)
        mail_outbox.add(tx, letter("confirm"), NOON, LATER)
        assert [one.message.key for one in mail_outbox.due(tx, NOON, 9)] == ["confirm", "digest"]
        assert [one.message.key for one in mail_outbox.due(tx, NOON, 1)] == ["confirm"]


def test_a_letter_that_was_begun_waits_and_one_that_ended_is_blank(database: Database) -> None:
    with database.transaction() as tx:
        for key in ("a", "b"):
            mail_outbox.add(tx, letter(key), NOON, LATER)
        first, second = mail_outbox.due(tx, NOON, 9)
        assert mail_outbox.begin(tx, first.id, NOON + HOUR)
        assert [one.message.key for one in mail_outbox.due(tx, NOON, 9)] == ["b"]
        mail_outbox.later(tx, first.id, "greylisted")
        assert (mail_outbox.waiting(tx).count, mail_outbox.waiting(tx).told) == (2, "greylisted")
        [again] = [one for one in mail_outbox.due(tx, NOON + HOUR, 9) if one.id == first.id]
        assert (again.tries, again.told) == (1, "greylisted")
        mail_outbox.end(tx, first.id, SENT, "250 taken", NOON)
        mail_outbox.end(tx, second.id, DROPPED, "no such user", NOON)
        assert not mail_outbox.begin(tx, first.id, LATER), "what ended is not begun again"
        assert mail_outbox.due(tx, LATER, 9) == []
        assert not mail_outbox.add(tx, letter("a"), NOON, LATER), "nor sent again under its key"
        assert mail_outbox.sent_since(tx, NOON) == 1
        assert mail_outbox.sent_since(tx, NOON + HOUR) == 0
        assert mail_outbox.dropped_since(tx, NOON, 9) == ["no such user"]
        assert mail_outbox.waiting(tx).count == 0
        kept = tx.execute(select(table.c.recipient, table.c.given)).all()
        assert {(row.recipient, len(row.given)) for row in kept} == {("", 0)}
        assert mail_outbox.forget_before(tx, NOON) == 0
        assert mail_outbox.forget_before(tx, NOON + HOUR) == 2
        assert mail_outbox.add(tx, letter("a"), NOON, LATER)
