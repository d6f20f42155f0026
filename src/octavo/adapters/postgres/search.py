"""PostgreSQL: full-text search with tsvector."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, text

from octavo.adapters import fulltext
from octavo.domain.ids import ArticleId
from octavo.ports.database import Database, Read, Transaction
from octavo.ports.search_index import SearchDocument, SearchHit, SearchQuery

_PUT = text(
    "INSERT INTO search_documents (id, words) VALUES (:id, CAST(:words AS tsvector)) "
    "ON CONFLICT (id) DO UPDATE SET words = excluded.words"
)
_DROP = text("DELETE FROM search_documents WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))

# ts_rank takes the weights of D, C, B and A: body, nothing, tags, headline; 1 divides by the logarithm of the length.
_WORTH = "ts_rank('{0.25, 0.25, 0.75, 1.0}', words, CAST(:match AS tsquery), 1)"
_NEWEST = "(SELECT max(id) FROM search_documents)"

_MATCHES = "words @@ CAST(:match AS tsquery)"
_PLAN = text("SET LOCAL plan_cache_mode = force_custom_plan")

_WEIGHED = 1_000
"""Finds that are weighed; of more, the newest. Each costs the reading of a document's words."""

_FOUND = 5_000
"""Documents the words hold together of which any is enough, as the server estimates: for rare words it knows no less
than one in two hundred."""

_FARTHEST = 16_383
"""The last position a tsvector tells from others (PostgreSQL manual, §12.11)."""

_LARGEST = 900_000
"""Bytes of one document's words; a tsvector holds 1 MiB (same section), and no article is that long."""


class PostgresSearch:
    """A tsvector made here, word by word, so that both databases find the same; a GIN index finds it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def update(self, tx: Transaction, documents: Sequence[SearchDocument]) -> None:
        """Add or replace documents; the last of two with one id counts."""
        latest = {document.id: document for document in documents}
        if latest:
            tx.execute(_PUT, [{"id": one.id, "words": _vector(one)} for one in latest.values()])

    def remove(self, tx: Transaction, ids: Sequence[ArticleId]) -> None:
        """Forget documents; unknown ids are no error."""
        if ids:
            tx.execute(_DROP, {"ids": list(ids)})

    def search(self, query: SearchQuery) -> list[SearchHit]:
        """Find documents, best first."""
        wanted = fulltext.read(query)
        if wanted is None or query.limit <= 0:
            return []
        with self._database.read() as view:
            # A plan made for any words at all would not know the plain ones from the rare.
            view.execute(_PLAN)
            known = fulltext.Known(_held(view, query, wanted))
            wanted = known.settled(wanted, any_word=query.any_word, most=_FOUND)
            written, values = _asked(query, wanted)
            rows = view.execute(fulltext.statement(written, values), values)
            return [SearchHit(ArticleId(row.id), float(row.score)) for row in rows]


def _asked(query: SearchQuery, wanted: fulltext.Wanted) -> tuple[str, dict[str, Any]]:
    """Write a query: ts_rank(), which has to read a document's words, is asked about the newest finds alone."""
    asked = fulltext.ordered(query, wanted, worth=_WORTH, newest=_NEWEST, column="id")
    match = _match(wanted)
    newest = (
        f"SELECT id, words FROM search_documents WHERE {_MATCHES if match else 'true'}"  # noqa: S608 (fixed words)
        f"{asked.bounds} ORDER BY id DESC LIMIT :weighed"
    )
    written = (
        f"SELECT id, {asked.score} AS score FROM ({newest}) AS newest"  # noqa: S608 (fixed words)
        f" ORDER BY {asked.order} LIMIT :limit OFFSET :offset"
    )
    weighed = {"weighed": max(_WEIGHED, query.limit + max(0, query.offset))}
    return written, asked.values | weighed | ({"match": match} if match else {})


def _held(view: Read, query: SearchQuery, wanted: fulltext.Wanted) -> dict[fulltext.Phrase, int]:
    """Estimate from the server's statistics in how many documents of the query's time each phrase is.

    To count them would take as long as to search.
    """
    if len(wanted.groups) == 1 and len(wanted.groups[0]) == 1 and not wanted.groups[0][0].open_ended:
        return {wanted.groups[0][0]: 0}
    asked = fulltext.ordered(query, wanted, worth=_WORTH, newest=_NEWEST, column="id")
    estimate = text(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM search_documents WHERE {_MATCHES}{asked.time}")  # noqa: S608
    return {
        one: int(
            view.execute(estimate, {"match": _phrase(one.alone)} | asked.times).scalar_one()[0]["Plan"]["Plan Rows"]
        )
        for one in dict.fromkeys(one for some in wanted.groups for one in some)
    }


def _vector(document: SearchDocument) -> str:
    """Write a document in tsvector's own notation: each word with its places and their weight."""
    places: dict[str, list[str]] = {}
    at = size = 0
    for words, weight in (
        (fulltext.split(document.headline), "A"),
        ([word for tag in document.tags for word in fulltext.split(tag)], "B"),
        (fulltext.split(document.text), ""),
    ):
        at += 1  # a gap: no phrase runs from one part into the next
        for word in words:
            at += 1
            if word not in places:
                size += len(word.encode()) + 4
            if size > _LARGEST:
                break
            where = places.setdefault(word, [])
            if at <= _FARTHEST:
                where.append(f"{at}{weight}")
                size += 2
    written = [f"'{word}':{','.join(where)}" if where else f"'{word}'" for word, where in places.items()]
    return " ".join([*written, *(f"'{word}'" for word in fulltext.facet_words(document))])


def _match(wanted: fulltext.Wanted) -> str:
    """Write a query in tsquery's notation; words hold letters and digits alone, so quotes cannot be left."""
    parts = [_any(map(_phrase, some)) for some in wanted.groups]
    parts += [_any(map(_quoted, some)) for some in wanted.facets]
    absent = [*map(_phrase, wanted.absent), *map(_quoted, wanted.absent_facets)]
    return " & ".join([*parts, *(f"!{_any([one])}" for one in absent)])


def _any(written: Iterable[str]) -> str:
    return f"({' | '.join(written)})"


def _quoted(word: str) -> str:
    return f"'{word}'"


def _phrase(one: fulltext.Phrase) -> str:
    joined = " <-> ".join(f"'{word}'" for word in one.words)
    # The word itself is named beside its longer forms: it weighs more then.
    return f"({joined} | {joined}:*)" if one.open_ended else f"({joined})"
