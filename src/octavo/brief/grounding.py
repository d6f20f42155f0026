"""Whether the tellings bear out a written sentence: the passages it rests on, or what of it stands nowhere.

Independent of any model, and strict: a name, a number, a day, a quotation or a denial that the cited passages do not
have is a reason not to show the sentence, and so is too little of its words (docs/explanation/checked-citations.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from octavo.brief.abroad import check_abroad
from octavo.brief.entailment import Signs, likelihood, signs
from octavo.brief.proofs import Fault, Ground, Reason, faults
from octavo.brief.quoting import misquoted
from octavo.brief.reading import Read, read_sentence
from octavo.brief.sources import Line, Sources
from octavo.domain.brief import Citation
from octavo.domain.telling import Telling
from octavo.text.words import words

TRIED = 3
"""Sentences that are tried as the one that is rested on most."""

MOST_CITED = 3

COVERED, MAIN = 0.72, 0.45
"""Share of its words, weighed, that must stand in what is cited, and in the main passage."""

SCORE = 0.5
"""Score from which a sentence is let through."""

_ADDS = 0.08
"""Share of the words, weighed, that a further passage must add."""

_LEAST = 3
"""Words of the shortest sentence that says anything."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passages that bear a sentence out, the main one first, or the reasons why none do; `score` from 0 to 1."""

    citations: tuple[Citation, ...]
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the sentence may be shown."""
        return bool(self.citations) and not self.reasons


class Grounds:
    """Tellings made ready, for checking many sentences."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.sources = Sources(tellings)

    def check(self, text: str, language: str = "") -> Verdict:
        """Check one sentence of plain text, in a language (BCP 47; "": that of most of the tellings)."""
        text = " ".join(text.split())
        primary = language.lower().partition("-")[0] or (self.sources.languages or ("",))[0]
        if len(words(text)) < _LEAST:
            return Verdict((), 0.0, (Reason(Fault.WORDS, text),))
        tried = [one for one in self._same_language(text, primary) if one]
        found = min(tried, key=lambda one: (bool(one.reasons), len(one.reasons), -one.score), default=None)
        if found is not None and found.holds:
            return found
        others = [source for source in self.sources.sources if source.words.language != primary]
        abroad = check_abroad(text, primary, self.sources) if others else None
        if abroad is not None:
            return Verdict(tuple(map(cite, abroad)), SCORE)
        return found or Verdict((), 0.0, (Reason(Fault.WORDS if not others else Fault.LANGUAGE, text),))

    def _same_language(self, text: str, language: str) -> Iterator[Verdict]:
        names = self.sources.names(language)
        likely = self.sources.likely(read_sentence(text, language, None, names))
        read: dict[object, Read] = {}
        for main in likely[:TRIED]:
            written = main.source.written
            if written not in read:
                read[written] = read_sentence(text, language, written, names)
            found = _against(read[written], main, likely, self.sources)
            yield found
            if found.holds and found.score > 0.9:
                return


def check(text: str, tellings: Sequence[Telling], language: str = "") -> Verdict:
    """Check one sentence against some tellings; for several sentences make `Grounds` once."""
    return Grounds(tellings).check(text, language)


def measured(text: str, grounds: Grounds, language: str) -> Signs | None:
    """Give the signs of a sentence against what it rests on most, for fitting the weights; None where nothing does."""
    read = read_sentence(text, language, None, grounds.sources.names(language))
    likely = grounds.sources.likely(read)
    if not likely:
        return None
    ground = _ground(read, likely[0], likely, grounds.sources)
    return signs(read, ground.main, ground.cited)


def _against(stated: Read, main: Line, likely: Sequence[Line], sources: Sources) -> Verdict:
    ground = _ground(stated, main, likely, sources)
    quoted, reasons = misquoted(stated, ground, sources)
    if quoted:
        cited = tuple(dict.fromkeys((main, *quoted, *ground.beside)))[: max(MOST_CITED, 1 + len(quoted))]
        ground = replace(ground, beside=cited[1:])
    reasons += list(faults(stated, ground))
    measured_signs = signs(stated, ground.main, ground.cited)
    score = likelihood(measured_signs)
    if measured_signs.covered < COVERED or measured_signs.main < MAIN or (score < SCORE and not reasons):
        missing = _missing(stated, ground)
        reasons.append(Reason(Fault.WORDS, missing or stated.text))
    unique = tuple(dict.fromkeys(reasons))
    return Verdict(tuple(map(cite, ground.cited)), score, unique)


def _ground(stated: Read, main: Line, likely: Sequence[Line], sources: Sources) -> Ground:
    """Choose what stands beside the main sentence: what adds most of the words and names it lacks."""
    weight = {one: held for one, held in zip(stated.stems, stated.weights, strict=True) if one}
    total = sum(weight.values()) or 1.0
    needed = {stated.stems[place] for place in stated.names}
    missing = {one for one in weight if one not in main.read.stems}
    beside: list[Line] = []
    near = sources.near(main)
    others = [*near, *(one for one in likely if one is not main and one not in near)]
    while len(beside) < MOST_CITED - 1 and missing:
        gains = [
            (sum(weight[word] * (1 + (word in needed)) for word in missing if word in one.read.stems), -number, one)
            for number, one in enumerate(others)
            if one not in beside
        ]
        gain, _, line = max(gains, key=lambda gained: gained[:2], default=(0.0, 0, main))
        if gain < _ADDS * total:
            break
        beside.append(line)
        missing -= set(line.read.stems)
    rest = tuple(one for one in likely if one is not main and one not in beside)
    ahead = likely[: likely.index(main)] if main in likely else ()
    likelier = tuple(one for one in ahead if one.source is main.source)
    return Ground(main, tuple(beside), rest, tuple(near), likelier)


def _missing(stated: Read, ground: Ground) -> str:
    held = {one for line in ground.cited for one in line.read.stems}
    gone = [
        stated.text[token.start : token.end]
        for token, one, weight in zip(stated.tokens, stated.stems, stated.weights, strict=True)
        if one and one not in held and weight >= 1.0
    ]
    return ("" if stated.words.spaceless else " ").join(gone)


def cite(line: Line) -> Citation:
    """Cite a sentence of a telling as it is stored now."""
    return Citation(line.passage, line.source.version)
