"""Figures of a telling: each number with what it counts, of whom, where, when, in what unit, according to whom."""

from functools import lru_cache
from itertools import pairwise

from octavo.domain.figure import Figure
from octavo.domain.telling import Passage, Telling
from octavo.relate.numbered import ANDS, Reader, Sentence, read_sentences, reader
from octavo.relate.quantities import NOTHING, PEOPLE, THINGS, measures
from octavo.relate.tellings import READ
from octavo.text.dates import month_names
from octavo.text.numerals import Numeral

_REACH = 9
"""Tokens on either side of a number in which the word that says what it counts is looked for."""

_BEHIND = 0.6
"""What looking back costs: what is counted stands behind its number more often than before it."""

_COMMA, _AND, _CHARACTER = 3.0, 0.7, 0.5
"""What a comma, an "and" and a character of a script without spaces between a number and a word cost, in tokens."""

_FAR = 12.0
"""Cost from which a word says nothing of a number."""

_VERB = 2.5
"""What it costs that a word is mostly a verb: inflation, too, grew."""

_GROUP = 3
"""Tokens behind a number among which the group is named that it counts."""


_CAPITAL_MONTHS = frozenset({"en", "de"})
"""Languages in which a month without a capital is another word: may, march."""


_SOURCE = 6
"""Tokens of the longest clause that names a source without a verb: ": medics"."""

_MOST = 120
"""Figures of one article that are kept."""

_COMMAS = frozenset(",;:،；，、—–")
_CLAUSES = frozenset('()[]|"“”«»')


@lru_cache(READ)
def figures(telling: Telling) -> tuple[Figure, ...]:
    """Give the figures of a telling, in the order of reading; nothing where the language is unknown to us."""
    known = reader(telling.language)
    found: list[Figure] = []
    if not known.words:
        return ()
    for part in telling.parts:
        text = telling.part(part)
        for sentence in read_sentences(text, part, known):
            found += _of_sentence(telling, sentence, known)
            if len(found) >= _MOST:
                return tuple(found[:_MOST])
    return tuple(found)


def _of_sentence(telling: Telling, sentence: Sentence, known: Reader) -> list[Figure]:
    where = frozenset(code for _, code in known.places.among(sentence.tokens))
    period = _periods(sentence, known)
    attribution = _attribution(telling, sentence)
    events = frozenset(event for one in sentence.meanings for event in one.event)
    whole = _passage(telling, sentence, 0, len(sentence.text))
    found: list[Figure] = []
    before = ""
    for number in sentence.numerals:
        if _part_of_name(sentence, number, known):
            continue
        unit = number.unit or _unit(sentence, number)
        quantity, place = _quantity(sentence, number, unit, before, known)
        if not quantity:
            continue
        before = quantity
        found.append(
            Figure(
                article_id=telling.id,
                publisher_id=telling.publisher_id,
                language=known.language,
                quantity=quantity,
                low=number.low,
                high=number.high,
                grain=number.grain,
                bound=number.bound.value,
                unit=unit,
                who=_who(sentence, number, place, known),
                where=where,
                period=period,
                events=events,
                at=telling.at,
                passage=_passage(telling, sentence, number.start, number.end),
                sentence=whole,
                attribution=attribution,
                former=_former(sentence, number, known),
                hedged=_hedged(sentence, number, place),
                step=_before(sentence, number) in known.words.by,
            )
        )
    return found


def _passage(telling: Telling, sentence: Sentence, start: int, end: int) -> Passage:
    base = sentence.start
    return Passage(telling.id, sentence.part, base + start, base + end, sentence.text[start:end])


def _part_of_name(sentence: Sentence, number: Numeral, known: Reader) -> bool:
    """Say whether a number ends a name: "the loss of Rheinland Air 574, which"."""
    if number.first < 2 or number.unit or not sentence.tokens[number.first].digits:
        return False
    before = sentence.tokens[number.first - 1]
    after = sentence.tokens[number.last] if number.last < len(sentence.tokens) else None
    ends = after is None or not after.key[0].isalnum() or after.key in ANDS
    opens = sentence.tokens[number.first - 2].key in _CLAUSES or not sentence.tokens[number.first - 2].key[0].isalnum()
    return (
        ends
        and before.capital
        and not opens
        and sentence.meanings[number.first - 1] is NOTHING
        and not _titled(sentence)
    )


def _titled(sentence: Sentence) -> bool:
    """Say whether capitals stand on most words, and so mark no names."""
    long = [token for token in sentence.tokens if len(token.key) > 3 and token.key.isalpha()]
    return sum(token.capital for token in long) > len(long) / 2


_BETWEEN = frozenset("- of de d more additional extra further weitere mas mais altri autres".split())
"""Tokens that may stand between a number and its unit: "381,000 more barrels"."""


def _unit(sentence: Sentence, number: Numeral) -> str:
    """Find the unit behind a number: "12-hour", "40 km", "3 million barrels"."""
    for here in (number.last, number.last + 1):
        if here >= len(sentence.tokens):
            break
        if sentence.meanings[here].unit:
            return sentence.meanings[here].unit
        if sentence.tokens[here].key not in _BETWEEN:
            break
    return ""


def _quantity(sentence: Sentence, number: Numeral, unit: str, before: str, known: Reader) -> tuple[str, int]:
    """Say what a number counts, and at which token that is said."""
    best, cost, place = "", _FAR, number.last
    for here, price in _around(sentence, number, spaceless=known.numbers.spaceless):
        chosen = next((one for one in sentence.meanings[here].quantities if measures(one, unit)), "")
        price += _VERB if chosen == "growth" else 0.0
        if not chosen or price >= cost or not _fits(chosen, number, unit):
            continue
        if here >= number.last or not _other_noun(sentence, number, chosen, known):
            best, cost, place = chosen, price, here
    if number.weak and cost > 2.0:
        return "", place
    if best:
        return best, place
    if before in PEOPLE and unit == "" and _coordinated(sentence, number):
        return before, place
    return _counted(sentence, number, unit, known), number.last


def _price(key: str, spaceless: bool) -> float:
    """Give what a token between a number and a word costs."""
    if key in _COMMAS:
        return _COMMA
    if key == "-":
        return 0.0
    return _CHARACTER if spaceless and len(key) == 1 else _AND if key in ANDS else 1.0


def _around(sentence: Sentence, number: Numeral, *, spaceless: bool) -> list[tuple[int, float]]:
    """List the tokens around a number with how far off they are: other numbers and clauses bar the way."""
    taken = {place for other in sentence.numerals for place in range(other.first, other.last)}
    found: list[tuple[int, float]] = []
    for step, start, stop, price in (
        (1, number.last, min(len(sentence.tokens), number.last + _REACH), 0.0),
        (-1, number.first - 1, max(-1, number.first - 1 - _REACH), _BEHIND),
    ):
        for here in range(start, stop, step):
            if here in taken or sentence.tokens[here].key in _CLAUSES:
                break
            key = sentence.tokens[here].key
            price += _price(key, spaceless)
            found.append((here, price))
    return found


def _other_noun(sentence: Sentence, number: Numeral, quantity: str, known: Reader) -> bool:
    """Say whether a number counts the noun behind it and not the things named before: "cut jobs in 14 plants"."""
    if quantity not in THINGS or number.last >= len(sentence.tokens):
        return False
    token = sentence.tokens[number.last]
    return len(token.key) > 3 and token.key[0].isalpha() and not known.plain(token.key)


def _fits(quantity: str, number: Numeral, unit: str) -> bool:
    """Rule out what a number of this size or form cannot state."""
    if quantity == "magnitude":
        return number.grain < 1.0 and 1.0 <= number.low < 10.0
    if quantity in PEOPLE:
        return number.grain >= 1.0 or number.low >= 1000 or number.grain == 0.0
    if quantity in {"shares", "growth", "inflation", "unemployment", "turnout", "rate"}:
        return unit in {"%", "points"}
    return True


def _coordinated(sentence: Sentence, number: Numeral) -> bool:
    """Say whether a number goes on a list: "9 tourists, 1 guide"."""
    key = sentence.tokens[number.first - 1].key if number.first else ""
    return key in _COMMAS or key in ANDS


def _counted(sentence: Sentence, number: Numeral, unit: str, known: Reader) -> str:
    """Name a quantity that is not of the vocabulary by the word it stands with."""
    if unit:
        return f"word:{unit}"
    if number.weak:
        return ""
    for here in range(number.last, min(len(sentence.tokens), number.last + _GROUP)):
        token = sentence.tokens[here]
        if sentence.meanings[here].who:
            return "word:people"
        if token.digits or len(token.key) < 3 or not token.key[0].isalpha() or known.plain(token.key):
            return ""
        if not known.places.among(sentence.tokens[here : here + 1]):
            return f"word:{token.key[:_STEM]}"
    return ""


_STEM = 7
"""Letters of a counted word that are compared."""


def _who(sentence: Sentence, number: Numeral, place: int, known: Reader) -> frozenset[str]:
    """Name the groups a number counts, and the country they are of: "9 foreign tourists", "2 Palestinians"."""
    found: set[str] = set()
    for here in range(number.last, min(len(sentence.tokens), number.last + _GROUP)):
        token, meaning = sentence.tokens[here], sentence.meanings[here]
        codes = known.places.among(sentence.tokens[here : here + 3])
        if codes and codes[0][0] == 0:
            found.add(codes[0][1])
        elif meaning.who:
            found.add(meaning.who)
        elif token.digits or meaning.quantities or not token.key[0].isalpha() or known.plain(token.key):
            break
    return frozenset(found - {"people"})


def _periods(sentence: Sentence, known: Reader) -> frozenset[str]:
    """Name the months, years and relative periods of a sentence."""
    found = {f"y:{year}" for year in sentence.years}
    months = month_names(known.language)
    small = known.language not in _CAPITAL_MONTHS
    heads = known.words.period_heads
    for here, token in enumerate(sentence.tokens):
        key = token.key
        if key in months and (token.capital or small) and len(key) > 2:
            found.add(f"m:{months[key]}")
        if key in heads:
            relative = known.words.period(sentence.tokens, here)
            if relative and relative != "former":
                found.add(relative)
    return frozenset(found)


def _former(sentence: Sentence, number: Numeral, known: Reader) -> bool:
    """Say whether a number is what another is compared with: "up from 5"."""
    for here in range(max(0, number.first - 4), number.first):
        if known.words.period(sentence.tokens, here) == "former":
            return True
    return _before(sentence, number) in known.words.former


def _before(sentence: Sentence, number: Numeral) -> str:
    return sentence.tokens[number.first - 1].key if number.first else ""


def _hedged(sentence: Sentence, number: Numeral, place: int) -> bool:
    first, last = min(number.first, place), max(number.last, place + 1)
    return any(sentence.meanings[here].hedge for here in range(max(0, first - 3), min(len(sentence.tokens), last + 1)))


def _attribution(telling: Telling, sentence: Sentence) -> Passage | None:
    """Give the words that say according to whom: the clause with a verb of saying, up to that verb before a number."""
    said = [here for here in range(len(sentence.tokens)) if sentence.meanings[here].said]
    breaks = [here for here in range(len(sentence.tokens)) if sentence.tokens[here].key in _COMMAS | _CLAUSES]
    numbers = [number.first for number in sentence.numerals]
    for low, high in reversed(list(pairwise([-1, *breaks, len(sentence.tokens)]))):
        inside = [here for here in said if low < here < high]
        source = high - low <= _SOURCE and any(sentence.meanings[here].source for here in range(low + 1, high))
        counted = any(low < number < high for number in numbers)
        if not inside and not (source and not counted):
            continue
        if counted:
            first = next(number for number in numbers if low < number < high)
            high = inside[-1] + 1 if inside and low + 1 < inside[-1] < first else 0
        while high > low + 1 and not sentence.tokens[high - 1].key[0].isalnum():
            high -= 1
        if high > low + 1:
            return _passage(telling, sentence, sentence.tokens[low + 1].start, sentence.tokens[high - 1].end)
    return None
