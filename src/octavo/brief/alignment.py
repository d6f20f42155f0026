"""Where a stated sentence runs along its source and parts from it: what is put in, left out, or set in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from octavo.brief.naming import same_land, same_name
from octavo.brief.numerics import bears, day_borne_out
from octavo.brief.reading import Number, Read, opens
from octavo.text.editing import editing_words

_WIDEST = 6
"""Words of the longest run that stands for another; longer ones are clauses told otherwise."""

_EDGE = 2
"""Words that must go on alike where a run stands at a sentence's end and has them on one side only."""

_ALIKE = 0.5
"""Share of the stated words that must run along the source's for a difference to tell anything."""

_CONTENT = 1.6
_OPENER = 4.6
"""Zipf value under which a word that opens a sentence may be a name, where another stands in its place."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Two runs of tokens, `mine` of the stated sentence and `theirs` of the source, between words that are the same."""

    mine: tuple[int, ...]
    theirs: tuple[int, ...]


def partings(stated: Read, source: Read) -> list[Parting]:
    """List where two sentences that run along each other part, and meet again; none where they hardly do."""
    mine = [place for place, one in enumerate(stated.stems) if one]
    theirs = [place for place, one in enumerate(source.stems) if one]
    matcher = SequenceMatcher(
        None, [stated.tokens[at].key for at in mine], [source.tokens[at].key for at in theirs], autojunk=False
    )
    codes = matcher.get_opcodes()
    same = sum(end - start for kind, start, end, _, _ in codes if kind == "equal")
    if not mine or same < _ALIKE * len(mine):
        return []
    found = []
    for number, (kind, start, end, other, until) in enumerate(codes):
        if kind == "equal" or end - start > _WIDEST or until - other > _WIDEST:
            continue
        before = codes[number - 1][2] - codes[number - 1][1] if number else 0
        behind = codes[number + 1][2] - codes[number + 1][1] if number + 1 < len(codes) else 0
        at_start = not number and start == other == 0
        at_end = number + 1 == len(codes)
        if (
            (before and behind)
            or (at_start and behind >= _EDGE)
            or (at_end and before >= _EDGE and _ends(theirs, until))
        ):
            found.append(Parting(tuple(mine[start:end]), tuple(theirs[other:until])))
    return found


def _ends(theirs: Sequence[int], until: int) -> bool:
    return until == len(theirs)


def other_things(stated: Read, source: Read, parts: Sequence[Parting]) -> Iterator[tuple[str, str]]:
    """Give ("name" or "number", words) where a name or number of the stated sentence stands for another."""
    for part in parts:
        dated = {place for place, _ in stated.calendar} & set(part.mine), {at for at, _ in source.calendar}
        names = [at for at in part.mine if _names(stated, at) or (at in dated[0] and not dated[1] & set(part.theirs))]
        held = [at for at in part.theirs if _names(source, at)]
        if names and held and not any(_same(stated, one, source, other) for one in names for other in held):
            yield "name", _words(stated, names)
        ours, others = _numbers(stated, part.mine), _numbers(source, part.theirs)
        borne = any(bears(other, one) for one in ours for other in others)
        if ours and others and not borne and not _same_day(stated, source, part):
            yield "number", stated.text[ours[0].numeral.start : ours[-1].numeral.end]


def _names(sentence: Read, place: int) -> bool:
    """Say whether a word names something: a name, or in German any noun that tells much."""
    if place in sentence.names or place in sentence.lands:
        return True
    token = sentence.tokens[place]
    if token.capital and opens(sentence.tokens, place) and sentence.language != "de":
        return sentence.words.rarities.zipf(token.key) < _OPENER
    if token.capital and sentence.language != "de" and place not in {at for at, _ in sentence.calendar}:
        return token.key != "i"
    noun = sentence.language == "de" and token.capital and place > 0
    return noun and sentence.weights[place] >= _CONTENT and not token.digits


def _same(stated: Read, one: int, source: Read, other: int) -> bool:
    mine, theirs = stated.tokens[one], source.tokens[other]
    if same_name(mine.key, theirs.key, stated.language) or stated.stems[one] == source.stems[other]:
        return True
    if one in stated.lands and stated.lands[one] == source.lands.get(other):
        return same_land(mine.key, theirs.key)
    return mine.key[:1] == theirs.key[:1] and (_short(stated, one) or _short(source, other))


def _short(sentence: Read, place: int) -> bool:
    """Say whether a word is set in capitals alone: initials of another."""
    token = sentence.tokens[place]
    return len(token.key) > 1 and sentence.text[token.start : token.end].isupper()


def _numbers(sentence: Read, places: Sequence[int]) -> list[Number]:
    return [
        one
        for one in sentence.numbers
        if any(one.numeral.first <= place < one.numeral.last for place in places) and not one.numeral.weak
    ]


def _same_day(stated: Read, source: Read, part: Parting) -> bool:
    mine = [day for day in stated.days if set(stated.at(day.start, day.end)) & set(part.mine)]
    return bool(mine) and all(day_borne_out(day, source.days) for day in mine)


def turned_round(stated: Read, source: Read, parts: Sequence[Parting]) -> Iterator[str]:
    """Give the denials put in or left out where the sentences otherwise run on alike."""
    for part in parts:
        mine = [place for place in part.mine if place in stated.denials]
        theirs = [place for place in part.theirs if place in source.denials]
        if bool(mine) != bool(theirs) and not (theirs and _clause_left_out(source, part)):
            yield _words(stated, mine) or _words(source, theirs)


def _clause_left_out(source: Read, part: Parting) -> bool:
    """Say whether what was left out is a clause of its own, which a mark parts from the rest."""
    if part.mine or not part.theirs:
        return False
    first, last = part.theirs[0], part.theirs[-1]
    marks = [place for place in range(max(0, first - 1), last + 2) if place < len(source.tokens)]
    return any(source.tokens[place].key in _MARKS for place in marks) and len(part.theirs) > 1


_MARKS = frozenset(",;:()—–،؛，；：、")


def hardened(stated: Read, source: Read, parts: Sequence[Parting]) -> Iterator[str]:
    """Give the words of reserve ("allegedly", "may have") that were left out."""
    listed = editing_words(source.language)
    for part in parts:
        if listed is None or not part.theirs or _clause_left_out(source, part):
            continue
        theirs, mine = _words(source, part.theirs).lower(), _words(stated, part.mine).lower()
        if listed.hedge.search(theirs) and not listed.hedge.search(mine):
            yield _words(source, part.theirs)


def _words(sentence: Read, places: Sequence[int]) -> str:
    if not places:
        return ""
    return sentence.text[sentence.tokens[places[0]].start : sentence.tokens[places[-1]].end]
