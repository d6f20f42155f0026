"""What readers can be offered as they type: hashtags, names, and the words of headlines."""

import sqlalchemy as sa
from alembic import op

revision = "0009_vocabulary"
down_revision = "0008_page_rights"


def upgrade() -> None:
    """Create the table; the worker fills it."""
    op.create_table(
        "vocabulary",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "start", "language", name="pk_vocabulary"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_vocabulary_head_kind", "vocabulary", ["head", "kind"])
    op.create_index("ix_vocabulary_kind_language", "vocabulary", ["kind", "language"])
