"""Bodies often in the news, by their names and acronyms in many languages: data/names/organisations.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from octavo.enrich.people import people, plain
from octavo.enrich.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies known: English name by tag ("WorldBank" to "World Bank"), tag by folded form, topic by tag.

    A form of one language alone is entered with that before it: "fr:cpi".
    """

    names: Mapping[str, str]
    tags: Mapping[str, str]
    topics: Mapping[str, str]

    def find(self, name: str, language: str) -> str:
        """Give the tag of the body a name means in a language; "" for one that is not listed."""
        folded = plain(name.strip("\"'«»“”„"))
        return self.tags.get(folded) or self.tags.get(f"{language}:{folded}", "")


@cache
def bodies() -> Bodies:
    """Read the table once."""
    names: dict[str, str] = {}
    tags: dict[str, str] = {}
    listed = _listed()
    for tag, forms in listed["organisations"].items():
        for form in forms.split("|"):
            said, shown = (form[:3], form[3:]) if form[2:3] == ":" else ("", form)
            names.setdefault(tag, shown)
            tags.setdefault(f"{said}{plain(shown)}", tag)
    topics = {tag: code for code, listed_tags in listed["topics"].items() for tag in listed_tags.split()}
    return Bodies(names, tags, topics)


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    path = files("octavo").joinpath("data/names/organisations.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def body_phrases(language: str) -> Phrasebook:
    """Give what to look for in a language's texts: "org/" and the tag, or "person/" and the English name."""
    forms = [(form, f"org/{tag}") for tag, listed in _listed()["organisations"].items() for form in listed.split("|")]
    if language in {"zh", "ja"}:
        forms += [(form, f"person/{name}") for form, name in people().shown.items()]
    return Phrasebook(forms, language)


@cache
def demonyms(language: str) -> Phrasebook | None:
    """Give the words a language has for people and things of each country, by its code; None where none are listed."""
    path = files("octavo").joinpath("data/names/demonyms.toml")
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get(language)
    if listed is None:
        return None
    return Phrasebook([(form, code) for code, forms in listed.items() for form in forms.split("|")], language)
