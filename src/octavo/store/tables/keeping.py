"""Tables of what readers with an account keep; each row is one account's, and goes with it."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, of_account, of_article, words


def _of_feed() -> Column[int]:
    feed = ForeignKey("feeds.id", ondelete="CASCADE")
    return Column("feed_id", BigId, feed, primary_key=True, autoincrement=False, nullable=False)


follows = Table(
    "follows",
    metadata,
    of_account(),
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    words("name"),
    words("stance"),
    Column("since", Moment, nullable=False),
    Index(None, "kind", "key", "stance", "account_id"),
)

tastes = Table(
    "tastes",
    metadata,
    of_account(),
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    words("name"),
    Column("weight", Integer, nullable=False),
)

bookmarks = Table(
    "bookmarks",
    metadata,
    of_account(),
    of_article(),
    Column("at", Moment, nullable=False),
    Index(None, "account_id", "at", "article_id"),
    Index(None, "article_id"),
)

# `gone_from` names the text, as it was shown, that no longer holds the passage (relate.anchoring.fingerprint).
highlights = Table(
    "highlights",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(primary_key=False),
    of_article(primary_key=False),
    words("exact"),
    words("prefix"),
    words("suffix"),
    Column("start", Integer, nullable=False),
    words("note"),
    Column("made_at", Moment, nullable=False),
    Column("gone_from", BigId),
    Index(None, "account_id", "id"),
    Index(None, "account_id", "article_id"),
    Index(None, "article_id"),
    sqlite_autoincrement=True,
)

# What differs from what the feed's watermark says: an article above it that is read, or one below it that is not.
read_marks = Table(
    "read_marks",
    metadata,
    of_account(),
    of_article(),
    Column("read", Boolean, nullable=False),
    Index(None, "article_id"),
)

# Everything of a feed below `before` that was here by `seen_by` is read: one row, however many articles.
read_watermarks = Table(
    "read_watermarks",
    metadata,
    of_account(),
    _of_feed(),
    Column("before", BigId, nullable=False),
    Column("seen_by", Moment, nullable=False),
    Index(None, "feed_id"),
)

# Written only for those who asked for a history.
read_history = Table(
    "read_history",
    metadata,
    of_account(),
    of_article(),
    Column("at", Moment, nullable=False),
    Index(None, "account_id", "at", "article_id"),
    Index(None, "article_id"),
)

# `query` is the whole line of the search, as a search page takes it.
saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(primary_key=False),
    words("query"),
    words("name"),
    Column("made_at", Moment, nullable=False),
    Index(None, "account_id", "id"),
    sqlite_autoincrement=True,
)

# `token` is NULL while only its owner may see the list.
lists = Table(
    "lists",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(primary_key=False),
    words("name"),
    words("note"),
    Column("token", Words),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "account_id", "id"),
    Index(None, "token", unique=True),
    sqlite_autoincrement=True,
)

list_articles = Table(
    "list_articles",
    metadata,
    Column(
        "list_id",
        BigId,
        ForeignKey("lists.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        nullable=False,
    ),
    of_article(),
    Column("at", Moment, nullable=False),
    Index(None, "list_id", "at", "article_id"),
    Index(None, "article_id"),
)

feed_choices = Table(
    "feed_choices",
    metadata,
    of_account(),
    _of_feed(),
    Column("wanted", Boolean, nullable=False),
    words("title"),
    words("folder"),
    Column("since", Moment, nullable=False),
    Index(None, "feed_id"),
)

kept_preferences = Table(
    "kept_preferences",
    metadata,
    of_account(),
    json("shown"),
    Column("history", Boolean, nullable=False),
    Column("edition_feeds", Boolean, nullable=False),
    Column("learn_from", Moment),
)
