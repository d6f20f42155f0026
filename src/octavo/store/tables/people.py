"""Tables of people: accounts, how they sign in, what programs may do for them, and what those with a role did."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from octavo.store.columns import BigId, Moment, Words
from octavo.store.tables.base import json, metadata, of_account, where, words

# `name_key` and `email_key` are what makes two names or addresses the same; `password` is "" where there is none.
# `totp_step` is the last 30-second step a code was taken for: no code is good twice (RFC 6238 §5.2).
accounts = Table(
    "accounts",
    metadata,
    Column("id", BigId, primary_key=True),
    words("name"),
    words("name_key"),
    words("role"),
    words("standing"),
    words("email"),
    Column("email_key", Words),
    Column("email_verified", Boolean, nullable=False),
    words("password"),
    words("totp_secret"),
    Column("totp_step", BigId, nullable=False),
    json("recovery"),
    Column("created_at", Moment, nullable=False),
    Column("invited_by", BigId),
    Index(None, "name_key", unique=True),
    Index(None, "email_key", unique=True),
    Index(None, "role", "id"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("token_key", LargeBinary, nullable=False),
    of_account(primary_key=False),
    words("device"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("verified_at", Moment),
    Index(None, "token_key", unique=True),
    Index(None, "account_id", "id"),
    Index(None, "expires_at"),
    sqlite_autoincrement=True,
)

# `fever_key` is the hash of what Fever's clients send in place of a name and a password.
api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("token_key", LargeBinary, nullable=False),
    Column("fever_key", LargeBinary, nullable=False),
    of_account(primary_key=False),
    words("label"),
    json("scopes"),
    words("begins"),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("expires_at", Moment),
    Index(None, "token_key", unique=True),
    Index(None, "fever_key"),
    Index(None, "account_id", "id"),
    sqlite_autoincrement=True,
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("credential", LargeBinary, primary_key=True),
    of_account(primary_key=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("uses", BigId, nullable=False),
    words("label"),
    json("transports"),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "account_id"),
)

identities = Table(
    "identities",
    metadata,
    Column("provider", Words, primary_key=True),
    Column("subject", Words, primary_key=True),
    of_account(primary_key=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "account_id"),
)

# What is good once and for a while: an invitation, a second step of signing in, a link sent by e-mail, a challenge.
tickets = Table(
    "tickets",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    words("kind"),
    Column("account_id", BigId, ForeignKey("accounts.id", ondelete="CASCADE")),
    json("given"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Index(None, "kind", "made_at"),
    Index(None, "account_id"),
    Index(None, "expires_at"),
)

# Kept when the account goes: `actor` is the name it had. `public` is true or NULL: what every reader may see.
audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("account_id", BigId),
    words("actor"),
    words("act"),
    words("subject"),
    words("note"),
    Column("public", Boolean),
    Index(None, "account_id", "id"),
    Index(None, "subject", "id"),
    Index("ix_audit_public", "id", **where("public IS NOT NULL")),
    sqlite_autoincrement=True,
)
