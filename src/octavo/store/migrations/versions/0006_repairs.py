"""What was done about publishers whose texts are read badly, and their failed pages found by publisher."""

import sqlalchemy as sa
from alembic import op

revision = "0006_repairs"
down_revision = "0005_rights"


def upgrade() -> None:
    """Create the table and the index."""
    op.create_table(
        "repairs",
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("before", sa.Float(53), nullable=False),
        sa.Column("after", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("publisher_id", name="pk_repairs"),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publishers.id"], ondelete="CASCADE", name="fk_repairs_publisher_id_publishers"
        ),
    )
    op.create_index("ix_pages_publisher_id_state_first_seen_at", "pages", ["publisher_id", "state", "first_seen_at"])
