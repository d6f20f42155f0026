"""Filling a store with an invented archive by the hundred thousand: rows by COPY or executemany, then the index.

Everything that reading, searching, relating and placing meet is there: articles and bodies, vectors, names, hashtags,
fingerprints, stories, relations, the index of words. The followers of changes have read it all.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from invented import END, MODEL, PUBLISHERS, TOPICS, Archive, Made
from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

from octavo.adapters.postgres import search as tsvector
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain import facets
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.search_index import SearchDocument
from octavo.store import publishers, tables
from octavo.store.keys import key_of
from octavo.store.rows import article_row, blocks_json

AT_ONCE = 5000
MINIMA = 64
FOLLOWERS = ("enrich", "relate", "settle", "digest", "search form 2")
REINDEXED = 1 << 62
"""What says that the index needs no writing anew."""

_POSTGRES: type[Dialect] = postgresql.dialect  # itself it does not say the types of what it is made of

Put = Callable[[Table, Sequence[Mapping[str, Any]]], None]


def fill_sqlite(database: SqliteDatabase, path: Path, count: int) -> None:
    """Fill a migrated file."""
    _publishers(database)
    index, archive = SqliteSearch(database), Archive(count)
    for some in _batches(archive):
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN")
            _rows(some, _executemany(raw))
            raw.execute("COMMIT")
        with database.transaction() as tx:
            index.update(tx, [document(one) for one in some])
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        _followed(_executemany(raw), count)
        raw.execute("ANALYZE")


def fill_postgres(database: PostgresDatabase, url: str, count: int) -> None:
    """Fill a migrated database; its index of words is made when all words are there."""
    _publishers(database)
    archive = Archive(count)
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as raw:
        raw.execute("SET maintenance_work_mem = '1GB'")
        raw.execute("DROP INDEX ix_search_documents_words")
        for some in _batches(archive):
            with raw.transaction():
                _rows(some, _copy(raw))
                _index(raw, some)
        raw.execute("CREATE INDEX ix_search_documents_words ON search_documents USING gin (words)")
        _followed(_copy(raw), count)
        raw.execute("SELECT setval(pg_get_serial_sequence('changes', 'seq'), (SELECT max(seq) FROM changes))")
        raw.execute("VACUUM ANALYZE")


def _index(raw: psycopg.Connection[Any], some: Sequence[Made]) -> None:
    with raw.cursor().copy("COPY search_documents (id, words) FROM STDIN") as copy:
        for one in some:
            copy.write_row((one.article.id, tsvector._vector(document(one))))


def document(one: Made) -> SearchDocument:
    """What the index holds of an article."""
    article = one.article
    given = (*map(facets.hashtag, one.tags), facets.topic(f"t{article.id % TOPICS}"))
    return SearchDocument(
        article.id, article.headline, article.text, one.tags, article.publisher_id, article.language, given
    )


def _publishers(database: SqliteDatabase | PostgresDatabase) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId(f"paper{n}"), f"Paper {n}") for n in range(PUBLISHERS)])


def _batches(archive: Archive) -> Iterator[list[Made]]:
    source = archive.made()
    while some := list(islice(source, AT_ONCE)):
        yield some


def _rows(some: Sequence[Made], put: Put) -> None:
    put(tables.articles, [_article(one) for one in some])
    put(
        tables.article_bodies,
        [{"article_id": one.article.id, "blocks": blocks_json(one.article.blocks)} for one in some],
    )
    stories: dict[int, list[Made]] = {}
    for one in some:
        stories.setdefault(one.story, []).append(one)
    opened = [told for story, told in stories.items() if told[0].article.id == story]
    put(tables.stories, [_story(told) for told in opened])
    put(tables.story_articles, [
        {"article_id": one.article.id, "story_id": one.story, "score": 0.9, "reasons": [], "placed_at": END}
        for one in some
    ])  # fmt: skip
    put(tables.embeddings, [
        {"article_id": one.article.id, "model": MODEL, "vector": one.vector.astype("<f2").tobytes()} for one in some
    ])  # fmt: skip
    put(tables.article_mentions, [
        {"article_id": one.article.id, "rank": rank, "kind": "person", "name": name.title(), "places": [[0, len(name)]],
         "key": f"person/{name}", "about": rank == 0}
        for one in some for rank, name in enumerate(one.names)
    ])  # fmt: skip
    put(tables.article_hashtags, [
        {"article_id": one.article.id, "tag": tag, "label": tag.title(), "score": 1.0}
        for one in some for tag in dict.fromkeys(one.tags)
    ])  # fmt: skip
    drawn = np.random.default_rng(some[0].article.id)
    minima = np.sort(drawn.integers(0, 1 << 32, (len(some), MINIMA), dtype=np.uint32), axis=1)
    put(tables.fingerprints, [
        {"article_id": one.article.id, "minima": row.astype("<u4").tobytes()}
        for one, row in zip(some, minima, strict=True)
    ])  # fmt: skip
    put(tables.relations, [
        {"article_id": one.article.id, "other_id": other.article.id, "kind": "same_event", "score": 0.5, "why": []}
        for told in stories.values() for place, one in enumerate(told) for other in told[max(0, place - 4) : place]
    ])  # fmt: skip


def _article(one: Made) -> dict[str, Any]:
    keys = {"wording_key": key_of(one.article.headline), "body_key": key_of(one.article.url)}
    return article_row(one.article) | keys | {"wording_at": one.article.first_seen_at}


def _story(told: Sequence[Made]) -> dict[str, Any]:
    first, last = told[0].article, told[-1].article
    return {
        "id": told[0].story, "headline": first.headline, "language": "en", "first_at": first.published_at,
        "last_at": last.published_at, "lead_article_id": first.id, "article_count": len(told),
        "publisher_count": len({one.article.publisher_id for one in told}), "report_count": len(told),
        "countries": [], "languages": ["en"], "held_at": None,
    }  # fmt: skip


def _followed(put: Put, count: int) -> None:
    """One change, and everybody has read it: what comes afterwards is new."""
    put(tables.changes, [{"seq": count, "article_id": 0, "kind": "new"}])
    seqs = {name: REINDEXED if name.startswith("search") else count for name in FOLLOWERS}
    put(tables.positions, [{"name": name, "seq": seq} for name, seq in seqs.items()])


def _writers(table: Table, names: Sequence[str], dialect: Dialect) -> list[Callable[[Any], Any]]:
    made = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    return [one or (lambda value: value) for one in made]


def _executemany(raw: sqlite3.Connection) -> Put:
    def put(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            names = list(rows[0])
            writers = _writers(table, names, sqlite.dialect())
            marks = ", ".join("?" * len(names))
            raw.executemany(
                f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - our own names
                [[write(row[name]) for write, name in zip(writers, names, strict=True)] for row in rows],
            )

    return put


def _copy(raw: psycopg.Connection[Any]) -> Put:
    def put(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            names = list(rows[0])
            writers = _writers(table, names, _POSTGRES())
            with raw.cursor().copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([write(row[name]) for write, name in zip(writers, names, strict=True)])

    return put
