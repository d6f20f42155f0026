"""How outlets tell one story differently, without any model: of each the sentence that sets it apart."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from octavo.brief.lines import Line, lines, quote, standing
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.telling import Telling
from octavo.relate.differences import differences
from octavo.relate.tellings import voice

MOST = 6
"""Outlets that are set beside each other."""

_READ = 24
_TWO = 2
_ALONE = 1.0
"""What counts for a sentence that holds what this outlet alone reports, or states otherwise than another."""


def perspectives(tellings: Sequence[Telling], now: datetime, found: Sequence[Difference] | None = None) -> Brief:
    """Choose one sentence a voice, labelled with its publisher, that the others' articles say least of.

    Outlets that carry one agency's text, or one owner's, are one voice. `found` is what differs in the story, where it
    was read before. None where fewer than two outlets can be heard.
    """
    language = tellings[0].language if tellings else ""
    voices: dict[str, list[Line]] = {}
    for telling in tellings:
        if telling.paragraphs and voice(telling) not in voices:
            held = lines(telling, most=_READ)
            if any(standing(held)):
                voices[voice(telling)] = held
    heard = list(voices.values())[: MOST * 2]
    if len(heard) < _TWO:
        return Brief(BriefKind.PERSPECTIVES, language, (), now)
    apart = _apart(differences(tellings) if found is None else found)
    spread = _spread(heard)
    chosen = [max(standing(held), key=lambda one: _worth(one, spread, apart)) for held in heard]
    chosen = sorted(chosen, key=lambda one: -_worth(one, spread, apart))[:MOST]
    chosen.sort(key=lambda one: (one.telling.at, one.telling.id))
    spoken = tuple(quote(one.passage, one.telling, one.telling.publisher) for one in chosen)
    return Brief(BriefKind.PERSPECTIVES, language, spoken, now)


def _apart(found: Sequence[Difference]) -> Mapping[tuple[int, int], Sequence[tuple[int, int]]]:
    """Give where passages stand that one outlet alone has, or that others contradict, by article and part."""
    places: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        if one.kind in {DifferenceKind.OUTLETS, DifferenceKind.ONLY_HERE}:
            for passage in one.passages:
                places[passage.article_id, passage.part].append((passage.start, passage.end))
    return places


def _spread(heard: Sequence[Sequence[Line]]) -> Counter[str]:
    """Count in how many voices each word stands."""
    return Counter(word for held in heard for word in {term for line in held for term in line.terms})


def _worth(line: Line, spread: Mapping[str, int], apart: Mapping[tuple[int, int], Sequence[tuple[int, int]]]) -> float:
    own = sum(weight for term, weight in line.terms.items() if spread[term] == 1)
    whole = sum(line.terms.values()) or 1.0
    passage = line.passage
    alone = any(
        start < passage.end and end > passage.start for start, end in apart.get((passage.article_id, passage.part), ())
    )
    return (own / (whole + 8.0) + _ALONE * alone) / (1 + line.number / 10)
