"""Words by which an edit is judged, in many languages: data/edits."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Pattern = re.Pattern[str]
_UNSPACED = frozenset({"zh", "ja"})
_NEVER = re.compile(r"(?!)")
_LABEL_END = r"(?:\s?[:：.(（—–|-]|\s\w{1,12}\s?[:：]|\W{0,3}$)"
_MARKS = r"^[\W_]{0,4}"


@dataclass(frozen=True, slots=True)
class EditingWords:
    """One language's words; the patterns match lower-cased text. `correction` matches at its beginning only."""

    hedge: Pattern
    charge: Pattern
    negation: Pattern
    correction: Pattern
    retraction: Pattern
    numbers: Mapping[str, int]


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("octavo").joinpath("data/edits/words.toml").read_text(encoding="utf-8"))


@cache
def editing_words(language: str) -> EditingWords | None:
    """Give the words of a language (BCP 47), None for one that has no table."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    table = _tables().get(primary)
    if table is None:
        return None
    spaced = primary not in _UNSPACED
    labels = [form for form in table["corrections"].split("|") if " " not in form and spaced]
    phrases = [form for form in table["corrections"].split("|") if form not in labels]
    return EditingWords(
        hedge=_any_of(table["hedges"].split("|"), spaced=spaced),
        charge=_any_of(table["charges"].split("|"), spaced=spaced),
        negation=_any_of(table["negations"].split("|"), spaced=spaced),
        correction=re.compile(f"{_MARKS}(?:(?:{_either(labels)}){_LABEL_END}|(?:{_either(phrases)}))"),
        retraction=_any_of(table["retractions"].split("|"), spaced=spaced),
        numbers={word: number for number, word in enumerate(table["numbers"].split(), 2)},
    )


def _any_of(forms: Iterable[str], *, spaced: bool) -> Pattern:
    either = _either(forms)
    if not either:
        return _NEVER
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])" if spaced else f"(?:{either})")


def _either(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(forms), key=len, reverse=True))) or "(?!)"
