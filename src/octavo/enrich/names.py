"""Where names may stand in a text: runs of capitals, or the words beside them in scripts without capitals."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.domain.enrichment import EntityKind
from octavo.enrich.lexicon import Lexicon
from octavo.enrich.words import Word, fold, rarities

_INNER = frozenset(
    "d' l' dell' of de la le del van von der den bin ibn bint al el da das do dos di du des y ter ten af av zu und "
    "für".split()
)
"""Words in lower case that stand inside names: "Bank of England", "Ursula von der Leyen"."""

_OPENERS = 4.6
"""Zipf value from which the first word of a sentence is taken for an ordinary word with a capital."""

_TITLE_CASE = 0.7
"""Share of capitalised words from which a line is set in title case and capitals say nothing."""

_QUOTED = re.compile('[«“"„「『]([^«»“”"„「」『』\n]{2,40})[»”"“」』]')
_CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital."""

_AFTER_TITLE = 2
"""Words taken for a name after a title in a script without capitals."""


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
    loud = _title_case(found)
    inner = Counter(word.key for word in found if not word.starts and word.text[0].isupper() and word.start not in loud)
    low = {word.key for word in found if word.text[0].islower()}
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(found):
        if not found[index].text[0].isupper():
            index += 1
            continue
        last = _run_end(found, index)
        first = index
        index = last + 1
        kept = _trim(found, (first, last), _Evidence(language, known, inner, low, loud))
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


def _run_end(found: Sequence[Word], first: int) -> int:
    last = first
    while last + 1 < len(found) and last - first < 6 and found[last + 1].joined:
        if found[last].key.endswith("'s"):
            break
        following = found[last + 1]
        if following.text[0].isupper():
            last += 1
        elif (
            following.key in _INNER
            and last + 2 < len(found)
            and found[last + 2].joined
            and found[last + 2].text[0].isupper()
        ):
            last += 2
        elif following.text.isdigit() and len(following.text) <= 2 and last - first < 2:
            return last + 1
        else:
            break
    return last


def _trim(found: Sequence[Word], span: tuple[int, int], evidence: _Evidence) -> tuple[int, int] | None:
    """Take from both ends what is no part of a name; None when nothing is left."""
    first, last = span
    zipf = rarities(evidence.language).zipf
    if found[first].start in evidence.loud:
        return _trim_loud(found, span, evidence)
    while first <= last and found[first].starts and not evidence.inner[found[first].key]:
        key = found[first].key
        if key in evidence.low or zipf(key) >= _OPENERS or (first == last and not _odd(found[first], zipf(key))):
            first += 1
        break
    while first <= last and found[first].key in evidence.known.filler:
        first += 1
    while last >= first and (found[last].key in evidence.known.filler or found[last].key in _INNER):
        last -= 1
    if first > last or (first == last and len(found[first].text) < 2):
        return None
    if evidence.language in _CAPITAL_NOUNS and not _german(found, first, last, evidence):
        return None
    if first == last and found[first].key in evidence.low and not found[first].text.isupper():
        return None
    return first, last


def _odd(word: Word, zipf: float) -> bool:
    """Say whether a lone word opening a sentence is a name by its looks: an acronym, or in no list of words."""
    return (word.text.isupper() and len(word.text) > 1) or zipf < 3.0


def _german(found: Sequence[Word], first: int, last: int, evidence: _Evidence) -> bool:
    """Where all nouns have capitals: two words in a row, an acronym, or a word in no list of words and no compound."""
    if last > first:
        return True
    word = found[first]
    if word.text.isupper() and len(word.text) > 1:
        return True
    titled = first > 0 and found[first].joined and found[first - 1].key in evidence.known.titles
    return titled or (rarities(evidence.language).zipf(word.key) < 3.0 and len(word.text) <= 9)


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


def caseless_spans(text: str, found: Sequence[Word], known: Lexicon, keywords: Sequence[str]) -> list[Span]:
    """Find names where a script has no capitals: beside titles and kinds of bodies, in quotes, among the keywords."""
    spans: list[Span] = []
    taken: set[int] = set()
    by_start = {word.start: index for index, word in enumerate(found)}
    by_end = {word.end: index for index, word in enumerate(found)}

    def take(first: int, last: int, kind: EntityKind | None) -> None:
        if not taken.intersection(range(first, last + 1)):
            taken.update(range(first, last + 1))
            spans.append(Span(first, last, kind))

    for phrase in [*keywords, *_QUOTED.findall(text)]:
        start = text.find(phrase) if len(phrase) > 1 else -1
        while start >= 0:
            first, last = by_start.get(start), by_end.get(start + len(phrase))
            if first is not None and last is not None and last - first < 4:
                take(first, last, None)
            start = text.find(phrase, start + len(phrase))
    for index, word in enumerate(found):
        if word.key in known.titles:
            last = _follow(found, index, known)
            if last > index:
                take(index + 1, last, EntityKind.PERSON)
        elif word.key in known.organisations and index + 1 < len(found) and found[index + 1].joined:
            take(index, index + 1, EntityKind.ORGANISATION)
    return sorted(spans, key=lambda span: span.first)


def _follow(found: Sequence[Word], index: int, known: Lexicon) -> int:
    """Give the last of the words after a title that look like a name: further titles are passed over."""
    last = index
    while last + 1 < len(found) and last - index < _AFTER_TITLE and found[last + 1].joined:
        following = found[last + 1]
        if following.key in known.titles or following.key in known.filler or following.text[0].isdigit():
            break
        if rarities("ar").zipf(fold(following.text)) > 5.0:
            break
        last += 1
    return last
