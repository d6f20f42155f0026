"""What editors decide, kept: pins with notes, the ledger of sources, stories held, acts every reader may see."""

from dataclasses import replace

from octavo.domain.edition import Pin, Pins, Stance
from octavo.domain.ids import EditionKey, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import audit, ledger, pins, publishers, reading, storage, stories
from octavo.store.ledger import Entry, Kind

from .examples import DAY, GAZETTE, HERALD, HOUR, NOON, article, keep, publisher

GB = EditionKey("en-gb")


def test_what_stands_first_and_what_never_does(database: Database) -> None:
    with database.transaction() as tx:
        pins.decide(tx, GB, Pin(StoryId(1 << 52), Stance.PINNED, NOON, "the vote — انتخاب"))
        pins.decide(tx, GB, Pin(StoryId(2), Stance.PINNED, NOON - HOUR))
        pins.decide(tx, GB, Pin(StoryId(3), Stance.BURIED, NOON))
        pins.decide(tx, EditionKey("de-de"), Pin(StoryId(3), Stance.PINNED, NOON))
        pins.decide(tx, GB, Pin(StoryId(2), Stance.BURIED, NOON + HOUR, "changed my mind"))
    with database.read() as read:
        assert pins.of(read, GB) == Pins((StoryId(1 << 52),), frozenset({StoryId(2), StoryId(3)}))
        assert [one.note for one in pins.listed(read, GB)] == ["", "the vote — انتخاب", "changed my mind"]
        assert pins.of(read, EditionKey("fr-fr")) == Pins()
    with database.transaction() as tx:
        assert pins.release(tx, GB, StoryId(3))
        assert not pins.release(tx, GB, StoryId(3))
        assert pins.forget_before(tx, NOON + HOUR) == 2
        assert pins.of(tx, GB) == Pins((), frozenset({StoryId(2)}))


def test_a_ledger_tells_readers_what_is_public(database: Database) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher()])
        for number, public in enumerate((True, False, True)):
            ledger.add(tx, Entry(GAZETTE, NOON, Kind.REASON, f"{number}", public=public, actor="ada"))
    with database.read() as read:
        assert [one.note for one in ledger.of(read, GAZETTE, 9)] == ["2", "1", "0"]
        assert [one.note for one in ledger.of(read, GAZETTE, 9, public=True)] == ["2", "0"]
        assert ledger.of(read, HERALD, 9) == []


def test_what_an_editor_wrote_of_a_publisher_stays(database: Database) -> None:
    own = publisher(name="The Gazette, corrected", contact="desk@gazette.example", policy=DisplayPolicy.EXCERPT)
    with database.transaction() as tx:
        publishers.save(tx, [publisher(), publisher(HERALD)])
        publishers.edit(tx, replace(own, edited_at=NOON))
        publishers.save(tx, [publisher(name="As it came"), publisher(HERALD, name="Anew")])
        found = publishers.get_many(tx, [GAZETTE, HERALD, PublisherId("none")])
    assert found[GAZETTE] == replace(own, edited_at=NOON)
    assert found[HERALD].name == "Anew"


def test_public_acts_name_a_new_state_and_others_do_not(database: Database) -> None:
    with database.transaction() as tx:
        audit.add(tx, audit.Record(NOON, "ada", "pinned", "story/1", "why", public=True))
        before = reading.stamp(tx)
        audit.add(tx, audit.Record(NOON, "ada", "feed checked", "feed/1"))
        assert reading.stamp(tx) == before
        audit.add(tx, audit.Record(NOON, "ada", "buried", "story/1", public=True))
        assert reading.decisions(reading.stamp(tx)) != reading.decisions(before)
        assert [one.act for one in audit.shown(tx, 9)] == ["buried", "pinned"]
        assert [one.act for one in audit.shown(tx, 9, before=audit.shown(tx, 1)[0].id)] == ["pinned"]
        assert [one.act for one in audit.of_subject(tx, "story/1", 1, public=True)] == ["buried"]
        assert [one.act for one in audit.newest(tx, 2)] == ["buried", "feed checked"]


def test_the_machine_changes_nothing_of_a_story_that_is_held(database: Database) -> None:
    one, two, three = (found.id for found in keep(database, [article(n) for n in range(3)]))
    with database.transaction() as tx:
        held = stories.place(tx, Placement(one, None, 1.0), NOON)
        stories.place(tx, Placement(two, held, 1.0), NOON)
        other = stories.place(tx, Placement(three, None, 1.0), NOON)
        made = stories.split(tx, held, [two], NOON)
        assert stories.held(tx, [held, made, other]) == {held, made}
        assert stories.place(tx, Placement(two, held, 1.0, merged=(made,)), NOON + DAY) == made
        assert stories.place(tx, Placement(three, other, 1.0, merged=(held, made)), NOON + DAY) == other
        assert [len(stories.article_ids(tx, story)) for story in (held, made, other)] == [1, 1, 1]
        stories.merge(tx, other, held, NOON)
        found = stories.get(tx, other)
        assert found is not None
        assert found.id == held
        assert set(stories.article_ids(tx, held)) == {one, three}
        stories.hold(tx, made, None)
        assert stories.held(tx, [held, made]) == {held}


def test_room_and_numbers(database: Database) -> None:
    keep(database, [article(n) for n in range(3)])
    with database.read() as read:
        assert storage.size(read) > 100_000
        assert storage.counts(read)["publishers"] == 1
