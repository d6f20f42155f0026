"""SQLite: full-text search with FTS5."""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, text

from octavo.adapters import fulltext
from octavo.domain.ids import ArticleId
from octavo.ports.database import Database, Read, Transaction
from octavo.ports.search_index import SearchDocument, SearchHit, SearchQuery

_COLUMNS = "headline, tags, body, facets"
_VALUES = ":headline, :tags, :body, :facets"
_ADD = text(f"INSERT INTO search_words (rowid, {_COLUMNS}) VALUES (:id, {_VALUES})")  # noqa: S608 (fixed words)
_FORGET = text(
    f"INSERT INTO search_words (search_words, rowid, {_COLUMNS}) VALUES ('delete', :id, {_VALUES})"  # noqa: S608 (fixed words)
)
_KEEP = text("INSERT INTO search_kept (id, words) VALUES (:id, :words)")
_KEPT = text("SELECT id, words FROM search_kept WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
_DROP = text("DELETE FROM search_kept WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))

# bm25() gives lower for better; the weights are of headline, tags, body and facets.
_WORTH = "-bm25(search_words, 4.0, 3.0, 1.0, 0.0)"
_NEWEST = "(SELECT max(id) FROM search_kept)"
_READ = "{headline tags body}"
_NONE_OF = "id NOT IN (SELECT rowid FROM search_words WHERE search_words MATCH :match)"
_THESE = "SELECT rowid FROM search_words WHERE search_words MATCH {match}{{time}} ORDER BY rowid DESC LIMIT :weighed"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH :match{time} LIMIT :most)"
_HEADLINE = 3.0
"""How much more plain words are worth in a headline."""

_MANY = 2
"""Plain words of which hardly a headline has more: to find none in the whole archive takes long."""

_AT_ONCE = 500


class SqliteSearch:
    """An FTS5 table without content; the words of each document lie beside it, because forgetting them needs them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def update(self, tx: Transaction, documents: Sequence[SearchDocument]) -> None:
        """Add or replace documents; the last of two with one id counts."""
        latest = {document.id: document for document in documents}
        if not latest:
            return
        self.remove(tx, list(latest))
        rows = [{"id": one.id} | _words(one) for one in latest.values()]
        tx.execute(_ADD, rows)
        tx.execute(_KEEP, [{"id": row["id"], "words": _pack(row)} for row in rows])

    def remove(self, tx: Transaction, ids: Sequence[ArticleId]) -> None:
        """Forget documents; unknown ids are no error."""
        for start in range(0, len(ids), _AT_ONCE):
            some = list(ids[start : start + _AT_ONCE])
            rows = [{"id": row.id} | _unpack(row.words) for row in tx.execute(_KEPT, {"ids": some})]
            if rows:
                tx.execute(_FORGET, rows)
                tx.execute(_DROP, {"ids": some})

    def search(self, query: SearchQuery) -> list[SearchHit]:
        """Find documents, best first."""
        wanted = fulltext.read(query)
        if wanted is None or query.limit <= 0:
            return []
        with self._database.read() as view:
            known = fulltext.Known(_held(view, query, wanted))
            wanted = known.settled(wanted, any_word=query.any_word)
            written, values = _asked(query, wanted, known.telling(wanted))
            rows = view.execute(fulltext.statement(written, values), values)
            return [SearchHit(ArticleId(row.id), row.score) for row in rows]


def _asked(query: SearchQuery, wanted: fulltext.Wanted, telling: fulltext.Wanted) -> tuple[str, dict[str, Any]]:
    """Write a query: of its finds the newest are weighed, by its `telling` words.

    bm25() looks at all that hold any of the words it is asked about; so it is not asked about plain ones. Where all
    are plain a find in the headline comes first.
    """
    values: dict[str, Any] = {"match": _match(wanted)}
    table, column, worth, where = "search_words", "rowid", _WORTH, "search_words MATCH :match"
    if not wanted.positive:
        table, column, where = "search_kept", "id", _NONE_OF if wanted.absent or wanted.absent_facets else "true"
    elif wanted.groups and not telling.groups:
        worth = "1.0"
        if len(wanted.groups) <= _MANY:
            worth = f"(1.0 + {_HEADLINE} * (+rowid IN ({_THESE.format(match=':headline')})))"
            values["headline"] = _match(wanted, "headline")
    elif telling.groups != wanted.groups:
        where = f"search_words MATCH :telling AND +rowid IN ({_THESE.format(match=':match')})"
        values["telling"] = _match(telling)
    asked = fulltext.ordered(query, wanted, worth=worth, newest=_NEWEST, column=column)
    where, score = where.replace("{time}", asked.time), asked.score.replace("{time}", asked.time)
    weighed = (
        f"SELECT {column} AS id, {score} AS score FROM {table} WHERE {where}"  # noqa: S608 (fixed words)
        f"{asked.bounds} ORDER BY {column} DESC LIMIT :weighed"
    )
    written = f"SELECT id, score FROM ({weighed}) ORDER BY {asked.order} LIMIT :limit OFFSET :offset"  # noqa: S608
    return written, asked.values | {name: value for name, value in values.items() if f":{name}" in written}


def _held(view: Read, query: SearchQuery, wanted: fulltext.Wanted) -> dict[fulltext.Phrase, int]:
    """Count the documents of the query's time that each phrase is in, standing for itself."""
    asked = fulltext.ordered(query, wanted, worth=_WORTH, newest=_NEWEST, column="rowid")
    counted = text(_COUNT.format(time=asked.time))
    phrases = dict.fromkeys(one for some in wanted.groups for one in some)
    values = asked.times | {"most": fulltext.plain(len(phrases)) + 1}
    return {
        one: view.execute(counted, {"match": f"{_READ} : ({_phrase(one.alone)})"} | values).scalar_one()
        for one in phrases
    }


def _words(document: SearchDocument) -> dict[str, str]:
    return {
        "headline": " ".join(fulltext.split(document.headline)),
        "tags": " ".join(word for tag in document.tags for word in fulltext.split(tag)),
        "body": " ".join(fulltext.split(document.text)),
        "facets": " ".join(fulltext.facet_words(document)),
    }


def _pack(row: dict[str, Any]) -> bytes:
    words = [row[name] for name in ("headline", "tags", "body", "facets")]
    return zlib.compress(json.dumps(words, ensure_ascii=False).encode(), 1)


def _unpack(packed: bytes) -> dict[str, str]:
    words = json.loads(zlib.decompress(packed))
    return dict(zip(("headline", "tags", "body", "facets"), words, strict=True))


def _match(wanted: fulltext.Wanted, read: str = _READ) -> str:
    """Write a query in FTS5's language; every word is quoted, so none of them is an operator.

    Where nothing is asked to be there, what is written is what may not be.
    """
    there = [f"{read} : ({_any(map(_phrase, some))})" for some in wanted.groups]
    there += [f"facets : ({_any(map(_quoted, some))})" for some in wanted.facets]
    absent = [f"{_READ} : ({_any(map(_phrase, wanted.absent))})"] if wanted.absent else []
    absent += [f"facets : ({_any(map(_quoted, wanted.absent_facets))})"] if wanted.absent_facets else []
    if not there:
        return _any(absent)
    return f"({' AND '.join(there)}) NOT ({_any(absent)})" if absent else " AND ".join(there)


def _any(written: Iterable[str]) -> str:
    return " OR ".join(written)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _phrase(one: fulltext.Phrase) -> str:
    quoted = f'"{" ".join(one.words)}"'
    # The word itself is named beside its longer forms: it is rarer, so it weighs more.
    return f"({quoted} OR {quoted} *)" if one.open_ended else quoted
