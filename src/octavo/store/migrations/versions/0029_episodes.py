"""Episodes of the podcasts of editions: what is said in them, and where their audio is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0029_episodes"
down_revision = "0028_host_turns"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "episodes",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "day", name="pk_episodes"),
    )
