"""Every table, once (SQLAlchemy Core). How they came to be is in migrations/; a test holds the two together.

Ids of articles and stories are ordered by time (domain/ids.py), so "the latest" is a walk down the primary key.
Long names are looked up by a 16-byte hash (keys.py). Bodies lie apart from articles, so no list can touch them.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    text,
)

from octavo.store.columns import BigId, Json, Moment, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)


def _words(name: str) -> Column[str]:
    return Column(name, Words, nullable=False)


def _json(name: str) -> Column[object]:
    return Column(name, Json, nullable=False)


def _where(rows: str) -> dict[str, Any]:
    return {"sqlite_where": text(rows), "postgresql_where": text(rows)}


def _of_article(*, primary_key: bool = True) -> Column[int]:
    article = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", BigId, article, primary_key=primary_key, autoincrement=False, nullable=False)


publishers = Table(
    "publishers",
    metadata,
    Column("id", Words, primary_key=True),
    _words("name"),
    _words("country"),
    _json("languages"),
    _words("owner"),
    _words("kind"),
    _words("homepage"),
    _words("description"),
    Column("policy", Words),
    Column("fictional", Boolean, nullable=False),
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
    _words("url"),
    Column("publisher_id", Words, ForeignKey("publishers.id"), nullable=False),
    _words("title"),
    _words("site_url"),
    _words("language"),
    _words("section"),
    _words("state"),
    Column("added_at", Moment),
    _words("etag"),
    _words("last_modified"),
    _words("content_hash"),
    Column("next_poll_at", Moment),
    Column("interval_s", Integer, nullable=False),
    Column("last_attempt_at", Moment),
    Column("last_success_at", Moment),
    Column("failures", Integer, nullable=False),
    _words("last_error"),
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
    _words("guid"),
    _words("url"),
    _words("page_key"),
    _words("title"),
    _words("summary"),
    _words("content"),
    _json("authors"),
    Column("published_at", Moment),
    Column("updated_at", Moment),
    _words("image"),
    _json("tags"),
    _json("enclosures"),
    _words("language"),
    _words("content_hash"),
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
    _words("url"),
    _words("host"),
    Column("host_slot", SmallInteger, nullable=False),
    Column("publisher_id", Words, ForeignKey("publishers.id"), nullable=False),
    Column("feed_id", BigId),
    _words("state"),
    _words("final_url"),
    Column("status", Integer, nullable=False),
    _words("content_type"),
    _words("blob"),
    Column("size", BigId, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Moment),
    Column("first_seen_at", Moment),
    Column("fetched_at", Moment),
    _words("reason"),
    Column("read_at", Moment),
)
Index("ix_pages_waiting", pages.c.host, pages.c.first_seen_at, **_where("state = 'pending'"))
Index("ix_pages_state_fetched_at", pages.c.state, pages.c.fetched_at)
Index("ix_pages_publisher_id_state_first_seen_at", pages.c.publisher_id, pages.c.state, pages.c.first_seen_at)
Index("ix_pages_refused", pages.c.reason, **_where("state = 'refused'"))

hosts = Table(
    "hosts",
    metadata,
    Column("host", Words, primary_key=True),
    Column("busy_until", Moment, nullable=False),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Words, primary_key=True),
    _words("body"),
    Column("fetched_at", Moment, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("url_key", LargeBinary, nullable=False),
    _words("url"),
    Column("publisher_id", Words, ForeignKey("publishers.id"), nullable=False),
    _words("headline"),
    _words("language"),
    Column("first_seen_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("modified_at", Moment),
    Column("page_key", Words),
    Column("feed_id", BigId),
    Column("external_key", LargeBinary),
    _words("external_id"),
    _words("canonical_url"),
    _words("standfirst"),
    _words("byline"),
    _json("people"),
    _words("source"),
    _words("dateline"),
    _words("section"),
    Column("image", Json),
    _words("genre"),
    _json("keywords"),
    _words("correction"),
    Column("paywalled", Boolean, nullable=False),
    Column("complete", Float(53), nullable=False),
    _words("excerpt"),
    Column("word_count", Integer, nullable=False),
    # What tells a new wording (headline and text) and a new body (blocks) from the present one without reading either.
    Column("wording_key", LargeBinary, nullable=False),
    Column("body_key", LargeBinary, nullable=False),
    Column("wording_at", Moment, nullable=False),
    Column("form", Words, nullable=False, server_default="text"),
    Column("rights", Json),
    Index(None, "url_key", unique=True),
    Index(None, "external_key"),
    Index(None, "publisher_id", "id"),
    Index(None, "language", "id"),
    Index(None, "section", "id"),
)

article_bodies = Table("article_bodies", metadata, _of_article(), _json("blocks"))

article_hashtags = Table(
    "article_hashtags",
    metadata,
    _of_article(),
    Column("tag", Words, primary_key=True),
    _words("label"),
    Column("score", Float(53), nullable=False),
    Index(None, "tag", "article_id"),
    sqlite_with_rowid=False,
)

# One row per name, with all its places: most important name first (rank 0).
article_mentions = Table(
    "article_mentions",
    metadata,
    _of_article(),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    _words("kind"),
    _words("name"),
    _json("places"),
    sqlite_with_rowid=False,
)

article_topics = Table(
    "article_topics",
    metadata,
    _of_article(),
    Column("code", Words, primary_key=True),
    Column("score", Float(53), nullable=False),
    Index(None, "code", "article_id"),
    sqlite_with_rowid=False,
)

embeddings = Table(
    "embeddings",
    metadata,
    _of_article(),
    _words("model"),
    Column("vector", LargeBinary, nullable=False),
)

fingerprints = Table("fingerprints", metadata, _of_article(), Column("minima", LargeBinary, nullable=False))

revisions = Table(
    "revisions",
    metadata,
    _of_article(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _words("headline"),
    _words("text"),
    Column("seen_at", Moment, nullable=False),
)

relations = Table(
    "relations",
    metadata,
    _of_article(),
    Column("other_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    _words("kind"),
    Column("score", Float(53), nullable=False),
    _json("why"),
    Index(None, "other_id"),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    _words("headline"),
    _words("language"),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("lead_article_id", BigId, nullable=False),
    Column("article_count", Integer, nullable=False),
    Column("publisher_count", Integer, nullable=False),
    Column("report_count", Integer, nullable=False),
    _json("countries"),
    _json("languages"),
    Index(None, "last_at", "id"),
)

story_articles = Table(
    "story_articles",
    metadata,
    _of_article(),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("score", Float(53), nullable=False),
    _json("reasons"),
    Column("placed_at", Moment, nullable=False),
    Index(None, "story_id", "article_id"),
)

story_redirects = Table(
    "story_redirects",
    metadata,
    Column("old_id", BigId, primary_key=True, autoincrement=False),
    Column("new_id", BigId, nullable=False),
    Index(None, "new_id"),
)

editions = Table(
    "editions",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", Moment, primary_key=True),
    _json("eight"),
    _json("sections"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", BigId, primary_key=True),
    Column("article_id", BigId, nullable=False),
    _words("kind"),
    sqlite_autoincrement=True,
)

positions = Table(
    "positions",
    metadata,
    Column("name", Words, primary_key=True),
    Column("seq", BigId, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("subject_key", LargeBinary, nullable=False),
    _words("subject"),
    _words("step"),
    _words("outcome"),
    Column("at", Moment, nullable=False),
    Column("ms", Float(53), nullable=False),
    Index(None, "subject_key", "id"),
    Index(None, "at"),
)

# What a publisher repeats: lines by the hash of their letters, and how many of its pages were counted.
boilerplate_lines = Table(
    "boilerplate_lines",
    metadata,
    Column("publisher_id", Words, ForeignKey("publishers.id", ondelete="CASCADE"), primary_key=True),
    Column("key", BigId, primary_key=True, autoincrement=False),
    _words("text"),
    Column("pages", Integer, nullable=False),
    Column("of_pages", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("likely", Float(53), nullable=False),
    Column("about", Float(53), nullable=False),
    Column("heads", Integer, nullable=False),
    _json("topics"),
    Column("learned", Boolean, nullable=False),
    Column("kept", Boolean),
    sqlite_with_rowid=False,
)

boilerplate_counts = Table(
    "boilerplate_counts",
    metadata,
    Column("publisher_id", Words, ForeignKey("publishers.id", ondelete="CASCADE"), primary_key=True),
    Column("pages", Integer, nullable=False),
)

repairs = Table(
    "repairs",
    metadata,
    Column("publisher_id", Words, ForeignKey("publishers.id", ondelete="CASCADE"), primary_key=True),
    Column("settled_at", Moment),
    Column("read_at", Moment),
    _words("version"),
    Column("pages", Integer, nullable=False),
    Column("before", Float(53), nullable=False),
    Column("after", Float(53), nullable=False),
)

settings_kept = Table("settings_kept", metadata, Column("key", Words, primary_key=True), _words("value"))
