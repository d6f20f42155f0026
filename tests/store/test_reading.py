"""What the pages list, newest first, page by page, and never by walking a whole table."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.article import Article
from octavo.domain.comment import Order, under_article
from octavo.domain.edition import Edition
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.follow import Bookmark, FollowKind, ReadMark, SubscribedFeed
from octavo.domain.ids import (
    AccountId,
    ArticleId,
    CommentId,
    EditionKey,
    FeedId,
    HighlightId,
    ListId,
    PublisherId,
    StoryId,
    ThreadId,
)
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.story import Placement
from octavo.ports.database import Database, Read
from octavo.store import (
    arrivals,
    articles,
    bookmarks,
    closings,
    discussion,
    editions,
    enrichments,
    facts,
    follows,
    hashtags,
    highlights,
    history,
    lists,
    mail_outbox,
    notifications,
    pictures,
    preferences,
    publishers,
    push,
    read_marks,
    reading,
    relations,
    stories,
    streams,
    vocabulary,
    votes,
    watches,
    wishes,
)
from octavo.store.streams import Span

from .examples import GAZETTE, HERALD, HOUR, NOON, article, feed, keep, keep_feed, publisher

TOPIC = "20000001"
EDGE = ArticleId(5)
TALK, SAID = ThreadId(1), CommentId(1)


@pytest.fixture
def kept(database: Database) -> list[Article]:
    """Six articles, oldest first: languages en, de, fr; the odd ones the Herald's; tagged, with topics."""
    given = [
        article(n, language=("en", "de", "fr")[n % 3], publisher_id=HERALD if n % 2 else GAZETTE) for n in range(6)
    ]
    found = keep(database, given)
    with database.transaction() as tx:
        enrichments.save_enrichments(
            tx,
            [
                Enrichment(
                    one.id,
                    one.language,
                    hashtags=_tags(number),
                    topics=(Topic(TOPIC, 0.5),) if number > 1 else (),
                )
                for number, one in enumerate(found)
            ],
        )
    return found


def _tags(number: int) -> tuple[Hashtag, ...]:
    """Everything is tagged port; 0, 2, 4 strike too; 5 alone storm."""
    tags = [Hashtag("port", "PORT" if number == 0 else "Port", 0.5)]
    if number % 2 == 0:
        tags.append(Hashtag("strike", "Strike", 0.4))
    if number == 5:
        tags.append(Hashtag("storm", "Storm", 0.9))
    return tuple(tags)


def _ids(kept: list[Article], *numbers: int) -> list[ArticleId]:
    return [kept[number].id for number in numbers]


def test_the_newest_articles_in_some_languages_or_all(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert reading.latest_ids(read, [], None, 4) == _ids(kept, 5, 4, 3, 2)
        assert reading.latest_ids(read, [], kept[2].id, 4) == _ids(kept, 1, 0)
        assert reading.latest_ids(read, ["en", "de"], None, 3) == _ids(kept, 4, 3, 1)
        assert reading.latest_ids(read, ["en", "de"], kept[1].id, 3) == _ids(kept, 0)
        assert reading.latest_ids(read, ["es"], None, 3) == []


def test_the_newest_articles_of_a_publisher(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert reading.publisher_ids(read, HERALD, None, 2) == _ids(kept, 5, 3)
        assert reading.publisher_ids(read, HERALD, kept[3].id, 2) == _ids(kept, 1)
        assert reading.publisher_ids(read, PublisherId("none.example"), None, 2) == []


def test_the_newest_articles_under_a_hashtag(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert hashtags.article_ids(read, "strike", None, 2) == _ids(kept, 4, 2)
        assert hashtags.article_ids(read, "strike", kept[2].id, 2) == _ids(kept, 0)
        assert hashtags.article_ids(read, "Strike", None, 2) == []


def test_the_newest_articles_about_a_topic(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert reading.topic_ids(read, TOPIC, [], None, 3) == _ids(kept, 5, 4, 3)
        assert reading.topic_ids(read, TOPIC, ["en", "fr"], None, 9) == _ids(kept, 5, 3, 2)
        assert reading.topic_ids(read, TOPIC, ["en", "fr"], kept[3].id, 9) == _ids(kept, 2)
        assert reading.topic_ids(read, "20000009", [], None, 3) == []


def test_hashtags_beside_a_hashtag(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert hashtags.beside(read, "port", 5) == [
            Hashtag("strike", "Strike", 0.5),
            Hashtag("storm", "Storm", 1 / 6),
        ]
        assert hashtags.beside(read, "port", 1) == [Hashtag("strike", "Strike", 0.5)]
        assert hashtags.beside(read, "none", 5) == []
        assert hashtags.label_and_count(read, "port") == ("Port", 6)
        assert hashtags.label_and_count(read, "none") == ("", 0)


def test_hashtags_that_articles_share(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        found = hashtags.common(read, _ids(kept, 2, 4, 5), 5)
        assert [(one.tag, one.label, round(one.score, 3)) for one in found] == [
            ("port", "Port", 1.0),
            ("strike", "Strike", 0.667),
            ("storm", "Storm", 0.333),
        ]
        assert hashtags.common(read, [], 5) == []


def test_stories_that_several_publishers_report(database: Database, kept: list[Article]) -> None:
    with database.transaction() as tx:
        one = stories.place(tx, Placement(kept[0].id, None, 1.0), NOON)
        stories.place(tx, Placement(kept[1].id, one, 1.0), NOON)
        two = stories.place(tx, Placement(kept[2].id, None, 1.0), NOON)
        stories.place(tx, Placement(kept[3].id, two, 1.0), NOON)
        stories.describe(tx, one, lead=kept[0].id, reports=2)
        stories.describe(tx, two, lead=kept[2].id, reports=2)
        alone = stories.place(tx, Placement(kept[4].id, None, 1.0), NOON)
        assert reading.story_ids(tx, one, 5) == _ids(kept, 1, 0)
        assert reading.story_ids(tx, one, 1) == _ids(kept, 1)
        assert reading.story_ids(tx, StoryId(5), 5) == []
        assert reading.widely_reported(tx, 9) == [
            (two, "Headline 2", kept[3].published_at),
            (one, "Headline 0", kept[1].published_at),
        ]
        assert [story for story, _, _ in reading.widely_reported(tx, 1)] == [two]
        moved = reading.moved(tx, None, 9, 2)
        assert [story for story, _ in moved] == [two, one]
        assert reading.moved(tx, (moved[0][1], two), 9, 2) == moved[1:]
        assert len(reading.moved(tx, None, 9)) == 3
        assert list(stories.get_many(tx, [one, StoryId(5)])) == [one]
        cards = articles.cards(tx, _ids(kept, 4, 0))
    assert [(card.story_id, card.story_size, card.story_publishers) for card in cards] == [(alone, 1, 1), (one, 2, 2)]


def test_publishers_that_have_articles_and_their_policies(database: Database, kept: list[Article]) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher(name="B"), publisher(HERALD, name="A", policy=DisplayPolicy.HEADLINE)])
        publishers.save(tx, [publisher(PublisherId("none.example"), policy=DisplayPolicy.FULL)])
        assert reading.publisher_names(tx) == [(HERALD, "A"), (GAZETTE, "B")]
        assert reading.policies(tx) == {
            HERALD: DisplayPolicy.HEADLINE,
            PublisherId("none.example"): DisplayPolicy.FULL,
        }
        assert reading.article_languages(tx) == ["de", "en", "fr"]


def test_the_feeds_of_a_publisher(database: Database) -> None:
    one, other = keep_feed(database, feed(1)), keep_feed(database, feed(2, publisher_id=HERALD))
    two = keep_feed(database, feed(3))
    with database.read() as read:
        assert reading.feeds_of(read, GAZETTE) == [one, two]
        assert reading.feeds_of(read, HERALD) == [other]


def test_the_stamp_differs_once_something_on_a_page_does(database: Database) -> None:
    def stamp() -> str:
        with database.read() as read:
            assert reading.stamp(read) == reading.stamp(read)
            return reading.stamp(read)

    seen = [stamp()]
    keep(database, [article()])
    seen.append(stamp())
    keep(database, [article(text="Edited.")])
    seen.append(stamp())
    for number in range(2):
        with database.transaction() as tx:
            editions.save(tx, Edition(EditionKey("en-gb"), NOON + number * HOUR))
        seen.append(stamp())
    for value in ("unreachable", ""):
        with database.transaction() as tx:
            facts.set(tx, "notice", value)
        seen.append(stamp())
    assert len(set(seen)) == len(seen)
    keep(database, [article(text="Edited.")])
    assert stamp() == seen[-1]


ANA = AccountId(1)
SUBSCRIBED = [SubscribedFeed(feed(), "", "", NOON)]

WALKS: dict[str, Callable[[Read], object]] = {
    "latest": lambda read: reading.latest_ids(read, [], ArticleId(1 << 50), 20),
    "latest in languages": lambda read: reading.latest_ids(read, ["en", "de"], ArticleId(1 << 50), 20),
    "publisher": lambda read: reading.publisher_ids(read, GAZETTE, ArticleId(1 << 50), 20),
    "hashtag": lambda read: hashtags.article_ids(read, "port", ArticleId(1 << 50), 20),
    "topic": lambda read: reading.topic_ids(read, TOPIC, [], ArticleId(1 << 50), 20),
    "topic in languages": lambda read: reading.topic_ids(read, TOPIC, ["en", "de"], ArticleId(1 << 50), 20),
    "story": lambda read: reading.story_ids(read, StoryId(5), 20),
    "beside a hashtag": lambda read: hashtags.beside(read, "port", 5),
    "days of a hashtag": lambda read: hashtags.days(read, "port", NOON, 14),
    "about a place": lambda read: reading.about_ids(read, "place/1", ArticleId(1 << 50), 20),
    "a place's name": lambda read: reading.entity_name(read, "place/1"),
    "places of an article": lambda read: reading.places_of(read, ArticleId(5)),
    "rising hashtags": lambda read: hashtags.rising(read, NOON, 5),
    "label": lambda read: hashtags.label_and_count(read, "port"),
    "shared hashtags": lambda read: hashtags.common(read, [ArticleId(1), ArticleId(2)], 5),
    "widely reported": lambda read: reading.widely_reported(read, 5),
    "stories that moved": lambda read: reading.moved(read, (NOON, StoryId(5)), 20, 2),
    "these stories": lambda read: stories.get_many(read, [StoryId(5)]),
    "related": lambda read: relations.of(read, ArticleId(5)),
    "pictures": lambda read: pictures.of(read, ["https://gazette.example/1.jpg"]),
    "cards": lambda read: articles.cards(read, [ArticleId(1), ArticleId(2)]),
    "by address": lambda read: articles.by_url(read, "https://gazette.example/"),
    "a story": lambda read: stories.get(read, StoryId(5)),
    "latest stories": lambda read: stories.latest(read, 5),
    "offered as one types": lambda read: vocabulary.starting(read, "ti", ["tag", "place"], 8),
    "called exactly so": lambda read: vocabulary.exactly(read, "old quay", ["place"]),
    "words of headlines": lambda read: vocabulary.words(read, ["en", "de"], 4, 9),
    "hashtags of cards": lambda read: hashtags.of_articles(read, [ArticleId(1), ArticleId(2)]),
    "arrivals": lambda read: arrivals.recent(read, 5, 200),
    "settled": arrivals.settled,
    "followers": lambda read: list(follows.followers(read, FollowKind.HASHTAG, "port")),
    "told": lambda read: notifications.of(read, ANA, 100),
    "told a digest": lambda read: notifications.for_digest(read, ANA, NOON, NOON, 100),
    "unread notifications": lambda read: notifications.unread(read, ANA),
    "ways of followers": lambda read: wishes.followers(read, FollowKind.HASHTAG, ["port"]),
    "digests due": lambda read: wishes.due(read, NOON, 20),
    "letters due": lambda read: mail_outbox.due(read, NOON, 20),
    "letters sent": lambda read: mail_outbox.sent_since(read, NOON),
    "browsers of accounts": lambda read: push.of_accounts(read, [ANA], NOON),
    "followers of a story": lambda read: list(follows.followers(read, FollowKind.STORY, "5")),
    "followed": lambda read: follows.of(read, ANA),
    "more and less of": lambda read: follows.tastes_of(read, ANA),
    "saved": lambda read: bookmarks.latest(read, ANA, Bookmark(ArticleId(5), NOON), 20),
    "stars": lambda read: bookmarks.ids(read, ANA, ArticleId(5), 20),
    "saved among": lambda read: bookmarks.among(read, ANA, [ArticleId(5)]),
    "highlights of an article": lambda read: highlights.of(read, ANA, ArticleId(5)),
    "highlights": lambda read: highlights.latest(read, ANA, HighlightId(5), 20),
    "history": lambda read: history.latest(read, ANA, ReadMark(ArticleId(5), NOON), 20),
    "lists": lambda read: lists.of(read, ANA),
    "a shared list": lambda read: lists.shared(read, "token"),
    "a list's articles": lambda read: lists.page(read, ListId(5), Bookmark(ArticleId(5), NOON), 20),
    "lists holding": lambda read: lists.holding(read, ANA, ArticleId(5)),
    "preferences": lambda read: preferences.of(read, ANA),
    "unread": lambda read: read_marks.unread_ids(read, ANA, SUBSCRIBED, ArticleId(1 << 50), 20),
    "unread counts": lambda read: read_marks.unread_counts(read, ANA, SUBSCRIBED),
    "read among": lambda read: read_marks.read_among(read, ANA, SUBSCRIBED, [ArticleId(5)]),
    "a stream": lambda read: streams.of_feeds(read, [FeedId(1)], Span(ArticleId(1 << 50)), 20),
    "a stream, oldest first": lambda read: streams.of_feeds(read, [FeedId(1)], Span(None, EDGE, oldest=True), 20),
    "a stream since": lambda read: streams.of_feeds(read, [FeedId(1)], Span(ArticleId(1 << 50), since=NOON), 20),
    "how articles came here": lambda read: streams.arrivals(read, [ArticleId(5)]),
    "articles of a feed": lambda read: streams.count(read, [FeedId(1)]),
    "languages": reading.article_languages,
    "stamp": reading.stamp,
    "best comments": lambda read: discussion.roots(read, [TALK], Order.BEST, 20),
    "new comments": lambda read: discussion.roots(read, [TALK], Order.NEW, 20),
    "old comments": lambda read: discussion.roots(read, [TALK], Order.OLD, 20),
    "best answers": lambda read: discussion.replies(read, [SAID], Order.BEST, 20),
    "new answers": lambda read: discussion.replies(read, [SAID], Order.NEW, 20),
    "old answers": lambda read: discussion.replies(read, [SAID], Order.OLD, 20),
    "newest comments": lambda read: discussion.newest(read, [TALK], 20, SAID),
    "comments that wait": lambda read: discussion.held(read, [TALK], None),
    "own comments": lambda read: discussion.posted(read, AccountId(1), 20),
    "these comments": lambda read: discussion.get_many(read, [SAID]),
    "the thread of an article": lambda read: discussion.thread_of(read, under_article(ArticleId(5))),
    "the threads of a story": lambda read: discussion.threads_of_story(read, StoryId(5)),
    "the threads of articles": lambda read: discussion.threads_of_articles(read, [ArticleId(5)]),
    "what was said lately": lambda read: discussion.changed(read, 5, 100),
    "the last thing said": discussion.heard,
    "own votes": lambda read: votes.of(read, AccountId(1), [SAID]),
    "votes of late": lambda read: votes.count_since(read, AccountId(1), NOON),
    "who watches": lambda read: watches.watchers(read, TALK, 9),
    "where it is closed": lambda read: closings.of(read, ["article/5"]),
}
"""What is asked for while a page is made."""

BOUNDED = {
    "SCAN unread",  # what is unread of one feed, up to its LIMIT
    "SCAN anon_1",  # a list of ids that has a LIMIT
    "SCAN stories USING INDEX ix_stories_last_at_id",  # in the order of its LIMIT
    "SCAN mail_outbox USING INDEX ix_mail_outbox_rank_due_id",  # those that wait, in the order of its LIMIT
    "SCAN hashtag_rules",  # an editor's decisions: as many as people made
    "SCAN hashtag_rules USING COVERING INDEX sqlite_autoindex_hashtag_rules_1",
    "SCAN settings_kept",  # a handful of facts
    "SCAN publishers",  # as many as people follow, for their policies
    "SCAN audit USING INDEX ix_audit_public",  # its last row
    "SCAN CONSTANT ROW",  # no table
    "SCAN articles USING COVERING INDEX ix_articles_language_id",  # asked again only when an article changed
}
SORTED = {
    "a stream since",  # what came in since
    "label",
    "languages",
    "rising hashtags",
    "a place's name",
    "offered as one types",  # of a vocabulary that has a size, what begins with two letters
    "called exactly so",
    "unread counts",
    "browsers of accounts",  # those of the accounts named
    "hashtags of cards",  # those of the articles named
    "the threads of a story",  # one for each of its articles at most
}
"""Those that count before they sort: their ORDER BY cannot follow an index."""


@pytest.mark.parametrize("name", WALKS)
def test_no_page_walks_a_whole_table(sqlite_database: SqliteDatabase, name: str) -> None:
    """A table that grows with every article is searched by an index, and in the order of it."""
    asked: list[tuple[str, Any]] = []

    @event.listens_for(sqlite_database._readers, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, values))

    with sqlite_database.read() as read:
        WALKS[name](read)
    event.remove(sqlite_database._readers, "before_cursor_execute", note)
    plans = [_plan(sqlite_database, statement, values) for statement, values in asked if statement.startswith("SELECT")]
    assert plans
    steps = [step for plan in plans for step in plan]
    assert [step for step in steps if step.startswith("SCAN") and step not in BOUNDED] == []
    assert any("TEMP B-TREE" in step for step in steps) == (name in SORTED)


def _plan(database: SqliteDatabase, statement: str, values: Any) -> list[str]:
    with database._readers.connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
