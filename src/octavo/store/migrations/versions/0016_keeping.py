"""What readers with an account keep; and articles of a feed by number and by when they came in."""

import sqlalchemy as sa
from alembic import op

revision = "0016_keeping"
down_revision = "0015_mail"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of(table: str, *owners: str) -> tuple[sa.Column[int] | sa.ForeignKeyConstraint, ...]:
    """Make the columns that say whose a row is, and what it is of."""
    found: list[sa.Column[int] | sa.ForeignKeyConstraint] = []
    for owner in owners:
        name, target = f"{owner}_id", f"{owner}s"
        found.append(sa.Column(name, _id(), nullable=False))
        key = sa.ForeignKeyConstraint([name], [f"{target}.id"], ondelete="CASCADE", name=f"fk_{table}_{name}_{target}")
        found.append(key)
    return tuple(found)


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _at(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), unique=unique)


def upgrade() -> None:
    """Create the tables; all are empty until a reader keeps something."""
    _follows()
    _articles()
    _reading()
    _lists()
    _feeds()
    _index("articles", "feed_id", "id")
    _index("articles", "feed_id", "first_seen_at")


def _follows() -> None:
    op.create_table(
        "follows",
        *_of("follows", "account"),
        *_words("kind", "key", "name", "stance"),
        _at("since"),
        sa.PrimaryKeyConstraint("account_id", "kind", "key", name="pk_follows"),
    )
    _index("follows", "kind", "key", "stance", "account_id")
    op.create_table(
        "tastes",
        *_of("tastes", "account"),
        *_words("kind", "key", "name"),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", "key", name="pk_tastes"),
    )


def _articles() -> None:
    op.create_table(
        "bookmarks",
        *_of("bookmarks", "account", "article"),
        _at("at"),
        sa.PrimaryKeyConstraint("account_id", "article_id", name="pk_bookmarks"),
    )
    _index("bookmarks", "account_id", "at", "article_id")
    _index("bookmarks", "article_id")
    op.create_table(
        "highlights",
        sa.Column("id", _id(), nullable=False),
        *_of("highlights", "account", "article"),
        *_words("exact", "prefix", "suffix"),
        sa.Column("start", sa.Integer(), nullable=False),
        *_words("note"),
        _at("made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_highlights"),
        sqlite_autoincrement=True,
    )
    _index("highlights", "account_id", "id")
    _index("highlights", "account_id", "article_id")
    _index("highlights", "article_id")


def _reading() -> None:
    op.create_table(
        "read_marks",
        *_of("read_marks", "account", "article"),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "article_id", name="pk_read_marks"),
    )
    _index("read_marks", "article_id")
    op.create_table(
        "read_watermarks",
        *_of("read_watermarks", "account", "feed"),
        sa.Column("before", _id(), nullable=False),
        _at("seen_by"),
        sa.PrimaryKeyConstraint("account_id", "feed_id", name="pk_read_watermarks"),
    )
    _index("read_watermarks", "feed_id")
    op.create_table(
        "read_history",
        *_of("read_history", "account", "article"),
        _at("at"),
        sa.PrimaryKeyConstraint("account_id", "article_id", name="pk_read_history"),
    )
    _index("read_history", "account_id", "at", "article_id")
    _index("read_history", "article_id")


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("id", _id(), nullable=False),
        *_of("lists", "account"),
        *_words("name", "note"),
        sa.Column("token", sa.Text()),
        _at("made_at"),
        _at("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_lists"),
        sqlite_autoincrement=True,
    )
    _index("lists", "account_id", "id")
    _index("lists", "token", unique=True)
    op.create_table(
        "list_articles",
        *_of("list_articles", "list", "article"),
        _at("at"),
        sa.PrimaryKeyConstraint("list_id", "article_id", name="pk_list_articles"),
    )
    _index("list_articles", "list_id", "at", "article_id")
    _index("list_articles", "article_id")


def _feeds() -> None:
    op.create_table(
        "feed_choices",
        *_of("feed_choices", "account", "feed"),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        *_words("title", "folder"),
        _at("since"),
        sa.PrimaryKeyConstraint("account_id", "feed_id", name="pk_feed_choices"),
    )
    _index("feed_choices", "feed_id")
    op.create_table(
        "kept_preferences",
        *_of("kept_preferences", "account"),
        *_words("shown"),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("edition_feeds", sa.Boolean(), nullable=False),
        _at("learn_from", nullable=True),
        sa.PrimaryKeyConstraint("account_id", name="pk_kept_preferences"),
    )
