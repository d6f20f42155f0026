"""Which person a full name means: those often in the news by any of their spellings, others by how they sound."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from octavo.enrich.words import fold
from octavo.text.names import person_key

_NEAR = 7
"""Consonants from which a key one sound away from a known person's, and from no other's, is taken for it."""

_ADJECTIVE = re.compile("(?<=[скнл])(?:ого|ому|им|ым|ом|ої|ою)$")
_CASE = re.compile("(?:а|у|ю|я|е|ом|ем|ым|им|ові|і)$")
"""Endings of Cyrillic family names."""

_SPLIT = re.compile(r"[\s\-‑·・.,=＝']+")


@dataclass(frozen=True, slots=True)
class People:
    """The people known: English name by folded form, by key, by key as Japanese hears it, and by near keys."""

    forms: Mapping[str, str]
    keys: Mapping[str, str]
    kana: Mapping[str, str]
    near: Mapping[str, str]
    givens: Mapping[str, str]
    alone: Mapping[str, str]
    """English name by a family name that means one person."""
    topics: Mapping[str, str]
    """Topic by English name, for those who are no politicians."""
    shown: Mapping[str, str]
    """English name by form as written, of more than one character; for texts without spaces."""

    def find(self, name: str, language: str) -> tuple[str, str]:
        """Give (key, English name) of a full name: "" twice for a name too short to tell, no English for a stranger."""
        known = self.forms.get(plain(name))
        if known:
            return self.key_of(known), known
        key = person_key(name, language, self.givens)
        if not key:
            return "", ""
        known = self.keys.get(key) or (self._near(key) if len(key) >= _NEAR else "")
        if not known and language == "ja":
            known = self.kana.get(key, "")
        return (self.key_of(known), known) if known else (key, "")

    def by_family(self, name: str) -> str:
        """Give the English name of the one person a family name means, with the endings of Cyrillic; "" for none."""
        folded = plain(name)
        if folded in self.alone or not "\u0400" <= folded[:1] <= "\u04ff":
            return self.alone.get(folded, "")
        return next((self.alone[cut] for cut in _stems(folded) if cut in self.alone), "")

    def key_of(self, known: str) -> str:
        """Give the key of a known person by English name."""
        return person_key(known, "en", self.givens) or plain(known)

    def _near(self, key: str) -> str:
        found = {self.near[cut] for cut in (key, *_cuts(key)) if cut in self.near}
        return found.pop() if len(found) == 1 and "" not in found else ""


def plain(name: str) -> str:
    """Fold a name for the table: small letters, one space between parts."""
    return " ".join(part for part in _SPLIT.split(fold(name)) if part)


def _cuts(key: str) -> list[str]:
    return [key[:place] + key[place + 1 :] for place in range(len(key))]


def _stems(folded: str) -> list[str]:
    """Give what a Cyrillic family name may be without its case's ending: "путина" and "зеленского"."""
    adjective = _ADJECTIVE.sub("", folded)
    endings = ("ий", "ый", "ій") if adjective != folded else ()
    return [_CASE.sub("", folded), *(adjective + ending for ending in endings)]


def _once(table: dict[str, str], key: str, name: str) -> None:
    """Enter a name; a key of two people tells neither."""
    table[key] = name if table.get(key, name) == name else ""


@cache
def people() -> People:
    """Read the tables once."""
    folder = files("octavo").joinpath("data/names")
    listed = tomllib.loads(folder.joinpath("people.toml").read_text(encoding="utf-8"))
    spelt = tomllib.loads(folder.joinpath("given.toml").read_text(encoding="utf-8"))["given"]
    givens = {word: sound for sound, words in spelt.items() for word in words.split()}
    topics = {name: code for code, names in listed["topics"].items() for name in names.split("|")}
    return replace(known_people(listed["people"], givens, listed["alone"]), topics=topics)


def known_people(listed: Mapping[str, str], givens: Mapping[str, str], families: Mapping[str, str]) -> People:
    """Make the tables of these people: English name to further forms, and to lone family names, apart by "|"."""
    forms: dict[str, str] = {}
    keys: dict[str, str] = {}
    kana: dict[str, str] = {}
    near: dict[str, str] = {}
    shown: dict[str, str] = {}
    for name, more in listed.items():
        for form in (name, *filter(None, more.split("|"))):
            forms[plain(form)] = name
            if len(form) > 1 and not form.isascii():
                shown[form] = name
        key = person_key(name, "en", givens)
        if key:
            _once(keys, key, name)
            _once(kana, key.replace("l", "r"), name)
            for cut in (key, *_cuts(key)) if len(key) >= _NEAR else ():
                _once(near, cut, name)
    alone = {plain(form): name for name, forms_of in families.items() for form in forms_of.split("|")}
    return People(forms, keys, kana, near, givens, alone, {}, shown)
