"""What a sentence states that can be held to a source: words, names, numbers, days, quotations, denials."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from octavo.brief.wording import Wording, stem, wording
from octavo.enrich.entities import find_mentions
from octavo.enrich.givens import is_given
from octavo.enrich.words import words as enrich_words
from octavo.relate.numbered import reader
from octavo.relate.whereabouts import countries
from octavo.text.dates import month_names
from octavo.text.moments import Mention, find_dates
from octavo.text.momentwords import moment_words
from octavo.text.numerals import Numeral, read
from octavo.text.quotes import Quoted, find_quoted
from octavo.text.tokens import Token

LONGEST = 1_200
"""Characters of a sentence that are read."""

_ODD, _RARE, _PLAIN, _NOUN = 3.3, 4.0, 6.3, 3.0
"""Zipf values: under which a word that opens a sentence is a name, one of a title, from which a capital says nothing;
under which a German noun is a name."""

_TITLED = 0.6
_LONG_WORD = 3
_LONGEST_GERMAN = 14
_OPENING = frozenset(".:;!?…“”„«»\"'‘’()[]—–-|")
_ANNOTATED = 2
"""Tokens behind a number among which its unit stands."""

_BETWEEN = frozenset("- of de d more additional extra further weitere mas más mais altri autres".split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the unit that stands beside it: "km", "USD", "%"; "" where none does."""

    numeral: Numeral
    unit: str


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it is compared. `stems` and `weights` go with `tokens`, "" and 0 for marks.

    `names` are tokens that name somebody or something, `lands` those that mean a country or its people, with its code,
    `denials` those that turn the statement round, `sides` (token, pair, side) those of an opposite, `calendar` (token,
    "m3" or "w0") months and weekdays.
    """

    text: str
    language: str
    words: Wording
    tokens: Sequence[Token]
    stems: tuple[str, ...]
    weights: tuple[float, ...]
    bag: frozenset[str]
    numbers: tuple[Number, ...]
    days: tuple[Mention, ...]
    calendar: tuple[tuple[int, str], ...]
    names: tuple[int, ...]
    lands: Mapping[int, str]
    denials: tuple[int, ...]
    sides: tuple[tuple[int, int, int], ...]
    quotes: tuple[Quoted, ...]

    def at(self, start: int, end: int) -> range:
        """Give the tokens that stand within characters `start` to `end`."""
        inside = [place for place, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


def read_sentence(text: str, language: str, written: date | None, known: Set[str] = frozenset()) -> Read:
    """Read one sentence written on a day; `known` are words (lower case) that are names in the articles at hand."""
    words = wording(language)
    text = text[:LONGEST]
    found = read(text, words.language)
    tokens = [_printed(text, token) for token in found.tokens]
    lettered = [token.key[:1].isalnum() for token in tokens]
    stems = tuple(stem(token.key, words.language) if ok else "" for token, ok in zip(tokens, lettered, strict=True))
    weights = tuple(words.weight(token.key) if ok else 0.0 for token, ok in zip(tokens, lettered, strict=True))
    calendar = _calendar(tokens, words.language)
    dated = {place for place, _ in calendar}
    return Read(
        text=text,
        language=words.language,
        words=words,
        tokens=tokens,
        stems=stems,
        weights=weights,
        bag=frozenset(one for one, weight in zip(stems, weights, strict=True) if weight >= 1.0),
        numbers=_numbers(found.numerals, tokens, words.language),
        days=tuple(find_dates(text, words.language, written)),
        calendar=calendar,
        names=tuple(place for place in _names(text, tokens, words, known) if place not in dated),
        lands=dict(countries(words.language).among(tokens)),
        denials=_denials(text, tokens, words),
        sides=tuple((place, *side) for place, token in enumerate(tokens) for side in words.sides(token.key)),
        quotes=tuple(find_quoted(text)),
    )


def _printed(text: str, token: Token) -> Token:
    """See the capital behind an elided word too (l'Asie), and within one (iPhone)."""
    capital = token.capital or (not text[token.start : token.end].islower() and token.key[:1].isalpha())
    cased = capital and any(map(str.isupper, text[token.start : token.end]))
    return token._replace(capital=cased) if cased != token.capital else token


def _numbers(numerals: Sequence[Numeral], tokens: Sequence[Token], language: str) -> tuple[Number, ...]:
    vocabulary = reader(language).words
    found = []
    for one in numerals:
        unit, here = one.unit, one.last
        while not unit and here < min(len(tokens), one.last + _ANNOTATED) and not tokens[here].digits:
            unit = vocabulary.meaning(tokens, here)[0].unit
            if tokens[here].key not in _BETWEEN:
                break
            here += 1
        found.append(Number(one, unit))
    return tuple(found)


def _calendar(tokens: Sequence[Token], language: str) -> tuple[tuple[int, str], ...]:
    """Name the months and weekdays; "may" and "march" only with a capital where the language has them."""
    listed = moment_words(language)
    weekdays = listed.weekdays if listed else {}
    months = month_names(language)
    found = []
    for place, token in enumerate(tokens):
        if token.key in weekdays and len(token.key) > 1:
            found.append((place, f"w{weekdays[token.key]}"))
        elif token.key in months and len(token.key) > _LONG_MONTH and (token.capital or language not in {"en", "de"}):
            found.append((place, f"m{months[token.key]}"))
    return tuple(found)


_LONG_MONTH = 2


def _denials(text: str, tokens: Sequence[Token], words: Wording) -> tuple[int, ...]:
    found = {place for place, token in enumerate(tokens) if words.denies(token.key)}
    lowered = text.lower().replace("’", "'")
    if words.negation and len(lowered) == len(text):
        starts = {match.start(): match.end() for match in words.negation.finditer(lowered)}
        found |= {place for place, token in enumerate(tokens) if any(token.start <= at < token.end for at in starts)}
    if words.language == "en":
        found |= {place for place, token in enumerate(tokens) if token.key.endswith("n't")}
    if words.spaceless:
        for word in words.denials:
            at = lowered.find(word)
            if at >= 0:
                found |= {place for place, token in enumerate(tokens) if token.start <= at < token.end}
    return tuple(sorted(place for place in found if not (place + 1 < len(tokens) and tokens[place + 1].key in _ONLY)))


_ONLY = frozenset(
    "only nur seulement uniquement sólo solo solamente soltanto apenas somente alleen enkel bara tylko только лише "
    "тільки".split()
)
""""Not only" denies nothing."""


def _names(text: str, tokens: Sequence[Token], words: Wording, known: Set[str]) -> list[int]:
    """Give the tokens that are names, or may be one."""
    if words.caseless or words.language == "de":
        return _listed(text, tokens, words, known)
    long = [token for token in tokens if len(token.key) > _LONG_WORD and token.key.isalpha()]
    titled = len(long) > _LONG_WORD and sum(token.capital for token in long) > _TITLED * len(long)
    found = []
    for here, token in enumerate(tokens):
        if not token.capital or len(token.key) < _SHORTEST:
            continue
        shouted = text[token.start : token.end].isupper() and not titled
        if shouted or token.key in known or words.rarities.zipf(token.key) < _bar(tokens, here, titled=titled):
            found.append(here)
    return found


_SHORTEST = 2


def _bar(tokens: Sequence[Token], here: int, *, titled: bool) -> float:
    """Give the Zipf value under which a word with a capital is a name."""
    if titled:
        return _RARE
    if not opens(tokens, here):
        return _PLAIN
    following = here + 1 < len(tokens) and tokens[here + 1].capital and tokens[here + 1].spaced
    return _PLAIN if following and is_given(tokens[here].key) else _ODD


def opens(tokens: Sequence[Token], here: int) -> bool:
    """Say whether a sentence may begin at a token."""
    return here == 0 or tokens[here - 1].key in _OPENING


def _listed(text: str, tokens: Sequence[Token], words: Wording, known: Set[str]) -> list[int]:
    """Where capitals say nothing: words of names known, of names found by rules, and German words in no list."""
    found = {place for place, token in enumerate(tokens) if token.key in known}
    found |= _german(text, tokens, words) if words.language == "de" else _of_mentions(text, tokens, words, known)
    return sorted(place for place in found if tokens[place].key[:1].isalpha())


def _german(text: str, tokens: Sequence[Token], words: Wording) -> set[int]:
    found = set()
    for place, token in enumerate(tokens):
        shouted = text[token.start : token.end].isupper() and len(token.key) > 1
        rare = words.rarities.zipf(token.key) < _NOUN and len(token.key) <= _LONGEST_GERMAN
        if token.capital and (shouted or rare or is_given(token.key)):
            found.add(place)
    return found


def _of_mentions(text: str, tokens: Sequence[Token], words: Wording, known: Set[str]) -> set[int]:
    mentions = find_mentions(text, enrich_words(text, words.language), words.language)
    spans = [(one.start, one.end) for one in mentions]
    if words.spaceless:
        places = ((text.find(name), len(name)) for name in known if len(name) > 1)
        spans += [(at, at + size) for at, size in places if at >= 0]
    return {
        place
        for place, token in enumerate(tokens)
        if any(token.start < end and token.end > start for start, end in spans)
    }
