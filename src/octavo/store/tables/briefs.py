"""Tables of what AI features said: made once, reported, withdrawn, read aloud."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import Moment, Words
from octavo.store.tables.base import json, metadata, of_account, of_article, where, words

# `key` names what it was made from: what was asked, the articles' versions, the model, the prompt. `asked` names what
# was asked alone. `brief` is compressed JSON of a domain.brief.Brief, `articles` how many articles it rests on.
briefs = Table(
    "briefs",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("asked", LargeBinary, nullable=False),
    words("subject"),
    words("path"),
    Column("made_at", Moment, nullable=False),
    Column("form", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("brief", LargeBinary, nullable=False),
    Column("reports", Integer, nullable=False),
    json("reasons"),
    Column("reported_at", Moment),
    Column("withdrawn_at", Moment),
    words("note"),
    Index(None, "asked", "made_at"),
    Index(None, "made_at"),
    Index("ix_briefs_reported_at", "reported_at", **where("reported_at IS NOT NULL")),
)

brief_articles = Table(
    "brief_articles",
    metadata,
    Column("brief_key", LargeBinary, ForeignKey("briefs.key", ondelete="CASCADE"), primary_key=True),
    of_article(),
    Index(None, "article_id"),
)

# One episode a day of an edition's podcast; `day` is written as ISO 8601 does. Its audio lies among the blobs.
episodes = Table(
    "episodes",
    metadata,
    Column("edition", Words, primary_key=True),
    Column("day", Words, primary_key=True),
    Column("made_at", Moment, nullable=False),
    words("title"),
    words("language"),
    json("lines"),
    json("starts"),
    Column("seconds", Float, nullable=False),
    words("media_type"),
    words("blob"),
    Column("size", Integer, nullable=False),
    words("voice"),
)

# A headline in another language, made ahead for lists; `text` is "" where no translation of `original` holds.
headline_translations = Table(
    "headline_translations",
    metadata,
    of_article(),
    Column("language", Words, primary_key=True),
    words("original"),
    words("text"),
    words("made_by"),
    words("checked_by"),
    Column("made_at", Moment, nullable=False),
)

# How many answers somebody had written by a model on a day (UTC, as ISO 8601 writes it).
answers_taken = Table(
    "answers_taken",
    metadata,
    of_account(),
    Column("day", Words, primary_key=True),
    Column("taken", Integer, nullable=False),
    Index(None, "day"),
)
