"""How many answers somebody had written by a model on a day."""

import sqlalchemy as sa
from alembic import op

revision = "0030_answers_taken"
down_revision = "0029_episodes"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "answers_taken",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "day", name="pk_answers_taken"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_answers_taken_account_id_accounts", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_answers_taken_day", "answers_taken", ["day"])
