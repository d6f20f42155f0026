"""Whose turn it is to ask a host, among the processes of an instance."""

import sqlalchemy as sa
from alembic import op

revision = "0028_host_turns"
down_revision = "0027_archives"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "host_turns",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("host", name="pk_host_turns"),
    )
