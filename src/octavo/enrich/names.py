"""Where names may stand in a text whose script has capitals: runs of words that have one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.domain.enrichment import EntityKind
from octavo.enrich.givens import is_given
from octavo.enrich.lexicon import Lexicon
from octavo.enrich.words import Word
from octavo.text.rarity import rarities

_INNER = frozenset("d' l' dell' de la le da das do dos di du des af av bin ibn bint al el van von ten ter zu".split())
"""Words in lower case that stand inside names: "Ursula von der Leyen", "Ministère de l'Intérieur"."""

_NO_INNER = {
    "de": frozenset("la le da das do di du des l' al el".split()),
    "en": frozenset("da do di des du das".split()),
    "nl": frozenset("al do das".split()),
}
"""Those that are plain words of a language."""

_SECOND = frozenset("la las los l' der den dem".split())
"""Words that may follow one of them: "de la", "von der"."""

_OF = {"en": frozenset({"of"}), "de": frozenset({"für", "der", "des"}), "es": frozenset({"del"})}
"""Words that stand inside the names of bodies alone: "Bank of England", "Bundesagentur für Arbeit"."""

_PERSON = 3
"""Words a person's name has at most beside the family name."""

_LINKING = frozenset("of für der des".split())
"""Words that stand inside names, and begin none."""

_PLAIN = 5.5
"""Zipf value from which a word is never the end of a name, nor its beginning where a sentence may begin."""

_NO_NAME = re.compile(r"\w{1,2}'\w{1,2}|[ivx]+(?:e|er|th)?")
"""Contractions ("I've") and centuries ("XXe")."""

_ABROAD = ("en", "fr", "es")
_ORDINARY = 4.25
_COMPOUND = 10
"""In German the Zipf value and the length from which a noun beside a name is no part of it, unless known abroad."""

_OPENERS = 4.6
"""Zipf value from which the first word of a sentence is taken for an ordinary word with a capital."""

_TITLE_CASE = 0.8
"""Share of capitalised words from which a line is set in title case and capitals say nothing."""

_NEVER_LOUD = frozenset("de lb ru uk be bg sr mk fr es it pt ca gl ro pl cs sk sl hr sv da no fi et lv lt hu".split())
"""Languages that do not set lines in title case: a line full of capitals is full of names, or of German nouns."""

_CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words first..last (inclusive) that may be a name, and its kind where its neighbours tell."""

    first: int
    last: int
    kind: EntityKind | None


def cased(text: str) -> bool:
    """Say whether capitals mean something here: the script has them, and the text is not set in capitals alone."""
    sample = text[:2000]
    upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    letters = sum(map(str.isalpha, sample))
    return lower > letters * 0.4 and lower > upper


def name_spans(found: Sequence[Word], language: str, known: Lexicon) -> list[tuple[int, int]]:
    """Find runs of capitalised words that are names; lines in title case are read by what the rest of the text says."""
    loud = frozenset() if language in _NEVER_LOUD else _title_case(found)
    inner = Counter(word.key for word in found if not word.starts and word.text[0].isupper() and word.start not in loud)
    low = {word.key for word in found if word.text[0].islower()}
    numbered = Counter((one.key, other.key) for one, other in pairwise(found) if other.joined and other.text.isdigit())
    evidence = _Evidence(language, known, inner, low, loud, numbered)
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(found):
        if not found[index].text[0].isupper():
            index += 1
            continue
        last = _run_end(found, index, evidence)
        kept = _trim(found, (index, last), evidence)
        index = last + 1
        if kept:
            spans.append(kept)
    return spans


@dataclass(frozen=True, slots=True)
class _Evidence:
    language: str
    known: Lexicon
    inner: Counter[str]
    low: set[str]
    loud: frozenset[int]
    numbered: Counter[tuple[str, str]]
    """How often a word is followed by a number: "Falcon 9" recurs, the score of a match does not."""


def _title_case(found: Sequence[Word]) -> frozenset[int]:
    """Give the places of words in lines where nearly every word has a capital."""
    loud: set[int] = set()
    sentence: list[Word] = []
    for word in [*found, None]:
        if word is None or word.starts:
            long = [other for other in sentence if len(other.text) > 3]
            if len(long) >= 4 and sum(other.text[0].isupper() for other in long) >= _TITLE_CASE * len(long):
                loud.update(other.start for other in sentence)
            sentence = []
        if word is not None:
            sentence.append(word)
    return frozenset(loud)


def _run_end(found: Sequence[Word], first: int, evidence: _Evidence) -> int:
    last = first
    while last + 1 < len(found) and last - first < 6 and found[last + 1].joined:
        if found[last].key.endswith("'s"):
            break
        following = found[last + 1]
        if following.text[0].isupper():
            last += 1
            continue
        if following.text.isdigit():
            recurs = len(following.text) <= 2 and evidence.numbered[found[last].key, following.key] > 1
            return last + 1 if recurs else last
        after = _over(found, first, last, evidence)
        if after == last:
            break
        last = after
    return last


def _over(found: Sequence[Word], first: int, last: int, evidence: _Evidence) -> int:
    """Give the capitalised word after the small words that join two parts of a name; `last` where none does."""
    key = found[last + 1].key
    inside = key in _INNER and key not in _NO_INNER.get(evidence.language, frozenset())
    if not inside and key in _OF.get(evidence.language, frozenset()):
        body = any(evidence.known.is_body(word.key) for word in found[first : last + 1])
        inside = body or (evidence.language == "en" and first == last)
    if not inside:
        return last
    after = last + 2
    if after < len(found) and found[after].joined and found[after].key in _SECOND and found[after].text[0].islower():
        after += 1
    fits = after < len(found) and found[after].joined and found[after].text[0].isupper()
    return after if fits else last


def _trim(found: Sequence[Word], span: tuple[int, int], evidence: _Evidence) -> tuple[int, int] | None:
    """Take from both ends what is no part of a name; None when nothing is left."""
    first, last = span
    zipf = rarities(evidence.language).zipf
    if found[first].start in evidence.loud:
        kept = _trim_loud(found, span, evidence)
    else:
        opens = found[first].starts and not evidence.inner[found[first].key]
        if opens and not _begins_a_person(found, span):
            key = found[first].key
            if key in evidence.low or zipf(key) >= _OPENERS or (first == last and not _odd(found[first], zipf(key))):
                first += 1
        kept = _trim_plain(found, (first, last), evidence)
    if kept is None:
        return None
    first, last = kept
    if evidence.language in _CAPITAL_NOUNS:
        return _german(found, first, last, evidence)
    if first == last and not _lone(found[first], evidence):
        return None
    return first, last


def _begins_a_person(found: Sequence[Word], span: tuple[int, int]) -> bool:
    """Say whether a short run is a given name and what follows it: "Will Harper", however common both are."""
    first, last = span
    return 0 < last - first < _PERSON and is_given(found[first].key) and not is_given(found[last].key)


def _lone(word: Word, evidence: _Evidence) -> bool:
    """Say whether a lone word may be a name: not one letter, not a contraction, not also written small."""
    if len(word.text) < 2 or word.key.endswith("'") or _NO_NAME.fullmatch(word.key):
        return False
    return word.key not in evidence.low or word.text.isupper()


def _trim_plain(found: Sequence[Word], span: tuple[int, int], evidence: _Evidence) -> tuple[int, int] | None:
    """Take off filler, and words too plain for a name."""
    first, last = span
    if _begins_a_person(found, span):
        return span
    filler = evidence.known.filler
    zipf = rarities(evidence.language).zipf

    def plain(word: Word) -> bool:
        noun = evidence.language in _CAPITAL_NOUNS and not word.starts
        return zipf(word.key) >= _PLAIN and not noun and not (word.text.isupper() and len(word.text) > 1)

    while first < last and found[first].starts and found[first].key in _INNER:
        first += 1
    while first <= last and (
        found[first].key in filler
        or found[first].key in _LINKING
        or found[first].text.isdigit()
        or (found[first].starts and plain(found[first]))
    ):
        first += 1
    while last >= first and (found[last].key in filler or found[last].key in _INNER or plain(found[last])):
        last -= 1
    if first > last or not any(map(str.isalpha, found[first].text)):
        return None
    return first, last


def _odd(word: Word, zipf: float) -> bool:
    """Say whether a lone word opening a sentence is a name by its looks: an acronym, or in no list of words."""
    return (word.text.isupper() and len(word.text) > 1) or zipf < 3.0


def _german(found: Sequence[Word], first: int, last: int, evidence: _Evidence) -> tuple[int, int] | None:
    """Where all nouns have capitals: take off ordinary nouns; a lone word must be an acronym, titled or in no list."""
    if not any(evidence.known.is_body(word.key) for word in found[first : last + 1]):
        while first < last and _ordinary(found[first], evidence) and not evidence.known.is_title(found[first].key):
            first += 1
        while last > first and _ordinary(found[last], evidence):
            last -= 1
    if last > first:
        return first, last
    word = found[first]
    if word.text.isupper() and len(word.text) > 1:
        return first, last
    titled = first > 0 and found[first].joined and evidence.known.is_title(found[first - 1].key)
    rare = rarities(evidence.language).zipf(word.key) < 3.0 and len(word.text) <= _COMPOUND
    return (first, last) if titled or rare else None


def _ordinary(word: Word, evidence: _Evidence) -> bool:
    """Say whether a German word is a noun like any other: a compound, or a common word unknown to other languages."""
    if evidence.known.is_body(word.key) or "-" in word.key or (word.text.isupper() and len(word.text) > 1):
        return False
    if len(word.key) >= _COMPOUND:
        return True
    if rarities(evidence.language).zipf(word.key) < _ORDINARY:
        return False
    return sum(rarities(language).holds(word.key) for language in _ABROAD) < 2


def _trim_loud(found: Sequence[Word], span: tuple[int, int], evidence: _Evidence) -> tuple[int, int] | None:
    """In title case keep the longest stretch of words that are names elsewhere in the text, or in no list of words."""
    zipf = rarities(evidence.language).zipf
    best: tuple[int, int] | None = None
    start = -1
    for index in range(span[0], span[1] + 2):
        word = found[index] if index <= span[1] else None
        good = word is not None and (
            evidence.inner[word.key] > 0
            or (word.key not in evidence.low and _odd(word, zipf(word.key.removesuffix("'s"))))
        )
        if good and start < 0:
            start = index
        if not good and start >= 0:
            if best is None or index - 1 - start > best[1] - best[0]:
                best = (start, index - 1)
            start = -1
    return best
