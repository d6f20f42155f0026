"""Themes of a text: what it is about, in words that all languages share a hashtag for (data/topics/themes)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from octavo.enrich.phrasebook import Phrasebook
from octavo.enrich.words import Word, fold, spaceless

_FOLDER = "data/topics/themes"

_READ = 900
"""Words that are read for themes."""

_FADE = 200
"""Words after which a mention counts half as much as one at the beginning."""

_HEADLINE = 2.5
"""How much more a mention in the headline counts."""


@dataclass(slots=True)
class Theme:
    """One theme of a text: its key (an English hashtag), what its mentions add up to, how many and in what words."""

    key: str
    weight: float = 0.0
    count: int = 0
    headline: bool = False
    words: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """The words of themes in one language, and what each theme is called in it."""

    book: Phrasebook
    labels: Mapping[str, str]
    nouns: frozenset[str]
    """Folded forms that make a label as they stand; those listed with `*` may be adjectives."""

    def label(self, key: str, printed: str) -> str:
        """Choose what to call a theme: as the text does where that makes a label, else by its name."""
        return printed if printed in self.nouns else self.labels[key]


@cache
def theme_words(language: str) -> ThemeWords | None:
    """Read a language's themes; None for a language without a file."""
    path = files("octavo").joinpath(f"{_FOLDER}/{language}.toml")
    if not path.is_file():
        return None
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    forms = [(form, key) for key, words in listed.items() for form in _small(words, language).split("|")]
    labels = {key: words.split("|")[0] for key, words in listed.items()}
    nouns = frozenset(fold(form) for form, _ in forms if "*" not in form)
    return ThemeWords(Phrasebook(forms, language), labels, nouns)


def _small(words: str, language: str) -> str:
    """Write the label small, as texts do, except where nouns have capitals: other forms stand as they are written."""
    return words if language == "de" or words[1:2].isupper() else words[0].lower() + words[1:]


@cache
def theme_topics() -> Mapping[str, tuple[str, ...]]:
    """Give where each theme stands among the IPTC Media Topics: top level, then second level where one fits."""
    path = files("octavo").joinpath(f"{_FOLDER}/codes.toml")
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["themes"]
    return {key: tuple(codes.split("/")) for key, codes in listed.items()}


def find_themes(text: str, found: Sequence[Word], language: str, headline_end: int) -> dict[str, Theme]:
    """Find the themes a text mentions, by key."""
    known = theme_words(language.split("-")[0])
    if known is None:
        return {}
    themes: dict[str, Theme] = {}
    joint = "" if spaceless(language) else " "
    for one in known.book.find(text[: found[_READ].start] if len(found) > _READ else text, found[:_READ]):
        theme = themes.setdefault(one.meaning, Theme(one.meaning))
        early = found[one.first].start < headline_end
        theme.weight += (_HEADLINE if early else 1.0) / (1.0 + one.first / _FADE)
        theme.count += 1
        theme.headline = theme.headline or early
        theme.words.add(joint.join(word.key for word in found[one.first : one.last + 1]))
    return themes
