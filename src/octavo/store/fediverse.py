"""Tables: fediverse_actors, fediverse_followers: people at other servers, and what they follow here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from octavo.domain.fediverse import RemoteActor
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.keys import key_of
from octavo.store.tables import fediverse_actors, fediverse_followers

_CHANGE = ("handle", "inbox", "shared_inbox", "page", "key_id", "public_key", "fetched_at")


def save(tx: Transaction, one: RemoteActor) -> None:
    """Keep what an actor's document says; since when it is known stays."""
    row = {
        "key": key_of(one.address),
        "address": one.address,
        "host": one.host,
        "handle": one.handle,
        "inbox": one.inbox,
        "shared_inbox": one.shared_inbox,
        "page": one.page,
        "key_id": one.key_id,
        "public_key": one.key,
        "known_at": one.known_at or one.fetched_at,
        "fetched_at": one.fetched_at,
    }
    tx.execute(upsert(fediverse_actors, _CHANGE), row)


def get(read: Read, address: str) -> RemoteActor | None:
    """Give an actor by its address."""
    row = read.execute(select(fediverse_actors).where(fediverse_actors.c.key == key_of(address))).first()
    return None if row is None else _noun(row)


def forget(tx: Transaction, address: str) -> None:
    """Forget an actor; it follows nothing any more."""
    tx.execute(delete(fediverse_actors).where(fediverse_actors.c.key == key_of(address)))


def forget_idle(tx: Transaction, before: datetime) -> int:
    """Forget actors that follow nothing and were last fetched before; gives how many."""
    following = select(fediverse_followers.c.key)
    idle = (fediverse_actors.c.fetched_at < before) & fediverse_actors.c.key.not_in(following)
    return tx.execute(delete(fediverse_actors).where(idle)).rowcount


def follow(tx: Transaction, actor: str, follower: str, by: str, now: datetime) -> None:
    """Let somebody follow an actor here; `by` is the address of what they asked it with."""
    row = {"actor": actor, "key": key_of(follower), "follow": by, "since": now}
    tx.execute(upsert(fediverse_followers, ["follow"]), row)


def unfollow(tx: Transaction, follower: str, actor: str = "", by: str = "") -> int:
    """Let somebody no longer follow an actor, or what they asked for with `by`; gives how many ended."""
    mine = fediverse_followers.c.key == key_of(follower)
    chosen = fediverse_followers.c.actor == actor if actor else fediverse_followers.c.follow == by
    return tx.execute(delete(fediverse_followers).where(mine, chosen)).rowcount


def drop_host(tx: Transaction, host: str) -> int:
    """Forget everybody at a server, and that they follow; gives how many were followers."""
    there = select(fediverse_actors.c.key).where(fediverse_actors.c.host == host)
    dropped = tx.execute(delete(fediverse_followers).where(fediverse_followers.c.key.in_(there))).rowcount
    tx.execute(delete(fediverse_actors).where(fediverse_actors.c.host == host))
    return dropped


def drop_inbox(tx: Transaction, inbox: str) -> None:
    """Forget who is reached by an inbox that is gone."""
    gone = (fediverse_actors.c.inbox == inbox) | (fediverse_actors.c.shared_inbox == inbox)
    there = select(fediverse_actors.c.key).where(gone)
    tx.execute(delete(fediverse_followers).where(fediverse_followers.c.key.in_(there)))


def inboxes(read: Read, actors: Iterable[str]) -> list[tuple[str, str]]:
    """List where the followers of these actors are reached, each place once: (inbox, host)."""
    joined = fediverse_followers.join(fediverse_actors, fediverse_actors.c.key == fediverse_followers.c.key)
    columns = (fediverse_actors.c.inbox, fediverse_actors.c.shared_inbox, fediverse_actors.c.host)
    query = select(*columns).select_from(joined).where(fediverse_followers.c.actor.in_(sorted(set(actors)))).distinct()
    return sorted({(row.shared_inbox or row.inbox, row.host) for row in read.execute(query)})


def counts(read: Read) -> dict[str, int]:
    """Count the followers of each actor that has some."""
    query = select(fediverse_followers.c.actor, func.count().label("n")).group_by(fediverse_followers.c.actor)
    return {row.actor: row.n for row in read.execute(query.order_by(fediverse_followers.c.actor))}


def count(read: Read, actor: str = "") -> int:
    """Count followers: of one actor, or of all."""
    query = select(func.count()).select_from(fediverse_followers)
    query = query.where(fediverse_followers.c.actor == actor) if actor else query
    return int(read.execute(query).scalar_one())


def hosts(read: Read) -> dict[str, int]:
    """Count the followers at each server."""
    joined = fediverse_followers.join(fediverse_actors, fediverse_actors.c.key == fediverse_followers.c.key)
    query = select(fediverse_actors.c.host, func.count().label("n")).select_from(joined)
    rows = read.execute(query.group_by(fediverse_actors.c.host).order_by(fediverse_actors.c.host))
    return {row.host: row.n for row in rows}


def followers(read: Read, actor: str, limit: int) -> Sequence[RemoteActor]:
    """List who follows an actor, for those who run the instance."""
    joined = fediverse_followers.join(fediverse_actors, fediverse_actors.c.key == fediverse_followers.c.key)
    query = select(fediverse_actors).select_from(joined).where(fediverse_followers.c.actor == actor)
    rows = read.execute(query.order_by(fediverse_actors.c.host, fediverse_actors.c.handle).limit(limit))
    return [_noun(row) for row in rows]


def _noun(row: Any) -> RemoteActor:
    return RemoteActor(
        address=row.address,
        host=row.host,
        handle=row.handle,
        inbox=row.inbox,
        key_id=row.key_id,
        key=row.public_key,
        fetched_at=row.fetched_at,
        shared_inbox=row.shared_inbox,
        page=row.page,
        known_at=row.known_at,
    )
