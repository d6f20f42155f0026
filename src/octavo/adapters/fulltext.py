"""Words as both databases search them: folded and split alike (text.folding) when written and when asked for.

Scripts written without spaces are kept letter by letter, and asked for as phrases: so any substring is found.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from octavo.domain.ids import TIE_BITS, first_article_id
from octavo.ports.search_index import SearchQuery
from octavo.text.folding import LONGEST, root
from octavo.text.folding import split as split

MOST_WORDS = 24
"""Words of a query that are looked for; what a person types is shorter."""

PREFIX = 4
"""Letters from which a word also stands for longer ones: "election" finds "elections"."""

HANGUL_PREFIX = 2
"""The same in Korean, where a letter is a syllable and what marks a word's part in the sentence is joined to it."""

FRESH_S = 7 * 86_400
FRESH = 0.6
"""A find of the newest article's time counts this much more; half of it after FRESH_S seconds."""

_NO_LETTER = re.compile("[^a-z0-9]")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]|([^\\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; `open_ended` when the last may go on: "elect" for "elections"."""

    words: tuple[str, ...]
    open_ended: bool = False


def phrases(query: SearchQuery) -> list[Phrase]:
    """Read a reader's words: what is quoted or joined stays together; at most MOST_WORDS words in all."""
    found: list[Phrase] = []
    left = MOST_WORDS
    for quoted, bare in _QUOTED.findall(query.text[:1000]):
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
        return Phrase((cut,), open_ended=len(cut) >= PREFIX and len(words[0]) > PREFIX)
    return Phrase(words, open_ended=not query.any_word and _may_go_on(words[0]))


def _may_go_on(word: str) -> bool:
    return len(word) >= (HANGUL_PREFIX if "\uac00" <= word[0] <= "\ud7a3" else PREFIX)


def facets(language: str, publisher: str) -> Iterator[str]:
    """Give the words that stand for a document's language and publisher: private-use letters no text contains."""
    if language:
        yield f"\ue000{_NO_LETTER.sub('', language.split('-')[0].lower())[:LONGEST]}"
    if publisher:
        yield f"\ue001{hashlib.sha256(publisher.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Ordered:
    """The parts of a search both databases write alike: the score's SQL, further conditions, and their values."""

    score: str
    bounds: str
    values: dict[str, Any]


def ordered(query: SearchQuery, match: str, *, worth: str, newest: str, column: str) -> Ordered:
    """Weigh a find's `worth` by how new it is, and bound its time; ids (`column`) are ordered by time.

    `worth` and `newest` (the newest id) are SQL of the adapter's own; nothing a reader typed is in any of it. A search
    for any of many words looks for kin, not for news, and is not weighed by time.
    """
    values: dict[str, Any] = {"match": match, "limit": query.limit, "offset": max(0, query.offset)}
    bounds, score = "", worth
    if query.since:
        bounds += f" AND {column} >= :since"
        values["since"] = first_article_id(int(query.since.timestamp()))
    if query.until:
        bounds += f" AND {column} < :until"
        values["until"] = first_article_id(int(query.until.timestamp()) + 1)
    if not query.any_word:
        score = f"{worth} * (1.0 + :fresh / (1.0 + ({newest} - {column}) / :half))"
        values |= {"fresh": FRESH, "half": float(FRESH_S << TIE_BITS)}
    return Ordered(score, bounds, values)
