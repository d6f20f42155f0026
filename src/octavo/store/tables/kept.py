"""Tables an instance keeps for itself: changes, the journal, what was learned of publishers, settings."""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, words

changes = Table(
    "changes",
    metadata,
    Column("seq", BigId, primary_key=True),
    Column("article_id", BigId, nullable=False),
    words("kind"),
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
    words("subject"),
    words("step"),
    words("outcome"),
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
    words("text"),
    Column("pages", Integer, nullable=False),
    Column("of_pages", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("likely", Float(53), nullable=False),
    Column("about", Float(53), nullable=False),
    Column("heads", Integer, nullable=False),
    json("topics"),
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
    words("version"),
    Column("pages", Integer, nullable=False),
    Column("before", Float(53), nullable=False),
    Column("after", Float(53), nullable=False),
)

settings_kept = Table("settings_kept", metadata, Column("key", Words, primary_key=True), words("value"))

# What is known of publishers' pictures by the hash of their address; the pictures themselves are blobs.
pictures = Table(
    "pictures",
    metadata,
    Column("url_key", LargeBinary, primary_key=True),
    words("url"),
    words("fitness"),
    Column("at", Moment, nullable=False),
    Column("tint", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    words("why"),
    Index(None, "at"),
)

# What each language model, by its name in settings, took in a day (UTC, ISO 8601).
model_spending = Table(
    "model_spending",
    metadata,
    Column("day", Words, primary_key=True),
    Column("model", Words, primary_key=True),
    Column("asked", BigInteger, nullable=False),
    Column("tokens_in", BigInteger, nullable=False),
    Column("tokens_out", BigInteger, nullable=False),
    Column("millionths", BigInteger, nullable=False),
)

# What each process of the instance last said of itself: that it is there, and its figures.
vitals = Table(
    "vitals",
    metadata,
    Column("process", Words, primary_key=True),
    words("kind"),
    Column("started_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    json("figures"),
)

# Archives that are brought in, and how far each has been read: written with the articles that came out of it.
archives = Table(
    "archives",
    metadata,
    Column("key", Words, primary_key=True),
    words("name"),
    Column("through", BigId, nullable=False),
    Column("saved", BigId, nullable=False),
    Column("known", BigId, nullable=False),
    json("reasons"),
    Column("updated_at", Moment, nullable=False),
    Column("finished_at", Moment),
)
