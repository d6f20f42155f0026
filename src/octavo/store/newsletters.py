"""Tables: newsletters, newsletter_senders, newsletter_mails."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from octavo.domain.ids import FeedId
from octavo.domain.newsletter import Newsletter, Noted, NotedMail, Sender
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import newsletter_mails, newsletter_senders, newsletters

MOST_NOTED = 20
"""Mails kept for editors of one newsletter: the newest."""

_LONGEST = 500  # characters kept of a subject, and of a link


def add(tx: Transaction, newsletter: Newsletter) -> None:
    """Keep a newsletter's address."""
    row = {"feed_id": newsletter.feed_id, "local": newsletter.local, "made_at": newsletter.made_at}
    tx.execute(insert(newsletters), row)


def by_local(read: Read, local: str) -> Newsletter | None:
    """Give the newsletter with this before the @ of its address."""
    row = read.execute(select(newsletters).where(newsletters.c.local == local.lower())).first()
    return _noun(row) if row else None


def all(read: Read) -> list[Newsletter]:  # noqa: A001 - read as newsletters.all
    """Give every newsletter, the newest first."""
    return [_noun(row) for row in read.execute(select(newsletters).order_by(newsletters.c.feed_id.desc()))]


def senders(read: Read, feed: FeedId) -> list[Sender]:
    """Give who sends a newsletter, the first one first."""
    mine = select(newsletter_senders).where(newsletter_senders.c.feed_id == feed)
    rows = read.execute(mine.order_by(newsletter_senders.c.since, newsletter_senders.c.sender))
    return [Sender(row.sender, row.confirmed, row.since) for row in rows]


def remember(tx: Transaction, feed: FeedId, sender: Sender) -> None:
    """Keep who sends a newsletter; one that is known may be confirmed by this."""
    row = {"feed_id": feed, "sender": sender.address, "confirmed": sender.confirmed, "since": sender.since}
    tx.execute(upsert(newsletter_senders, ["confirmed"]), row)


def forget(tx: Transaction, feed: FeedId, address: str) -> bool:
    """Take somebody off the senders of a newsletter; False when they were none."""
    mine = (newsletter_senders.c.feed_id == feed) & (newsletter_senders.c.sender == address)
    return tx.execute(delete(newsletter_senders).where(mine)).rowcount > 0


def note(tx: Transaction, feed: FeedId, mail: NotedMail) -> None:
    """Keep a mail for editors to see, in place of the oldest where there are many."""
    row = {
        "feed_id": feed,
        "kind": str(mail.kind),
        "at": mail.at,
        "sender": mail.sender[:_LONGEST],
        "subject": mail.subject[:_LONGEST],
        "links": [one for one in mail.links if len(one) <= 4 * _LONGEST],
    }
    tx.execute(insert(newsletter_mails), row)
    mine = newsletter_mails.c.feed_id == feed
    newest = select(newsletter_mails.c.id).where(mine).order_by(newsletter_mails.c.id.desc())
    last = tx.execute(newest.offset(MOST_NOTED - 1).limit(1)).scalar()
    if last is not None:
        tx.execute(delete(newsletter_mails).where(mine, newsletter_mails.c.id < last))


def noted(read: Read, feeds: Sequence[FeedId]) -> Mapping[FeedId, list[NotedMail]]:
    """Give the mails editors are shown, by newsletter, the newest first."""
    found: dict[FeedId, list[NotedMail]] = {feed: [] for feed in feeds}
    theirs = select(newsletter_mails).where(newsletter_mails.c.feed_id.in_(list(feeds)))
    for row in read.execute(theirs.order_by(newsletter_mails.c.id.desc())):
        mail = NotedMail(Noted(row.kind), row.at, row.sender, row.subject, tuple(row.links))
        found[FeedId(row.feed_id)].append(mail)
    return found


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget mails that editors were shown before a moment; gives how many."""
    return tx.execute(delete(newsletter_mails).where(newsletter_mails.c.at < moment)).rowcount


def _noun(row: Any) -> Newsletter:
    return Newsletter(FeedId(row.feed_id), row.local, row.made_at)
