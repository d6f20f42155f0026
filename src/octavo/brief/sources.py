"""Tellings made ready to hold sentences to: their sentences, by the words in them, each read when it is needed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from octavo.brief.reading import Read, read_sentence
from octavo.brief.runs import Run, runs
from octavo.brief.slots import Slot, slot
from octavo.brief.wording import Wording, stem, wording
from octavo.domain.telling import Passage, Telling
from octavo.enrich.entities import find_mentions
from octavo.enrich.words import words as enrich_words
from octavo.relate.tellings import passages, written_on
from octavo.relate.utterances import Utterance, utterances
from octavo.text.folding import fold
from octavo.text.tokens import Token, tokenise
from octavo.text.versions import version_of

LIKELY = 6
"""Sentences looked at for one that is to be borne out."""

NEAR = 3
"""Sentences on either side that may say who or what is meant."""

_LONG_WORD = 3
_HEAD = 3
_LONGEST = 20_000
_PARTICLES = frozenset("de du des der den von van la le el al of the and und et y e da do dos di".split())


def head(key: str) -> str:
    """Give the letters all forms of a name begin with."""
    return fold(key[:_HEAD])[:_HEAD]


@dataclass(eq=False)
class Line:
    """One sentence of a telling; `number` counts through all of them."""

    number: int
    source: "Source"
    passage: Passage
    _slots: dict[tuple[int, int], Slot] = field(default_factory=dict)

    @cached_property
    def read(self) -> Read:
        """It as it is compared."""
        source = self.source
        return read_sentence(self.passage.text, source.telling.language, source.written, source.names)

    @cached_property
    def runs(self) -> list[Run]:
        """Its names."""
        return runs(self.read)

    @cached_property
    def heads(self) -> dict[str, list[int]]:
        """Its tokens by how they begin."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.read.tokens):
            found[head(token.key)].append(place)
        return found

    def slot(self, first: int, last: int) -> Slot:
        """Give the place of some tokens in it."""
        found = self._slots.get((first, last))
        if found is None:
            found = self._slots[first, last] = slot(self.read, first, last)
        return found


@dataclass(eq=False)
class Source:
    """One telling: its day, its version, and the words that are names in it."""

    telling: Telling
    words: Wording

    @cached_property
    def written(self) -> date | None:
        """The day it was written."""
        return written_on(self.telling)

    @cached_property
    def version(self) -> str:
        """The name of its wording now."""
        return version_of(self.telling.wording)

    @cached_property
    def folded(self) -> str:
        """All its words, folded, one space between them."""
        return fold(" ".join(" ".join(self.telling.wording).split()))

    @cached_property
    def said(self) -> tuple[Utterance, ...]:
        """What people say in it."""
        return utterances(self.telling)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of its names, in lower case; whole names where there are no spaces."""
        listed = [name for _, name in self.telling.names]
        if not listed and (self.words.caseless or self.words.language == "de"):
            text = "\n".join(self.telling.wording)[:_LONGEST]
            found = find_mentions(text, enrich_words(text, self.words.language), self.words.language)
            listed = [text[one.start : one.end] for one in found]
        if self.words.spaceless:
            return frozenset(listed)
        parts = {token.key for name in listed for token in tokenise(name, self.words.language)}
        return frozenset(part for part in parts - _PARTICLES if len(part) > 1 and part[0].isalpha())


class Sources:
    """The tellings a sentence may rest on, prepared once for many sentences."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.sources = [Source(telling, wording(telling.language)) for telling in tellings]
        self.lines: list[Line] = []
        self._by_stem: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.inner: dict[str, set[str]] = defaultdict(set)
        self._small: dict[str, set[str]] = defaultdict(set)
        for source in self.sources:
            language = source.words.language
            for passage in passages(source.telling, headline=True):
                line = Line(len(self.lines), source, passage)
                self.lines.append(line)
                tokens = tokenise(passage.text, language)
                for one in {stem(token.key, language) for token in tokens if token.key[:1].isalnum()}:
                    self._by_stem[language][one].append(line.number)
                self._note(tokens, language)
        for language, small in self._small.items():
            self.inner[language] -= small

    def _note(self, tokens: Sequence[Token], language: str) -> None:
        """Note the words that have a capital within a sentence, and those that are written small."""
        long = [token for token in tokens if len(token.key) > _LONG_WORD]
        if sum(token.capital for token in long) > len(long) / 2:
            return
        self._small[language] |= {token.key for token in tokens if not token.capital}
        self.inner[language] |= {
            token.key for before, token in pairwise(tokens) if token.capital and before.key[:1].isalnum()
        }

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the tellings, the commonest first."""
        return tuple(one for one, _ in Counter(source.words.language for source in self.sources).most_common())

    def names(self, language: str) -> frozenset[str]:
        """The words that are names in the tellings of a language."""
        listed = [source.names for source in self.sources if source.words.language == language]
        cased = language != "de" and not wording(language).caseless
        return frozenset().union(*listed, self.inner[language] if cased else ())

    def likely(self, stated: Read) -> list[Line]:
        """Give the sentences of the same language that share most with a stated one, the likeliest first."""
        found: dict[int, float] = defaultdict(float)
        held = self._by_stem.get(stated.language, {})
        weights: dict[str, float] = {}
        for one, weight in zip(stated.stems, stated.weights, strict=True):
            weights[one] = max(weight, weights.get(one, 0.0))
        for one, weight in weights.items():
            for number in held.get(one, ()) if one else ():
                found[number] += weight
        ranked = sorted(found, key=lambda number: (-found[number], number))
        return [self.lines[number] for number in ranked[:LIKELY]]

    def near(self, line: Line) -> list[Line]:
        """Give the sentences around one, of the same telling, the nearest first."""
        span = range(max(0, line.number - NEAR), min(len(self.lines), line.number + NEAR + 1))
        others = [self.lines[number] for number in span if number != line.number]
        kept = [one for one in others if one.source is line.source]
        return sorted(kept, key=lambda one: (abs(one.number - line.number), one.number))
