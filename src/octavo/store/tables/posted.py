"""Tables of newsletters: their addresses, who sends them, and the mails editors are shown."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, words


def _of_feed() -> Column[int]:
    feed = ForeignKey("feeds.id", ondelete="CASCADE")
    return Column("feed_id", BigId, feed, primary_key=True, autoincrement=False, nullable=False)


# `local` is what stands before the @, lower case: a secret, as it lets whoever knows it send.
newsletters = Table(
    "newsletters",
    metadata,
    _of_feed(),
    words("local"),
    Column("made_at", Moment, nullable=False),
    Index(None, "local", unique=True),
)

newsletter_senders = Table(
    "newsletter_senders",
    metadata,
    _of_feed(),
    Column("sender", Words, primary_key=True),
    Column("confirmed", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)

# Mails that brought no entry: some that ask for a confirmation, and what was refused. A few for each newsletter.
newsletter_mails = Table(
    "newsletter_mails",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("feed_id", BigId, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    words("kind"),
    Column("at", Moment, nullable=False),
    words("sender"),
    words("subject"),
    json("links"),
    Index(None, "feed_id", "id"),
    sqlite_autoincrement=True,
)
