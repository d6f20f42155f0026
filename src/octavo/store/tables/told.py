"""Tables of what people are told: letters on their way, notifications on the site, how they want to be told."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, of_account, where, words

# `rank` 0 goes before 1. Once a letter ended (`outcome` says how), its recipient and text are blank: `key` stays, so
# that nothing is sent twice under one.
mail_outbox = Table(
    "mail_outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    words("key"),
    Column("account_id", BigId, ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("rank", Integer, nullable=False),
    words("recipient"),
    json("given"),
    Column("made_at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    words("told"),
    Column("ended_at", Moment),
    words("outcome"),
    Index(None, "key", unique=True),
    Index(None, "rank", "due", "id", **where("ended_at IS NULL")),
    Index(None, "account_id"),
    Index(None, "ended_at", **where("ended_at IS NOT NULL")),
    sqlite_autoincrement=True,
)

# What an account was told, once for each `subject`; `topic` is what it is counted and shown under.
notifications = Table(
    "notifications",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(primary_key=False),
    words("why"),
    words("subject"),
    words("topic"),
    json("given"),
    Column("on_site", Boolean, nullable=False),
    Column("in_digest", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Index(None, "account_id", "subject", unique=True),
    Index(None, "account_id", "at", "id"),
    Index(None, "account_id", "topic", **where("read_at IS NULL")),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

# How an account wants to be told; `next_at` is when its next digest is due, `told_until` what the last one told.
notification_wishes = Table(
    "notification_wishes",
    metadata,
    of_account(),
    words("edition"),
    words("zone"),
    words("rhythm"),
    Column("hour", Integer, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("pictures", Boolean, nullable=False),
    Column("quiet_begin", Integer),
    Column("quiet_end", Integer),
    json("chosen"),
    Column("told_until", Moment, nullable=False),
    Column("next_at", Moment),
    Index(None, "next_at"),
)

# The ways an account is told of one thing it follows, where they are not the usual ones: a sum of Channel's values.
follow_wishes = Table(
    "follow_wishes",
    metadata,
    of_account(),
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("channels", Integer, nullable=False),
)

# What the followers of stories know: `reports` is the number of independent reports they were told of last.
followed_stories = Table(
    "followed_stories",
    metadata,
    of_account(),
    Column("key", Words, primary_key=True),
    Column("story_id", BigId, nullable=False),
    Column("reports", Integer, nullable=False),
    Index(None, "story_id"),
)
