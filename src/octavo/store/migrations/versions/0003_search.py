"""Full-text search: FTS5 on SQLite, tsvector on PostgreSQL; written by the search adapters alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0003_search"
down_revision = "0002_articles"


def upgrade() -> None:
    """Create what the database at hand searches with; words come folded and split, so nothing is folded here."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(headline, tags, body, facets, content='', "
            "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
        )
        # An FTS5 table without content needs the old words to forget a document: they are kept here, compressed.
        op.create_table(
            "search_kept",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("words", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("id", name="pk_search_kept"),
        )
        return
    op.create_table(
        "search_documents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_documents"),
    )
    op.create_index("ix_search_documents_words", "search_documents", ["words"], postgresql_using="gin")
