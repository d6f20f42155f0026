"""Tables: settings_kept: small facts about this instance, such as which version wrote last."""

import secrets

from sqlalchemy import select

from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new, upsert
from octavo.store.tables import settings_kept

PICTURE_SECRET = "picture_secret"  # noqa: S105 - the name of a fact, not the secret
"""The fact that pictures' addresses are signed with."""

FORM_SECRET = "form_secret"  # noqa: S105 - the name of a fact, not the secret
"""The fact that forms anybody may send are stamped with."""

PUSH_KEYS = "push_keys"
"""The fact that holds the key pairs push services know this instance by, newest first: JSON."""

FEDIVERSE_KEYS = "fediverse_keys"
"""The fact that holds the key pair other servers know this instance's actors by: JSON."""

NEWSWIRE = "newswire"
"""The fact that says when the sample newswire began, ISO 8601; "" while it is not shown."""

NOTICE = "notice"
"""The fact that says what readers are told at the top of each page: "unreachable", or ""."""

BACKED_UP = "backed_up"
"""The fact that says when `octavo backup` wrote everything down last, ISO 8601."""

ROOM = "room"
"""The fact that says how much room things took when it was measured last: JSON."""


def get(read: Read, key: str) -> str:
    """Give a fact; "" when it was never set."""
    return read.execute(select(settings_kept.c.value).where(settings_kept.c.key == key)).scalar() or ""


def set(tx: Transaction, key: str, value: str) -> None:  # noqa: A001 - read as facts.set
    """Remember a fact."""
    tx.execute(upsert(settings_kept, ["value"]), {"key": key, "value": value})


def make_secret(tx: Transaction, key: str) -> None:
    """Remember a random secret under `key`, unless there is one."""
    tx.execute(insert_new(settings_kept), {"key": key, "value": secrets.token_hex(32)})
