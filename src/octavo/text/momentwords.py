"""The words by which running text dates what it tells: one language's, from data/moments and the Unicode CLDR."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError

from octavo.text.dates import month_names

UNSPACED = frozenset({"zh", "ja"})
"""Languages written without spaces: their words are looked for anywhere."""

_VERB_LAST = frozenset({"zh", "ja", "tr"})
_NUMBER = "N"
_SLOT = "{}"
_SHORTEST_MONTH = 3

Pattern = re.Pattern[str]
Frame = tuple[str, str]
"""What stands right before and right behind a number, a month or a year."""


@dataclass(frozen=True, slots=True)
class MomentWords:
    """One language's words, compiled. Patterns are matched where one of `triggers` or a digit stands.

    `loose` words for a day mean "nowadays" too. `shifts` holds what frames a number of days, with its sign and whether
    it counts from the day told last.
    """

    language: str
    triggers: frozenset[str]
    days: Mapping[str, int]
    loose: frozenset[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    weeks: Mapping[str, int]
    day: Pattern
    weekday: Pattern
    week: Pattern
    day_month: Pattern
    month_day: Pattern
    amount: Pattern
    month: Pattern
    year: Pattern
    in_month: tuple[Frame, ...]
    in_year: tuple[Frame, ...]
    shifts: tuple[tuple[Frame, int, bool], ...]
    passing_before: Pattern
    passing_after: Pattern | None
    ahead: Pattern
    unsure: Pattern
    anywhere: Pattern | None

    @property
    def whole(self) -> bool:
        """Whether a sentence's verb stands at its end, so that the whole of it tells the time."""
        return self.language in _VERB_LAST


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = files("octavo").joinpath("data/moments/words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def moment_words(language: str) -> MomentWords | None:
    """Give the words of a language (BCP 47), None for one that has no table."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    table = _tables().get(primary)
    return _compiled(primary, table) if table else None


def _compiled(language: str, table: Mapping[str, Any]) -> MomentWords:
    edge = ("", "") if language in UNSPACED else (r"(?<![^\W_])", r"(?![^\W_])")
    weekdays = _weekdays(language, table)
    months = {name: number for name, number in month_names(language).items() if len(name) >= _SHORTEST_MONTH}
    if language == "he":  # "in" is written with the name
        months |= {f"ב{name}": number for name, number in months.items() if not name.isascii()}
    numbers = {word: n for key in ("numbers", "numbers_too") for n, word in enumerate(table.get(key, "").split(), 2)}
    amount = rf"(?P<n>\d{{1,2}}|{_either(numbers)})"
    days = table["days"] | table.get("ago_fixed", {})
    weekday = _weekday_form(weekdays, table, edge)
    month = rf"(?P<month>{_either(months)})"
    kinds = (("ago", -1, False), ("ahead_by", 1, False), ("earlier", -1, True), ("later", 1, True))
    shifts = tuple((frame, sign, chained) for key, sign, chained in kinds for frame in _frames(table, key, _NUMBER))
    after = table.get("passing_after")
    forms = [*days, *weekdays, *table["weeks"], *months]
    leads = _listed(table, "last") + _listed(table, "next")
    triggers = {_first(form) for form in (*forms, *leads)} | set(numbers)
    return MomentWords(
        language=language,
        triggers=frozenset(triggers - {""}),
        days=days,
        loose=frozenset(table["loose"].split("|")),
        weekdays=weekdays,
        months=months,
        numbers=numbers,
        weeks=table["weeks"],
        day=re.compile(f"{edge[0]}(?P<day>{_either(days)}){edge[1]}"),
        weekday=re.compile(weekday),
        week=re.compile(f"{edge[0]}(?P<week>{_either(table['weeks'])}){edge[1]}"),
        day_month=re.compile(_day_month(month)),
        month_day=re.compile(
            rf"{month}\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%])(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?"
        ),
        amount=re.compile(amount if edge[0] else rf"{amount}\s?"),
        month=re.compile(rf"{month}(?:\s(?:de\s|del\s)?(?P<year>(?:19|20)\d\d))?(?![^\W_]|\s\d|[.,]\d)"),
        year=re.compile(r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d|[-–]\d|\s?(?:€|\$|euro))"),
        in_month=_frames(table, "in_month", _SLOT),
        in_year=_frames(table, "in_year", _SLOT),
        shifts=shifts,
        passing_before=re.compile(f"{edge[0]}(?:{_either(_listed(table, 'passing'))})\\s?$"),
        passing_after=re.compile(rf"['’\s]?(?:{_either(after.split('|'))})") if after else None,
        ahead=_cues(table, "ahead", edge),
        unsure=_cues(table, "unsure", edge),
        anywhere=re.compile(_either(_starts([*days, *weekdays, *table["weeks"], *leads]))) if not edge[0] else None,
    )


def _cues(table: Mapping[str, Any], key: str, edge: tuple[str, str]) -> Pattern:
    endings = table.get(f"{key}_ending")
    more = rf"|(?<=\w\w\w)(?:{_either(endings.split('|'))}){edge[1]}" if endings else ""
    return re.compile(f"{edge[0]}(?:{_either(table[key].split('|'))}){edge[1]}{more}")


def _weekdays(language: str, table: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    if not table.get("only_listed_weekdays"):
        try:
            named = Locale.parse(language).days
        except (UnknownLocaleError, ValueError):
            return {}
        for context in ("format", "stand-alone"):
            found |= {name.lower(): number for number, name in named[context]["wide"].items()}
    for number, forms in enumerate(table.get("weekdays", "").split(";")):
        found |= {form: number for form in forms.split("|") if form}
    return found


def _weekday_form(weekdays: Mapping[str, int], table: Mapping[str, Any], edge: tuple[str, str]) -> str:
    name = f"(?:{_either(weekdays)})"
    forms = [
        f"(?P<{group}{number}>{re.escape(form).replace(re.escape(_SLOT), name)})"
        for group in ("last", "next")
        for number, form in enumerate(sorted(_listed(table, group), key=len, reverse=True))
    ]
    return f"{edge[0]}(?:{'|'.join([*forms, f'(?P<bare>{name})'])}){edge[1]}"


def _day_month(month: str) -> str:
    return (
        rf"(?<![\d.,:/-])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|ª|\.)?\s(?:de\s|of\s|di\s)?{month}(?![^\W\d_])\.?"
        rf"(?:,?\s(?:de\s|del\s)?(?P<year>(?:19|20)\d\d)(?!\d))?"
    )


def _frames(table: Mapping[str, Any], key: str, slot: str) -> tuple[Frame, ...]:
    """What stands before and behind the slot of each phrase, the longest first."""
    parts = [form.partition(slot) for form in _listed(table, key)]
    return tuple(sorted(((before, after) for before, _, after in parts), key=lambda frame: -len("".join(frame))))


def _listed(table: Mapping[str, Any], key: str) -> list[str]:
    return [form for form in table.get(key, "").split("|") if form]


def _starts(forms: Iterable[str]) -> set[str]:
    return {form.split(_SLOT)[0] or _SLOT for form in forms} - {_SLOT}


def _first(form: str) -> str:
    """The first word of a phrase."""
    return re.split(r"[\s'’-]", form.strip())[0].strip("{}")


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
