"""What a story says, read closely; an editor's word on hashtags; who a name is across articles."""

import sqlalchemy as sa
from alembic import op

revision = "0007_understanding"
down_revision = "0006_repairs"


def upgrade() -> None:
    """Create the tables, and add to the names; those kept already are nobody's until they are read again."""
    op.create_table(
        "story_digests",
        sa.Column(
            "story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False
        ),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name="pk_story_digests"),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], ondelete="CASCADE", name="fk_story_digests_story_id_stories"
        ),
    )
    op.create_table(
        "hashtag_rules",
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tag", name="pk_hashtag_rules"),
    )
    op.add_column("article_mentions", sa.Column("key", sa.Text(), nullable=True))
    op.add_column("article_mentions", sa.Column("about", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_article_mentions_key_article_id", "article_mentions", ["key", "article_id"])
