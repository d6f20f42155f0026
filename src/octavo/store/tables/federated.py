"""Tables of the fediverse: people and servers elsewhere, what was told them, what waits to go and to be looked at."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, where, words

# Addresses have no limit an index could hold: rows are known by a hash of theirs (keys.py).
fediverse_actors = Table(
    "fediverse_actors",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    words("address"),
    words("host"),
    words("handle"),
    words("inbox"),
    words("shared_inbox"),
    words("page"),
    words("key_id"),
    words("public_key"),
    Column("known_at", Moment, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Index(None, "host"),
    sqlite_with_rowid=False,
)

# `actor` is the name of an actor here.
fediverse_followers = Table(
    "fediverse_followers",
    metadata,
    Column("actor", Words, primary_key=True),
    Column(
        "key", LargeBinary, ForeignKey("fediverse_actors.key", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    words("follow"),
    Column("since", Moment, nullable=False),
    Index(None, "key"),
    sqlite_with_rowid=False,
)

fediverse_hosts = Table(
    "fediverse_hosts",
    metadata,
    Column("host", Words, primary_key=True),
    words("stance"),
    words("note"),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("not_before", Moment),
    words("told"),
)

# Without a foreign key: that an article is gone has to be told to those who were told of it.
fediverse_posts = Table(
    "fediverse_posts",
    metadata,
    Column("article_id", BigId, primary_key=True, autoincrement=False),
    Column("actor", Words, primary_key=True),
    words("kind"),
    words("shows"),
    Column("story_id", BigId),
    Column("updates", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("gone_at", Moment),
    Index(None, "actor", "made_at"),
    Index(None, "made_at"),
    sqlite_with_rowid=False,
)

fediverse_outbox = Table(
    "fediverse_outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    words("inbox"),
    words("host"),
    words("actor"),
    words("body"),
    Column("due", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Index(None, "host", "due"),
    Index(None, "due"),
    sqlite_autoincrement=True,
)

# What was looked at stays for some days without its body: so nothing is taken twice.
fediverse_inbox = Table(
    "fediverse_inbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    words("path"),
    json("fields"),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("done_at", Moment),
    Index(None, "key", unique=True),
    Index("ix_fediverse_inbox_waiting", "due", **where("done_at IS NULL")),
    sqlite_autoincrement=True,
)

# Where comments were written that came from elsewhere: such a comment has no account.
comment_origins = Table(
    "comment_origins",
    metadata,
    Column(
        "comment_id",
        BigId,
        ForeignKey("comments.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        nullable=False,
    ),
    Column("key", LargeBinary, nullable=False),
    words("address"),
    words("page"),
    words("author"),
    words("host"),
    words("name"),
    Column("at", Moment, nullable=False),
    Index(None, "key", unique=True),
    Index(None, "host", "at"),
    Index(None, "author"),
    sqlite_with_rowid=False,
)
