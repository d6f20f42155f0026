"""Notifications of people with an account, how they want to be told, and whose browser a subscription is."""

import sqlalchemy as sa
from alembic import op

revision = "0018_notifications"
down_revision = "0017_discussion"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_account(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = f"fk_{table}_account_id_accounts"
    key = sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=name, ondelete="CASCADE")
    return sa.Column("account_id", _ID, nullable=False), key


def upgrade() -> None:
    """Create the tables; let a subscription to push be a session's, and its notices say more."""
    _notifications()
    _wishes()
    op.add_column("push_subscriptions", sa.Column("session_id", _ID))
    op.create_index("ix_push_subscriptions_session_id", "push_subscriptions", ["session_id"])
    op.add_column("push_notices", sa.Column("given", sa.Text()))


def _notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", _ID, nullable=False),
        *_of_account("notifications"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("why", "subject", "topic", "given")),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("in_digest", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notifications_account_id_subject", "notifications", ["account_id", "subject"], unique=True)
    op.create_index("ix_notifications_account_id_at_id", "notifications", ["account_id", "at", "id"])
    unread = sa.text("read_at IS NULL")
    op.create_index(
        "ix_notifications_account_id_topic",
        "notifications",
        ["account_id", "topic"],
        sqlite_where=unread,
        postgresql_where=unread,
    )
    op.create_index("ix_notifications_at", "notifications", ["at"])


def _wishes() -> None:
    op.create_table(
        "notification_wishes",
        *_of_account("notification_wishes"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("edition", "zone", "rhythm")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("hour", "weekday")),
        sa.Column("pictures", sa.Boolean(), nullable=False),
        sa.Column("quiet_begin", sa.Integer()),
        sa.Column("quiet_end", sa.Integer()),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("told_until", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("account_id", name="pk_notification_wishes"),
    )
    op.create_index("ix_notification_wishes_next_at", "notification_wishes", ["next_at"])
    op.create_table(
        "follow_wishes",
        *_of_account("follow_wishes"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channels", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", "key", name="pk_follow_wishes"),
    )
    op.create_table(
        "followed_stories",
        *_of_account("followed_stories"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name="pk_followed_stories"),
    )
    op.create_index("ix_followed_stories_story_id", "followed_stories", ["story_id"])
