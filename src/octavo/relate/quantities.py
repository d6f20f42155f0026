"""What the words beside a number mean: what is counted, who, in what unit, in which event, according to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from octavo.text.numberwords import Phrases, at, at_with_size, data, phrases
from octavo.text.tokens import Token, fold

PEOPLE = frozenset(
    "killed injured missing arrested evacuated displaced homeless rescued trapped abducted infected hospitalised "
    "vaccinated crowd aboard deployed".split()
)
"""Quantities that count people."""

THINGS = frozenset("votes seats jobs houses rockets price displaced crowd aboard infected".split())
"""Quantities named by the very things that are counted."""

TOLLS = frozenset(
    "killed injured missing arrested evacuated displaced homeless rescued trapped infected houses".split()
)
"""Quantities that grow while an event goes on."""

_SHARES = frozenset({"%", "points"})
_MONEY = frozenset("USD EUR GBP JPY CNY INR RUB UAH TRY KRW ILS CHF BRL PLN EGP SAR AED".split())
_LENGTHS = frozenset({"km", "mile", "m"})
_SPANS = frozenset({"hour", "minute", "day", "week", "month", "year"})

_MEASURES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(PEOPLE, frozenset({""})),
    **dict.fromkeys(("votes", "seats", "jobs", "houses", "rockets"), frozenset({""})),
    **dict.fromkeys(("growth", "inflation", "unemployment", "turnout", "rate", "tariff", "shares"), _SHARES),
    **dict.fromkeys(("revenue", "profit", "loss", "deal", "fine", "damage", "budget", "debt"), _MONEY),
    "price": _MONEY | _SHARES,
    "barrels": frozenset({"barrel"}),
    "magnitude": frozenset({"", "degree"}),
    "wind": frozenset({"km", "mile", "m"}),
    "temperature": frozenset({"degree", ""}),
    "rain": frozenset({"m", "mm", "litre"}),
    "sentence": frozenset({"year", "month", "day"}),
    "ceasefire": frozenset({"hour", "day", "week", "month", "minute"}),
}
"""In what units a quantity can be stated."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word may mean."""

    quantities: tuple[str, ...] = ()
    who: str = ""
    unit: str = ""
    event: tuple[str, ...] = ()
    said: bool = False
    hedge: bool = False
    source: bool = False
    direction: str = ""


NOTHING = Meaning()


class Vocabulary:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        held = data(language)
        self.language = language
        self._exact: dict[str, Meaning] = {}
        self._stems: dict[str, Meaning] = {}
        self._phrases: dict[tuple[str, ...], Meaning] = {}
        self._heads: Phrases = {}
        for section in ("quantities", "who", "units", "events", "directions"):
            for name, words in held.get(section, {}).items():
                self._add(section, name, words.split())
        said = held.get("said", {})
        self._add("said", "said", str(said.get("words", "")).split())
        self._add("nothing", "", str(said.get("nothing", "")).split())
        self._add("sources", "source", str(said.get("sources", "")).split())
        self._add("hedges", "hedge", str(said.get("hedges", "")).split())
        self._heads = phrases("_".join(phrase) for phrase in self._phrases)
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self.periods = {
            phrase: name
            for name, words in held.get("periods", {}).items()
            for many in phrases(words.split()).values()
            for phrase in many
        }
        self.period_heads = phrases("_".join(phrase) for phrase in self.periods)
        numerals = held.get("numerals", {})
        self.by = frozenset(map(fold, str(numerals.get("by", "")).split()))
        self.former = frozenset(map(fold, str(numerals.get("from", "")).split()))
        self.prefixes = tuple(str(numerals.get("prefixes", "")).split())
        counted = [word for name in PEOPLE for word in held.get("quantities", {}).get(name, "").split()]
        self.people = frozenset(fold(word).replace("_", " ")[:4] for word in counted)
        self._seen: dict[str, Meaning] = {}

    def __bool__(self) -> bool:
        return bool(self._exact)

    def _add(self, section: str, name: str, words: Iterable[str]) -> None:
        for word in words:
            parts = tuple(fold(word.rstrip("*")).replace("-", "_").split("_")) if len(word) > 1 else (word,)
            if len(parts) > 1:
                self._phrases[parts] = _with(self._phrases.get(parts, NOTHING), section, name)
            elif word.endswith("*"):
                self._stems[parts[0]] = _with(self._stems.get(parts[0], NOTHING), section, name)
            else:
                self._exact[parts[0]] = _with(self._exact.get(parts[0], NOTHING), section, name)

    def meaning(self, tokens: Sequence[Token], here: int) -> tuple[Meaning, int]:
        """Say what the word at a token, or the phrase that begins there, may mean, and how many tokens it takes."""
        key = tokens[here].key
        if key in self._heads:
            phrase, size = at_with_size(tokens, here, self._heads)
            if phrase:
                return self._phrases[phrase], size
        found = self._seen.get(key)
        if found is None:
            found = self._word(key)
            if len(self._seen) < _REMEMBERED:
                self._seen[key] = found
        return found, 1

    def _word(self, key: str) -> Meaning:
        found = self._exact.get(key, NOTHING)
        for size in self._lengths:
            if size <= len(key) and key[:size] in self._stems:
                return _both(found, self._stems[key[:size]])
        if found is not NOTHING:
            return found
        for prefix in self.prefixes:
            if key.startswith(prefix) and len(key) > len(prefix) + 2:
                found = self._word(key[len(prefix) :])
                if found is not NOTHING:
                    return found
        return NOTHING

    def period(self, tokens: Sequence[Token], here: int) -> str:
        """Name the relative period that a phrase at a token means: "last_month"; "" where none stands."""
        phrase = at(tokens, here, self.period_heads)
        return self.periods[phrase] if phrase else ""


_REMEMBERED = 20_000
"""Words whose meaning is remembered, of one language."""


def _both(one: Meaning, other: Meaning) -> Meaning:
    return Meaning(
        quantities=(*one.quantities, *other.quantities),
        who=one.who or other.who,
        unit=one.unit or other.unit,
        event=(*one.event, *other.event),
        said=one.said or other.said,
        hedge=one.hedge or other.hedge,
        source=one.source or other.source,
        direction=one.direction or other.direction,
    )


def _with(one: Meaning, section: str, name: str) -> Meaning:
    return Meaning(
        quantities=(*one.quantities, name) if section == "quantities" else one.quantities,
        who=name if section == "who" else one.who,
        unit=name if section == "units" else one.unit,
        event=(*one.event, name) if section == "events" else one.event,
        said=one.said or section == "said",
        hedge=one.hedge or section == "hedges",
        source=one.source or section == "sources",
        direction=name if section == "directions" else one.direction,
    )


def measures(quantity: str, unit: str) -> bool:
    """Say whether a quantity can be stated in a unit."""
    allowed = _MEASURES.get(quantity)
    return allowed is None or unit in allowed


def is_span(unit: str) -> bool:
    """Say whether a unit measures time."""
    return unit in _SPANS


def is_money(unit: str) -> bool:
    """Say whether a unit is a currency."""
    return (len(unit) == 3 and unit.isupper()) or unit.endswith("$")


@cache
def vocabulary(language: str) -> Vocabulary:
    """Read a language's words once; a language without a file gets an empty vocabulary."""
    return Vocabulary(language.lower().partition("-")[0])
