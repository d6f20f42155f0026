"""What language models take, day by day."""

import sqlalchemy as sa
from alembic import op

revision = "0012_model_spending"
down_revision = "0011_push"


def upgrade() -> None:
    """Create the table; nothing was spent before."""
    op.create_table(
        "model_spending",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False),
        sa.Column("millionths", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "model", name="pk_model_spending"),
    )
