"""People and servers elsewhere as they are kept: followers, posts, what goes and comes, where comments came from."""

from datetime import timedelta
from typing import Any

import pytest

from octavo.domain.comment import CommentState, Order, under_article
from octavo.domain.fediverse import Arrival, Delivery, Known, Origin, Post, PostKind, RemoteActor, Stance
from octavo.domain.ids import ArticleId, CommentId, StoryId
from octavo.ports.database import Database
from octavo.store import (
    comment_origins,
    comments,
    discussion,
    fediverse,
    fediverse_hosts,
    fediverse_inbox,
    fediverse_outbox,
    fediverse_posts,
)

from .examples import HOUR, NOON, article, keep
from .talk import say

DAY = timedelta(days=1)


def person(name: str, host: str = "social.example", **more: Any) -> RemoteActor:
    home = f"https://{host}/users/{name}"
    given: dict[str, Any] = {
        "address": home,
        "host": host,
        "handle": name,
        "inbox": f"{home}/inbox",
        "key_id": f"{home}#key",
        "key": "PEM",
        "fetched_at": NOON,
        "shared_inbox": f"https://{host}/inbox",
        "known_at": NOON,
    }
    return RemoteActor(**(given | more))


def test_an_actor_comes_back_and_keeps_since_when_it_is_known(database: Database) -> None:
    ada = person("ada")
    with database.transaction() as tx:
        fediverse.save(tx, ada)
        assert fediverse.get(tx, ada.address) == ada
        later = person("ada", key="OTHER", fetched_at=NOON + HOUR, known_at=NOON + HOUR)
        fediverse.save(tx, later)
        found = fediverse.get(tx, ada.address)
    assert found is not None
    assert (found.key, found.fetched_at, found.known_at) == ("OTHER", NOON + HOUR, NOON)


def test_followers_are_reached_once_at_each_server(database: Database) -> None:
    people = [person("ada"), person("bo"), person("cyd", "quiet.example", shared_inbox="")]
    with database.transaction() as tx:
        for one in people:
            fediverse.save(tx, one)
            fediverse.follow(tx, "en-gb", one.address, f"{one.address}/f", NOON)
        fediverse.follow(tx, "tag_tide", people[0].address, "https://social.example/f2", NOON)
        fediverse.follow(tx, "tag_tide", people[0].address, "https://social.example/f3", NOON)
        assert fediverse.inboxes(tx, ["en-gb", "tag_tide"]) == [
            ("https://quiet.example/users/cyd/inbox", "quiet.example"),
            ("https://social.example/inbox", "social.example"),
        ]
        assert fediverse.counts(tx) == {"en-gb": 3, "tag_tide": 1}
        assert fediverse.hosts(tx) == {"quiet.example": 1, "social.example": 3}
        assert [one.name for one in fediverse.followers(tx, "en-gb", 2)] == [
            "@cyd@quiet.example",
            "@ada@social.example",
        ]
        assert fediverse.unfollow(tx, people[0].address, by="https://social.example/f2") == 0
        assert fediverse.unfollow(tx, people[0].address, by="https://social.example/f3") == 1
        assert fediverse.unfollow(tx, people[1].address, actor="en-gb") == 1
        assert fediverse.drop_host(tx, "social.example") == 1
        fediverse.drop_inbox(tx, "https://quiet.example/users/cyd/inbox")
        assert (fediverse.count(tx), fediverse.counts(tx)) == (0, {})
        assert fediverse.forget_idle(tx, NOON) == 0
        assert fediverse.forget_idle(tx, NOON + HOUR) == 1
        assert fediverse.get(tx, people[2].address) is None


def test_who_is_forgotten_follows_nothing(database: Database) -> None:
    with database.transaction() as tx:
        fediverse.save(tx, person("ada"))
        fediverse.follow(tx, "en-gb", person("ada").address, "f", NOON)
        assert fediverse.forget_idle(tx, NOON + DAY) == 0
        fediverse.forget(tx, person("ada").address)
        assert fediverse.count(tx, "en-gb") == 0


def test_what_is_decided_on_a_server_stays_while_it_fails_and_recovers(database: Database) -> None:
    with database.transaction() as tx:
        assert fediverse_hosts.get(tx, "social.example") == Known("social.example")
        fediverse_hosts.decide(tx, "social.example", Stance.ALLOWED, "friends")
        failing = Known("social.example", Stance.NONE, "", 2, NOON, NOON + HOUR, "takes no connections")
        fediverse_hosts.failed(tx, failing)
        fediverse_hosts.failed(tx, Known("quiet.example", failures=1, failing_since=NOON, not_before=NOON))
        fediverse_hosts.decide(tx, "spam.example", Stance.BLOCKED, "")
        assert fediverse_hosts.left_alone(tx, NOON) == {"social.example", "spam.example"}
        assert fediverse_hosts.left_alone(tx, NOON + HOUR) == {"spam.example"}
        assert [one.host for one in fediverse_hosts.every(tx)] == ["quiet.example", "social.example", "spam.example"]
        fediverse_hosts.took(tx, "social.example")
        fediverse_hosts.took(tx, "quiet.example")
        assert fediverse_hosts.get(tx, "social.example") == Known("social.example", Stance.ALLOWED, "friends")
        assert [one.host for one in fediverse_hosts.every(tx)] == ["social.example", "spam.example"]


def test_what_was_told(database: Database) -> None:
    first = Post(ArticleId(7), "en-gb", PostKind.CREATE, NOON, "a", StoryId(3))
    passed = Post(ArticleId(7), "tag_tide", PostKind.ANNOUNCE, NOON + HOUR, "a")
    other = Post(ArticleId(9), "en-gb", PostKind.CREATE, NOON + HOUR, "b")
    with database.transaction() as tx:
        for one in (first, passed, other):
            fediverse_posts.add(tx, one)
        assert {(one.actor, one.first) for one in fediverse_posts.of_articles(tx, [first.article_id])} == {
            ("en-gb", True),
            ("tag_tide", False),
        }
        assert fediverse_posts.stories(tx, "en-gb", NOON) == {StoryId(3)}
        assert fediverse_posts.count_since(tx, "en-gb", NOON + HOUR) == 1
        assert fediverse_posts.newest(tx, "en-gb", 5) == [other, first]
        assert fediverse_posts.newest(tx, "en-gb", 5, ArticleId(9)) == [first]
        assert fediverse_posts.own_since(tx, NOON, 5) == [other, first]
        assert fediverse_posts.tellers(tx, ArticleId(7)) == ["en-gb", "tag_tide"]
        fediverse_posts.reshow(tx, first, "c")
        fediverse_posts.take_back(tx, ArticleId(9), NOON + DAY)
        [changed] = fediverse_posts.own_since(tx, NOON, 5)
        assert (changed.shows, changed.updates, changed.gone) == ("c", 1, False)
        assert [one.gone for one in fediverse_posts.of_articles(tx, [other.article_id])] == [True]
        assert (fediverse_posts.count(tx), fediverse_posts.count(tx, "en-gb")) == (2, 1)
        assert fediverse_posts.forget_before(tx, NOON + HOUR) == 1


def delivery(host: str, **more: Any) -> Delivery:
    given: dict[str, Any] = {"body": "{}", "due": NOON, "expires_at": NOON + DAY}
    return Delivery(f"https://{host}/inbox", host, "en-gb", **(given | more))


def test_what_goes_is_due_by_its_time_and_few_at_a_time_for_one_server(database: Database) -> None:
    with database.transaction() as tx:
        fediverse_outbox.add(tx, [delivery("a.example", body=str(n)) for n in range(4)])
        fediverse_outbox.add(tx, [delivery("b.example"), delivery("c.example", due=NOON + HOUR)])
        assert [one.host for one in fediverse_outbox.due(tx, NOON, (), 10, 3)] == [*["a.example"] * 3, "b.example"]
        assert [one.host for one in fediverse_outbox.due(tx, NOON, {"a.example"}, 10, 3)] == ["b.example"]
        first = fediverse_outbox.due(tx, NOON, (), 1, 3)[0]
        assert (first.body, first.tries) == ("0", 0)
        fediverse_outbox.later(tx, first.id, NOON + HOUR)
        assert fediverse_outbox.due(tx, NOON, (), 1, 3)[0].body == "1"
        [again] = [one for one in fediverse_outbox.due(tx, NOON + HOUR, (), 10, 9) if one.id == first.id]
        assert again.tries == 1
        fediverse_outbox.end(tx, [first.id])
        assert fediverse_outbox.drop_host(tx, "a.example") == 3
        fediverse_outbox.drop_inbox(tx, "https://b.example/inbox")
        assert (fediverse_outbox.waiting(tx).count, fediverse_outbox.waiting(tx).since) == (1, NOON + HOUR)
        assert fediverse_outbox.drop_late(tx, NOON + DAY) == 1


def test_what_comes_is_looked_at_once(database: Database) -> None:
    one = Arrival("ada 1", "/fediverse/inbox", b"\x00{}", NOON, {"date": "Fri"})
    with database.transaction() as tx:
        assert fediverse_inbox.add(tx, one)
        assert not fediverse_inbox.add(tx, one)
        [found] = fediverse_inbox.due(tx, NOON, 5)
        assert (found.path, found.body, found.fields, found.at) == (one.path, one.body, one.fields, NOON)
        fediverse_inbox.later(tx, found.id, NOON + HOUR)
        assert fediverse_inbox.due(tx, NOON, 5) == []
        assert fediverse_inbox.due(tx, NOON + HOUR, 5)[0].tries == 1
        assert fediverse_inbox.waiting(tx) == 1
        fediverse_inbox.end(tx, found.id, NOON)
        assert fediverse_inbox.waiting(tx) == 0
        assert not fediverse_inbox.add(tx, one)
        assert fediverse_inbox.forget_before(tx, NOON + HOUR) == 1
        assert fediverse_inbox.add(tx, one)


@pytest.fixture
def reply(database: Database) -> CommentId:
    """A comment that came from another server."""
    [kept] = keep(database, [article(0)])
    with database.transaction() as tx:
        said = say(tx, under_article(kept.id), None, "From afar.", at=NOON)
        origin = Origin(
            said.id,
            "https://social.example/1",
            "https://social.example/@ada/1",
            person("ada").address,
            "social.example",
            "@ada@social.example",
            NOON,
        )
        comment_origins.add(tx, origin)
        assert comment_origins.by_address(tx, "https://social.example/1") == origin
    return said.id


def test_a_comment_from_elsewhere_has_its_authors_name_wherever_it_is_read(
    database: Database, reply: CommentId
) -> None:
    with database.read() as read:
        one = discussion.get(read, reply)
        assert one is not None
        whole = discussion.roots(read, [one.thread_id], Order.BEST, 5)[0]
        newest = discussion.newest(read, [one.thread_id], 5)[0]
    for found in (one, whole, newest):
        assert (found.name, found.origin, found.account_id, found.role) == (
            "@ada@social.example",
            "https://social.example/@ada/1",
            None,
            None,
        )


def test_what_came_from_a_server_or_a_person_is_counted_and_forgotten(database: Database, reply: CommentId) -> None:
    with database.transaction() as tx:
        assert comment_origins.count_of_host(tx, "social.example", NOON) == 1
        assert comment_origins.count_of_host(tx, "social.example", NOON + HOUR) == 0
        assert [one.comment_id for one in comment_origins.by_author(tx, person("ada").address)] == [reply]
        assert comment_origins.shown_before(tx, person("ada").address, NOON + HOUR, 3) == 0
        assert comment_origins.shown_before(tx, person("ada").address, NOON + 4 * HOUR, 3) == 1
        assert comment_origins.held_of_host(tx, "social.example") == []
        comments.set_state(tx, [reply], CommentState.HELD)
        assert comment_origins.held_of_host(tx, "social.example") == [reply]
        comment_origins.forget(tx, [reply])
        assert comment_origins.by_address(tx, "https://social.example/1") is None
        found = discussion.get(tx, reply)
    assert found is not None
    assert (found.name, found.origin) == ("", "")
