"""What each process says of itself: that it is there, and its figures."""

import sqlalchemy as sa
from alembic import op

revision = "0023_vitals"
down_revision = "0022_hubs"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "vitals",
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("process", name="pk_vitals"),
    )
