"""Tables of notifications: who asked for them, what is followed, what there is to tell."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Json, Moment, Words
from octavo.store.tables.base import json, metadata, where, words


def _of_subscription(*, primary_key: bool = True) -> Column[int]:
    owner = ForeignKey("push_subscriptions.id", ondelete="CASCADE")
    return Column("subscription_id", BigId, owner, primary_key=primary_key, autoincrement=False, nullable=False)


# `session_id` is the sign-in it belongs to: what is told to that account is told here, while there is such a session.
push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("endpoint_key", LargeBinary, nullable=False),
    words("endpoint"),
    words("p256dh"),
    words("auth"),
    words("server_key"),
    words("edition"),
    json("languages"),
    Column("breaking", Integer, nullable=False),
    Column("within_h", Integer, nullable=False),
    Column("breaking_since", Moment, nullable=False),
    Column("most_a_day", Integer, nullable=False),
    words("zone"),
    Column("quiet_begin", Integer),
    Column("quiet_end", Integer),
    json("words"),
    Column("made_at", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("not_before", Moment),
    Column("session_id", BigId),
    Index(None, "endpoint_key", unique=True),
    Index(None, "session_id"),
    sqlite_autoincrement=True,
)

# `reports` is the number of independent reports the reader was told of last.
push_stories = Table(
    "push_stories",
    metadata,
    _of_subscription(),
    Column("story_id", BigId, primary_key=True, autoincrement=False),
    Column("reports", Integer, nullable=False),
    Index(None, "story_id"),
)

push_follows = Table(
    "push_follows",
    metadata,
    _of_subscription(),
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    words("name"),
    Column("since", Moment, nullable=False),
    Index(None, "kind", "key"),
)

# `batch` is the same in all that are told by one message, and set before it is sent; `given` is what a notice about a
# comment needs.
push_notices = Table(
    "push_notices",
    metadata,
    Column("id", BigId, primary_key=True),
    _of_subscription(primary_key=False),
    words("dedupe"),
    words("kind"),
    Column("story_id", BigId, nullable=False),
    words("name"),
    Column("n", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("batch", BigId),
    Column("sent_at", Moment),
    Column("given", Json),
    Index(None, "subscription_id", "dedupe", unique=True),
    Index(None, "due", **where("sent_at IS NULL")),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
