"""Newsletters' addresses, their senders and the mails editors are shown: kept and read back."""

import pytest

from octavo.domain.ids import FeedId
from octavo.domain.newsletter import Newsletter, Noted, NotedMail, Sender
from octavo.errors import StoreError
from octavo.ports.database import Database
from octavo.store import feeds, newsletters, publishers

from .examples import DAY, HOUR, NOON, feed, publisher


@pytest.fixture
def number(database: Database) -> FeedId:
    with database.transaction() as tx:
        publishers.save(tx, [publisher()])
        kept = feeds.add(tx, feed()).id
        newsletters.add(tx, Newsletter(kept, "abc", NOON))
    return kept


def mail(hours: int, subject: str = "Hello") -> NotedMail:
    links = ("https://a.example/confirm",)
    return NotedMail(Noted.CONFIRMATION, NOON + hours * HOUR, "a@b.example", subject, links)


def test_a_newsletter_is_found_by_its_address(database: Database, number: FeedId) -> None:
    with database.read() as read:
        assert newsletters.by_local(read, "ABC") == Newsletter(number, "abc", NOON)
        assert newsletters.by_local(read, "abd") is None
        assert newsletters.all(read) == [Newsletter(number, "abc", NOON)]


def test_an_address_is_given_once(database: Database, number: FeedId) -> None:
    with database.transaction() as tx:
        other = feeds.add(tx, feed(2)).id
    with pytest.raises(StoreError), database.transaction() as tx:
        newsletters.add(tx, Newsletter(other, "abc", NOON))


def test_senders_are_remembered_confirmed_and_forgotten(database: Database, number: FeedId) -> None:
    with database.transaction() as tx:
        newsletters.remember(tx, number, Sender("a@b.example", confirmed=False, since=NOON))
        newsletters.remember(tx, number, Sender("c@b.example", confirmed=True, since=NOON + HOUR))
        newsletters.remember(tx, number, Sender("a@b.example", confirmed=True, since=NOON + DAY))
        assert newsletters.senders(tx, number) == [
            Sender("a@b.example", confirmed=True, since=NOON),
            Sender("c@b.example", confirmed=True, since=NOON + HOUR),
        ]
        assert newsletters.forget(tx, number, "a@b.example")
        assert not newsletters.forget(tx, number, "a@b.example")


def test_the_newest_mails_are_shown_for_a_while(database: Database, number: FeedId) -> None:
    with database.transaction() as tx:
        for hours in range(newsletters.MOST_NOTED + 5):
            newsletters.note(tx, number, mail(hours, f"{hours} \x00\ud800" + "x" * 5000))
        found = newsletters.noted(tx, [number])[number]
        assert len(found) == newsletters.MOST_NOTED
        assert found[0].at == NOON + (newsletters.MOST_NOTED + 4) * HOUR
        assert found[0].links == ("https://a.example/confirm",)
        assert len(found[0].subject) < 501
        assert newsletters.forget_before(tx, found[3].at) == newsletters.MOST_NOTED - 4


def test_all_of_it_goes_with_its_feed(database: Database, number: FeedId) -> None:
    with database.transaction() as tx:
        newsletters.remember(tx, number, Sender("a@b.example", confirmed=True, since=NOON))
        newsletters.note(tx, number, mail(1))
        feeds.remove(tx, number)
        assert newsletters.all(tx) == []
        assert newsletters.senders(tx, number) == []
        assert newsletters.noted(tx, [number])[number] == []
