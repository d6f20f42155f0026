"""Headlines in other languages, made ahead for lists."""

import sqlalchemy as sa
from alembic import op

revision = "0032_headline_translations"
down_revision = "0030_answers_taken"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "headline_translations",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "language", name="pk_headline_translations"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_headline_translations_article_id_articles",
            ondelete="CASCADE",
        ),
    )
