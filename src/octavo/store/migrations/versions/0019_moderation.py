"""Moderation: reports, why comments wait, what was done and by whom, appeals, rules, notes, locks, slow modes."""

import sqlalchemy as sa
from alembic import op

revision = "0019_moderation"
down_revision = "0018_notifications"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables; all are empty until somebody reports something, or a rule holds it."""
    _reports()
    _marks()
    _acts()
    _rules()


def _reports() -> None:
    op.create_table(
        "flags",
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("account_id", _id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_flags_comment_id_comments", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_flags_account_id_accounts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "account_id", name="pk_flags"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_flags_account_id_at", "flags", ["account_id", "at"])
    op.create_index(
        "ix_flags_open",
        "flags",
        ["comment_id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "comment_holds",
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_holds_comment_id_comments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comment_holds"),
        sqlite_with_rowid=False,
    )


def _marks() -> None:
    op.create_table(
        "comment_marks",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("new_account", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_marks_comment_id_comments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mark", "comment_id", name="pk_comment_marks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comment_marks_at", "comment_marks", ["at"])
    op.create_index("ix_comment_marks_comment_id", "comment_marks", ["comment_id"])


def _acts() -> None:
    op.create_table(
        "moderation_acts",
        sa.Column("id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("account_id", _id()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("target_id", _id()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_acts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moderation_acts_subject_id", "moderation_acts", ["subject", "id"])
    op.create_index("ix_moderation_acts_target_id_id", "moderation_acts", ["target_id", "id"])
    op.create_table(
        "appeals",
        sa.Column("id", _id(), nullable=False),
        sa.Column("act_id", _id(), nullable=False),
        sa.Column("account_id", _id(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("upheld", sa.Boolean()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["act_id"], ["moderation_acts.id"], name="fk_appeals_act_id_moderation_acts"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_appeals_account_id_accounts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appeals_account_id", "appeals", ["account_id"])
    op.create_index("ix_appeals_act_id", "appeals", ["act_id"], unique=True)
    op.create_index(
        "ix_appeals_open",
        "appeals",
        ["id"],
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def _rules() -> None:
    op.create_table(
        "moderation_rules",
        sa.Column("id", _id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("does", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_rules"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moderation_rules_kind_pattern", "moderation_rules", ["kind", "pattern"], unique=True)
    op.create_table(
        "account_notes",
        sa.Column("id", _id(), nullable=False),
        sa.Column("account_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_account_notes_account_id_accounts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_notes_account_id_id", "account_notes", ["account_id", "id"])
    op.create_table(
        "comment_locks",
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_locks_comment_id_comments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comment_locks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slow_modes",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_slow_modes"),
    )
