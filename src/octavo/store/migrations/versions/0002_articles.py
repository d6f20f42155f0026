"""Articles, what is made of them, stories and editions."""

import sqlalchemy as sa
from alembic import op

revision = "0002_articles"
down_revision = "0001_initial"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, those others point to first."""
    _articles()
    _article_bodies()
    _article_hashtags()
    _article_mentions()
    _article_topics()
    _embeddings()
    _fingerprints()
    _revisions()
    _relations()
    _stories()
    _story_articles()
    _story_redirects()
    _editions()


def words(name: str) -> sa.Column[str]:
    """Text that is never missing."""
    return sa.Column(name, sa.Text(), nullable=False)


def listing(name: str) -> sa.Column[str]:
    """JSON text that is never missing."""
    return sa.Column(name, sa.Text(), nullable=False)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("url_key", sa.LargeBinary(), nullable=False),
        words("url"),
        sa.Column("publisher_id", sa.Text(), nullable=False),
        words("headline"),
        words("language"),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("modified_at", sa.BigInteger(), nullable=True),
        sa.Column("page_key", sa.Text(), nullable=True),
        sa.Column("feed_id", BIG, nullable=True),
        sa.Column("external_key", sa.LargeBinary(), nullable=True),
        words("external_id"),
        words("canonical_url"),
        words("standfirst"),
        words("byline"),
        listing("people"),
        words("source"),
        words("dateline"),
        words("section"),
        sa.Column("image", sa.Text(), nullable=True),
        words("genre"),
        listing("keywords"),
        words("correction"),
        sa.Column("paywalled", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Float(53), nullable=False),
        words("excerpt"),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("wording_key", sa.LargeBinary(), nullable=False),
        sa.Column("body_key", sa.LargeBinary(), nullable=False),
        sa.Column("wording_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publishers.id"], name="fk_articles_publisher_id_publishers"),
    )
    op.create_index("ix_articles_external_key", "articles", ["external_key"])
    op.create_index("ix_articles_language_id", "articles", ["language", "id"])
    op.create_index("ix_articles_publisher_id_id", "articles", ["publisher_id", "id"])
    op.create_index("ix_articles_section_id", "articles", ["section", "id"])
    op.create_index("ix_articles_url_key", "articles", ["url_key"], unique=True)


def _article_bodies() -> None:
    op.create_table(
        "article_bodies",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        listing("blocks"),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_bodies"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_bodies_article_id_articles", ondelete="CASCADE"
        ),
    )


def _article_hashtags() -> None:
    op.create_table(
        "article_hashtags",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        words("label"),
        sa.Column("score", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "tag", name="pk_article_hashtags"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_hashtags_article_id_articles", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_hashtags_tag_article_id", "article_hashtags", ["tag", "article_id"])


def _article_mentions() -> None:
    op.create_table(
        "article_mentions",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        words("kind"),
        words("name"),
        listing("places"),
        sa.PrimaryKeyConstraint("article_id", "rank", name="pk_article_mentions"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_mentions_article_id_articles", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )


def _article_topics() -> None:
    op.create_table(
        "article_topics",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "code", name="pk_article_topics"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_topics_article_id_articles", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_topics_code_article_id", "article_topics", ["code", "article_id"])


def _embeddings() -> None:
    op.create_table(
        "embeddings",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        words("model"),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_embeddings"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_embeddings_article_id_articles", ondelete="CASCADE"
        ),
    )


def _fingerprints() -> None:
    op.create_table(
        "fingerprints",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_fingerprints"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_fingerprints_article_id_articles", ondelete="CASCADE"
        ),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        words("headline"),
        words("text"),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revisions"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_revisions_article_id_articles", ondelete="CASCADE"
        ),
    )


def _relations() -> None:
    op.create_table(
        "relations",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("other_id", BIG, autoincrement=False, nullable=False),
        words("kind"),
        sa.Column("score", sa.Float(53), nullable=False),
        listing("why"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name="pk_relations"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_relations_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["articles.id"], name="fk_relations_other_id_articles", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_relations_other_id", "relations", ["other_id"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        words("headline"),
        words("language"),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("lead_article_id", BIG, nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("publisher_count", sa.Integer(), nullable=False),
        sa.Column("report_count", sa.Integer(), nullable=False),
        listing("countries"),
        listing("languages"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_last_at_id", "stories", ["last_at", "id"])


def _story_articles() -> None:
    op.create_table(
        "story_articles",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        listing("reasons"),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_articles"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_story_articles_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_articles_story_id_stories", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_story_articles_story_id_article_id", "story_articles", ["story_id", "article_id"])


def _story_redirects() -> None:
    op.create_table(
        "story_redirects",
        sa.Column("old_id", BIG, autoincrement=False, nullable=False),
        sa.Column("new_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("old_id", name="pk_story_redirects"),
    )
    op.create_index("ix_story_redirects_new_id", "story_redirects", ["new_id"])


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        listing("eight"),
        listing("sections"),
        sa.PrimaryKeyConstraint("key", "at", name="pk_editions"),
    )
