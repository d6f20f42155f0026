"""The discussion: threads, comments and their earlier wordings, votes, who watches, where it is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0017_discussion"
down_revision = "0016_keeping"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of(table: str, column: str, other: str, ends: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", ondelete=ends)


def upgrade() -> None:
    """Create the tables; all are empty until the first comment."""
    _threads()
    _comments()
    _around()
    op.create_table(
        "closings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", _id()),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_closings"),
    )


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", _id(), nullable=False),
        sa.Column("article_id", _id()),
        sa.Column("story_id", _id()),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("newest_at", sa.BigInteger()),
        sa.Column("seq", _id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        _of("threads", "article_id", "articles"),
        _of("threads", "story_id", "stories"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_threads_article_id", "threads", ["article_id"], unique=True)
    op.create_index("ix_threads_story_id", "threads", ["story_id"], unique=True)
    op.create_index("ix_threads_seq", "threads", ["seq"])


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", _id(), nullable=False, autoincrement=False),
        sa.Column("thread_id", _id(), nullable=False),
        sa.Column("parent_id", _id(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("account_id", _id()),
        sa.Column("client_key", sa.LargeBinary()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("ups", sa.Integer(), nullable=False),
        sa.Column("downs", sa.Integer(), nullable=False),
        sa.Column("descendants", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        _of("comments", "thread_id", "threads"),
        _of("comments", "account_id", "accounts", "SET NULL"),
    )
    best, by_time = ["thread_id", "parent_id", "listed", "rank", "id"], ["thread_id", "parent_id", "listed", "id"]
    op.create_index("ix_comments_thread_id_parent_id_listed_rank_id", "comments", best)
    op.create_index("ix_comments_thread_id_parent_id_listed_id", "comments", by_time)
    op.create_index("ix_comments_thread_id_id", "comments", ["thread_id", "id"])
    op.create_index("ix_comments_account_id_id", "comments", ["account_id", "id"])
    op.create_index("ix_comments_account_id_client_key", "comments", ["account_id", "client_key"], unique=True)
    held = sa.text("state = 'held'")
    op.create_index(
        "ix_comments_held", "comments", ["thread_id", "id"], sqlite_where=held, postgresql_where=held
    )  # fmt: skip


def _around() -> None:
    op.create_table(
        "comment_edits",
        sa.Column("comment_id", _id(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "number", name="pk_comment_edits"),
        _of("comment_edits", "comment_id", "comments"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "votes",
        sa.Column("comment_id", _id(), nullable=False, autoincrement=False),
        sa.Column("account_id", _id(), nullable=False, autoincrement=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "account_id", name="pk_votes"),
        _of("votes", "comment_id", "comments"),
        _of("votes", "account_id", "accounts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_votes_account_id_at", "votes", ["account_id", "at"])
    op.create_table(
        "comment_watches",
        sa.Column("account_id", _id(), nullable=False, autoincrement=False),
        sa.Column("thread_id", _id(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "thread_id", name="pk_comment_watches"),
        _of("comment_watches", "account_id", "accounts"),
        _of("comment_watches", "thread_id", "threads"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comment_watches_thread_id_account_id", "comment_watches", ["thread_id", "account_id"])
