"""Searches that readers with an account keep; what is corrected is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0025_saved_searches"
down_revision = "0024_newsletters"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "saved_searches",
        sa.Column("id", _id(), nullable=False),
        sa.Column("account_id", _id(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_saved_searches_account_id_accounts", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_searches_account_id_id", "saved_searches", ["account_id", "id"])
    said = sa.text("correction <> ''")
    columns = ["wording_at", "id"]
    op.create_index("ix_articles_corrected", "articles", columns, sqlite_where=said, postgresql_where=said)
