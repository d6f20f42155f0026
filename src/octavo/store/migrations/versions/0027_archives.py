"""Archives that are brought in, how far each has been read; bytes kept in PostgreSQL, by its blobs adapter alone."""

import sqlalchemy as sa
from alembic import op

revision = "0027_archives"
down_revision = "0026_fediverse"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "archives",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("through", _id(), nullable=False),
        sa.Column("saved", _id(), nullable=False),
        sa.Column("known", _id(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_archives"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_table(
            "kept_bytes",
            sa.Column("key", sa.Text(collation="C"), nullable=False),
            sa.Column("data", sa.LargeBinary(), nullable=False),
            sa.Column("written", sa.Double(), nullable=False),
            sa.PrimaryKeyConstraint("key", name="pk_kept_bytes"),
        )
        # The bytes are compressed already: PostgreSQL need not try.
        op.execute("ALTER TABLE kept_bytes ALTER COLUMN data SET STORAGE EXTERNAL")
