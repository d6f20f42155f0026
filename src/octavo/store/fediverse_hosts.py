"""Tables: fediverse_hosts: what editors decided on other servers, and which of them take nothing just now."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from octavo.domain.fediverse import Known, Stance
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import fediverse_hosts

_FAILING = ("failures", "failing_since", "not_before", "told")


def get(read: Read, host: str) -> Known:
    """Give what is known of a server; of one that nothing is known of, that."""
    row = read.execute(select(fediverse_hosts).where(fediverse_hosts.c.host == host)).first()
    return Known(host) if row is None else _noun(row)


def every(read: Read) -> list[Known]:
    """List the servers on which something was decided, or that take nothing."""
    said = (fediverse_hosts.c.stance != "") | (fediverse_hosts.c.failures > 0)
    query = select(fediverse_hosts).where(said).order_by(fediverse_hosts.c.host)
    return [_noun(row) for row in read.execute(query)]


def decide(tx: Transaction, host: str, stance: Stance, note: str) -> None:
    """Keep what editors decided on a server."""
    tx.execute(upsert(fediverse_hosts, ["stance", "note"]), _row(Known(host, stance, note)))


def failed(tx: Transaction, one: Known) -> None:
    """Remember that a server took nothing, since when, and until when it is left alone."""
    tx.execute(upsert(fediverse_hosts, _FAILING), _row(one))


def took(tx: Transaction, host: str) -> None:
    """Remember that a server takes what is sent there."""
    fine = {"failures": 0, "failing_since": None, "not_before": None, "told": ""}
    failing = (fediverse_hosts.c.host == host) & (fediverse_hosts.c.failures > 0)
    tx.execute(update(fediverse_hosts).where(failing).values(**fine))


def left_alone(read: Read, now: datetime) -> set[str]:
    """Name the servers to which nothing is sent now: they failed, or are blocked."""
    waits = (fediverse_hosts.c.not_before > now) | (fediverse_hosts.c.stance == str(Stance.BLOCKED))
    return set(read.execute(select(fediverse_hosts.c.host).where(waits)).scalars())


def _row(one: Known) -> dict[str, Any]:
    return {
        "host": one.host,
        "stance": str(one.stance),
        "note": one.note,
        "failures": one.failures,
        "failing_since": one.failing_since,
        "not_before": one.not_before,
        "told": one.told,
    }


def _noun(row: Any) -> Known:
    return Known(row.host, Stance(row.stance), row.note, row.failures, row.failing_since, row.not_before, row.told)
