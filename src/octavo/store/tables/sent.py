"""Tables of what programs are told: webhooks, subscribers of our hub; and of the hubs that tell us."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Moment
from octavo.store.tables.base import json, metadata, where, words

# `failing_since` is null while messages are taken; `reason` is why it was turned off.
webhooks = Table(
    "webhooks",
    metadata,
    Column("id", BigId, primary_key=True),
    words("name"),
    words("url"),
    words("secret"),
    json("kinds"),
    words("search"),
    Column("least", Integer, nullable=False),
    words("state"),
    words("reason"),
    Column("made_at", Moment, nullable=False),
    Column("failing_since", Moment),
    sqlite_autoincrement=True,
)

# `status` is what the server answered last, 0 for nothing. One message for each webhook and key.
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("webhook_id", BigId, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    words("key"),
    words("kind"),
    json("data"),
    Column("made_at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("status", Integer, nullable=False),
    words("told"),
    words("outcome"),
    Column("ended_at", Moment),
    Index(None, "webhook_id", "key", unique=True),
    Index(None, "due", "id", **where("ended_at IS NULL")),
    Index(None, "ended_at", **where("ended_at IS NOT NULL")),
    sqlite_autoincrement=True,
)

# What programs were told of a story last: its reports, its figures by scope, the differences in it.
told_stories = Table(
    "told_stories",
    metadata,
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("reports", Integer, nullable=False),
    json("figures"),
    json("differences"),
)

# Requests to our hub; those that ended stay an hour, so that they are counted.
hub_requests = Table(
    "hub_requests",
    metadata,
    Column("id", BigId, primary_key=True),
    words("mode"),
    words("topic"),
    words("callback"),
    words("host"),
    words("secret"),
    Column("lease_s", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    words("told"),
    Column("ended_at", Moment),
    Index(None, "due", "id", **where("ended_at IS NULL")),
    Index(None, "host", "made_at"),
    sqlite_autoincrement=True,
)

# `mark` names what the feed's entries said when it was last looked at, `stamp` the state of the store it was read from.
hub_topics = Table(
    "hub_topics",
    metadata,
    Column("topic_key", LargeBinary, primary_key=True),
    words("topic"),
    words("mark"),
    words("stamp"),
)

# `pair_key` names topic and callback together. One that ended keeps the reason, and no secret.
hub_subscribers = Table(
    "hub_subscribers",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("pair_key", LargeBinary, nullable=False),
    Column("topic_key", LargeBinary, nullable=False),
    words("topic"),
    words("callback"),
    words("host"),
    words("secret"),
    Column("made_at", Moment, nullable=False),
    Column("lease_until", Moment, nullable=False),
    words("sent"),
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("ended_at", Moment),
    words("told"),
    Index(None, "pair_key", unique=True),
    Index(None, "topic_key", **where("ended_at IS NULL")),
    Index(None, "host", **where("ended_at IS NULL")),
    sqlite_autoincrement=True,
)

# The hub a feed names, and how it stands with it. `token` ends the address that hub calls.
feed_hubs = Table(
    "feed_hubs",
    metadata,
    Column("feed_id", BigId, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    words("hub"),
    words("topic"),
    words("token"),
    words("secret"),
    words("state"),
    Column("due", Moment),
    Column("tries", Integer, nullable=False),
    Column("lease_until", Moment),
    Column("heard_at", Moment),
    Column("missed", Boolean, nullable=False),
    words("told"),
    Index(None, "token", unique=True),
    Index(None, "due", **where("due IS NOT NULL")),
)

# What hubs brought, until it is read.
brought_feeds = Table(
    "brought_feeds",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("feed_id", BigId, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    words("content_type"),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "feed_id", "id"),
    sqlite_autoincrement=True,
)
