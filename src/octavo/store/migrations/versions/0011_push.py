"""Notifications: who asked for them, what is followed, what there is to tell."""

import sqlalchemy as sa
from alembic import op

revision = "0011_push"
down_revision = "0010_pictures"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "push_subscriptions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("endpoint_key", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("endpoint", "p256dh", "auth", "server_key")),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("breaking", "within_h", "most_a_day")),
        sa.Column("breaking_since", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("quiet_begin", sa.Integer(), nullable=True),
        sa.Column("quiet_end", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_push_subscriptions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_push_subscriptions_endpoint_key", "push_subscriptions", ["endpoint_key"], unique=True)
    _create_follows()
    _create_notices()


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_subscription_id_push_subscriptions"
    return sa.ForeignKeyConstraint(["subscription_id"], ["push_subscriptions.id"], ondelete="CASCADE", name=name)


def _create_follows() -> None:
    op.create_table(
        "push_stories",
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "story_id", name="pk_push_stories"),
        _owner("push_stories"),
    )
    op.create_index("ix_push_stories_story_id", "push_stories", ["story_id"])
    op.create_table(
        "push_follows",
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "kind", "key", name="pk_push_follows"),
        _owner("push_follows"),
    )
    op.create_index("ix_push_follows_kind_key", "push_follows", ["kind", "key"])


def _create_notices() -> None:
    op.create_table(
        "push_notices",
        sa.Column("id", _ID, nullable=False),
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("batch", _ID, nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_push_notices"),
        _owner("push_notices"),
        sqlite_autoincrement=True,
    )
    once = "ix_push_notices_subscription_id_dedupe"
    op.create_index(once, "push_notices", ["subscription_id", "dedupe"], unique=True)
    unsent = sa.text("sent_at IS NULL")
    op.create_index("ix_push_notices_due", "push_notices", ["due"], sqlite_where=unsent, postgresql_where=unsent)
    op.create_index("ix_push_notices_at", "push_notices", ["at"])
