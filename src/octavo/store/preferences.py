"""Tables: kept_preferences: what each reader with an account set."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from octavo.domain.follow import Preferences
from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import kept_preferences

_OF = select(kept_preferences).where(kept_preferences.c.account_id == bindparam("account"))
_NAMES = ("shown", "history", "edition_feeds", "learn_from")


def of(read: Read, account: AccountId) -> Preferences:
    """Give what an account set; where it never did, as everything is at first."""
    row = read.execute(_OF, {"account": account}).first()
    return Preferences(row.shown, row.history, row.edition_feeds, row.learn_from) if row else Preferences()


def save(tx: Transaction, account: AccountId, given: Preferences) -> None:
    """Keep what an account set, in place of what it had."""
    row = {name: getattr(given, name) for name in _NAMES} | {"account_id": account, "shown": dict(given.shown)}
    tx.execute(upsert(kept_preferences, _NAMES), row)


def set_shown(tx: Transaction, account: AccountId, shown: Mapping[str, Any]) -> None:
    """Keep how pages look."""
    save(tx, account, replace(of(tx, account), shown=shown))


def set_history(tx: Transaction, account: AccountId, *, on: bool) -> None:
    """Remember what is read from now on, or no longer."""
    save(tx, account, replace(of(tx, account), history=on))


def set_edition_feeds(tx: Transaction, account: AccountId, *, on: bool) -> None:
    """Show reader apps the feeds of the reader's edition, or only what is followed."""
    save(tx, account, replace(of(tx, account), edition_feeds=on))


def learn_from(tx: Transaction, account: AccountId, since: datetime) -> None:
    """Let only what is read and saved from here on count for the ranking."""
    save(tx, account, replace(of(tx, account), learn_from=since))


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it."""
    kept = of(read, account)
    since = kept.learn_from.isoformat() if kept.learn_from else None
    told = {"shown": dict(kept.shown), "history": kept.history, "edition_feeds": kept.edition_feeds}
    return [] if kept == Preferences() else [told | {"learn_from": since}]
