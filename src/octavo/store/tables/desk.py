"""Tables of what editors decided: what stands first or never on a front page, and why each source is read."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import metadata, words

# `stance` is pinned or buried. `story_id` may name a story that was folded into another since.
edition_pins = Table(
    "edition_pins",
    metadata,
    Column("edition", Words, primary_key=True),
    Column("story_id", BigId, primary_key=True, autoincrement=False),
    words("stance"),
    words("note"),
    Column("at", Moment, nullable=False),
)

# Written, never changed: why a source is here, who objected, what was decided. `public` entries stand on its page.
source_ledger = Table(
    "source_ledger",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("publisher_id", Words, ForeignKey("publishers.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    words("kind"),
    words("note"),
    Column("public", Boolean, nullable=False),
    words("actor"),
    Index(None, "publisher_id", "id"),
    sqlite_autoincrement=True,
)
