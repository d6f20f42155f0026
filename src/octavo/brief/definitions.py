"""What a name or a term in an article means, without any model: the sentence that introduces it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from octavo.brief.addressed import Aim
from octavo.brief.introducing import introduces
from octavo.brief.lines import Line, joined, lines, overlap, readable, spoken, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import STANDFIRST, Telling
from octavo.text.quotes import find_quoted

_AGAIN = 0.6
_MOST = 2
_LONGEST_TERM = 80
_LEAST = 1.0
_LATER = 0.05
"""What a sentence loses for each one before it that has the name: most are introduced where they come first."""

_FAMILY = 0.25
"""What it loses where it has the family name alone."""

_SECOND = 1.5
"""What a second sentence must be worth."""


def definition(term: str, telling: Telling, tellings: Sequence[Telling], now: datetime) -> Brief:
    """Choose up to two sentences that say who or what `term` is: from the article itself, else from the `tellings`."""
    wanted = " ".join(term.split())[:_LONGEST_TERM]
    found = list(_introducing(wanted, telling))
    if not found:
        others = [one for one in tellings if one.id != telling.id and one.language == telling.language]
        found = [pair for one in others for pair in _introducing(wanted, one)]
    found.sort(key=lambda pair: -pair[0])
    chosen: list[Line] = []
    for worth, line in found:
        fresh = all(overlap(line.terms, one.terms) < _AGAIN for one in chosen)
        if len(chosen) < _MOST and fresh and (not chosen or worth >= _SECOND):
            chosen.append(line)
    return Brief(BriefKind.DEFINITION, telling.language, statements(chosen), now, question=wanted)


def _introducing(term: str, telling: Telling) -> Iterator[tuple[float, Line]]:
    """Give the sentences that introduce a term, with how plainly they do; the first is where most are introduced."""
    wanted = _as_written(term, telling)
    family = _family(wanted, telling)
    seen = 0
    held = lines(telling, standfirst=True)
    for number, line in enumerate(held):
        text = line.passage.text
        name = wanted if wanted in text else family
        if not name or name not in text:
            continue
        worth = introduces(name, text, telling.language, line.names) - _LATER * seen - _FAMILY * (name != wanted)
        seen += 1
        shown = _shown(held, number) if worth >= _LEAST else None
        if shown:
            yield worth, shown


def _as_written(term: str, telling: Telling) -> str:
    """Give a term as the article writes it, capitals and all."""
    for part in telling.wording:
        at = part.lower().find(term.lower())
        if at >= 0 and len(part.lower()) == len(part):
            return part[at : at + len(term)]
    return term


def _family(name: str, telling: Telling) -> str:
    """Give the last word of a person's whole name where the article has both, and nobody else of that name."""
    first, _, last = name.rpartition(" ")
    if not first or not last[:1].isupper() or not any(name in part for part in telling.wording):
        return ""
    others = {whole for _, whole in telling.names if whole.endswith(f" {last}") and not whole.endswith(name)}
    return "" if others else last


def _shown(held: Sequence[Line], number: int) -> Line | None:
    """Give a sentence as it may be shown: by itself, or behind those it points back at.

    What points back within somebody's speech does no harm here: it is not what the reader asked about.
    """
    line = held[number]
    passage = line.passage
    if line.aim is Aim.AIMED:
        return None
    if passage.part == STANDFIRST and not line.leans and readable(f"{passage.text}."):
        return line
    if line.cut:
        whole = spoken(held, number)
        return whole if whole and (not whole.leans or _opens_quoted(whole)) else None
    if line.shown and (not line.leans or _opens_quoted(line)):
        return line
    return joined(held, number) if line.leans else None


def _opens_quoted(line: Line) -> bool:
    return any(one.start <= 1 for one in find_quoted(line.passage.text)[:1])
