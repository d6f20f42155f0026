"""The discussion as it is kept: said, counted, put in order, edited."""

from datetime import timedelta

import pytest

from octavo.domain.account import Role
from octavo.domain.article import Article
from octavo.domain.comment import (
    CommentState,
    Order,
    under_article,
    under_story,
)
from octavo.domain.ids import AccountId, CommentId, StoryId, ThreadId
from octavo.ports.database import Database
from octavo.store import comments, discussion
from octavo.store.discussion import Cursor

from .examples import HOUR, NOON, article, keep
from .talk import add_people, ids, say, vote

SECOND = timedelta(seconds=1)


@pytest.fixture
def kept(database: Database) -> list[Article]:
    """Three articles."""
    return keep(database, [article(n) for n in range(3)])


@pytest.fixture
def people(database: Database) -> list[AccountId]:
    """Three readers: Ada, Bo, Cyd."""
    return add_people(database)


def test_a_comment_comes_back_whole(database: Database, kept: list[Article], people: list[AccountId]) -> None:
    venue = under_article(kept[0].id)
    with database.transaction() as tx:
        said = say(tx, venue, people[0], "Hm\x00, *well*.", quote="It rained.")
    with database.read() as read:
        assert discussion.get(read, said.id) == said
        thread = discussion.thread_of(read, venue)
        assert discussion.thread_of(read, under_story(StoryId(kept[0].id))) is None
        assert discussion.get(read, CommentId(1)) is None
    assert (said.text, said.quote, said.name, said.role, said.state) == (
        "Hm, *well*.",
        "It rained.",
        "Ada",
        Role.READER,
        CommentState.LIVE,
    )
    assert thread is not None
    assert (thread.venue, thread.comments, thread.newest_at, thread.id) == (venue, 1, NOON, said.thread_id)


def test_ids_follow_the_order_of_saying_even_when_the_clock_goes_back(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        found = [say(tx, under_article(kept[n % 2].id), people[0], at=NOON - n * HOUR) for n in range(4)]
        found += [say(tx, under_article(kept[0].id), people[0], at=NOON + HOUR)]
    assert ids(found) == sorted(ids(found))
    assert found[0].id >> 20 == int(NOON.timestamp())
    assert found[-1].id >> 20 == int((NOON + HOUR).timestamp())


def test_the_same_sending_is_kept_once_for_each_person(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    venue = under_article(kept[0].id)
    with database.transaction() as tx:
        one = say(tx, venue, people[0], "One", client_key="k")
        again = say(tx, venue, people[0], "Two", client_key="k")
        other = say(tx, venue, people[1], "Two", client_key="k")
        assert again == one
        assert other.id != one.id
        thread = discussion.thread_of(tx, venue)
        assert thread is not None
        assert thread.comments == 2


def test_counts_below_a_comment_follow_what_everybody_sees(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    venue = under_article(kept[0].id)
    with database.transaction() as tx:
        top = say(tx, venue, people[0])
        inner = say(tx, venue, people[1], below=top)
        leaf = say(tx, venue, people[2], below=inner)
        held = say(tx, venue, people[2], below=inner, state=CommentState.HELD)

        def counts() -> list[int]:
            thread = discussion.thread_of(tx, venue)
            assert thread is not None
            return [thread.comments, *(one.descendants for one in discussion.get_many(tx, [top.id, inner.id, leaf.id]))]

        assert counts() == [3, 2, 1, 0]
        comments.set_state(tx, [held.id], CommentState.LIVE)
        assert counts() == [4, 3, 2, 0]
        changed = comments.set_state(tx, [inner.id, leaf.id], CommentState.REMOVED)
        assert ids(changed) == [inner.id, leaf.id]
        assert counts() == [2, 1, 1, 0]
        assert comments.set_state(tx, [inner.id, leaf.id], CommentState.REMOVED) == []
        comments.set_state(tx, [leaf.id, inner.id], CommentState.LIVE)
        assert counts() == [4, 3, 2, 0]


def test_what_is_gone_is_listed_while_others_stand_below_it(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    venue = under_article(kept[0].id)
    with database.transaction() as tx:
        top = say(tx, venue, people[0])
        leaf = say(tx, venue, people[1], below=top)

        def listed() -> list[CommentId]:
            return ids(discussion.roots(tx, [top.thread_id], Order.OLD, 9))

        comments.set_state(tx, [top.id], CommentState.DELETED)
        assert listed() == [top.id]
        comments.set_state(tx, [leaf.id], CommentState.REMOVED)
        assert listed() == []
        comments.set_state(tx, [leaf.id], CommentState.LIVE)
        assert listed() == [top.id]


def walk(database: Database, thread: ThreadId, order: Order) -> list[CommentId]:
    """Read a thread's first row page by page, two at a time."""
    found: list[CommentId] = []
    after: Cursor | None = None
    for _ in range(10):
        with database.read() as read:
            page = discussion.roots(read, [thread], order, 2, after)
        if not page:
            return found
        rows = sorted(page, key=lambda one: (one.rank, one.id) if order is Order.BEST else (0, one.id))
        rows = rows[::-1] if order is Order.NEW else rows
        found += ids(rows)
        after = Cursor(rows[-1].rank, rows[-1].id)
    return found


def test_pages_of_comments_in_each_order_hold_all_of_them_once(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    venue = under_article(kept[0].id)
    with database.transaction() as tx:
        said = [say(tx, venue, people[0], str(n)) for n in range(7)]
        say(tx, venue, people[1], below=said[0])
        say(tx, under_article(kept[1].id), people[1])
        for who in people[1:]:
            vote(tx, said[4], who, 1)
            vote(tx, said[2], who, -1)
        vote(tx, said[6], people[1], 1)
    plain = ids(said)
    best = [plain[n] for n in (4, 6, 0, 1, 3, 5, 2)]
    assert walk(database, said[0].thread_id, Order.OLD) == plain
    assert walk(database, said[0].thread_id, Order.NEW) == plain[::-1]
    assert walk(database, said[0].thread_id, Order.BEST) == best


def test_a_few_answers_to_each_of_many_and_more_of_one(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    venue = under_article(kept[0].id)
    with database.transaction() as tx:
        tops = [say(tx, venue, people[0]) for _ in range(3)]
        below = {top.id: [say(tx, venue, people[1], below=top) for _ in range(3 + n)] for n, top in enumerate(tops)}
        vote(tx, below[tops[2].id][4], people[2], 1)
    with database.read() as read:
        few = discussion.replies(read, ids(tops), Order.BEST, 2)
        rest = discussion.replies(read, [tops[2].id], Order.OLD, 9, Cursor(0, below[tops[2].id][1].id))
        assert discussion.replies(read, [], Order.OLD, 2) == []
    got = {top.id: {one.id for one in few if one.parent_id == top.id} for top in tops}
    assert got == {
        tops[0].id: {below[tops[0].id][0].id, below[tops[0].id][1].id},
        tops[1].id: {below[tops[1].id][0].id, below[tops[1].id][1].id},
        tops[2].id: {below[tops[2].id][0].id, below[tops[2].id][4].id},
    }
    assert sorted(ids(rest)) == ids(below[tops[2].id][2:])


def test_the_newest_of_some_threads_and_what_waits_in_them(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        said = [say(tx, under_article(kept[n % 2].id), people[n % 3]) for n in range(6)]
        held = [say(tx, under_article(kept[0].id), who, state=CommentState.HELD) for who in people]
        comments.set_state(tx, [said[5].id], CommentState.REMOVED)
    threads = [said[0].thread_id, said[1].thread_id]
    with database.read() as read:
        assert ids(discussion.newest(read, threads, 3)) == ids([said[4], said[3], said[2]])
        assert ids(discussion.newest(read, threads, 3, said[2].id)) == ids([said[1], said[0]])
        assert discussion.newest(read, [], 3) == []
        assert ids(discussion.held(read, threads, None)) == ids(held[::-1])
        assert ids(discussion.held(read, threads, people[1])) == [held[1].id]
        assert ids(discussion.posted(read, people[0], 2)) == [held[0].id, said[3].id]


def test_earlier_wordings_are_kept_until_the_words_are_erased(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        said = say(tx, under_article(kept[0].id), people[0], "One", quote="It rained.")
        comments.reword(tx, said, "Two", said.quote, NOON + SECOND)
        second = discussion.get(tx, said.id)
        assert second is not None
        comments.reword(tx, second, "Three", "", NOON + 2 * SECOND)
        third = discussion.get(tx, said.id)
        assert third is not None
        assert (third.text, third.quote, third.edits, third.edited_at) == ("Three", "", 2, NOON + 2 * SECOND)
        earlier = discussion.wordings(tx, said.id)
        assert [(one.text, one.quote, one.until) for one in earlier] == [
            ("One", "It rained.", NOON + SECOND),
            ("Two", "It rained.", NOON + 2 * SECOND),
        ]
        comments.erase(tx, [said.id])
        gone = discussion.get(tx, said.id)
        assert gone is not None
        assert (gone.text, gone.quote) == ("", "")
        assert discussion.wordings(tx, said.id) == []
