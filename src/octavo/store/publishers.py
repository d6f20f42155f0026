"""Tables: publishers, publisher_hosts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from octavo.domain.ids import PublisherId
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, insert_new, put, upsert
from octavo.store.tables import articles, publisher_hosts, publishers
from octavo.text.urls import publisher_host

_REPLACED = [column.name for column in publishers.columns if column.name != "id"]

_THESE = select(publishers).where(any_of(publishers.c.id))
_HOSTS = select(publisher_hosts).order_by(publisher_hosts.c.publisher_id, publisher_hosts.c.rank)
_HOSTS_OF = _HOSTS.where(any_of(publisher_hosts.c.publisher_id))


def save(tx: Transaction, chosen: Sequence[Publisher]) -> None:
    """Add or replace publishers with their hosts; a host that belongs to another publisher stays with it.

    Those an editor wrote about stay as they are.
    """
    last = {publisher.id: publisher for publisher in chosen}
    for some in chunks(list(last)):
        edited = select(publishers.c.id).where(publishers.c.id.in_(some), publishers.c.edited_at.is_not(None))
        for known in tx.execute(edited).scalars():
            del last[PublisherId(known)]
    _put(tx, last)


def edit(tx: Transaction, publisher: Publisher) -> None:
    """Keep what an editor wrote about a publisher: its `edited_at` is set."""
    _put(tx, {publisher.id: publisher})


def _put(tx: Transaction, last: Mapping[PublisherId, Publisher]) -> None:
    put(tx, upsert(publishers, _REPLACED), [_row(publisher) for publisher in last.values()])
    for ids in chunks(last):
        tx.execute(delete(publisher_hosts).where(publisher_hosts.c.publisher_id.in_(ids)))
    hosts = [
        {"host": host, "publisher_id": publisher.id, "rank": rank}
        for publisher in last.values()
        for rank, host in enumerate(dict.fromkeys(publisher.hosts))
        if host
    ]
    put(tx, insert_new(publisher_hosts), hosts)


def get(read: Read, publisher_id: PublisherId) -> Publisher | None:
    """Give one publisher."""
    return get_many(read, [publisher_id]).get(publisher_id)


def get_many(read: Read, ids: Iterable[PublisherId]) -> dict[PublisherId, Publisher]:
    """Give those of these publishers that are known, by id."""
    found: dict[PublisherId, Publisher] = {}
    for some in chunks(dict.fromkeys(ids)):
        hosts = _hosts(read, some)
        for row in read.execute(_THESE, {"ids": some}):
            found[PublisherId(row.id)] = _noun(row, hosts.get(row.id, ()))
    return found


def by_host(read: Read, hosts: Iterable[str]) -> dict[str, Publisher]:
    """Give the publisher of each of these hosts that has one."""
    owners: dict[str, PublisherId] = {}
    for some in chunks(dict.fromkeys(hosts)):
        for row in read.execute(select(publisher_hosts).where(publisher_hosts.c.host.in_(some))):
            owners[row.host] = PublisherId(row.publisher_id)
    known = get_many(read, owners.values())
    return {host: known[owner] for host, owner in owners.items()}


def owners(read: Read, hosts: Iterable[str]) -> dict[str, PublisherId]:
    """Give for each of these hosts the publisher it belongs to, with or without "www." and the like in front."""
    names = {host: (host, publisher_host(host), f"www.{publisher_host(host)}") for host in hosts}
    known = by_host(read, [name for forms in names.values() for name in forms])
    found = {host: next((known[name].id for name in forms if name in known), None) for host, forms in names.items()}
    return {host: owner for host, owner in found.items() if owner is not None}


def all(read: Read) -> list[tuple[Publisher, int]]:  # noqa: A001 - read as publishers.all
    """Give every publisher with the number of its articles, by name."""
    counted = select(articles.c.publisher_id, func.count().label("n")).group_by(articles.c.publisher_id)
    counts = {row.publisher_id: row.n for row in read.execute(counted)}
    hosts = _hosts(read, None)
    found = [_noun(row, hosts.get(row.id, ())) for row in read.execute(select(publishers))]
    # Sorted here: the two databases do not agree on the order of text.
    found.sort(key=lambda publisher: (publisher.name.casefold(), publisher.id))
    return [(publisher, counts.get(publisher.id, 0)) for publisher in found]


def _hosts(read: Read, ids: Sequence[str] | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in read.execute(_HOSTS) if ids is None else read.execute(_HOSTS_OF, {"ids": list(ids)}):
        found.setdefault(row.publisher_id, []).append(row.host)
    return found


def _row(publisher: Publisher) -> dict[str, Any]:
    return {
        "id": publisher.id,
        "name": publisher.name,
        "country": publisher.country,
        "languages": list(publisher.languages),
        "owner": publisher.owner,
        "kind": publisher.kind,
        "homepage": publisher.homepage,
        "description": publisher.description,
        "policy": str(publisher.policy) if publisher.policy else None,
        "fictional": publisher.fictional,
        "contact": publisher.contact or None,
        "edited_at": publisher.edited_at,
        "withdrawn_at": publisher.withdrawn_at,
    }


def _noun(row: Any, hosts: Iterable[str]) -> Publisher:
    return Publisher(
        id=PublisherId(row.id),
        name=row.name,
        country=row.country,
        languages=tuple(row.languages),
        owner=row.owner,
        kind=row.kind,
        hosts=tuple(hosts),
        homepage=row.homepage,
        description=row.description,
        policy=DisplayPolicy(row.policy) if row.policy else None,
        fictional=row.fictional,
        contact=row.contact or "",
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
    )
