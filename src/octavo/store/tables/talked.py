"""Tables of the discussion: threads, comments and their earlier wordings, votes, who watches, where it is closed."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, of_account, where, words


def _of_thread(*, primary_key: bool = False) -> Column[int]:
    thread = ForeignKey("threads.id", ondelete="CASCADE")
    return Column("thread_id", BigId, thread, primary_key=primary_key, autoincrement=False, nullable=False)


def _of_comment() -> Column[int]:
    comment = ForeignKey("comments.id", ondelete="CASCADE")
    return Column("comment_id", BigId, comment, primary_key=True, autoincrement=False, nullable=False)


# What is said about one article or one story. `comments` counts those everybody sees, so that no page counts them.
# `seq` is larger than every other row's when something changed here: pages that show it are made anew.
threads = Table(
    "threads",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("article_id", BigId, ForeignKey("articles.id", ondelete="CASCADE")),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE")),
    Column("comments", Integer, nullable=False),
    Column("newest_at", Moment),
    Column("seq", BigId, nullable=False),
    Index(None, "article_id", unique=True),
    Index(None, "story_id", unique=True),
    Index(None, "seq"),
    sqlite_autoincrement=True,
)

# `listed`: everybody is shown that it is there. `rank`: the smaller, the better (discuss/ranking.py). `parent_id` is 0
# for what answers no other comment. `account_id` is NULL once the account is gone.
comments = Table(
    "comments",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    _of_thread(),
    Column("parent_id", BigId, nullable=False),
    json("path"),
    Column("listed", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),
    words("state"),
    Column("account_id", BigId, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("client_key", LargeBinary),
    words("text"),
    words("quote"),
    Column("ups", Integer, nullable=False),
    Column("downs", Integer, nullable=False),
    Column("descendants", Integer, nullable=False),
    Column("edits", Integer, nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Index(None, "thread_id", "parent_id", "listed", "rank", "id"),
    Index(None, "thread_id", "parent_id", "listed", "id"),
    Index(None, "thread_id", "id"),
    Index(None, "account_id", "id"),
    Index(None, "account_id", "client_key", unique=True),
    Index("ix_comments_held", "thread_id", "id", **where("state = 'held'")),
)

comment_edits = Table(
    "comment_edits",
    metadata,
    _of_comment(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    words("text"),
    words("quote"),
    Column("until", Moment, nullable=False),
    sqlite_with_rowid=False,
)

votes = Table(
    "votes",
    metadata,
    _of_comment(),
    of_account(),
    Column("value", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "account_id", "at"),
    sqlite_with_rowid=False,
)

comment_watches = Table(
    "comment_watches",
    metadata,
    of_account(),
    _of_thread(primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "thread_id", "account_id"),
    sqlite_with_rowid=False,
)

# Kept when the account goes: who closed it is in the audit.
closings = Table(
    "closings",
    metadata,
    Column("key", Words, primary_key=True),
    words("note"),
    Column("account_id", BigId),
    Column("closed_at", Moment, nullable=False),
)
