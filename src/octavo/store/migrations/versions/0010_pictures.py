"""What is known of publishers' pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0010_pictures"
down_revision = "0009_vocabulary"


def upgrade() -> None:
    """Create the table; pictures are looked at as they are fetched."""
    op.create_table(
        "pictures",
        sa.Column("url_key", sa.LargeBinary(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fitness", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("tint", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url_key", name="pk_pictures"),
    )
    op.create_index("ix_pictures_at", "pictures", ["at"])
