"""What is collected, and what the machine notes down: publishers, feeds, entries, pages, changes, journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001_initial"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, those others point to first."""
    _publishers()
    _publisher_hosts()
    _feeds()
    _entries()
    _pages()
    _hosts()
    _robots()
    _changes()
    _positions()
    _journal()
    _settings_kept()


def words(name: str) -> sa.Column[str]:
    """Text that is never missing."""
    return sa.Column(name, sa.Text(), nullable=False)


def listing(name: str) -> sa.Column[str]:
    """JSON text that is never missing."""
    return sa.Column(name, sa.Text(), nullable=False)


def _publishers() -> None:
    op.create_table(
        "publishers",
        sa.Column("id", sa.Text(), nullable=False),
        words("name"),
        words("country"),
        listing("languages"),
        words("owner"),
        words("kind"),
        words("homepage"),
        words("description"),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publishers"),
    )


def _publisher_hosts() -> None:
    op.create_table(
        "publisher_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_publisher_hosts"),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publishers.id"], name="fk_publisher_hosts_publisher_id_publishers", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_publisher_hosts_publisher_id", "publisher_hosts", ["publisher_id"])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("url_key", sa.LargeBinary(), nullable=False),
        words("url"),
        sa.Column("publisher_id", sa.Text(), nullable=False),
        words("title"),
        words("site_url"),
        words("language"),
        words("section"),
        words("state"),
        sa.Column("added_at", sa.BigInteger(), nullable=True),
        words("etag"),
        words("last_modified"),
        words("content_hash"),
        sa.Column("next_poll_at", sa.BigInteger(), nullable=True),
        sa.Column("interval_s", sa.Integer(), nullable=False),
        sa.Column("last_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("last_success_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        words("last_error"),
        sa.Column("entries_per_day", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publishers.id"], name="fk_feeds_publisher_id_publishers"),
    )
    op.create_index("ix_feeds_publisher_id", "feeds", ["publisher_id"])
    op.create_index("ix_feeds_state_next_poll_at", "feeds", ["state", "next_poll_at"])
    op.create_index("ix_feeds_url_key", "feeds", ["url_key"], unique=True)


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("feed_id", BIG, nullable=False),
        sa.Column("guid_key", sa.LargeBinary(), nullable=False),
        words("guid"),
        words("url"),
        words("page_key"),
        words("title"),
        words("summary"),
        words("content"),
        listing("authors"),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=True),
        words("image"),
        listing("tags"),
        listing("enclosures"),
        words("language"),
        words("content_hash"),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_entries_feed_id_feeds", ondelete="CASCADE"),
    )
    op.create_index("ix_entries_feed_id_first_seen_at", "entries", ["feed_id", "first_seen_at"])
    op.create_index("ix_entries_feed_id_guid_key", "entries", ["feed_id", "guid_key"], unique=True)
    op.create_index("ix_entries_page_key", "entries", ["page_key"])


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("key", sa.Text(), nullable=False),
        words("url"),
        words("host"),
        sa.Column("host_slot", sa.SmallInteger(), nullable=False),
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("feed_id", BIG, nullable=True),
        words("state"),
        words("final_url"),
        sa.Column("status", sa.Integer(), nullable=False),
        words("content_type"),
        words("blob"),
        sa.Column("size", BIG, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=True),
        sa.Column("fetched_at", sa.BigInteger(), nullable=True),
        words("reason"),
        sa.PrimaryKeyConstraint("key", name="pk_pages"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publishers.id"], name="fk_pages_publisher_id_publishers"),
    )
    op.create_index(
        "ix_pages_refused",
        "pages",
        ["reason"],
        sqlite_where=sa.text("state = 'refused'"),
        postgresql_where=sa.text("state = 'refused'"),
    )
    op.create_index("ix_pages_state_fetched_at", "pages", ["state", "fetched_at"])
    op.create_index(
        "ix_pages_waiting",
        "pages",
        ["host", "first_seen_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def _hosts() -> None:
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("busy_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )


def _robots() -> None:
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        words("body"),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        words("kind"),
        sa.PrimaryKeyConstraint("seq", name="pk_changes"),
        sqlite_autoincrement=True,
    )


def _positions() -> None:
    op.create_table(
        "positions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_positions"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject_key", sa.LargeBinary(), nullable=False),
        words("subject"),
        words("step"),
        words("outcome"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ms", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_subject_key_id", "journal", ["subject_key", "id"])


def _settings_kept() -> None:
    op.create_table(
        "settings_kept",
        sa.Column("key", sa.Text(), nullable=False),
        words("value"),
        sa.PrimaryKeyConstraint("key", name="pk_settings_kept"),
    )
