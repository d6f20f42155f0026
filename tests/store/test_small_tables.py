"""Editions, changes and positions, the journal, facts: kept and read back."""

from dataclasses import replace

import pytest

from octavo.domain.edition import Edition, Section, Slot
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.domain.journal import Event
from octavo.ports.database import Database
from octavo.store import changes, editions, facts, journal
from octavo.store.changes import Change, ChangeKind

from .examples import DAY, HOUR, NOON

GB, EG = EditionKey("en-gb"), EditionKey("ar-eg")
EDITION = Edition(
    GB,
    NOON,
    eight=(Slot(StoryId(1), ArticleId(2), 0.5, ("widely reported", "港")), Slot(StoryId(3), ArticleId(1 << 52), 0.25)),
    sections=(Section("world", "World", "20000000", (Slot(StoryId(5), ArticleId(6), 0.1),)), Section("empty", "", "")),
)


def test_the_newest_edition_comes_back_as_it_was_laid_out(database: Database) -> None:
    with database.transaction() as tx:
        editions.save(tx, replace(EDITION, at=NOON + HOUR))
        editions.save(tx, replace(EDITION, at=NOON, eight=()))
        editions.save(tx, replace(EDITION, key=EG, at=NOON + DAY))
    with database.read() as read:
        assert editions.latest(read, GB) == replace(EDITION, at=NOON + HOUR)
        assert editions.latest(read, EditionKey("de-de")) is None
        assert editions.latest(read, EG) == replace(EDITION, key=EG, at=NOON + DAY)


def test_an_edition_of_the_same_moment_is_replaced(database: Database) -> None:
    with database.transaction() as tx:
        editions.save(tx, EDITION)
        editions.save(tx, replace(EDITION, sections=()))
        assert editions.latest(tx, GB) == replace(EDITION, sections=())


def test_changes_are_followed_in_order(database: Database) -> None:
    with database.transaction() as tx:
        assert changes.last_seq(tx) == 0
        changes.record(tx, [(ArticleId(9), ChangeKind.NEW), (ArticleId(3), ChangeKind.NEW)])
        changes.record(tx, [])
        changes.record(tx, [(ArticleId(9), ChangeKind.EDITED)])
    with database.read() as read:
        found = changes.since(read, 0, 10)
        assert [(one.article_id, one.kind) for one in found] == [(9, "new"), (3, "new"), (9, "edited")]
        assert found == sorted(found, key=lambda one: one.seq)
        assert changes.since(read, found[0].seq, 1) == [Change(found[1].seq, ArticleId(3), ChangeKind.NEW)]
        assert changes.last_seq(read) == found[-1].seq
        assert changes.since(read, found[-1].seq, 10) == []


def test_each_follower_has_a_place_of_its_own(database: Database) -> None:
    with database.transaction() as tx:
        assert changes.position(tx, "enrich") == 0
        changes.set_position(tx, "enrich", 5)
        changes.set_position(tx, "enrich", 7)
        changes.set_position(tx, "relate", 2)
        assert (changes.position(tx, "enrich"), changes.position(tx, "relate")) == (7, 2)


def test_the_journal_tells_what_happened_in_order(database: Database) -> None:
    url = "https://gazette.example/" + "x" * 5000
    first = Event(url, "fetch_page", "fetched", NOON, 12.5)
    second = Event(url, "extract_page", "kept ش", NOON - HOUR, 3.5)
    other = Event("https://gazette.example/2", "fetch_page", "refused", NOON + HOUR, 7.5)
    with database.transaction() as tx:
        journal.add(tx, [first, other])
        journal.add(tx, [])
        journal.add(tx, [second])
        assert journal.of(tx, url) == [first, second]
        assert journal.of(tx, "nothing") == []
        assert journal.stats(tx, NOON - DAY) == [("fetch_page", 2, 10.0, 20.0), ("extract_page", 1, 3.5, 3.5)]
        assert journal.stats(tx, NOON + HOUR) == [("fetch_page", 1, 7.5, 7.5)]
        assert journal.forget_before(tx, NOON) == 1
        assert journal.of(tx, url) == [first]


def test_a_fact_is_remembered_until_it_is_told_anew(database: Database) -> None:
    with database.transaction() as tx:
        assert facts.get(tx, "notice") == ""
        facts.set(tx, "notice", "one")
        facts.set(tx, "notice", "two")
        assert facts.get(tx, "notice") == "two"


def test_a_secret_is_made_once(database: Database) -> None:
    with database.transaction() as tx:
        facts.make_secret(tx, "a")
        facts.make_secret(tx, "b")
        first = facts.get(tx, "a")
        facts.make_secret(tx, "a")
        assert facts.get(tx, "a") == first
        assert len(first) == 64
        assert facts.get(tx, "b") != first


def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    def note() -> None:
        with database.transaction() as tx:
            journal.add(tx, [Event("x", "y", "z", NOON.replace(tzinfo=None))])

    with pytest.raises(Exception, match="time zone"):
        note()
    with database.read() as read:
        assert journal.of(read, "x") == []
