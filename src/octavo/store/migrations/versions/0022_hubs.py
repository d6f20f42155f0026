"""Programs are told things: webhooks and their messages, subscribers of our hub, hubs of the feeds we read."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022_hubs"
down_revision = "0021_decided"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN, _ENDED, _DUE = (sa.text(one) for one in ("ended_at IS NULL", "ended_at IS NOT NULL", "due IS NOT NULL"))


def upgrade() -> None:
    """Create the tables."""
    _webhooks()
    _hub()
    _hubs_of_feeds()


def _words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _moment(*names: str, missing: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=missing) for name in names]


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _index(table: str, *columns: str, unique: bool = False, rows: sa.TextClause | None = None) -> None:
    name = f"ix_{table}_{'_'.join(columns)}"
    op.create_index(name, table, [*columns], unique=unique, sqlite_where=rows, postgresql_where=rows)


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", _ID, nullable=False),
        *_words("name", "url", "secret", "kinds", "search"),
        *_number("least"),
        *_words("state", "reason"),
        *_moment("made_at"),
        *_moment("failing_since", missing=True),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("webhook_id", _ID, nullable=False),
        *_words("key", "kind", "data"),
        *_moment("made_at", "due"),
        *_number("tries", "status"),
        *_words("told", "outcome"),
        *_moment("ended_at", missing=True),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
        _of("webhook_deliveries", "webhook_id", "webhooks"),
        sqlite_autoincrement=True,
    )
    _index("webhook_deliveries", "webhook_id", "key", unique=True)
    _index("webhook_deliveries", "due", "id", rows=_OPEN)
    _index("webhook_deliveries", "ended_at", rows=_ENDED)
    op.create_table(
        "told_stories",
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        *_number("reports"),
        *_words("figures", "differences"),
        sa.PrimaryKeyConstraint("story_id", name="pk_told_stories"),
        _of("told_stories", "story_id", "stories"),
    )


def _hub() -> None:
    op.create_table(
        "hub_requests",
        sa.Column("id", _ID, nullable=False),
        *_words("mode", "topic", "callback", "host", "secret"),
        *_number("lease_s"),
        *_moment("made_at", "due"),
        *_number("tries"),
        *_words("told"),
        *_moment("ended_at", missing=True),
        sa.PrimaryKeyConstraint("id", name="pk_hub_requests"),
        sqlite_autoincrement=True,
    )
    _index("hub_requests", "due", "id", rows=_OPEN)
    _index("hub_requests", "host", "made_at")
    op.create_table(
        "hub_topics",
        sa.Column("topic_key", sa.LargeBinary(), nullable=False),
        *_words("topic", "mark", "stamp"),
        sa.PrimaryKeyConstraint("topic_key", name="pk_hub_topics"),
    )
    op.create_table(
        "hub_subscribers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("pair_key", sa.LargeBinary(), nullable=False),
        sa.Column("topic_key", sa.LargeBinary(), nullable=False),
        *_words("topic", "callback", "host", "secret"),
        *_moment("made_at", "lease_until"),
        *_words("sent"),
        *_moment("due"),
        *_number("tries"),
        *_moment("failing_since", "ended_at", missing=True),
        *_words("told"),
        sa.PrimaryKeyConstraint("id", name="pk_hub_subscribers"),
        sqlite_autoincrement=True,
    )
    _index("hub_subscribers", "pair_key", unique=True)
    _index("hub_subscribers", "topic_key", rows=_OPEN)
    _index("hub_subscribers", "host", rows=_OPEN)


def _hubs_of_feeds() -> None:
    op.create_table(
        "feed_hubs",
        sa.Column("feed_id", _ID, autoincrement=False, nullable=False),
        *_words("hub", "topic", "token", "secret", "state"),
        *_moment("due", missing=True),
        *_number("tries"),
        *_moment("lease_until", "heard_at", missing=True),
        sa.Column("missed", sa.Boolean(), nullable=False),
        *_words("told"),
        sa.PrimaryKeyConstraint("feed_id", name="pk_feed_hubs"),
        _of("feed_hubs", "feed_id", "feeds"),
    )
    _index("feed_hubs", "token", unique=True)
    _index("feed_hubs", "due", rows=_DUE)
    op.create_table(
        "brought_feeds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("feed_id", _ID, nullable=False),
        *_words("content_type"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *_moment("at"),
        sa.PrimaryKeyConstraint("id", name="pk_brought_feeds"),
        _of("brought_feeds", "feed_id", "feeds"),
        sqlite_autoincrement=True,
    )
    _index("brought_feeds", "feed_id", "id")
