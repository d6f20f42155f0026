"""Quotation marks of a written sentence: only round words a source has letter for letter, said by the same."""

from collections.abc import Sequence

from octavo.brief.naming import same_name
from octavo.brief.proofs import Fault, Ground, Reason
from octavo.brief.reading import Read
from octavo.brief.sources import Line, Source, Sources
from octavo.domain.ids import PublisherId
from octavo.domain.telling import Telling
from octavo.relate.utterances import Utterance, utterances
from octavo.text.quotes import find_quoted
from octavo.text.words import words

_TRIMMED = " \u00a0,.，。"
_HELD_APART = 3
"""Words from which a part of what a source quotes may be quoted; fewer must be the whole of it."""


def misquoted(stated: Read, ground: Ground, sources: Sources) -> tuple[tuple[Line, ...], list[Reason]]:
    """Give the sentences that hold what is quoted, and the reasons why a quotation is none."""
    lines: list[Line] = []
    reasons: list[Reason] = []
    order = [ground.main.source, *(one for one in sources.sources if one is not ground.main.source)]
    for quoted in stated.quotes:
        text = stated.text[quoted.start : quoted.end].strip(_TRIMMED)
        if not text:
            continue
        found = [ground.main] if _within(text, ground.main) else []
        found = found or next((places for source in order if (places := _places(text, source, sources))), [])
        if not found:
            reasons.append(Reason(Fault.QUOTE, text))
            continue
        lines += [line for line in found if line not in lines]
        if not _same_speaker(stated, text, found):
            reasons.append(Reason(Fault.SPEAKER, text))
    return tuple(lines), reasons


def _within(text: str, line: Line) -> bool:
    """Say whether some words are quoted in one sentence: a whole run of them, or a good part of one."""
    held = line.passage.text
    runs = [held[one.start : one.end].strip(_TRIMMED) for one in find_quoted(held)]
    return any(_part_of(text, run) for run in runs)


def _part_of(text: str, run: str) -> bool:
    """Say whether words are a run in marks, or stand in one that is long; two words of a title of three are not it."""
    return text == run or (len(words(text)) >= _HELD_APART and text in run)


def _places(text: str, source: Source, sources: Sources) -> list[Line]:
    """Give the sentences of a source in which some words stand between quotation marks."""
    telling = source.telling
    for part in telling.parts:
        held = telling.part(part)
        at = held.find(text)
        while at >= 0:
            end = at + len(text)
            runs = [held[one.start : one.end].strip(_TRIMMED) for one in find_quoted(held) if one.start <= at < one.end]
            if any(_part_of(text, run) for run in runs) or (
                len(words(text)) >= _HELD_APART and _spoken(source, part, at, end)
            ):
                lines = [line for line in sources.lines if line.source is source and line.passage.part == part]
                return [line for line in lines if line.passage.start < end and line.passage.end > at]
            at = held.find(text, at + 1)
    return []


def _spoken(source: Source, part: int, start: int, end: int) -> bool:
    return any(
        one.passage.part == part and one.passage.start <= start and end <= one.passage.end for one in source.said
    )


def _same_speaker(stated: Read, text: str, lines: Sequence[Line]) -> bool:
    """Say whether whoever the sentence lets speak is whom the source has, as far as both name anybody."""
    source = lines[0].source
    theirs = next((one for one in source.said if text in source.telling.part(one.passage.part)[_span(one)]), None)
    if theirs is None or not (theirs.speaker or theirs.role):
        return True
    ours = _utterance(stated, text, source)
    if ours is None or not (ours.speaker or ours.role):
        return True
    if ours.speaker and theirs.speaker:
        return same_name(_last(ours.speaker), _last(theirs.speaker), stated.language)
    mine = set(f"{ours.speaker} {ours.role}".lower().split())
    others = set(f"{theirs.speaker} {theirs.role}".lower().split())
    if ours.speaker and not theirs.speaker:
        return any(_last(ours.speaker) in line.passage.text.lower() for line in lines)
    return bool(mine & others) or not (ours.role and theirs.role)


def _span(one: Utterance) -> slice:
    return slice(one.passage.start, one.passage.end)


def _last(name: str) -> str:
    return name.split()[-1].lower()


def _utterance(stated: Read, text: str, source: Source) -> Utterance | None:
    """Read who speaks in the stated sentence."""
    telling = source.telling
    alone = Telling(
        telling.id, PublisherId(""), "", stated.language, telling.at, "", paragraphs=(stated.text,), names=telling.names
    )
    return next((one for one in utterances(alone) if text[:20] in one.words or one.words[:20] in text), None)
