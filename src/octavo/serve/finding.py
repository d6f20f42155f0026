"""Finding articles by a reader's words: those that have them all, those that have most, those that mean the same."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from octavo.domain import facets
from octavo.domain.ids import TIE_BITS, ArticleId, first_article_id
from octavo.ports.database import Read
from octavo.ports.meaning import Meaning, NobodyToAsk, Sought
from octavo.ports.search_index import SearchHit, SearchIndex, SearchQuery
from octavo.relate.blend import MOST_ALIKE, akin, blend
from octavo.relate.search import Text, speaks, telling, weigh
from octavo.store import articles

POOL = 50
"""Articles that have some of the words and are read to find which have most."""

ENOUGH = 20
"""Finds that have every word from which no others are looked for: a page of them."""

NEAREST = 200
"""Articles whose meaning is near that are asked for: conditions and languages take some away."""

FRESH = 0.3
FRESH_S = 7 * 86_400
"""An article of the newest find's time counts this much more; half of it after FRESH_S seconds."""

_QUOTES = frozenset('"“”„«»')
_LANGUAGE = facets.language("")


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found, best first; the first `exact` have every word, the rest most of them or, those `alike`, none."""

    hits: tuple[SearchHit, ...]
    exact: int
    alike: frozenset[ArticleId] = frozenset()


@dataclass(frozen=True, slots=True)
class Finder:
    """What a search is answered from.

    `languages` are the reader's: in them words are plain or rare, and articles are found by meaning alone. Of a text
    below the `bar` only the excerpt counts, which is all that is shown of it.
    """

    index: SearchIndex
    view: Read
    languages: Sequence[str]
    bar: float
    meaning: Meaning = field(default_factory=NobodyToAsk)


def find(finder: Finder, asked: SearchQuery) -> Finds:
    """Find articles. Only a question of plain words is answered by articles without some, or without any, of them."""
    end = asked.offset + asked.limit
    every = finder.index.search(replace(asked, offset=0, limit=end))
    exact = max(0, len(every) - asked.offset)
    if len(every) >= min(end, ENOUGH) or asked.either or asked.newest or _QUOTES & set(asked.text):
        return Finds(tuple(every[asked.offset :]), exact)
    known = {hit.id for hit in every}
    most = [hit for hit in _most(finder, asked) if hit.id not in known]
    alike, cosines = _alike(finder, asked, known | {hit.id for hit in most})
    order = blend([hit.id for hit in most], alike, cosines, before=len(every))
    scores = cosines | {hit.id: hit.score for hit in most}
    others = [SearchHit(one, scores[one]) for one in order]
    return Finds(tuple([*every, *others][asked.offset : end]), exact, frozenset(alike))


def _most(finder: Finder, asked: SearchQuery) -> list[SearchHit]:
    chosen = telling(asked.text, finder.languages)
    if len(chosen) < 2:
        return []
    wide = replace(asked, text=" ".join(chosen), any_word=True, any_form=True, offset=0, limit=POOL)
    kept = articles.get_many(finder.view, [hit.id for hit in finder.index.search(wide)])
    texts = [
        Text(one.headline, f"{one.standfirst}\n{one.text}" if one.complete >= finder.bar else one.excerpt)
        for one in kept
    ]
    worths = weigh(asked.text, finder.languages, texts)
    newest = max((one.id for one in kept), default=0)
    hits = [
        SearchHit(one.id, worth * (1.0 + FRESH / (1.0 + ((newest - one.id) >> TIE_BITS) / FRESH_S)))
        for one, worth in zip(kept, worths, strict=True)
        if worth > 0.0
    ]
    return sorted(hits, key=lambda hit: (-hit.score, -hit.id))


def _alike(
    finder: Finder, asked: SearchQuery, known: Collection[ArticleId]
) -> tuple[list[ArticleId], dict[ArticleId, float]]:
    """Give the articles that only mean what is asked, and the cosines of all that are near.

    Every condition of the question holds for them; where it names no language, they are in the reader's. Words of none
    of these languages are not asked about.
    """
    named = [one.removeprefix(_LANGUAGE) for group in asked.facets for one in group if one.startswith(_LANGUAGE)]
    if not speaks(asked.text, [*finder.languages, *named]):
        return [], {}
    since = first_article_id(int(asked.since.timestamp())) if asked.since else None
    until = first_article_id(int(asked.until.timestamp()) + 1) if asked.until else None
    cosines = dict(finder.meaning.alike(Sought(asked.text, NEAREST, since, until)))
    near = akin(cosines, known)
    if not near:
        return [], cosines
    own = () if named else (tuple(facets.language(tag) for tag in finder.languages),)
    allowed = replace(asked, text="", among=tuple(near), facets=(*asked.facets, *own), offset=0, limit=len(near))
    held = {hit.id for hit in finder.index.search(allowed)}
    return [one for one in near if one in held][:MOST_ALIKE], cosines
