"""Finding articles by a reader's words: first those that have them all, then those that have most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.domain.ids import TIE_BITS
from octavo.ports.database import Read
from octavo.ports.search_index import SearchHit, SearchIndex, SearchQuery
from octavo.relate.search import Text, telling, weigh
from octavo.store import articles

POOL = 50
"""Articles that have some of the words and are read to find which have most."""

ENOUGH = 20
"""Finds that have every word from which no others are looked for: a page of them."""

FRESH = 0.3
FRESH_S = 7 * 86_400
"""An article of the newest find's time counts this much more; half of it after FRESH_S seconds."""

_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found, best first; the first `exact` have every word, the rest most of them."""

    hits: tuple[SearchHit, ...]
    exact: int


def find(index: SearchIndex, view: Read, asked: SearchQuery, languages: Sequence[str], bar: float) -> Finds:
    """Find articles. Only a question of several plain words is answered by articles without some.

    `languages` are the reader's: in them words are plain or rare. Of a text below the `bar` only the excerpt counts,
    which is all that is shown of it.
    """
    end = asked.offset + asked.limit
    every = index.search(replace(asked, offset=0, limit=end))
    exact = max(0, len(every) - asked.offset)
    if len(every) >= min(end, ENOUGH) or asked.either or asked.newest or _QUOTES & set(asked.text):
        return Finds(tuple(every[asked.offset :]), exact)
    known = {hit.id for hit in every}
    others = [hit for hit in _most(index, view, asked, languages, bar) if hit.id not in known]
    return Finds(tuple([*every, *others][asked.offset : end]), exact)


def _most(index: SearchIndex, view: Read, asked: SearchQuery, languages: Sequence[str], bar: float) -> list[SearchHit]:
    chosen = telling(asked.text, languages)
    if len(chosen) < 2:
        return []
    wide = replace(asked, text=" ".join(chosen), any_word=True, any_form=True, offset=0, limit=POOL)
    kept = articles.get_many(view, [hit.id for hit in index.search(wide)])
    texts = [
        Text(one.headline, f"{one.standfirst}\n{one.text}" if one.complete >= bar else one.excerpt) for one in kept
    ]
    worths = weigh(asked.text, languages, texts)
    newest = max((one.id for one in kept), default=0)
    hits = [
        SearchHit(one.id, worth * (1.0 + FRESH / (1.0 + ((newest - one.id) >> TIE_BITS) / FRESH_S)))
        for one, worth in zip(kept, worths, strict=True)
        if worth > 0.0
    ]
    return sorted(hits, key=lambda hit: (-hit.score, -hit.id))
