"""Tables: pictures (what is known of publishers' pictures, by the hash of their address)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from octavo.domain.picture import Fitness, Picture
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, put, upsert
from octavo.store.keys import key_of
from octavo.store.tables import pictures

_OF = select(pictures).where(any_of(pictures.c.url_key, "keys"))


def of(read: Read, urls: Iterable[str]) -> dict[str, Picture]:
    """Give what is known of the pictures at these addresses."""
    found: dict[str, Picture] = {}
    for some in chunks(dict.fromkeys(urls)):
        keys = {key_of(url): url for url in some}
        for row in read.execute(_OF, {"keys": list(keys)}):
            found[keys[bytes(row.url_key)]] = _picture(row)
    return found


def save(tx: Transaction, found: Iterable[Picture]) -> None:
    """Keep what was found out, in place of what was known before."""
    rows = [
        {
            "url_key": key_of(one.url),
            "url": one.url,
            "fitness": str(one.fitness),
            "at": one.at,
            "tint": one.tint,
            "width": one.width,
            "height": one.height,
            "why": one.why,
        }
        for one in found
    ]
    put(tx, upsert(pictures, ["fitness", "at", "tint", "width", "height", "why"]), rows)


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget pictures looked at before then; gives how many."""
    return int(tx.execute(delete(pictures).where(pictures.c.at < moment)).rowcount)


def _picture(row: Any) -> Picture:
    return Picture(row.url, Fitness(row.fitness), row.at, row.tint, row.width, row.height, row.why)
