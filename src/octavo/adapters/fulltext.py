"""Words as both databases search them: folded and split alike (text.folding) when written and when asked for.

Scripts written without spaces are kept letter by letter, and asked for as phrases: so any substring is found.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from sqlalchemy import BindParameter, TextClause, bindparam, text

from octavo.domain import facets as facet
from octavo.domain.ids import TIE_BITS, first_article_id
from octavo.ports.search_index import SearchDocument, SearchQuery
from octavo.text.folding import LONGEST, root
from octavo.text.folding import split as split

MOST_WORDS = 24
"""Words of a query that are looked for; what a person types is shorter."""

MOST_FACETS, MOST_ALIKE = 12, 24
"""Groups of facets of a query that are looked for, and facets in one of them."""

PREFIX = 4
"""Letters from which a word also stands for longer ones: "election" finds "elections"."""

HANGUL_PREFIX = 2
"""The same in Korean, where a letter is a syllable and what marks a word's part in the sentence is joined to it."""

WEIGHED = 8_000
"""Finds that are weighed; of more, the newest: to weigh all would take as long as the archive goes back."""

LOOKED_AT = 120_000
"""Documents that may be looked at to weigh the words of a question, all together."""

FRESH_S = 7 * 86_400
FRESH = 0.6
"""A find of the newest article's time counts this much more; half of it after FRESH_S seconds."""

_NO_LETTER = re.compile("[^a-z0-9]")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]|([^\\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; `open_ended` when the last may go on: "elect" for "elections".

    `whole` is the word that was asked for, where `words` are only its beginning.
    """

    words: tuple[str, ...]
    open_ended: bool = False
    whole: str = ""

    @property
    def alone(self) -> "Phrase":
        """What was asked for, standing for nothing but itself."""
        return Phrase((self.whole,) if self.whole else self.words)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query read: one phrase of each group must stand in a document and none of `absent`; facets alike, as words."""

    groups: tuple[tuple[Phrase, ...], ...]
    absent: tuple[Phrase, ...]
    facets: tuple[tuple[str, ...], ...]
    absent_facets: tuple[str, ...]

    @property
    def positive(self) -> bool:
        """Whether it asks for anything to be there."""
        return bool(self.groups or self.facets)


def read(query: SearchQuery) -> Wanted | None:
    """Read a query; None when it means nothing, so that it finds nothing."""
    found = phrases(query.text, query)
    groups: list[tuple[Phrase, ...]] = [tuple(found)] if query.any_word and found else [(one,) for one in found]
    left = MOST_WORDS - sum(len(one.words) for one in found)
    for some in query.either:
        other = phrases(" ".join(some), query)
        left -= sum(len(one.words) for one in other)
        if other and left >= 0:
            groups.append(tuple(other))
    absent = phrases(" ".join(query.without), query)
    own = (query.language and facet.language(query.language), query.publisher and facet.publisher(query.publisher))
    needed = [(one,) for one in own if one] + [some for some in query.facets if some]
    asked = Wanted(
        groups=tuple(groups),
        absent=tuple(absent),
        facets=tuple(tuple(map(facet_word, some[:MOST_ALIKE])) for some in needed[:MOST_FACETS]),
        absent_facets=tuple(map(facet_word, query.without_facets[:MOST_ALIKE])),
    )
    if asked.positive:
        return asked
    # Words that hold nothing to look for (signs alone) are a question without an answer, not one for everything.
    told = query.text.strip() or query.either
    bounded = asked.absent or asked.absent_facets or query.since or query.until or query.newest or query.among
    return asked if bounded and not told else None


def phrases(text: str, query: SearchQuery) -> list[Phrase]:
    """Read a reader's words: what is quoted or joined stays together; at most MOST_WORDS words in all."""
    found: list[Phrase] = []
    left = MOST_WORDS
    for quoted, bare in _QUOTED.findall(text[:1000]):
        words = tuple(split(quoted or bare))[:left]
        left -= len(words)
        if words:
            found.append(_phrase(words, query, alone=bool(bare) and len(words) == 1))
    return list(dict.fromkeys(found))


def _phrase(words: tuple[str, ...], query: SearchQuery, *, alone: bool) -> Phrase:
    if not alone:
        return Phrase(words)
    if query.any_form:
        cut = root(words[0])
        return Phrase((cut,), open_ended=len(cut) >= PREFIX and len(words[0]) > PREFIX, whole=words[0])
    return Phrase(words, open_ended=not query.any_word and _may_go_on(words[0]))


def _may_go_on(word: str) -> bool:
    return len(word) >= (HANGUL_PREFIX if "\uac00" <= word[0] <= "\ud7a3" else PREFIX)


def plain(phrases: int) -> int:
    """Give the documents from which a word is plain in a question of so many."""
    return LOOKED_AT // max(1, phrases)


@dataclass(frozen=True, slots=True)
class Known:
    """In how many documents each phrase of a query stands by itself, as far as was counted: to `plain` and one more.

    A word that stands in more is plain: it stands for itself alone, and how often a text has it is not asked. Either
    would take a look at every document that has it.
    """

    held: Mapping[Phrase, int]

    @property
    def plain(self) -> int:
        """Documents that each word may be looked for in."""
        return plain(len(self.held))

    def settled(self, wanted: Wanted, *, any_word: bool, most: int = WEIGHED) -> Wanted:
        """Read a query by what is known of its words: plain ones stand for themselves.

        Where any word is enough the rarest are looked for, as long as `most` documents hold them: they tell most of
        what is asked, and plainer ones would bring in more than can be weighed. Where even the rarest does, the two
        rarest must stand together.
        """
        groups = tuple(tuple(map(self._read, some)) for some in wanted.groups)
        if any_word and groups:
            rarest = sorted(wanted.groups[0], key=lambda one: self.held[one])
            found = accumulate(self.held[one] for one in rarest)
            kept = tuple(self._read(one) for total, one in zip(found, rarest, strict=True) if total <= most)
            groups = (*((kept,) if kept else ((self._read(one),) for one in rarest[:2])), *groups[1:])
        return replace(wanted, groups=groups)

    def telling(self, wanted: Wanted) -> Wanted:
        """Leave the groups without a plain word, of a query settled before: those a find is weighed by."""
        plain = {one.alone for one, count in self.held.items() if count > self.plain}
        return replace(wanted, groups=tuple(some for some in wanted.groups if not plain & set(some)))

    def _read(self, one: Phrase) -> Phrase:
        return one.alone if self.held[one] > self.plain else one


def facet_words(document: SearchDocument) -> list[str]:
    """Give the words that stand for what a document is."""
    own = [facet.language(document.language)] if document.language else []
    own += [facet.publisher(document.publisher)] if document.publisher else []
    return list(dict.fromkeys(map(facet_word, [*own, *document.facets])))


def facet_word(one: str) -> str:
    """Give the word that stands for a facet: private-use letters no text contains."""
    kind, _, value = one.partition("/")
    if kind == "language":
        return f"\ue000{_NO_LETTER.sub('', value.lower())[:LONGEST]}"
    # Publishers have a letter of their own since before there were other facets: indexes made then stay good.
    marked, hashed = ("\ue001", value) if kind == "publisher" else ("\ue002", one)
    return f"{marked}{hashlib.sha256(hashed.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Ordered:
    """The parts of a search both databases write alike: the score's SQL, further conditions, their order and values.

    `time` and `times` are the conditions on time alone, and their values.
    """

    score: str
    bounds: str
    order: str
    values: dict[str, Any]
    time: str
    times: dict[str, Any]


def statement(written: str, values: dict[str, Any]) -> TextClause:
    """Make what was written a statement; a list among the values stands for as many as it holds."""
    lists: list[BindParameter[Any]] = [
        bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, list)
    ]
    return text(written).bindparams(*lists)


def ordered(query: SearchQuery, asked: Wanted, *, worth: str, newest: str, column: str) -> Ordered:
    """Weigh a find's `worth` by how new it is, and bound its time; ids (`column`) are ordered by time.

    `worth` and `newest` (the newest id) are SQL of the adapter's own; nothing a reader typed is in any of it. A search
    for any of many words looks for kin, not for news, and is not weighed by time; one without words has only time.
    """
    weighed = max(WEIGHED, query.limit + query.offset)
    values: dict[str, Any] = {"limit": query.limit, "offset": max(0, query.offset), "weighed": weighed}
    time, score, order = "", worth, "score DESC, id DESC"
    times: dict[str, Any] = {}
    if query.since:
        time += f" AND {column} >= :since"
        times["since"] = first_article_id(int(query.since.timestamp()))
    if query.until:
        time += f" AND {column} < :until"
        times["until"] = first_article_id(int(query.until.timestamp()) + 1)
    bounds = f"{time} AND {column} IN :among" if query.among else time
    values |= times | ({"among": list(query.among)} if query.among else {})
    if query.newest or not asked.groups:
        score, order = f"{column} * 1.0", "id DESC"
    elif not query.any_word:
        score = f"{worth} * (1.0 + :fresh / (1.0 + ({newest} - {column}) / :half))"
        values |= {"fresh": FRESH, "half": float(FRESH_S << TIE_BITS)}
    return Ordered(score, bounds, order, values, time, times)
