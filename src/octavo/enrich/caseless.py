"""Where names may stand in scripts without capitals: beside titles, in quotes, among the keywords."""

import re
from collections.abc import Sequence

from octavo.domain.enrichment import EntityKind
from octavo.enrich.lexicon import Lexicon
from octavo.enrich.names import Span
from octavo.enrich.words import Word, fold, spaceless
from octavo.text.rarity import rarities

_QUOTED = re.compile('[«“"„「『]([^«»“”"„「」『』\n]{2,40})[»”"“」』]')

_AFTER_TITLE = 2
"""Words taken for a name after a title."""

_COMMON = 5.0
"""Zipf value from which a word beside a title is no name."""

_QUOTED_WORDS = 3
"""Words in quotes up to which they may be a name; more are speech."""

_NAME = 4.3
"""Zipf value under which a further word before a title may be the first half of the name."""

_IDEOGRAPHS = re.compile("[\u30a0-\u30ff\u3400-\u9fff\u3005・\uac00-\ud7a3]{1,8}")
"""What names are written with in Chinese and Japanese."""


def caseless_spans(
    text: str, found: Sequence[Word], language: str, known: Lexicon, keywords: Sequence[str]
) -> list[Span]:
    """Find the names of a text, in order, none inside another."""
    spans: list[Span] = []
    taken: set[int] = set()

    def take(first: int, last: int, kind: EntityKind | None) -> None:
        if not taken.intersection(range(first, last + 1)):
            taken.update(range(first, last + 1))
            spans.append(Span(first, last, kind))

    for first, last in _marked(text, found, language, keywords):
        take(first, last, None)
    beside = _behind if spaceless(language) or language == "ko" else _before
    for index in range(len(found)):
        span = beside(found, index, language, known)
        if span:
            take(*span)
    return sorted(spans, key=lambda span: span.first)


def _marked(text: str, found: Sequence[Word], language: str, keywords: Sequence[str]) -> list[tuple[int, int]]:
    """Find every place of the publisher's keywords, and of what is quoted and short enough for a name."""
    by_start = {word.start: index for index, word in enumerate(found)}
    by_end = {word.end: index for index, word in enumerate(found)}
    quoted = [phrase for phrase in _QUOTED.findall(text) if _may_name(phrase, text, language)]
    places = []
    for phrase in dict.fromkeys([*keywords, *quoted]):
        start = text.find(phrase) if len(phrase) > 1 else -1
        while start >= 0:
            first, last = by_start.get(start), by_end.get(start + len(phrase))
            if first is not None and last is not None and last - first < 4:
                places.append((first, last))
            start = text.find(phrase, start + len(phrase))
    return places


def _may_name(phrase: str, text: str, language: str) -> bool:
    """Tell a quoted name from quoted speech: it is short, and written more than once or without grammar."""
    if text.count(phrase) > 1:
        return True
    if spaceless(language):
        return bool(_IDEOGRAPHS.fullmatch(phrase))
    parts = phrase.split()
    if len(parts) > _QUOTED_WORDS:
        return False
    zipf = rarities(language).zipf
    return all(zipf(fold(part)) < 3.6 for part in parts)


def _before(found: Sequence[Word], index: int, language: str, known: Lexicon) -> tuple[int, int, EntityKind] | None:
    """Read a title or a kind of body that stands before the name: Arabic, Persian, Hebrew, Hindi."""
    word = found[index]
    if word.key in known.titles:
        last = _follow(found, index, language, known)
        return (index + 1, last, EntityKind.PERSON) if last > index else None
    if word.key in known.organisations and index + 1 < len(found) and found[index + 1].joined:
        return index, index + 1, EntityKind.ORGANISATION
    return None


def _follow(found: Sequence[Word], index: int, language: str, known: Lexicon) -> int:
    """Give the last of the words after a title that look like a name: further titles are passed over."""
    last = index
    zipf = rarities(language).zipf
    while last + 1 < len(found) and last - index < _AFTER_TITLE and found[last + 1].joined:
        following = found[last + 1]
        if following.key in known.titles or following.key in known.filler or following.text[0].isdigit():
            break
        if zipf(following.key) > _COMMON:
            break
        last += 1
    return last


def _behind(found: Sequence[Word], index: int, language: str, known: Lexicon) -> tuple[int, int, EntityKind] | None:
    """Read a title or a kind of body that stands after the name: Chinese, Japanese, Korean."""
    word = found[index]
    titled = word.key in known.titles
    if not titled and word.key not in known.organisations:
        return None
    first = index
    zipf = rarities(language).zipf
    written = ""
    while first > 0 and found[first].joined and len(written) < (2 if titled and language == "zh" else 4):
        before = found[first - 1]
        ordinary = before.key in known.filler or before.key in known.titles or zipf(before.key) > _COMMON
        if ordinary or not _IDEOGRAPHS.fullmatch(before.text) or len(before.text + written) > 8:
            break
        if titled and len(written) > 1 and zipf(before.key) > _NAME:
            break
        first -= 1
        written = before.text + written
    if len(written) < 2:
        return None
    return (first, index - 1, EntityKind.PERSON) if titled else (first, index, EntityKind.ORGANISATION)
