"""What the texts of one story have in common, told exactly: whole texts, and sentences word for word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from octavo.domain.ids import ArticleId
from octavo.domain.provenance import Evidence, Sign
from octavo.domain.telling import HEADLINE, Passage, Telling
from octavo.relate.agency import Credit, agency_named, find_credits, has_own_author
from octavo.relate.duplicates import LEAST, is_copy, is_form
from octavo.relate.tellings import READ, passages
from octavo.text.quotes import find_quoted
from octavo.text.shingles import SKETCH, Hashes, overlap, shingles

LONGEST = 40_000
"""Characters of one text that are compared."""

BEGINNING = 1_000
SHORTEST = 120
"""Shingles under which a text is too short to be called anybody's copy: a sentence or two, which a fact alone fills."""

_LETTERS, _SIGNS = 50, 24
"""Letters from which a sentence that stands in two texts was hardly written twice; signs of a script with no spaces."""

_MOST = 3
_PARTS = 400
_WORD = re.compile(r"[^\W_]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A telling as provenance reads it: its credits, and the shingles of its text, its beginning and its own words.

    `own_words` are those outside quotation marks: what one person said, two reporters may have heard.
    """

    telling: Telling
    text: str
    whole: Hashes
    beginning: Hashes
    own_words: Hashes
    credits: tuple[Credit, ...]
    own_author: bool

    @property
    def publishes_itself(self) -> bool:
        """Whether the outlet is an agency."""
        return bool(agency_named(self.telling.publisher))


@dataclass(frozen=True, slots=True)
class Shared:
    """A text is another's: `share` of the shorter stands in the longer; `later` where the order is known."""

    other_id: ArticleId
    publisher: str
    share: float
    later: bool


@lru_cache(READ)
def read_telling(telling: Telling) -> Reading:
    """Read one telling; headlines are left out, which every desk writes anew."""
    parts = [telling.part(part)[:LONGEST] for part in telling.parts if part != HEADLINE][:_PARTS]
    text = "\n".join(parts)[:LONGEST]
    unquoted = "\n".join(map(_outside_quotes, parts))[:LONGEST]
    credited = tuple({(one.agency, one.extent): one for one in find_credits(telling)}.values())
    whole, beginning, own_words = map(shingles, (text, text[:BEGINNING], unquoted))
    return Reading(telling, text, whole, beginning, own_words, credited, has_own_author(telling))


def _outside_quotes(text: str) -> str:
    end, kept = 0, []
    for quoted in find_quoted(text):
        kept.append(text[end : quoted.start])
        end = quoted.end
    return "".join([*kept, text[end:]])


def shared_text(head: Reading, other: Reading) -> Shared | None:
    """Tell whether two texts are the same, None where they are not; most pairs are told by a sample of each."""
    if min(len(head.whole), len(other.whole)) < SHORTEST or not overlap(*_samples(head.whole, other.whole))[1]:
        return None
    jaccard, containment = overlap(head.whole, other.whole)
    if containment < LEAST or not is_copy(jaccard, containment, overlap(head.beginning, other.beginning)[1]):
        return None
    if not _same_words(head.own_words, other.own_words):
        return None
    if is_form(head.text[:BEGINNING], other.text[:BEGINNING]):
        return None
    known = head.telling.dated and other.telling.dated
    later = known and head.telling.at < other.telling.at
    return Shared(head.telling.id, head.telling.publisher, containment, later)


def _same_words(one: Hashes, other: Hashes) -> bool:
    """Tell whether they also have in common what stands outside quotation marks, where that is enough to ask of."""
    return min(len(one), len(other)) < SHORTEST or overlap(one, other)[1] >= LEAST


def _samples(one: Hashes, other: Hashes) -> tuple[Hashes, Hashes]:
    """Cut both to the smallest hashes, up to the same one."""
    end = min(one[min(len(one), SKETCH) - 1], other[min(len(other), SKETCH) - 1])
    return one[one <= end], other[other <= end]


def same_sentences(tellings: Sequence[Telling], home: Mapping[ArticleId, int]) -> dict[ArticleId, tuple[Evidence, ...]]:
    """Find the sentences that stand, word for word, in an earlier telling of another home: up to three of each."""
    first: dict[str, tuple[Telling, Passage]] = {}
    found: dict[ArticleId, list[Evidence]] = {}
    for telling in tellings:
        for passage in passages(telling):
            key = "".join(_WORD.findall(passage.text.casefold()))
            if len(key) < (_SIGNS if _SPACELESS.search(key) else _LETTERS):
                continue
            earlier, there = first.setdefault(key, (telling, passage))
            if home.get(earlier.id) == home.get(telling.id):
                continue
            listed = found.setdefault(telling.id, [])
            if len(listed) < _MOST:
                sign = Sign.QUOTATION if _is_quoted(passage.text) else Sign.SENTENCE
                listed.append(Evidence(sign, earlier.publisher, earlier.id, passages=(passage, there)))
    return {key: tuple(listed) for key, listed in found.items()}


def _is_quoted(text: str) -> bool:
    """Tell whether half of a sentence or more is direct speech."""
    return 2 * sum(one.end - one.start for one in find_quoted(text)) >= len(text)
