"""Tables: relations."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from octavo.domain.ids import ArticleId
from octavo.domain.relation import Relation, RelationKind
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks
from octavo.store.tables import relations

_OF = select(relations).where(any_of(relations.c.article_id) | any_of(relations.c.other_id))


def save(tx: Transaction, article_id: ArticleId, chosen: Sequence[Relation]) -> None:
    """Replace what this article was found to be related to; what others found about it stays."""
    tx.execute(delete(relations).where(relations.c.article_id == article_id))
    best = _best(one for one in chosen if one.other_id != article_id)
    rows = [
        {
            "article_id": article_id,
            "other_id": one.other_id,
            "kind": str(one.kind),
            "score": one.score,
            "why": list(one.why),
        }
        for one in best
    ]
    if rows:
        tx.execute(insert(relations), rows)


def of(read: Read, article_id: ArticleId) -> list[Relation]:
    """Give what is related to an article, best first: what it found, and what later articles found about it."""
    return of_many(read, [article_id])[article_id]


def of_many(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, list[Relation]]:
    """Give the same of each of these articles."""
    found: dict[ArticleId, list[Relation]] = {one: [] for one in ids}
    rows = (row for some in chunks(found) for row in read.execute(_OF, {"ids": some}))
    # A row that two lists of ids give is one relation all the same: see `_best`.
    for row in rows:
        for mine, other in ((row.article_id, row.other_id), (row.other_id, row.article_id)):
            if mine in found:
                one = Relation(mine, ArticleId(other), RelationKind(row.kind), row.score, tuple(row.why))
                found[mine].append(one)
    return {one: _best(each) for one, each in found.items()}


def _best(found: Iterable[Relation]) -> list[Relation]:
    """Keep the surest relation with each other article, surest first."""
    best: dict[ArticleId, Relation] = {}
    for one in found:
        if one.other_id not in best or one.score > best[one.other_id].score:
            best[one.other_id] = one
    return sorted(best.values(), key=lambda one: (-one.score, -one.other_id))
