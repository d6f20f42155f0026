"""A sentence beside its machine translation: marks of speech round it set again, and what of it was lost.

The check knows no model: names, numbers, days, quotation marks and denials of the one must stand in the other, and none
besides. What a translator makes of the words between them is its own (docs/explanation/briefs.md).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from octavo.brief.abroad import named
from octavo.brief.naming import same_name
from octavo.brief.numerics import bears, day_borne_out
from octavo.brief.proofs import Fault, Reason
from octavo.brief.reading import LONGEST, Number, Read, read_sentence
from octavo.brief.written import plain
from octavo.domain.brief import Citation, Statement
from octavo.domain.enrichment import Mention
from octavo.domain.telling import Passage, Telling
from octavo.relate.tellings import passages, written_on
from octavo.relate.whereabouts import countries
from octavo.text.folding import fold
from octavo.text.moments import YEAR
from octavo.text.quotes import find_quoted
from octavo.text.versions import version_of

VERSION = "translated/2"
"""What the check is called where it is kept with what it let through."""

_OPENING, _CLOSING = '“„«‹"「『', '”“»›"」』'
_MARKS = re.compile('[“”„«»‹›"「」『』]')
_END = re.compile(r"[\s.,!?…]*$")

_OWN = 4.0
"""Zipf value under which a word of a name is the name's own and is not translated; "Union" and "Minister" may be."""

_BEGINS = 4
"""Letters with which a name begins in two languages."""

_STEM = 5
"""Letters a country and its people begin with (relate/whereabouts.py)."""

_NO_LANDS = frozenset({"estado"})
"""Words that begin as the people of a country are called (estadounidense), and mean another thing."""

_SHORTEST, _LONGEST = 0.4, 2.5
"""How many times as long as its original a translation may be, and the slack in characters for short ones."""

_SLACK = 16
_AGAIN = re.compile(r"(\b\w[\w ,]{1,40}?\b)(?:[ ,]+\1\b){2,}", re.IGNORECASE)
_QUOTED_APART = 0.25
"""How far the shares of a sentence that stand between quotation marks may lie apart."""

_HELD = ("place/", "person/")
"""Keys of names that are held to in whatever spelling they stand."""

_NAMES_ALONE = frozenset("es pt fr it ca gl ro uk ru pl cs tr az".split())
"""Languages in which a capital within a sentence tells a name and nothing else."""

_PEOPLES_SMALL = frozenset("es pt it ca gl ro uk ru".split())
"""Languages in which a capital within a sentence tells that no people is meant: "Chinesa" is no country."""

_SAME_FROM = 4
"""Words from which a sentence that comes back as it was is not translated."""


Named = Sequence[tuple[str, Mention]]

FIRST, MORE = 2, 6
"""Sentences that are translated at a time: the headline and one first, for a reader to begin with."""


@dataclass(frozen=True, slots=True)
class Peeled:
    """A sentence without the quotation marks that stand round the whole of it."""

    before: str
    text: str
    behind: str

    def around(self, translated: str) -> str:
        """Set the marks round what its words became."""
        text = translated
        if self.before or self.behind:
            text = text.strip(_OPENING + _CLOSING + " ")
        return f"{self.before}{text}{self.behind}" if text else ""


def peel(sentence: str) -> Peeled:
    """Take off marks that open before the first word and close behind the last, or do one of these and no more."""
    text = sentence.strip()
    before = text[0] if text[:1] and text[0] in _OPENING else ""
    tail = _END.search(text)
    last = tail.start() - 1 if tail else len(text) - 1
    behind = text[last:] if last > 0 and text[last] in _CLOSING else ""
    core = text[len(before) : len(text) - len(behind)]
    if not (before or behind) or not core.strip() or _MARKS.search(core):
        return Peeled("", text, "")
    return Peeled(before, core.strip(), behind)


def lost(
    original: str, language: str, translated: str, target: str, written: date | None, names: Collection[str] = ()
) -> list[Reason]:
    """Say what a translation has not kept of its sentence, or has put in; nothing where it may be shown.

    `names` are the people and places its article names.
    """
    size, held = len(translated), len(original)
    garbled = plain(translated) != " ".join(translated.split()) or size > LONGEST
    if not _SHORTEST * held - _SLACK <= size <= _LONGEST * held + _SLACK or garbled or not translated.strip():
        return [Reason(Fault.WORDS, translated)]
    if _AGAIN.search(translated) and not _AGAIN.search(original):
        return [Reason(Fault.WORDS, translated)]
    if translated.casefold() == original.casefold() and len(original.split()) >= _SAME_FROM:
        return [Reason(Fault.LANGUAGE, translated)]
    mine, theirs = read_sentence(original, language, written), read_sentence(translated, target, written)
    found = [*_names(mine, theirs, names), *_numbers(mine, theirs), *_days(mine, theirs), *_quotes(mine, theirs)]
    if bool(mine.denials) != bool(theirs.denials):
        found.append(Reason(Fault.NEGATION, translated))
    return found


def _names(mine: Read, theirs: Read, names: Collection[str]) -> Iterator[Reason]:
    found, others = named(mine.text, mine.language), named(theirs.text, theirs.language)
    yield from _missing(mine, theirs, found, others, original=True)
    yield from _called(mine, theirs, names, found, others)
    yield from _missing(theirs, mine, others, found, original=False)


def _missing(one: Read, other: Read, found: Named, others: Named, *, original: bool) -> Iterator[Reason]:
    """Give the names of one sentence that the other lacks; those a list of names finds count in the original alone."""
    held = {key for key, _ in others}
    known = _beside(one)
    for key, mention in found:
        places = one.at(mention.start, mention.end)
        if known & set(places) or not _as_named(one, mention, places):
            continue
        if key in held or all(_stands(one, place, other) for place in places if one.tokens[place].capital):
            known |= set(places)
        elif "/" in key and original:
            yield Reason(Fault.NAME, mention.name)
    lands = {place for place in one.lands if one.tokens[place].key not in _NO_LANDS}
    for place in sorted(lands - known):
        if not _land_stands(one.lands[place], other) and not _stands(one, place, other):
            yield Reason(Fault.NAME, one.tokens[place].key)
    for place in sorted(set(one.names) - known - lands):
        if _own(one, place) and not _stands(one, place, other):
            yield Reason(Fault.NAME, one.tokens[place].key)


def _as_named(sentence: Read, mention: Mention, places: Collection[int]) -> bool:
    """Say whether a mention is the name itself: as it is listed, or a place or person by another spelling of it."""
    if sentence.text[mention.start : mention.end] == mention.name:
        return True
    capitals = [one for one in places if sentence.tokens[one].capital]
    whole = len(capitals) > 1 and len(capitals) == sum(sentence.tokens[one].key.isalpha() for one in places)
    return whole and mention.key.startswith(_HELD) and not any(one in sentence.lands for one in places)


def _called(one: Read, other: Read, names: Collection[str], found: Named, others: Named) -> Iterator[Reason]:
    """Hold to what the article calls a person or a place, and to words with a capital where only names have one.

    A dictionary has the words of many names: "Porto Novo" is no new port.
    """
    keys, same = {key for key, _ in others}, {fold(mention.name) for _, mention in others}
    known = {place for key, held in found if key in keys for place in one.at(held.start, held.end)}
    known |= {place for place, code in one.lands.items() if _land_stands(code, other)}
    for name in names:
        at = one.text.find(name)
        places = tuple(one.at(at, at + len(name))) if at >= 0 else ()
        if fold(name) not in same and not known & set(places) and not _all_stand(one, places, other):
            yield Reason(Fault.NAME, name)
    for run in _inner_runs(one) if one.language in _NAMES_ALONE else ():
        if not known & set(run) and not _all_stand(one, run, other):
            yield Reason(Fault.NAME, " ".join(one.tokens[place].key for place in run))


def _all_stand(one: Read, places: Iterable[int], other: Read) -> bool:
    return all(_stands(one, place, other) for place in places if one.tokens[place].capital)


def _inner_runs(sentence: Read) -> Iterator[tuple[int, ...]]:
    """Give runs of two or more words with a capital within a sentence, side by side."""
    run: list[int] = []
    opened = True
    for place, token in enumerate(sentence.tokens):
        word = token.key[:1].isalpha()
        if word and token.capital and not opened:
            run.append(place)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = []
        opened = (word and token.capital and opened) or not word
    if len(run) > 1:
        yield tuple(run)


def _beside(sentence: Read) -> set[int]:
    """Give the tokens that are no names though they have a capital: days, months, what is counted ("EUR")."""
    counted = {place for one in sentence.numbers for place in sentence.at(one.numeral.start, one.numeral.end)}
    dated = {place for day in sentence.days for place in sentence.at(day.start, day.end)}
    return counted | dated | {place for place, _ in sentence.calendar}


def _own(sentence: Read, place: int) -> bool:
    """Say whether a word of a name is the name's alone, in no dictionary."""
    key = sentence.tokens[place].key
    return key.isalpha() and sentence.words.rarities.zipf(key) < _OWN


def _stands(sentence: Read, place: int, other: Read) -> bool:
    """Say whether a name stands in the other sentence, too: letter for letter, or as that language writes it."""
    key = sentence.tokens[place].key
    held = [here for here, one in enumerate(other.tokens) if _same(key, one.key, sentence.language)]
    return any(not (place in sentence.lands and _is_people(other, here, key)) for here in held)


def _same(key: str, other: str, language: str) -> bool:
    return same_name(key, other, language) or _alike(key, other)


def _is_people(sentence: Read, place: int, key: str) -> bool:
    """Say whether a capital stands on a country's people where none belongs: "Chinesa", as if it were China.

    Beside another capital it may stand in the name of a body: "Agência Espacial Chinesa".
    """
    token, tokens = sentence.tokens[place], sentence.tokens
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    alone = (
        token.capital and token.key != key and place not in sentence.lands and not any(one.capital for one in beside)
    )
    return alone and place > 0 and sentence.language in _PEOPLES_SMALL


def _land_stands(code: str, other: Read) -> bool:
    """Say whether a country or its people stand in a sentence, small letters or not: "franceses" for French."""
    begins = _beginnings(other.language)
    return code in other.lands.values() or any(begins.get(fold(one.key)[:_STEM]) == code for one in other.tokens)


@cache
def _beginnings(language: str) -> Mapping[str, str]:
    """How countries and their peoples begin, without accents."""
    return {fold(stem): code for stem, code in countries(language).stems.items()}


def _alike(one: str, other: str) -> bool:
    """Say whether two words begin alike: Lisbon and Lisboa, constitution and Constituição."""
    return len(one) >= _BEGINS <= len(other) and fold(one)[:_BEGINS] == fold(other)[:_BEGINS]


def _numbers(mine: Read, theirs: Read) -> Iterator[Reason]:
    for one, other in ((mine, theirs), (theirs, mine)):
        held = _counted(other)
        years = {float(day.day.year) for day in other.days if day.precision == YEAR}
        for number in _counted(one):
            borne = any(bears(there, number) for there in held) or _values(number, held)
            if not borne and number.numeral.low not in years:
                yield Reason(Fault.NUMBER, one.text[number.numeral.start : number.numeral.end])


def _counted(sentence: Read) -> Sequence[Number]:
    """The numbers that are no part of a day."""
    return [
        one
        for one in sentence.numbers
        if not one.numeral.weak and not any(day.start <= one.numeral.start < day.end for day in sentence.days)
    ]


def _values(number: Number, held: Sequence[Number]) -> bool:
    """Say whether both ends of a number are told in the other sentence, of nothing else: "24 and 31" may be a span."""
    fit = [one.numeral for one in held if not one.unit or not number.unit or one.unit == number.unit]
    told = {value for one in fit for value in (one.low, one.high)}
    return {number.numeral.low, number.numeral.high} <= told


def _days(mine: Read, theirs: Read) -> Iterator[Reason]:
    for one, other in ((mine, theirs), (theirs, mine)):
        values = {value for number in _counted(other) for value in (number.numeral.low, number.numeral.high)}
        for day in one.days:
            year = day.precision == YEAR and day.day.year in values
            if not year and not day_borne_out(day, other.days):
                yield Reason(Fault.DATE, one.text[day.start : day.end])


def _quotes(mine: Read, theirs: Read) -> Iterator[Reason]:
    """Hold marks to their number, and what stands between them to its share of the sentence."""
    if len(_MARKS.findall(mine.text)) != len(_MARKS.findall(theirs.text)):
        yield Reason(Fault.QUOTE, theirs.text)
        return
    shares = [sum(one.end - one.start for one in find_quoted(text)) / len(text) for text in (mine.text, theirs.text)]
    if len(mine.quotes) != len(theirs.quotes) or abs(shares[0] - shares[1]) > _QUOTED_APART:
        yield Reason(Fault.QUOTE, theirs.text)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Some sentences of an article, to be translated at a time."""

    telling: Telling
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, telling: Telling) -> "Iterator[Pieces]":
        """Cut an article, headline first, into what is translated at a time."""
        found = list(passages(telling, headline=True))
        for start in range(FIRST - MORE, len(found), MORE):
            part = tuple(found[max(0, start) : start + MORE])
            if part:
                yield cls(telling, part)

    @property
    def asked(self) -> list[str]:
        """The sentences as a translator is given them."""
        return [peel(one.text).text for one in self.passages]

    def statements(self, made: Sequence[str], language: str) -> list[Statement]:
        """Check what a translator made; where it does not hold, the sentence stands as it was written."""
        version, written = version_of(self.telling.wording), written_on(self.telling)
        names = [name for kind, name in self.telling.names if kind in ("person", "place")]
        said = []
        for passage, text in zip(self.passages, made, strict=True):
            whole = peel(passage.text).around(" ".join(text.split()))
            fine = bool(whole) and not lost(passage.text, self.telling.language, whole, language, written, names)
            said.append(Statement(whole if fine else passage.text, (Citation(passage, version),), chosen=not fine))
        return said
