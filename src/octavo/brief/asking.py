"""What a question asks for: its kind by its words, what it is about, and what an earlier question left unsaid."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from octavo.brief.measures import TIME, measures_asked
from octavo.text.folding import fold, root, split, unspaced
from octavo.text.rarity import rarities
from octavo.text.saying import UNSPACED, any_of, saying_words

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word as a reader sees it, where spaces tell words apart."""

LONGEST = 400
"""Characters of a question that are read."""


class Asked(StrEnum):
    """What kind of answer a question asks for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    NUMBER = "number"
    WHY = "why"
    WHAT = "what"


_KINDS = (Asked.NUMBER, Asked.WHEN, Asked.WHERE, Asked.WHY, Asked.WHO)
_CEILING = 7.0
_UNLISTED = 4.4
_UNSPACED_WEIGHT = 2.2
_DIGITS_WEIGHT = 4.4
_LIGHTEST = 0.6
_TELLING = 1.6
_NOUNS = frozenset({"de"})
"""Languages that write every noun with a capital: there only two in a row are a name."""

_RUN_OF_CAPITALS = re.compile(r"(?:\b[A-ZÄÖÜ][\w-]+ )+[A-ZÄÖÜ][\w-]+")

_JOINED = {"ar": "وف", "he": "ו"}
"""Letters that join "and" to the word behind them."""

_SHORT_NAME = 2
_SHORT = 3
"""Words that mean something in a question up to which it may go on from the one before."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is looked for: `weights` holds the folded roots of its words, and how much each says.

    `words` holds those words as they were written, where spaces tell what a word is; `measures` what its answer is
    measured in, any of them: what states none of them is no answer.
    """

    text: str
    language: str
    kind: Asked
    weights: dict[str, float]
    names: frozenset[str]
    words: Mapping[str, str] = field(default_factory=dict)
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Words:
    kinds: tuple[tuple[Asked, re.Pattern[str]], ...]
    plain: frozenset[str]
    because: re.Pattern[str]
    again: re.Pattern[str]


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("octavo").joinpath("data/briefs/questions.toml").read_text(encoding="utf-8"))


@cache
def _words(language: str) -> _Words:
    table = _tables().get(language) or _tables()["en"]
    spaced = language not in UNSPACED

    def listed(key: str) -> list[str]:
        own = [word for word in table[key].split("|") if word]
        return [*own, *(letter + word for letter in _JOINED.get(language, "") for word in own)]

    def pattern(key: str) -> re.Pattern[str]:
        return any_of(listed(key), spaced=spaced)

    kinds = tuple((kind, pattern(kind.value)) for kind in _KINDS)
    plain = {one for key in ("plain", *_KINDS) for phrase in listed(key) for one in split(phrase)}
    return _Words(kinds, frozenset(plain), pattern("because"), pattern("again"))


def read_question(text: str, language: str, earlier: Sequence[str] = ()) -> Question:
    """Read a question; one that points back at the `earlier` ones, the last last, takes over what they were about."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    text = text[:LONGEST]
    words = _words(primary)
    lowered = text.replace("İ", "i").lower()
    kind = _kind(lowered, words)
    measures = _measures(text, primary, kind)
    if kind is Asked.WHAT and measures:
        kind = Asked.NUMBER
    weights = _weights(text, primary, words)
    names = _names(text, primary) & weights.keys()
    written = _written(text, weights)
    if earlier and _goes_on(lowered, weights, words):
        before = read_question(earlier[-1], language, earlier[:-1])
        if before.kind is not Asked.WHAT and kind is Asked.WHAT and len(weights) > 0:
            kind = before.kind
        carried = {word: 0.7 * weight for word, weight in before.weights.items() if word not in weights}
        weights = weights | carried
        names |= before.names
        written = dict(before.words) | written
    return Question(text, primary, kind, weights, names, written, measures)


def gives_reason(text: str, language: str) -> bool:
    """Say whether a sentence gives a reason for something."""
    primary = language.lower().partition("-")[0]
    return primary in _tables() and _words(primary).because.search(text.lower()) is not None


@cache
def kindred(language: str) -> dict[str, frozenset[str]]:
    """Give the roots of a language's words that count as each other, by each of them."""
    text = files("octavo").joinpath("data/briefs/kindred.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text).get(language, {})
    found: dict[str, frozenset[str]] = {}
    for group in table.get("groups", ()):
        roots = frozenset(root(fold(word)) for word in group.split("|"))
        for one in roots:
            found[one] = found.get(one, frozenset()) | roots
    return found


def _kind(lowered: str, words: _Words) -> Asked:
    """The kind whose words stand first."""
    found = [(match.start(), -len(match[0]), kind) for kind, one in words.kinds if (match := one.search(lowered))]
    return min(found)[2] if found else Asked.WHAT


def _measures(text: str, language: str, kind: Asked) -> frozenset[str]:
    if kind in (Asked.NUMBER, Asked.WHEN, Asked.WHAT):
        return measures_asked(text, language) or (TIME if kind is Asked.WHEN else frozenset())
    return frozenset()


def _goes_on(lowered: str, weights: dict[str, float], words: _Words) -> bool:
    return len(weights) <= _SHORT and (not weights or words.again.search(lowered) is not None)


def _weights(text: str, language: str, words: _Words) -> dict[str, float]:
    known = rarities(language)
    found: dict[str, float] = {}
    pieces = split(text)
    for number, word in enumerate(pieces):
        if unspaced(word):
            pair = word + pieces[number + 1] if number + 1 < len(pieces) and unspaced(pieces[number + 1]) else ""
            if pair and not (word in words.plain and pair[1] in words.plain):
                found[pair] = _UNSPACED_WEIGHT
            continue
        if word in words.plain or (len(word) < 2 and not word.isdigit()):
            continue
        weight = _DIGITS_WEIGHT if word.isdigit() else (_CEILING - known.zipf(word) if known else _UNLISTED)
        if weight >= _LIGHTEST:
            found[root(word)] = min(weight, _UNLISTED)
    return found


def _written(text: str, weights: Mapping[str, float]) -> dict[str, str]:
    """Give the words of a question as they stand there, by their roots."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        for one in split(word):
            if root(one) in weights and not unspaced(one):
                found.setdefault(root(one), word)
    return found


def telling_words(text: str, language: str) -> list[str]:
    """Give the words of a text that say something, as they stand there, in lower case; none of a script of pairs."""
    primary = language.lower().partition("-")[0]
    weights = _weights(text, primary, _words(primary))
    found = dict.fromkeys(
        word.lower()
        for word in WORD.findall(text)
        if not word.isdigit() and max((weights.get(root(one), 0.0) for one in split(word)), default=0.0) >= _TELLING
    )
    return list(found)


def names_somebody(text: str, language: str, known: Collection[str]) -> bool:
    """Say whether a sentence names somebody not among the `known` roots; or, without capitals, says what one is."""
    if any(char.isupper() for char in text):
        return any(one not in known for one in _names(text, language))
    words = saying_words(language)
    if words is None or not words.roles:
        return True
    return any(word.startswith(words.roles) or word.removeprefix("ال").startswith(words.roles) for word in text.split())


def _names(text: str, language: str) -> frozenset[str]:
    """The roots of words with a capital letter inside a text: what it names, where capitals tell that."""
    if language in _NOUNS:
        runs = [run.split() for run in _RUN_OF_CAPITALS.findall(text)]
        tokens = [word for run in runs if run[0].lower() not in _words(language).plain for word in run]
    else:
        tokens = re.findall(r"[^\W\d_][\w-]*", text)[1:]
    return frozenset(
        root(word) for one in tokens if one[:1].isupper() for word in split(one) if len(word) > _SHORT_NAME
    )
