"""Tables of what readers can be offered as they type, learned from the newest articles; nothing is lost with them."""

from sqlalchemy import Column, Index, Integer, Table

from octavo.store.columns import Words
from octavo.store.tables.base import metadata, words

# One row for each word a name can be begun with: `start` is the folded rest of the name from there on, `head` its first
# letters. `language` is that of a headline's word, "" for names.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("start", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    words("head"),
    words("label"),
    Column("uses", Integer, nullable=False),
    Index(None, "head", "kind"),
    Index(None, "kind", "language"),
    sqlite_with_rowid=False,
)
