"""News agencies by the forms in which pages of many languages write them."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files("octavo").joinpath("data/bylines/agencies.toml").read_text(encoding="utf-8"))
_BY_NAME = {form: agency for agency, forms in _TABLE["agencies"].items() for form in forms.split("|")}
_BEFORE = frozenset(
    part for word in _TABLE["contexts"]["before"].split("|") if (part := " ".join(word.split()).strip())
)
_BEFORE_FIRST = frozenset(word.split()[0] for word in _BEFORE)
_TITLED = frozenset("lusa tass ansa jiji elta belta ians unian efe".split())
_CODE, _SHORT, _NAME = 4, 2, 6  # letters: of an abbreviation; of one read in capitals only; of what might be a name
_LONG = re.compile(
    "(?<![^\\W_])(?:"
    + "|".join(sorted((re.escape(form) for form in _BY_NAME if len(form) > _NAME), key=len, reverse=True))
    + ")(?![^\\W_])"
)
_WORD = re.compile(r"[^\W_]+")
_FIRST = frozenset(_WORD.findall(form)[0] for form in _BY_NAME if len(form) > _NAME)
_PARTS = re.compile(r"[/,;|&+·•–—]|\s-\s|(?<!\w)(?:and|und|et|y|e|ed|og|och|en|i|ve|и|та|та|و|dan|ja|a)(?!\w)")
_WORDS = 5
_LONGEST, _MORE = 160, 16  # characters of a line; of what may stand beside an agency's long name
_EDGES = " .,;:()[]{}<>\"'“”„«»*-–—©/"


@lru_cache(maxsize=8_192)
def find_agency(name: str) -> str:
    """The agency a short line names, "" when it names none; "for", "mit Material von", "Quelle:" are looked past.

    An abbreviation must stand alone in its part of the line, and one of two letters in capitals: "AP", not "ap".
    """
    if len(name) > _LONGEST:
        return ""
    text = " ".join(name.split()).strip(_EDGES)
    found = _exact(text)
    if found:
        return found
    for part in _PARTS.split(text):
        found = _exact(part.strip(_EDGES))
        if found:
            return found
    plain = text.lower()
    long = None if _FIRST.isdisjoint(_WORD.findall(plain)) else _LONG.search(plain)
    return _BY_NAME[long.group()] if long and len(plain) < len(long.group()) + _MORE else ""


def _exact(text: str, depth: int = 2) -> str:
    """The agency a text is, also behind a word such as "with" or "Quelle:"."""
    if not text:
        return ""
    plain = text.lower()
    if plain in _BY_NAME:
        return _BY_NAME[plain] if _is_form(text) else ""
    words = text.split()
    behind = depth > 0 and words[0].lower().strip(":：") in _BEFORE_FIRST
    for count in range(min(_WORDS, len(words) - 1) * behind, 0, -1):
        said = " ".join(words[:count]).lower().strip(" :：")
        if said in _BEFORE:
            return _exact(" ".join(words[count:]).strip(_EDGES), depth - 1)
    label, colon, rest = text.partition(":" if ":" in text else "：")
    return _exact(rest.strip(_EDGES), 0) if colon and depth and label.lower().strip() in _BEFORE else ""


def _is_form(text: str) -> bool:
    """Tell an abbreviation as agencies write theirs from a name or a word of the same letters."""
    if not text.isascii() or len(text) > _CODE:
        return True
    if len(text) <= _SHORT:
        return text.isupper()
    return text.isupper() or text.islower() or text.lower() in _TITLED


@lru_cache(maxsize=2_048)  # lines beside a body are looked at by several
def is_agency(name: str) -> bool:
    """Tell whether every part of a line is an agency, a place in capitals, or initials: "AFP, MANILA", "mho/dpa"."""
    if len(name) > _LONGEST:
        return False
    parts = [part.strip(_EDGES) for part in _PARTS.split(name)]
    stated = [part for part in parts if part]
    others = [part for part in stated if not _exact(part)]
    return len(others) < len(stated) and all(
        part.isupper() or (part.islower() and len(part) <= _CODE) for part in others
    )
