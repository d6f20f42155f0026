"""What is one reader's own on a page: read in one statement, by the session, and nobody else's."""

from dataclasses import replace
from datetime import timedelta

from octavo.domain.account import Role, Session, Standing
from octavo.domain.comment import under_article, under_story
from octavo.domain.follow import Follow, FollowKind, Highlight, Preferences, Quote, Stance
from octavo.domain.ids import AccountId, HighlightId, SessionId
from octavo.domain.notification import Told, Why
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import (
    accounts,
    bookmarks,
    follows,
    highlights,
    notifications,
    own,
    preferences,
    sessions,
    stories,
    watches,
)
from octavo.store.own import Own, Wanted

from .examples import HOUR, NOON, article, keep
from .people import people
from .talk import say, vote

FRESH = timedelta(minutes=15)
NOTHING = Wanted()


def sign_in(database: Database, who: AccountId, key: bytes) -> SessionId:
    with database.transaction() as tx:
        return sessions.add(tx, key, Session(SessionId(0), who, NOON, NOON, NOON + HOUR))


def read(database: Database, key: bytes, wanted: Wanted = NOTHING, at: timedelta = timedelta(0)) -> Own | None:
    with database.read() as view:
        found = own.read(view, key, wanted, NOON + at, FRESH)
    assert own.ask(database, key, wanted, NOON + at, FRESH) == found
    return found


def test_a_session_that_is_over_ended_or_none_has_nothing(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    number = sign_in(database, ada, b"ada")
    sign_in(database, eve, b"eve")
    assert read(database, b"ada") == Own(ada, "ada", Role.READER, Standing.GOOD, 0)
    assert read(database, b"") is None
    assert read(database, b"ada", at=HOUR) is None
    with database.transaction() as tx:
        assert sessions.end(tx, ada, number)
        accounts.set_standing(tx, eve, Standing.BANNED)
    assert read(database, b"ada") is None
    found = read(database, b"eve")
    assert found is not None
    assert found.standing is Standing.BANNED


def test_each_has_their_own_marks(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    sign_in(database, ada, b"ada")
    sign_in(database, eve, b"eve")
    one, two, three = (each.id for each in keep(database, [article(n) for n in range(3)]))
    with database.transaction() as tx:
        said = say(tx, under_article(one), ada)
        vote(tx, said, eve, 1)
        bookmarks.save(tx, ada, [one, three], NOON)
        bookmarks.save(tx, eve, [two], NOON)
        follows.save(tx, ada, Follow(FollowKind.HASHTAG, "tide", "Tide", NOON))
        follows.save(tx, eve, Follow(FollowKind.PLACE, "tide", "Tide", NOON, Stance.MUTE))
        highlights.add(tx, eve, Highlight(HighlightId(0), one, Quote("It rained.", "", "", 0), NOON))
        preferences.save(tx, eve, replace(Preferences(), history=True))
        watches.add(tx, ada, said.thread_id, NOON)
        notifications.add(tx, [Told(eve, Why.REPLY, f"comment {n}", "ledger", {}) for n in range(2)], NOON)
    hashtag = (str(FollowKind.HASHTAG), "tide")
    wanted = Wanted([one, two], [said.id], [hashtag], one, [said.thread_id], mutes=True)
    of_ada, of_eve = read(database, b"ada", wanted), read(database, b"eve", wanted)
    assert of_ada is not None
    assert of_eve is not None
    assert (set(of_ada.saved), set(of_eve.saved)) == ({int(one)}, {int(two)})
    assert (of_ada.votes, of_eve.votes) == ({}, {said.id: 1})
    assert of_ada.counts == of_eve.counts == {(said.id, "1", "0")}
    assert (of_ada.stances, of_eve.stances) == ({hashtag: "follow"}, {})
    assert (of_ada.mutes, of_eve.mutes) == (False, True)
    assert (of_ada.marked, of_eve.marked) == (False, True)
    assert (of_ada.history, of_eve.history) == (False, True)
    assert (of_ada.watches, of_eve.watches) == (True, False)
    assert (of_ada.unread, of_eve.unread) == (0, 1)
    assert (of_ada.spoke, of_eve.spoke) == (True, False)
    assert of_ada.heard == of_eve.heard > 0
    later = read(database, b"ada", wanted, timedelta(minutes=16))
    assert later is not None
    assert not later.spoke


def test_a_passage_gone_from_the_text_that_is_shown_is_no_mark(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    sign_in(database, ada, b"ada")
    [one] = (each.id for each in keep(database, [article(0)]))
    with database.transaction() as tx:
        marked = Highlight(HighlightId(0), one, Quote("It rained.", "", "", 0), NOON)
        number, other = highlights.add(tx, ada, marked), highlights.add(tx, eve, marked)
        highlights.set_gone(tx, eve, [number], 7)
    wanted = Wanted(article=one, text=-(2**63))

    def seen(wanted: Wanted) -> tuple[bool, bool]:
        found = read(database, b"ada", wanted)
        assert found is not None
        return found.marked, found.gone

    assert seen(wanted) == (True, False)
    with database.transaction() as tx:
        highlights.set_gone(tx, ada, [number, other], -(2**63))
        assert highlights.of(tx, ada, one)[0].gone_from == -(2**63)
        assert highlights.of(tx, eve, one)[0].gone_from is None
    assert seen(wanted) == (False, True)
    assert seen(replace(wanted, text=7)) == (True, False)
    with database.transaction() as tx:
        highlights.add(tx, ada, replace(marked, quote=Quote("It snowed.", "", "", 0)))
    assert seen(wanted) == (True, True)


def test_a_storys_page_knows_who_watches_and_spoke_in_it(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    sign_in(database, ada, b"ada")
    sign_in(database, eve, b"eve")
    [one] = (each.id for each in keep(database, [article(0)]))
    with database.transaction() as tx:
        story = stories.place(tx, Placement(one, None, 1.0), NOON)
        said = say(tx, under_story(story), ada)
        highlights.add(tx, eve, Highlight(HighlightId(0), one, Quote("It rained.", "", "", 0), NOON))
        watches.add(tx, eve, said.thread_id, NOON)
    wanted = Wanted(threads=[said.thread_id], story=story)
    of_ada, of_eve = read(database, b"ada", wanted), read(database, b"eve", wanted)
    assert of_ada is not None
    assert of_eve is not None
    assert (of_ada.watches, of_ada.spoke) == (False, True)
    assert (of_eve.watches, of_eve.spoke, of_eve.marked) == (True, False, False)
    assert of_ada.heard == of_eve.heard > 0
