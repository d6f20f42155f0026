"""What AI features said, what readers reported of it, and what editors withdrew."""

import sqlalchemy as sa
from alembic import op

revision = "0013_briefs"
down_revision = "0012_model_spending"


def upgrade() -> None:
    """Create the tables; they fill as a language model writes and as readers report."""
    op.create_table(
        "briefs",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("brief", sa.LargeBinary(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.BigInteger()),
        sa.Column("withdrawn_at", sa.BigInteger()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_briefs"),
    )
    op.create_index("ix_briefs_asked_made_at", "briefs", ["asked", "made_at"])
    op.create_index("ix_briefs_made_at", "briefs", ["made_at"])
    some = sa.text("reported_at IS NOT NULL")
    op.create_index("ix_briefs_reported_at", "briefs", ["reported_at"], sqlite_where=some, postgresql_where=some)
    op.create_table(
        "brief_articles",
        sa.Column("brief_key", sa.LargeBinary(), nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["brief_key"], ["briefs.key"], name="fk_brief_articles_brief_key_briefs", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_brief_articles_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("brief_key", "article_id", name="pk_brief_articles"),
    )
    op.create_index("ix_brief_articles_article_id", "brief_articles", ["article_id"])
