"""What is around comments as it is kept: votes, who watches, stories that merge, accounts that go, closings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.discuss.ranking import rank
from octavo.domain.article import Article
from octavo.domain.comment import (
    Ballot,
    Closing,
    CommentState,
    Order,
    under_article,
    under_story,
)
from octavo.domain.ids import AccountId, ArticleId, CommentId
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import accounts, closings, comments, discussion, stories, votes, watches

from .examples import GAZETTE, HOUR, NOON, article, keep
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


def test_votes_are_counted_changed_and_taken_back(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        said = say(tx, under_article(kept[0].id), people[0])

        def seen() -> tuple[int, int, int]:
            found = discussion.get(tx, said.id)
            assert found is not None
            return found.ups, found.downs, found.rank

        steps: list[tuple[int, Ballot, tuple[int, int]]] = [
            (1, 1, (1, 0)),
            (1, 1, (1, 0)),
            (2, -1, (1, 1)),
            (1, -1, (0, 2)),
            (2, 0, (0, 1)),
            (2, 0, (0, 1)),
        ]
        for who, value, (ups, downs) in steps:
            vote(tx, said, people[who], value)
            assert seen() == (ups, downs, rank(ups, downs))
        assert votes.of(tx, people[1], [said.id, CommentId(5)]) == {said.id: -1}
        assert votes.of(tx, people[2], [said.id]) == {}
        assert votes.count_since(tx, people[1], NOON) == 1
        assert votes.count_since(tx, people[1], NOON + SECOND) == 0


def test_an_account_goes_with_its_words_its_votes_and_its_name(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    ada, bo, _ = people
    with database.transaction() as tx:
        venue = under_article(kept[0].id)
        said = say(tx, venue, ada, "Mine", client_key="k", quote="It rained.")
        comments.reword(tx, said, "Mine, edited", "", NOON)
        answer = say(tx, venue, bo, "Yours", below=said)
        lonely = say(tx, venue, ada, "Mine too")
        removed = say(tx, venue, ada, "Spam")
        comments.set_state(tx, [removed.id], CommentState.REMOVED)
        vote(tx, answer, ada, 1)
        watches.add(tx, ada, said.thread_id, NOON)
    with database.transaction() as tx:
        before = discussion.heard(tx)
        comments.count_votes(tx, votes.take_back(tx, ada), rank, seen=True)
        assert comments.forget_account(tx, ada) == ids([said, lonely, removed])
        accounts.remove(tx, ada)
    with database.read() as read:
        first, second, third, spam = discussion.get_many(read, ids([said, answer, lonely, removed]))
        for one in (first, third, spam):
            assert (one.account_id, one.name, one.text, one.quote) == (None, "", "", "")
            assert one.state is CommentState.DELETED
        assert discussion.wordings(read, said.id) == []
        assert (second.text, second.ups, second.rank) == ("Yours", 0, rank(0, 0))
        thread = discussion.thread_of(read, venue)
        assert thread is not None
        assert (thread.comments, first.descendants) == (1, 1)
        assert ids(discussion.roots(read, [thread.id], Order.OLD, 9)) == [said.id]
        assert watches.watchers(read, thread.id, 9) == []
        assert discussion.heard(read) > before


def test_a_thread_is_watched_by_each_once(database: Database, kept: list[Article], people: list[AccountId]) -> None:
    with database.transaction() as tx:
        thread = comments.open_thread(tx, under_article(kept[0].id)).id
        other = comments.open_thread(tx, under_article(kept[1].id)).id
        for who in (people[1], people[0], people[1]):
            watches.add(tx, who, thread, NOON)
        assert watches.watchers(tx, thread, 9) == people[:2]
        assert watches.watchers(tx, thread, 1) == people[:1]
        assert watches.watching(tx, people[0], [thread, other]) == {thread}
        watches.remove(tx, people[0], thread)
        assert watches.watchers(tx, thread, 9) == [people[1]]


def test_stories_that_merge_keep_their_comments_and_those_who_watch(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        old, new = (stories.place(tx, Placement(one.id, None, 1.0), NOON) for one in kept[:2])
        first = say(tx, under_story(old), people[0], at=NOON + HOUR)
        answer = say(tx, under_story(old), people[1], below=first, at=NOON + HOUR)
        own = say(tx, under_story(new), people[2], at=NOON + HOUR)
        on_article = say(tx, under_article(kept[0].id), people[2])
        for who in people[:2]:
            watches.add(tx, who, first.thread_id, NOON)
        watches.add(tx, people[1], own.thread_id, NOON)
    with database.transaction() as tx:
        assert stories.place(tx, Placement(kept[1].id, new, 1.0, merged=(old,)), NOON) == new
    with database.read() as read:
        thread, of_article = discussion.threads_of_story(read, new)
        assert (thread.venue, thread.comments, thread.newest_at) == (under_story(new), 3, NOON + HOUR)
        assert of_article.venue == under_article(kept[0].id)
        assert ids(discussion.newest(read, [thread.id], 9)) == ids([own, answer, first])
        assert discussion.thread_of(read, under_story(old)) is None
        assert ids(discussion.replies(read, [first.id], Order.BEST, 9)) == [answer.id]
        assert watches.watchers(read, thread.id, 9) == people[:2]
        assert ids(discussion.newest(read, [of_article.id], 9)) == [on_article.id]
    with database.transaction() as tx:
        assert say(tx, under_story(new), people[0]).thread_id == thread.id


def test_stories_that_merge_where_only_the_old_one_was_talked_about(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        old, new = (stories.place(tx, Placement(one.id, None, 1.0), NOON) for one in kept[:2])
        said = say(tx, under_story(old), people[0])
        stories.place(tx, Placement(kept[1].id, new, 1.0, merged=(old,)), NOON)
        (thread,) = discussion.threads_of_story(tx, new)
        assert (thread.venue, thread.comments) == (under_story(new), 1)
        assert ids(discussion.newest(tx, [thread.id], 9)) == [said.id]


def test_what_changed_and_which_story_it_is_shown_in(
    database: Database, kept: list[Article], people: list[AccountId]
) -> None:
    with database.transaction() as tx:
        story = stories.place(tx, Placement(kept[0].id, None, 1.0), NOON)
        said = say(tx, under_article(kept[0].id), people[0])
        say(tx, under_story(story), people[0])
        before = discussion.heard(tx)
        say(tx, under_article(kept[1].id), people[0])
        comments.reword(tx, said, "Other", "", NOON)
        say(tx, under_article(kept[2].id), people[0], state=CommentState.HELD)
        vote(tx, said, people[1], 1)
        found = discussion.changed(tx, before, 9)
        assert [(one.venue, one.story_id) for one in found] == [
            (under_article(kept[0].id), story),
            (under_article(kept[1].id), None),
        ]
        assert found[0].seq == discussion.heard(tx) == before + 2
        assert len(discussion.changed(tx, 0, 2)) == 2
        threads = discussion.threads_of_articles(tx, [one.id for one in kept])
        assert {key: one.comments for key, one in threads.items()} == {kept[0].id: 1, kept[1].id: 1, kept[2].id: 0}


def test_where_it_is_closed(database: Database, kept: list[Article]) -> None:
    closing = Closing(f"publisher/{GAZETTE}", "Too heated", NOON, AccountId(7))
    with database.transaction() as tx:
        assert discussion.publisher_of(tx, kept[0].id) == GAZETTE
        assert discussion.publisher_of(tx, ArticleId(1)) is None
        closings.close(tx, closing)
        closings.close(tx, replace(closing, note="Still heated"))
        closings.close(tx, Closing("edition/en-gb", "", NOON))
        assert closings.of(tx, ["article/1", closing.key]) == replace(closing, note="Still heated")
        assert closings.of(tx, ["article/1"]) is None
        assert [one.key for one in closings.listed(tx)] == ["edition/en-gb", closing.key]
        assert closings.reopen(tx, closing.key)
        assert not closings.reopen(tx, closing.key)
        assert closings.of(tx, [closing.key]) is None


def test_all_an_account_said_is_exported(database: Database, kept: list[Article], people: list[AccountId]) -> None:
    with database.transaction() as tx:
        said = say(tx, under_article(kept[0].id), people[0], "One")
        comments.reword(tx, said, "Two", "", NOON)
        answer = say(tx, under_article(kept[0].id), people[1], below=said)
        vote(tx, answer, people[0], -1)
        watches.add(tx, people[0], said.thread_id, NOON)
        (mine,) = discussion.export(tx, people[0])
        assert (mine["id"], mine["article_id"], mine["text"], mine["answers"]) == (said.id, kept[0].id, "Two", None)
        assert [one["text"] for one in mine["earlier"]] == ["One"]
        assert [one["answers"] for one in discussion.export(tx, people[1])] == [said.id]
        assert votes.export(tx, people[0]) == [{"comment_id": answer.id, "value": -1, "at": NOON.isoformat()}]
        assert watches.export(tx, people[0]) == [{"article_id": kept[0].id, "story_id": None, "at": NOON.isoformat()}]
        assert discussion.export(tx, people[2]) == []
