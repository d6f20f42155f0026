"""Tables of what was written: articles, what was found in them, and their earlier wordings."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, false

from octavo.store.columns import BigId, Json, Moment, Words
from octavo.store.tables.base import json, metadata, of_article, where, words

articles = Table(
    "articles",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("url_key", LargeBinary, nullable=False),
    words("url"),
    Column("publisher_id", Words, ForeignKey("publishers.id"), nullable=False),
    words("headline"),
    words("language"),
    Column("first_seen_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("modified_at", Moment),
    Column("page_key", Words),
    Column("feed_id", BigId),
    Column("external_key", LargeBinary),
    words("external_id"),
    words("canonical_url"),
    words("standfirst"),
    words("byline"),
    json("people"),
    words("source"),
    words("dateline"),
    words("section"),
    Column("image", Json),
    words("genre"),
    json("keywords"),
    words("correction"),
    Column("paywalled", Boolean, nullable=False),
    Column("complete", Float(53), nullable=False),
    words("excerpt"),
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
    # What reader apps page through, and what came in since they asked last.
    Index(None, "feed_id", "id"),
    Index(None, "feed_id", "first_seen_at"),
    Index("ix_articles_corrected", "wording_at", "id", **where("correction <> ''")),
)

article_bodies = Table("article_bodies", metadata, of_article(), json("blocks"))

article_hashtags = Table(
    "article_hashtags",
    metadata,
    of_article(),
    Column("tag", Words, primary_key=True),
    words("label"),
    Column("score", Float(53), nullable=False),
    Index(None, "tag", "article_id"),
    sqlite_with_rowid=False,
)

# One row per name, with all its places: most important name first (rank 0).
article_mentions = Table(
    "article_mentions",
    metadata,
    of_article(),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    words("kind"),
    words("name"),
    json("places"),
    # Who or what it is, the same in every article and language (NULL where nobody can tell), and whether the article is
    # about it or only names it.
    Column("key", Words),
    Column("about", Boolean, nullable=False, server_default=false()),
    Index(None, "key", "article_id"),
    sqlite_with_rowid=False,
)

article_topics = Table(
    "article_topics",
    metadata,
    of_article(),
    Column("code", Words, primary_key=True),
    Column("score", Float(53), nullable=False),
    Index(None, "code", "article_id"),
    sqlite_with_rowid=False,
)

embeddings = Table(
    "embeddings",
    metadata,
    of_article(),
    words("model"),
    Column("vector", LargeBinary, nullable=False),
)

fingerprints = Table("fingerprints", metadata, of_article(), Column("minima", LargeBinary, nullable=False))

revisions = Table(
    "revisions",
    metadata,
    of_article(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    words("headline"),
    words("text"),
    Column("seen_at", Moment, nullable=False),
)
