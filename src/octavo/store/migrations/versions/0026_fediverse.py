"""People at other servers who follow editions and hashtags here: what is kept of them, and on the way to them."""

import sqlalchemy as sa
from alembic import op

revision = "0026_fediverse"
down_revision = "0025_saved_searches"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _fediverse_actors()
    _fediverse_followers()
    _fediverse_hosts()
    _fediverse_posts()
    _fediverse_outbox()
    _fediverse_inbox()
    _comment_origins()


def _fediverse_actors() -> None:
    op.create_table(
        "fediverse_actors",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("shared_inbox", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_fediverse_actors"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fediverse_actors_host", "fediverse_actors", ["host"])


def _fediverse_followers() -> None:
    op.create_table(
        "fediverse_followers",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("follow", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name="pk_fediverse_followers"),
        sa.ForeignKeyConstraint(
            ["key"], ["fediverse_actors.key"], name="fk_fediverse_followers_key_fediverse_actors", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fediverse_followers_key", "fediverse_followers", ["key"])


def _fediverse_hosts() -> None:
    op.create_table(
        "fediverse_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_fediverse_hosts"),
    )


def _fediverse_posts() -> None:
    op.create_table(
        "fediverse_posts",
        sa.Column("article_id", _id(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("story_id", _id(), nullable=True),
        sa.Column("updates", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("article_id", "actor", name="pk_fediverse_posts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fediverse_posts_actor_made_at", "fediverse_posts", ["actor", "made_at"])
    op.create_index("ix_fediverse_posts_made_at", "fediverse_posts", ["made_at"])


def _fediverse_outbox() -> None:
    op.create_table(
        "fediverse_outbox",
        sa.Column("id", _id(), nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fediverse_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fediverse_outbox_due", "fediverse_outbox", ["due"])
    op.create_index("ix_fediverse_outbox_host_due", "fediverse_outbox", ["host", "due"])


def _fediverse_inbox() -> None:
    op.create_table(
        "fediverse_inbox",
        sa.Column("id", _id(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fediverse_inbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fediverse_inbox_key", "fediverse_inbox", ["key"], unique=True)
    waits = sa.text("done_at IS NULL")
    op.create_index(
        "ix_fediverse_inbox_waiting", "fediverse_inbox", ["due"], sqlite_where=waits, postgresql_where=waits
    )


def _comment_origins() -> None:
    op.create_table(
        "comment_origins",
        sa.Column("comment_id", _id(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comment_origins"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_origins_comment_id_comments", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comment_origins_author", "comment_origins", ["author"])
    op.create_index("ix_comment_origins_host_at", "comment_origins", ["host", "at"])
    op.create_index("ix_comment_origins_key", "comment_origins", ["key"], unique=True)
