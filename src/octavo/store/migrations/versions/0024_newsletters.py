"""Newsletters: an address for each, who sends it, and the mails editors are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0024_newsletters"
down_revision = "0023_vitals"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_feed(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=f"fk_{table}_feed_id_feeds", ondelete="CASCADE")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "newsletters",
        sa.Column("feed_id", _id(), autoincrement=False, nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", name="pk_newsletters"),
        _of_feed("newsletters"),
    )
    op.create_index("ix_newsletters_local", "newsletters", ["local"], unique=True)
    op.create_table(
        "newsletter_senders",
        sa.Column("feed_id", _id(), autoincrement=False, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "sender", name="pk_newsletter_senders"),
        _of_feed("newsletter_senders"),
    )
    op.create_table(
        "newsletter_mails",
        sa.Column("id", _id(), nullable=False),
        sa.Column("feed_id", _id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_newsletter_mails"),
        _of_feed("newsletter_mails"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_newsletter_mails_feed_id_id", "newsletter_mails", ["feed_id", "id"])
