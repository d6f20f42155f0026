"""What publishers repeat on their pages, and when each page was last read."""

import sqlalchemy as sa
from alembic import op

revision = "0004_boilerplate"
down_revision = "0003_search"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables; pages that were read before are counted when they are read again."""
    op.add_column("pages", sa.Column("read_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "boilerplate_lines",
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("key", BIG, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("of_pages", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("likely", sa.Float(53), nullable=False),
        sa.Column("about", sa.Float(53), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("learned", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("publisher_id", "key", name="pk_boilerplate_lines"),
        sa.ForeignKeyConstraint(
            ["publisher_id"],
            ["publishers.id"],
            ondelete="CASCADE",
            name="fk_boilerplate_lines_publisher_id_publishers",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "boilerplate_counts",
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("publisher_id", name="pk_boilerplate_counts"),
        sa.ForeignKeyConstraint(
            ["publisher_id"],
            ["publishers.id"],
            ondelete="CASCADE",
            name="fk_boilerplate_counts_publisher_id_publishers",
        ),
    )
