"""Entries: kept once per feed and guid, tied to the page they name."""

from dataclasses import replace

from octavo.domain.entry import Enclosure
from octavo.domain.ids import PageKey
from octavo.ports.database import Database
from octavo.store import entries
from octavo.text.hashes import content_hash
from octavo.text.urls import canonical_url

from .examples import DAY, NOON, entry, feed, keep_feed


def _key(url: str) -> PageKey:
    return PageKey(content_hash(canonical_url(url)))


def test_an_entry_comes_back_as_it_was_given(database: Database) -> None:
    of = keep_feed(database, feed())
    whole = entry(
        of.id,
        title="Title <b>",
        summary="<p>Summary</p>",
        content="Content ش",
        authors=("A. Author", "B. Author"),
        published_at=NOON - DAY,
        updated_at=NOON,
        image="https://gazette.example/a.jpg",
        tags=("one", "two"),
        enclosures=(Enclosure("https://gazette.example/a.mp3", "audio/mpeg", 9),),
        language="en",
        content_hash="h1",
    )
    with database.transaction() as tx:
        (kept,) = entries.save(tx, [whole])
    assert kept == replace(whole, id=kept.id)
    assert kept.id > 0
    with database.read() as read:
        assert entries.for_pages(read, [_key(whole.url)]) == {_key(whole.url): kept}
        assert entries.for_pages(read, [PageKey("0" * 32)]) == {}


def test_a_known_guid_is_replaced_in_its_feed_alone(database: Database) -> None:
    one, two = keep_feed(database, feed(1)), keep_feed(database, feed(2))
    with database.transaction() as tx:
        first = entries.save(tx, [entry(one.id, content_hash="h1"), entry(two.id, content_hash="h1")])
        again = entries.save(tx, [entry(one.id, title="New", content_hash="h2", first_seen_at=NOON + DAY)])
        assert again[0].id == first[0].id
        assert entries.known(tx, one.id, ["guid-1", "guid-9"]) == {"guid-1": "h2"}
        assert entries.known(tx, two.id, ["guid-1"]) == {"guid-1": "h1"}
        found = entries.for_pages(tx, [_key(first[0].url)])
    assert found[_key(first[0].url)] == replace(first[0], title="New", content_hash="h2", first_seen_at=NOON)


def test_the_last_of_two_with_one_guid_counts(database: Database) -> None:
    of = keep_feed(database, feed())
    with database.transaction() as tx:
        kept = entries.save(tx, [entry(of.id, content_hash="h1"), entry(of.id, content_hash="h2")])
        assert kept[0].id == kept[1].id
        assert entries.known(tx, of.id, ["guid-1"]) == {"guid-1": "h2"}


def test_more_entries_than_fit_into_one_statement(database: Database) -> None:
    of = keep_feed(database, feed())
    with database.transaction() as tx:
        kept = entries.save(tx, [entry(of.id, number) for number in range(1201)])
        assert len({one.id for one in kept}) == 1201
        assert [one.guid for one in kept] == [f"guid-{number}" for number in range(1201)]
        assert len(entries.known(tx, of.id, [one.guid for one in kept])) == 1201


def test_of_several_entries_the_one_that_says_most_describes_the_page(database: Database) -> None:
    one, two = keep_feed(database, feed(1)), keep_feed(database, feed(2))
    with database.transaction() as tx:
        entries.save(tx, [entry(one.id, title="Bare")])
        _, full = entries.save(tx, [entry(one.id, 7), entry(two.id, title="Full", published_at=NOON, authors=("A",))])
        assert entries.for_pages(tx, [_key(full.url)]) == {_key(full.url): full}


def test_a_relative_address_is_read_from_the_site_and_an_unusable_one_from_nowhere(database: Database) -> None:
    of = keep_feed(database, feed(site_url="https://gazette.example/"))
    with database.transaction() as tx:
        kept, _ = entries.save(tx, [entry(of.id, 1, url="/news/5"), entry(of.id, 2, url="javascript:void(0)")])
        assert entries.for_pages(tx, [_key("https://gazette.example/news/5")]) == {
            _key("https://gazette.example/news/5"): kept
        }
