"""Archives that are brought in, and how far each has been read."""

import sqlalchemy as sa
from alembic import op

revision = "0028_archives"
down_revision = "0026_fediverse"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
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
