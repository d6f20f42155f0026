"""Tables of how articles belong together: relations, stories, editions."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, of_article, words

relations = Table(
    "relations",
    metadata,
    of_article(),
    Column("other_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    words("kind"),
    Column("score", Float(53), nullable=False),
    json("why"),
    Index(None, "other_id"),
    sqlite_with_rowid=False,
)

# `held_at`: an editor merged or split it; from then on articles may join, and the machine changes nothing else.
stories = Table(
    "stories",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    words("headline"),
    words("language"),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("lead_article_id", BigId, nullable=False),
    Column("article_count", Integer, nullable=False),
    Column("publisher_count", Integer, nullable=False),
    Column("report_count", Integer, nullable=False),
    json("countries"),
    json("languages"),
    Column("held_at", Moment),
    Index(None, "last_at", "id"),
)

story_articles = Table(
    "story_articles",
    metadata,
    of_article(),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("score", Float(53), nullable=False),
    json("reasons"),
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

# What a story's articles say, read closely: `form` is the version of the digest's own form.
story_digests = Table(
    "story_digests",
    metadata,
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("made_at", Moment, nullable=False),
    Column("form", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)

# An editor's word on a hashtag: what it is folded into ("" for nothing), and whether it is shown at all.
hashtag_rules = Table(
    "hashtag_rules",
    metadata,
    Column("tag", Words, primary_key=True),
    words("into"),
    Column("muted", Boolean, nullable=False),
    words("note"),
    Column("made_at", Moment, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", Moment, primary_key=True),
    json("eight"),
    json("sections"),
)
