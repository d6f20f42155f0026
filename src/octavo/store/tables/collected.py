"""Tables of what is collected: publishers, feeds, entries, pages, and how hosts are treated."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, where, words

# `edited_at`: an editor wrote what stands here, and what comes with Octavo no longer replaces it. `withdrawn_at`: the
# publisher asked not to be read here.
publishers = Table(
    "publishers",
    metadata,
    Column("id", Words, primary_key=True),
    words("name"),
    words("country"),
    json("languages"),
    words("owner"),
    words("kind"),
    words("homepage"),
    words("description"),
    Column("policy", Words),
    Column("fictional", Boolean, nullable=False),
    Column("contact", Words),
    Column("edited_at", Moment),
    Column("withdrawn_at", Moment),
)

publisher_hosts = Table(
    "publisher_hosts",
    metadata,
    Column("host", Words, primary_key=True),
    Column("publisher_id", Words, ForeignKey("publishers.id", ondelete="CASCADE"), nullable=False),
    Column("rank", Integer, nullable=False),
    Index(None, "publisher_id"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("url_key", LargeBinary, nullable=False),
    words("url"),
    Column("publisher_id", Words, ForeignKey("publishers.id"), nullable=False),
    words("title"),
    words("site_url"),
    words("language"),
    words("section"),
    words("state"),
    Column("added_at", Moment),
    words("etag"),
    words("last_modified"),
    words("content_hash"),
    Column("next_poll_at", Moment),
    Column("interval_s", Integer, nullable=False),
    Column("last_attempt_at", Moment),
    Column("last_success_at", Moment),
    Column("failures", Integer, nullable=False),
    words("last_error"),
    Column("entries_per_day", Float(53), nullable=False),
    Index(None, "url_key", unique=True),
    Index(None, "state", "next_poll_at"),
    Index(None, "publisher_id"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("feed_id", BigId, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("guid_key", LargeBinary, nullable=False),
    words("guid"),
    words("url"),
    words("page_key"),
    words("title"),
    words("summary"),
    words("content"),
    json("authors"),
    Column("published_at", Moment),
    Column("updated_at", Moment),
    words("image"),
    json("tags"),
    json("enclosures"),
    words("language"),
    words("content_hash"),
    Column("first_seen_at", Moment),
    Index(None, "feed_id", "guid_key", unique=True),
    Index(None, "feed_id", "first_seen_at"),
    Index(None, "page_key"),
)

# feed_id in pages and articles only says where it came from: it may name a feed that was removed since.
pages = Table(
    "pages",
    metadata,
    Column("key", Words, primary_key=True),
    words("url"),
    words("host"),
    Column("host_slot", SmallInteger, nullable=False),
    Column("publisher_id", Words, ForeignKey("publishers.id"), nullable=False),
    Column("feed_id", BigId),
    words("state"),
    words("final_url"),
    Column("status", Integer, nullable=False),
    words("content_type"),
    Column("rights_said", Words),
    words("blob"),
    Column("size", BigId, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Moment),
    Column("first_seen_at", Moment),
    Column("fetched_at", Moment),
    words("reason"),
    Column("read_at", Moment),
)
Index("ix_pages_waiting", pages.c.host, pages.c.first_seen_at, **where("state = 'pending'"))
Index("ix_pages_state_fetched_at", pages.c.state, pages.c.fetched_at)
Index("ix_pages_publisher_id_state_first_seen_at", pages.c.publisher_id, pages.c.state, pages.c.first_seen_at)
Index("ix_pages_refused", pages.c.reason, **where("state = 'refused'"))

hosts = Table(
    "hosts",
    metadata,
    Column("host", Words, primary_key=True),
    Column("busy_until", Moment, nullable=False),
)

# `holder` names a process, "" nobody. `free_at`: when another may have the host, at the latest. `wanted_at`: when one
# asked in vain since the holder took it.
host_turns = Table(
    "host_turns",
    metadata,
    Column("host", Words, primary_key=True),
    words("holder"),
    Column("free_at", Moment, nullable=False),
    Column("wanted_at", Moment),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Words, primary_key=True),
    words("body"),
    Column("fetched_at", Moment, nullable=False),
)
