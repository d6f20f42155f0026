"""People: accounts, sessions, tokens, passkeys, identities, tickets, and the log of what those with a role did."""

import sqlalchemy as sa
from alembic import op

revision = "0014_accounts"
down_revision = "0013_briefs"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_account(table: str, *, nullable: bool = False) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = f"fk_{table}_account_id_accounts"
    key = sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=name, ondelete="CASCADE")
    return sa.Column("account_id", _id(), nullable=nullable), key


def upgrade() -> None:
    """Create the tables; all are empty until the first account is made."""
    _accounts()
    _sessions()
    _tokens()
    _keys()
    _tickets()
    op.create_table(
        "audit",
        sa.Column("id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("account_id", _id()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_account_id_id", "audit", ["account_id", "id"])
    op.create_index("ix_audit_subject_id", "audit", ["subject", "id"])


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", _id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text()),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=False),
        sa.Column("totp_step", _id(), nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("invited_by", _id()),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_accounts_name_key", "accounts", ["name_key"], unique=True)
    op.create_index("ix_accounts_email_key", "accounts", ["email_key"], unique=True)
    op.create_index("ix_accounts_role_id", "accounts", ["role", "id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", _id(), nullable=False),
        sa.Column("token_key", sa.LargeBinary(), nullable=False),
        *_of_account("sessions"),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sessions_token_key", "sessions", ["token_key"], unique=True)
    op.create_index("ix_sessions_account_id_id", "sessions", ["account_id", "id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])


def _tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", _id(), nullable=False),
        sa.Column("token_key", sa.LargeBinary(), nullable=False),
        sa.Column("fever_key", sa.LargeBinary(), nullable=False),
        *_of_account("api_tokens"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_tokens_token_key", "api_tokens", ["token_key"], unique=True)
    op.create_index("ix_api_tokens_fever_key", "api_tokens", ["fever_key"])
    op.create_index("ix_api_tokens_account_id_id", "api_tokens", ["account_id", "id"])


def _keys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        *_of_account("passkeys"),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", _id(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("transports", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("credential", name="pk_passkeys"),
    )
    op.create_index("ix_passkeys_account_id", "passkeys", ["account_id"])
    op.create_table(
        "identities",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        *_of_account("identities"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("provider", "subject", name="pk_identities"),
    )
    op.create_index("ix_identities_account_id", "identities", ["account_id"])


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *_of_account("tickets", nullable=True),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tickets"),
    )
    op.create_index("ix_tickets_kind_made_at", "tickets", ["kind", "made_at"])
    op.create_index("ix_tickets_account_id", "tickets", ["account_id"])
    op.create_index("ix_tickets_expires_at", "tickets", ["expires_at"])
