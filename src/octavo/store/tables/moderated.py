"""Tables of moderation: reports, why comments wait, what was done and by whom, appeals, rules, notes, locks."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import metadata, of_account, where, words


def _of_comment(*, primary_key: bool = True) -> Column[int]:
    comment = ForeignKey("comments.id", ondelete="CASCADE")
    return Column("comment_id", BigId, comment, primary_key=primary_key, autoincrement=False, nullable=False)


flags = Table(
    "flags",
    metadata,
    _of_comment(),
    of_account(),
    words("reason"),
    words("note"),
    Column("at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_flags_open", "comment_id", **where("settled_at IS NULL")),
    Index(None, "account_id", "at"),
    sqlite_with_rowid=False,
)

# Why a comment waits, in a word of ours or the words of a rule; goes when it is decided on.
comment_holds = Table(
    "comment_holds",
    metadata,
    _of_comment(),
    words("why"),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

# What a comment has in common with others of a flood; forgotten after a day (discuss/screening.py).
comment_marks = Table(
    "comment_marks",
    metadata,
    Column("mark", Words, primary_key=True),
    _of_comment(),
    Column("at", Moment, nullable=False),
    Column("new_account", Boolean, nullable=False),
    Index(None, "at"),
    Index(None, "comment_id"),
    sqlite_with_rowid=False,
)

# For all to see. Kept when an account goes: `actor` is the name it had; "" stands for the rules.
moderation_acts = Table(
    "moderation_acts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("account_id", BigId),
    words("actor"),
    words("act"),
    words("subject"),
    Column("target_id", BigId),
    words("reason"),
    words("note"),
    Index(None, "target_id", "id"),
    Index(None, "subject", "id"),
    Index("ix_moderation_acts_decided", "id", **where("act IN ('removed', 'restored')")),
    sqlite_autoincrement=True,
)

appeals = Table(
    "appeals",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("act_id", BigId, ForeignKey("moderation_acts.id"), nullable=False),
    of_account(primary_key=False),
    words("text"),
    Column("at", Moment, nullable=False),
    Column("upheld", Boolean),
    words("note"),
    words("decided_by"),
    Column("decided_at", Moment),
    Index(None, "act_id", unique=True),
    Index(None, "account_id"),
    Index("ix_appeals_open", "id", **where("decided_at IS NULL")),
    sqlite_autoincrement=True,
)

moderation_rules = Table(
    "moderation_rules",
    metadata,
    Column("id", BigId, primary_key=True),
    words("kind"),
    words("pattern"),
    words("does"),
    words("note"),
    Column("made_at", Moment, nullable=False),
    Index(None, "kind", "pattern", unique=True),
    sqlite_autoincrement=True,
)

# What moderators tell each other of an account; nobody else sees it, but the account's owner when they export.
account_notes = Table(
    "account_notes",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(primary_key=False),
    Column("at", Moment, nullable=False),
    words("author"),
    words("text"),
    Index(None, "account_id", "id"),
    sqlite_autoincrement=True,
)

# A comment that takes no more answers, nor does anything below it.
comment_locks = Table(
    "comment_locks",
    metadata,
    _of_comment(),
    Column("at", Moment, nullable=False),
    words("note"),
    sqlite_with_rowid=False,
)

# How many seconds lie between two comments of one account: `key` as in closings, or "site".
slow_modes = Table(
    "slow_modes",
    metadata,
    Column("key", Words, primary_key=True),
    Column("seconds", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
