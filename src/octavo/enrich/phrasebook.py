"""Known phrases found in a text: names of bodies and people, words of themes, with the endings languages add."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from octavo.enrich.words import Word, fold

_WORD = re.compile(r"[^\W_](?:[\w\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u0900-\u097f'’ʼ\"״.+&]|[-‑](?=\w))*")
_CUT = {
    **dict.fromkeys("ru uk be bg sr mk".split(), 3),
    **dict.fromkeys("pl cs sk sl hr bs lt lv el ro".split(), 2),
    **dict.fromkeys("de et fi hu tr az kk uz".split(), 1),
}
"""Letters at the end of a word that endings may replace, by language."""

_STEM = 5
_ENDING = {"de": 2}
"""Letters of a word that must agree at least, and by how many its length may differ: four, fewer in German."""

_START = 3
"""Letters by which most words are told at once to begin no phrase."""

_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A known phrase in place: words first..last (inclusive), and what it stands for."""

    first: int
    last: int
    meaning: str


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    meaning: str
    capitals: bool
    """Written in capitals, and read only so: "WHO"."""
    named: bool
    """Begins with a capital where the script has them."""


class Phrasebook:
    """Phrases of one language by their first word, or by first character for Chinese and Japanese."""

    def __init__(self, forms: Iterable[tuple[str, str]], language: str) -> None:
        """Take (form, meaning) pairs; `*` at a word's end stands for any ending, "fr:CPI" is for French alone."""
        self._cut, self._longest = _CUT.get(language, 0), _ENDING.get(language, 4)
        self._arabic = language in {"ar", "fa", "ur", "ps", "ckb"}
        self._by_first: dict[str, list[_Form]] = defaultdict(list)
        self._eastern: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for form, meaning in forms:
            said, colon, rest = form.partition(":")
            if colon and len(said) == 2 and said != language:
                continue
            self._enter(rest if colon and len(said) == 2 else form, meaning)
        for listed in self._eastern.values():
            listed.sort(key=lambda pair: -len(pair[0]))
        for forms_of in self._by_first.values():
            forms_of.sort(key=lambda form: -len(form.words))
        self._prefixes = frozenset(key[:-1] for key in self._by_first if key.endswith("*"))
        self._start = min([_START, *map(len, self._prefixes)])
        self._starts = frozenset(key.rstrip("*")[: self._start] for key in self._by_first)
        self._heads = frozenset(len(prefix) for prefix in self._prefixes)

    def _enter(self, form: str, meaning: str) -> None:
        if _EASTERN.search(form):
            self._eastern[form[0]].append((form, meaning))
            return
        words = tuple(
            fold(word).removesuffix(".") + ("*" if form[end : end + 1] == "*" else "")
            for word, end in ((match.group(), match.end()) for match in _WORD.finditer(form))
        )
        if not words:
            return
        capitals = form.isupper() and form.isascii() and len(form) <= 6 and len(words) == 1
        head = words[0]
        if self._cut and not capitals and not head.endswith("*") and len(head) >= _STEM and form[0].isalpha():
            head = f"{head[: max(_STEM - 1, len(head) - self._cut)]}*"
        self._by_first[head].append(_Form(words, meaning, capitals, form[0].isupper()))

    def find(self, text: str, found: Sequence[Word]) -> list[Found]:
        """Find every known phrase, in order, the longest first where two overlap."""
        spans = [*self._find_eastern(text, found), *self._find_words(found)]
        spans.sort(key=lambda one: (one.first, -one.last))
        kept: list[Found] = []
        for span in spans:
            if not kept or span.first > kept[-1].last:
                kept.append(span)
        return kept

    def _find_words(self, found: Sequence[Word]) -> list[Found]:
        spans = []
        looked: dict[str, tuple[_Form, ...]] = {}
        for index, word in enumerate(found):
            forms = looked.get(word.key)
            if forms is None:
                forms = looked[word.key] = self._forms(word.key)
            if not forms:
                continue
            span = next((one for form in forms if (one := self._match(found, index, form))), None)
            if span:
                spans.append(span)
        return spans

    def _forms(self, key: str) -> tuple[_Form, ...]:
        """Give the forms that may begin with a word."""
        if not self._arabic and key[: self._start] not in self._starts:
            return ()
        return tuple(self._all_forms(key))

    def _all_forms(self, key: str) -> Iterable[_Form]:
        keys = [key, key.removesuffix("'s")] if key.endswith("'s") else [key]
        if self._arabic:
            keys += [key[cut:] for cut in (1, 2) if key[0] in "وفبلك" and len(key) - cut >= 3]
            if key.startswith("لل"):
                keys.append(f"ال{key[2:]}")
        for one in keys:
            yield from self._by_first.get(one, ())
            for length in self._heads:
                if one[:length] in self._prefixes and length <= len(one):
                    yield from self._by_first[f"{one[:length]}*"]

    def _match(self, found: Sequence[Word], index: int, form: _Form) -> Found | None:
        last = index + len(form.words) - 1
        if last >= len(found):
            return None
        head = found[index]
        if form.capitals and not head.text.removesuffix("'s").removesuffix("’s").isupper():
            return None
        if form.named and head.text[0].islower():
            return None
        if not self._alike(head.key, form.words[0], first=True):
            return None
        for offset in range(1, len(form.words)):
            word = found[index + offset]
            if word.starts or not self._alike(word.key, form.words[offset], first=False):
                return None
        return Found(index, last, form.meaning)

    def _alike(self, key: str, pattern: str, *, first: bool) -> bool:
        """Compare a word with one of a form: the same, with any ending after `*`, or with the language's endings."""
        key = key.removesuffix("'s")
        if pattern.endswith("*"):
            stem = pattern[:-1]
            return key.startswith(stem) or (self._arabic and first and key[1:].startswith(stem))
        if key == pattern:
            return True
        if self._arabic and first and key.endswith(pattern[2:] if key.startswith("لل") else pattern):
            return len(key) - len(pattern) <= 2
        if not self._cut or len(pattern) < _STEM:
            return False
        stem = pattern[: max(_STEM - 1, len(pattern) - self._cut)] if len(pattern) > _STEM else pattern
        return key.startswith(stem) and abs(len(key) - len(pattern)) <= self._longest

    def _find_eastern(self, text: str, found: Sequence[Word]) -> list[Found]:
        """Look for phrases among characters, whatever words the text was cut into."""
        if not self._eastern or not _EASTERN.search(text):
            return []
        starts = {word.start: index for index, word in enumerate(found)}
        ends = {word.end: index for index, word in enumerate(found)}
        spans = []
        place = 0
        while place < len(text):
            listed = self._eastern.get(text[place])
            hit = next((pair for pair in listed or () if text.startswith(pair[0], place)), None)
            if hit:
                form, meaning = hit
                first, last = _around(starts, place, -1), _around(ends, place + len(form), 1)
                if first is not None and last is not None and first <= last:
                    spans.append(Found(first, last, meaning))
                    place += len(form)
                    continue
            place += 1
        return spans


def _around(places: Mapping[int, int], place: int, step: int) -> int | None:
    """Give the word that begins (or ends) at a place, or up to two characters outside it."""
    for distance in range(3):
        found = places.get(place + step * distance)
        if found is not None:
            return found
    return None
