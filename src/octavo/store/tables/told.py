"""Tables of what is told to people by the instance: letters on their way."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from octavo.store.columns import BigId, Moment
from octavo.store.tables.base import json, metadata, where, words

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
    Index(None, "ended_at"),
    sqlite_autoincrement=True,
)
