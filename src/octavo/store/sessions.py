"""Tables: sessions, api_tokens: who is signed in where, and which programs may act for whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from octavo.domain.account import Account, ApiToken, Scope, Session
from octavo.domain.ids import AccountId, SessionId, TokenId
from octavo.ports.database import Read, Transaction
from octavo.store.accounts import account_of
from octavo.store.tables import accounts, api_tokens, sessions

NONE = SessionId(0)
"""No session at all."""


def add(tx: Transaction, key: bytes, session: Session) -> SessionId:
    """Keep a new session under the hash of its token."""
    row = {
        "token_key": key,
        "account_id": session.account_id,
        "device": session.device,
        "created_at": session.created_at,
        "seen_at": session.seen_at,
        "expires_at": session.expires_at,
        "verified_at": session.verified_at,
    }
    return SessionId(tx.execute(insert(sessions).returning(sessions.c.id), row).scalar_one())


def find(read: Read, key: bytes, now: datetime) -> tuple[Session, Account] | None:
    """Give the session a token stands for, and whose it is; None for none, and for one that is over."""
    columns = [column.label(f"session_{column.name}") for column in sessions.c]
    query = select(*columns, *accounts.c).join(accounts, accounts.c.id == sessions.c.account_id)
    row = read.execute(query.where(sessions.c.token_key == key, sessions.c.expires_at > now)).first()
    if row is None:
        return None
    session = Session(
        id=SessionId(row.session_id),
        account_id=AccountId(row.session_account_id),
        created_at=row.session_created_at,
        seen_at=row.session_seen_at,
        expires_at=row.session_expires_at,
        device=row.session_device,
        verified_at=row.session_verified_at,
    )
    return session, account_of(row)


def of(read: Read, account_id: AccountId, now: datetime) -> list[Session]:
    """List an account's sessions that are not over, the newest first."""
    mine = (sessions.c.account_id == account_id) & (sessions.c.expires_at > now)
    rows = read.execute(select(sessions).where(mine).order_by(sessions.c.id.desc()))
    return [_session(row) for row in rows]


def touch(tx: Transaction, session_id: SessionId, now: datetime, expires_at: datetime) -> None:
    """Remember that a session was used; it lasts so much longer."""
    tx.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now, expires_at=expires_at))


def verify(tx: Transaction, session_id: SessionId, key: bytes, now: datetime) -> None:
    """Remember that who holds a session has just proved it again; from now on it has another token."""
    tx.execute(update(sessions).where(sessions.c.id == session_id).values(token_key=key, verified_at=now))


def end_of(tx: Transaction, key: bytes) -> bool:
    """End the session a token stands for; False when there is none."""
    return tx.execute(delete(sessions).where(sessions.c.token_key == key)).rowcount > 0


def end(tx: Transaction, account_id: AccountId, session_id: SessionId) -> bool:
    """End one of an account's own sessions; False when there is none of this id."""
    mine = (sessions.c.account_id == account_id) & (sessions.c.id == session_id)
    return tx.execute(delete(sessions).where(mine)).rowcount > 0


def end_others(tx: Transaction, account_id: AccountId, but: SessionId) -> int:
    """End every session of an account but one (0: every one); gives how many."""
    mine = (sessions.c.account_id == account_id) & (sessions.c.id != but)
    return tx.execute(delete(sessions).where(mine)).rowcount


def forget(tx: Transaction, now: datetime) -> int:
    """Forget sessions that are over; gives how many."""
    return tx.execute(delete(sessions).where(sessions.c.expires_at <= now)).rowcount


def add_token(tx: Transaction, key: bytes, fever: bytes, token: ApiToken) -> TokenId:
    """Keep a new API token by its hashes."""
    row = {
        "token_key": key,
        "fever_key": fever,
        "account_id": token.account_id,
        "label": token.label,
        "scopes": sorted(token.scopes),
        "begins": token.begins,
        "created_at": token.created_at,
        "used_at": None,
        "expires_at": token.expires_at,
    }
    return TokenId(tx.execute(insert(api_tokens).returning(api_tokens.c.id), row).scalar_one())


def find_token(read: Read, key: bytes, now: datetime) -> tuple[ApiToken, Account] | None:
    """Give the API token that has this hash, and whose it is; None for none, and for one that is over."""
    return _token_where(read, api_tokens.c.token_key == key, now)


def find_fever(read: Read, key: bytes, now: datetime) -> tuple[ApiToken, Account] | None:
    """Give the API token whose Fever key has this hash, and whose it is."""
    return _token_where(read, api_tokens.c.fever_key == key, now)


def tokens_of(read: Read, account_id: AccountId) -> list[ApiToken]:
    """List an account's tokens, the newest first."""
    mine = select(api_tokens).where(api_tokens.c.account_id == account_id).order_by(api_tokens.c.id.desc())
    return [_token(row) for row in read.execute(mine)]


def use_token(tx: Transaction, token_id: TokenId, now: datetime) -> None:
    """Remember that a token was used."""
    tx.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(used_at=now))


def revoke_token(tx: Transaction, account_id: AccountId, token_id: TokenId) -> bool:
    """Take back one of an account's own tokens; False when there is none of this id."""
    mine = (api_tokens.c.account_id == account_id) & (api_tokens.c.id == token_id)
    return tx.execute(delete(api_tokens).where(mine)).rowcount > 0


def revoke_tokens(tx: Transaction, account_id: AccountId) -> int:
    """Take back every token of an account; gives how many."""
    return tx.execute(delete(api_tokens).where(api_tokens.c.account_id == account_id)).rowcount


def export(read: Read, account_id: AccountId, now: datetime) -> dict[str, Sequence[dict[str, Any]]]:
    """Give what is kept of an account's sessions and tokens, without anything that would let somebody in."""
    return {
        "sessions": [
            {"device": one.device, "since": one.created_at, "seen": one.seen_at} for one in of(read, account_id, now)
        ],
        "tokens": [
            {
                "label": one.label,
                "begins": one.begins,
                "scopes": sorted(one.scopes),
                "since": one.created_at,
                "used": one.used_at,
            }
            for one in tokens_of(read, account_id)
        ],
    }


def _token_where(read: Read, where: Any, now: datetime) -> tuple[ApiToken, Account] | None:
    row = read.execute(select(api_tokens).where(where).limit(1)).first()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    account = read.execute(select(accounts).where(accounts.c.id == row.account_id)).one()
    return _token(row), account_of(account)


def _token(row: Any) -> ApiToken:
    return ApiToken(
        id=TokenId(row.id),
        account_id=AccountId(row.account_id),
        label=row.label,
        scopes=frozenset(map(Scope, row.scopes)),
        begins=row.begins,
        created_at=row.created_at,
        used_at=row.used_at,
        expires_at=row.expires_at,
    )


def _session(row: Any) -> Session:
    return Session(
        id=SessionId(row.id),
        account_id=AccountId(row.account_id),
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        device=row.device,
        verified_at=row.verified_at,
    )
