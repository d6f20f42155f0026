"""Tables: host_turns: which process may ask a host, and from when on another may."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, delete, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from octavo.ports.database import Transaction
from octavo.store.columns import Moment
from octavo.store.dialect import chunks, put
from octavo.store.tables import host_turns

_CLOCK_OFF = timedelta(minutes=5)
"""Nobody holds a host for so long: what says so was written by a clock that was ahead."""

_REST = timedelta(days=1)

_NEW = insert(host_turns)
_TAKEN = _NEW.on_conflict_do_update(
    index_elements=["host"],
    set_={
        "holder": _NEW.excluded.holder,
        "free_at": _NEW.excluded.free_at,
        "wanted_at": case((host_turns.c.holder == _NEW.excluded.holder, host_turns.c.wanted_at), else_=null()),
    },
    where=or_(
        host_turns.c.holder == _NEW.excluded.holder,
        host_turns.c.free_at <= bindparam("now", type_=Moment),
        host_turns.c.free_at > bindparam("far", type_=Moment),
    ),
)
_GIVEN_BACK = (
    update(host_turns)
    .where(host_turns.c.host == bindparam("which"), host_turns.c.holder == bindparam("who"))
    .values(holder="", free_at=bindparam("then", type_=Moment))
)


def take(
    tx: Transaction, hosts: Collection[str], holder: str, now: datetime, until: datetime
) -> tuple[dict[str, datetime], set[str]]:
    """Give hosts to `holder` until then, or longer where it has them: those that are free, or whose time is over.

    Gives the others, with the moment each is free at the latest; and those of its own that another asked for meanwhile.
    """
    rows = [{"host": host, "holder": holder, "free_at": until} for host in sorted(set(hosts))]
    put(tx, _TAKEN, [{**row, "now": now, "far": now + _CLOCK_OFF} for row in rows])
    refused: dict[str, datetime] = {}
    wanted: set[str] = set()
    for some in chunks(sorted(set(hosts))):
        for row in tx.execute(select(host_turns).where(host_turns.c.host.in_(some))):
            if row.holder != holder:
                refused[str(row.host)] = row.free_at
            elif row.wanted_at is not None:
                wanted.add(str(row.host))
    for some in chunks(sorted(refused)):
        tx.execute(update(host_turns).where(host_turns.c.host.in_(some)).values(wanted_at=now))
    return refused, wanted


def give_back(tx: Transaction, holder: str, free_at: Mapping[str, datetime]) -> None:
    """Let others have hosts from these moments on; those it no longer had stay as they are."""
    rows = [{"which": host, "who": holder, "then": free_at[host]} for host in sorted(free_at)]
    if rows:
        tx.execute(_GIVEN_BACK, rows)


def forget(tx: Transaction, now: datetime) -> int:
    """Forget hosts that nobody has asked for a day; gives how many."""
    return tx.execute(delete(host_turns).where(host_turns.c.free_at < now - _REST)).rowcount
