"""Tables: boilerplate_lines, boilerplate_counts: what each publisher repeats, and of how many pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from octavo.domain.boilerplate import RepeatedLine, Topic
from octavo.domain.ids import PublisherId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, put, upsert
from octavo.store.tables import boilerplate_counts, boilerplate_lines

_KEY = ("publisher_id", "key")
_COUNTED = [column.name for column in boilerplate_lines.columns if column.name not in (*_KEY, "kept")]


@dataclass(frozen=True, slots=True)
class Dropped:
    """The keys of lines that are dropped from a publisher's articles: by the machine, and by the owner."""

    learned: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()


def dropped(read: Read, publishers: Iterable[PublisherId]) -> dict[PublisherId, Dropped]:
    """Give what is dropped from these publishers' articles; those without any such line are left out."""
    table = boilerplate_lines
    machine = table.c.kept.is_(None) & table.c.learned.is_(True)
    found: dict[PublisherId, tuple[set[int], set[int]]] = {}
    for some in chunks(dict.fromkeys(publishers)):
        query = select(table.c.publisher_id, table.c.key, table.c.kept).where(
            table.c.publisher_id.in_(some), machine | table.c.kept.is_(False)
        )
        for row in read.execute(query):
            found.setdefault(PublisherId(row.publisher_id), (set(), set()))[row.kept is not None].add(row.key)
    return {publisher: Dropped(*map(frozenset, keys)) for publisher, keys in found.items()}


def lines_of(read: Read, publisher_id: PublisherId) -> list[RepeatedLine]:
    """Give the publisher's lines that came up more than once or that the owner spoke on, most frequent first."""
    table = boilerplate_lines
    query = select(table).where(table.c.publisher_id == publisher_id, (table.c.pages > 1) | table.c.kept.is_not(None))
    return [_noun(row) for row in read.execute(query.order_by(table.c.pages.desc(), table.c.key))]


def known(read: Read, publisher_id: PublisherId, keys: Iterable[int]) -> dict[int, RepeatedLine]:
    """Give those of these lines that were counted before, by key."""
    table = boilerplate_lines
    found: dict[int, RepeatedLine] = {}
    for some in chunks(dict.fromkeys(keys)):
        query = select(table).where(table.c.publisher_id == publisher_id, table.c.key.in_(some))
        found |= {row.key: _noun(row) for row in read.execute(query)}
    return found


def pages_counted(read: Read, publisher_id: PublisherId) -> int:
    """Tell how many of the publisher's pages were counted."""
    query = select(boilerplate_counts.c.pages).where(boilerplate_counts.c.publisher_id == publisher_id)
    return read.execute(query).scalar() or 0


def save(tx: Transaction, publisher_id: PublisherId, pages: int, lines: Sequence[RepeatedLine]) -> None:
    """Keep what the publisher's first `pages` pages came to. What the owner said of a line stays as it is."""
    put(tx, upsert(boilerplate_lines, _COUNTED), [_row(line) for line in lines])
    tx.execute(upsert(boilerplate_counts, ["pages"]), {"publisher_id": publisher_id, "pages": pages})


def set_kept(tx: Transaction, line: RepeatedLine) -> None:
    """Keep the owner's word on a line, seen before or not."""
    tx.execute(upsert(boilerplate_lines, ["kept"]), _row(line))


def forget_rare(tx: Transaction, publisher_id: PublisherId, counted: int, width: int, most: int) -> None:
    """Forget lines that came up less than about once in `width` of `counted` pages; keep at most `most` lines.

    What was learned is forgotten only for want of room; what the owner spoke on, never.
    """
    table = boilerplate_lines
    theirs = (table.c.publisher_id == publisher_id) & table.c.kept.is_(None)
    rare = table.c.pages + table.c.since // width <= counted // width
    tx.execute(delete(table).where(theirs, table.c.learned.is_(False), rare))
    order = (table.c.learned.desc(), table.c.pages.desc(), table.c.key)
    beyond = [row.key for row in tx.execute(select(table.c.key).where(theirs).order_by(*order).offset(most))]
    for some in chunks(beyond):
        tx.execute(delete(table).where(theirs, table.c.key.in_(some)))


def _row(line: RepeatedLine) -> dict[str, Any]:
    return {
        "publisher_id": line.publisher_id,
        "key": line.key,
        "text": line.text,
        "pages": line.pages,
        "of_pages": line.of_pages,
        "since": line.since,
        "first_seen_at": line.first_seen_at,
        "last_seen_at": line.last_seen_at,
        "likely": line.likely,
        "about": line.about,
        "heads": line.heads,
        "topics": [[sorted(topic.headline), sorted(topic.text)] for topic in line.topics],
        "learned": line.learned,
        "kept": line.kept,
    }


def _noun(row: Any) -> RepeatedLine:
    return RepeatedLine(
        publisher_id=PublisherId(row.publisher_id),
        key=row.key,
        text=row.text,
        pages=row.pages,
        of_pages=row.of_pages,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        kept=row.kept,
        learned=row.learned,
        since=row.since,
        likely=row.likely,
        about=row.about,
        heads=row.heads,
        topics=tuple(Topic(frozenset(headline), frozenset(text)) for headline, text in row.topics),
    )
