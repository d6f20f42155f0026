"""What in a stated sentence the sentences it may rest on do not bear out, rule by rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from octavo.brief.alignment import hardened, other_things, partings, turned_round
from octavo.brief.naming import stands
from octavo.brief.numerics import bears, day_borne_out, same_value
from octavo.brief.reading import Number, Read
from octavo.brief.runs import Run, runs
from octavo.brief.slots import Slot, alike, one_side, slot
from octavo.brief.sources import Line
from octavo.text.numerals import NumeralKind

MARGIN, CLEAR = 0.12, 0.3
"""How much better another name or number must fit a place than the stated one, and fit it at all, to contradict it."""

ONE_SIDE = 0.8
"""How much of the words on one side suffice: on the other a clause may have been left out."""

_LENT = 0.45
"""How well a name must fit in a sentence beside the main one, where that sentence has names of its own."""

_WINDOW = 9
_CONTENT = 1.6


class Fault(StrEnum):
    """What is not borne out."""

    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    QUOTE = "quote"
    SPEAKER = "speaker"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    WORDS = "words"
    CERTAINTY = "certainty"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fault, with the words of the stated sentence it is about."""

    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sentence is held to: the `main` sentence it rests on, those cited `beside` it, `others` like it.

    `around` are the sentences near the main one, `likelier` those of its telling that share more words.
    """

    main: Line
    beside: tuple[Line, ...]
    others: tuple[Line, ...]
    around: tuple[Line, ...] = ()
    likelier: tuple[Line, ...] = ()

    @property
    def cited(self) -> tuple[Line, ...]:
        """The sentences that would be cited."""
        return (self.main, *self.beside)

    @property
    def rivals(self) -> tuple[Line, ...]:
        """All sentences in which something else may stand in the same place."""
        return (*self.cited, *(one for one in self.others if one.source is self.main.source))


def faults(stated: Read, ground: Ground) -> Iterator[Reason]:
    """List what the ground does not bear out: numbers, days, names, denials and opposites."""
    for number in stated.numbers:
        if not _number(stated, number, ground):
            yield Reason(Fault.NUMBER, stated.text[number.numeral.start : number.numeral.end])
    yield from _days(stated, ground)
    for run in runs(stated):
        if not _name(stated, run, ground):
            yield Reason(Fault.NAME, run.text)
    yield from _lands(stated, ground)
    yield from _denials(stated, ground)
    yield from _partings(stated, ground)
    yield from _opposites(stated, ground)


def _number(stated: Read, number: Number, ground: Ground) -> bool:
    numeral = number.numeral
    if any(day.start <= numeral.start < day.end for day in stated.days):
        return True
    if numeral.weak and _word_stands(stated, numeral.first, numeral.last, ground):
        return True
    here = slot(stated, numeral.first, numeral.last)
    own = best = sided = 0.0
    found = False
    for line in ground.rivals:
        cited = line in ground.cited
        held = [(one, (one.numeral.first, one.numeral.last)) for one in line.read.numbers]
        ours = [span for one, span in held if bears(one, number)]
        for other, span in held:
            likeness = alike(here, line.slot(*span))
            if span in ours:
                found = found or line is ground.main or (cited and likeness >= _LENT)
                own, sided = max(own, likeness), max(sided, one_side(here, line.slot(*span)))
            elif _rival(stated, other, number) and not _beside(line.read, span, ours):
                best = max(best, likeness)
    return found and not (best > CLEAR and best > own + MARGIN and sided < ONE_SIDE)


def _beside(read: Read, span: tuple[int, int], ours: Sequence[tuple[int, int]]) -> bool:
    """Say whether something stands right beside what was looked for: an aside in brackets, another name of it."""
    for start, end in ours:
        gap = range(end, span[0]) if span[0] >= end else range(span[1], start)
        if len(gap) <= _TOUCHING or (len(gap) <= _IN_BRACKETS and any(read.tokens[at].key == "(" for at in gap)):
            return True
    return False


_TOUCHING, _IN_BRACKETS = 2, 6


def _rival(stated: Read, other: Number, number: Number) -> bool:
    """Say whether another number speaks against a stated one where it fits its place better."""
    return same_value(other, number) or (_comparable(other, number) and not _taken(stated, other, number))


def _comparable(one: Number, other: Number) -> bool:
    kinds = {one.numeral.kind, other.numeral.kind}
    return len(kinds) == 1 or not kinds & {NumeralKind.LABEL, NumeralKind.DATE}


def _taken(stated: Read, other: Number, number: Number) -> bool:
    """Say whether the stated sentence has the other number too, elsewhere."""
    return any(one is not number and same_value(one, other) for one in stated.numbers)


def _word_stands(stated: Read, first: int, last: int, ground: Ground) -> bool:
    words = [token.key for token in stated.tokens[first:last]]
    for line in ground.cited:
        keys = {token.key for token in line.read.tokens}
        if all(word in keys for word in words):
            return True
    return False


def _days(stated: Read, ground: Ground) -> Iterator[Reason]:
    covered: set[int] = set()
    for day in stated.days:
        held = [one for line in ground.cited for one in line.read.days]
        span = stated.at(day.start, day.end)
        covered |= set(span)
        words = stated.text[day.start : day.end]
        if (not day_borne_out(day, held) and not _printed(words, ground)) or not _fits(stated, span, ground):
            yield Reason(Fault.DATE, words)
    for place, name in stated.calendar:
        if place not in covered:
            standing = {other for line in ground.cited for _, other in line.read.calendar}
            if name not in standing or not _fits(stated, range(place, place + 1), ground):
                yield Reason(Fault.DATE, stated.text[stated.tokens[place].start : stated.tokens[place].end])


def _printed(words: str, ground: Ground) -> bool:
    lowered = words.lower()
    return any(lowered in line.passage.text.lower() for line in ground.cited)


def _fits(stated: Read, span: range, ground: Ground) -> bool:
    """Say whether no other weekday or month of the source fits better where a stated one stands."""
    named = {name for place, name in stated.calendar if place in span}
    if not named:
        return True
    here = slot(stated, span[0], span[-1] + 1)
    own = best = 0.0
    seen = {name for _, name in stated.calendar}
    for line in ground.rivals:
        for place, name in line.read.calendar:
            likeness = alike(here, line.slot(place, place + 1))
            if name in named:
                own = max(own, likeness)
            elif name not in seen and {name[0]} == {one[0] for one in named}:
                best = max(best, likeness)
    return not (best > CLEAR and best > own + MARGIN)


def _name(stated: Read, run: Run, ground: Ground) -> bool:
    """Say whether a name stands where it may, and no other fits its place better."""
    here = slot(stated, run.first, run.last)
    own = sided = 0.0
    found = False
    for line in ground.cited:
        spans = stands(run, stated, line)
        if not spans:
            continue
        likeness = max(alike(here, line.slot(*span)) for span in spans)
        if line is ground.main or likeness >= _LENT or _lends(line, stated, ground):
            found = True
            own = max(own, likeness)
            sided = max(sided, *(one_side(here, line.slot(*span)) for span in spans))
    return found and (sided >= ONE_SIDE or not _other_name(stated, run, here, own, ground))


def _lends(line: Line, stated: Read, ground: Ground) -> bool:
    """Say whether a sentence before the main one says who is meant there: by a pronoun, with nobody named between."""
    main = ground.main
    if line.source is not main.source or line.number >= main.number:
        return False
    pronoun = any(token.key in main.read.words.pronouns for token in main.read.tokens)
    foreign = [run for run in main.runs if not _in_stated(run, main.read, stated)]
    between = [one for one in ground.around if line.number < one.number < main.number]
    return (pronoun or not foreign) and all(_in_stated(run, one.read, stated) for one in between for run in one.runs)


def _lands(stated: Read, ground: Ground) -> Iterator[Reason]:
    """Find lands and their people, written small too, that the cited sentences do not speak of."""
    held = {code for line in ground.cited for code in line.read.lands.values()}
    for place, code in stated.lands.items():
        token = stated.tokens[place]
        if code not in held and not any(token.key in line.passage.text.lower() for line in ground.cited):
            yield Reason(Fault.NAME, stated.text[token.start : token.end])


def _in_stated(run: Run, held: Read, stated: Read) -> bool:
    keys = {stated.tokens[place].key for place in stated.names}
    return any(held.tokens[place].key in keys for place in run.places)


def _other_name(stated: Read, run: Run, here: Slot, own: float, ground: Ground) -> bool:
    """Say whether another name, which the stated sentence has nowhere, fits the place better."""
    for line in ground.rivals:
        ours = stands(run, stated, line)
        for other in line.runs:
            if _in_stated(other, line.read, stated) or stands(run, stated, line, within=other):
                continue
            likeness = alike(here, line.slot(other.first, other.last))
            if likeness > CLEAR and likeness > own + MARGIN and not _beside(line.read, (other.first, other.last), ours):
                return True
    return False


def _partings(stated: Read, ground: Ground) -> Iterator[Reason]:
    """Find where the sentence runs along its source, or a likelier one of the same telling, and has something else."""
    close = [line for line in ground.beside if line.source is ground.main.source]
    for line in dict.fromkeys((ground.main, *ground.likelier, *close)):
        parts = partings(stated, line.read)
        for kind, words in other_things(stated, line.read, parts):
            yield Reason(Fault(kind), words)
        yield from (Reason(Fault.NEGATION, words) for words in turned_round(stated, line.read, parts))
        yield from (Reason(Fault.CERTAINTY, words) for words in hardened(stated, line.read, parts))


def _around(sentence: Read, place: int) -> tuple[str, ...]:
    """The content words beside a denial within its clause: one before it, up to two behind it."""
    before = next((one for here, one in _clause(sentence, place, -1)), "")
    behind = [one for here, one in _clause(sentence, place, 1)][:2]
    own = sentence.stems[place] if sentence.weights[place] >= _CONTENT else ""
    return tuple(one for one in (before, own, *behind) if one)


def _clause(sentence: Read, place: int, step: int) -> Iterator[tuple[int, str]]:
    """Walk through the content words on one side of a token, as far as the clause goes."""
    for here in range(place + step, place + step * _WINDOW, step):
        if not 0 <= here < len(sentence.tokens) or sentence.tokens[here].key in _MARKS:
            return
        if sentence.stems[here] and sentence.weights[here] >= _CONTENT and here not in sentence.denials:
            yield here, sentence.stems[here]


_MARKS = frozenset(",;:()—–،؛，；：、")


def _denials(stated: Read, ground: Ground) -> Iterator[Reason]:
    """Find what is denied in one and not in the other."""
    held = [(line.read, place) for line in ground.cited for place in line.read.denials]
    theirs = [_around(read, place) for read, place in held]
    for place in stated.denials:
        mine = _around(stated, place)
        token = stated.tokens[place]
        if not any(_shared(mine, other) for other in theirs) or _plain_there(mine, ground):
            yield Reason(Fault.NEGATION, stated.text[token.start : token.end])
    mine_too = [_around(stated, place) for place in stated.denials]
    places = {one: here for here, one in enumerate(stated.stems) if one}
    for (read, place), around in zip(held, theirs, strict=True):
        kept = [one for one in around if one in places]
        ordered = all(places[one] < places[other] for one, other in pairwise(kept))
        if len(kept) < min(2, len(around)) or not (kept and ordered) or any(_shared(mine, around) for mine in mine_too):
            continue
        token = read.tokens[place]
        yield Reason(Fault.NEGATION, read.text[token.start : token.end])


def _shared(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether two denials are of the same words; one with no words beside it is taken to be."""
    return not mine or bool(set(mine) & set(theirs))


def _plain_there(mine: Sequence[str], ground: Ground) -> bool:
    """Say whether the main sentence has all the words beside a denial, and denies nothing."""
    main = ground.main.read
    return len(mine) > 1 and not main.denials and all(one in main.stems for one in mine)


def _opposites(stated: Read, ground: Ground) -> Iterator[Reason]:
    """Find words whose opposite stands in their place: rose and fell, before and after."""
    for place, pair, side in stated.sides:
        here = slot(stated, place, place + 1)
        likeness = [
            (turned == side, alike(here, line.slot(other, other + 1)))
            for line in ground.cited
            for other, theirs, turned in line.read.sides
            if theirs == pair
        ]
        standing = any(same for same, _ in likeness)
        own = max((share for same, share in likeness if same), default=0.0)
        best = max((share for same, share in likeness if not same), default=0.0)
        if best > CLEAR and (not standing or best > own + MARGIN):
            token = stated.tokens[place]
            yield Reason(Fault.OPPOSITE, stated.text[token.start : token.end])
