"""Mail: letters on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0015_mail"
down_revision = "0014_accounts"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "mail_outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", _ID),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("made_at", "due", "expires_at")),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mail_outbox"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_mail_outbox_account_id_accounts", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("ended_at IS NULL")
    op.create_index("ix_mail_outbox_key", "mail_outbox", ["key"], unique=True)
    op.create_index(
        "ix_mail_outbox_rank_due_id",
        "mail_outbox",
        ["rank", "due", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_mail_outbox_account_id", "mail_outbox", ["account_id"])
    ended = sa.text("ended_at IS NOT NULL")
    op.create_index("ix_mail_outbox_ended_at", "mail_outbox", ["ended_at"], sqlite_where=ended, postgresql_where=ended)
