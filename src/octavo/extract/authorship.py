"""Which of the authors a page offers are believed: every reading of it is weighed by what else on the page agrees.

A reading is a set of people (or, where nobody is named, an outlet, a desk or an agency) that one place on the page
gives. What speaks for it is how much of it each other place says too; against it, what those places say that it lacks.
The weights are fitted by evals/fit_bylines.py and kept in data/bylines/weights.toml.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from octavo.extract.agencies import find_agency
from octavo.extract.attribution import Claim, Kind
from octavo.extract.bylinewords import BY, FAMILIES, GIVEN, OTHERS, ROLES
from octavo.extract.evidence import key
from octavo.extract.names import strip_prefix

_WEIGHTS = "data/bylines/weights.toml"
_TOGETHER = frozenset({
    Kind.PERSON, Kind.PLAIN, Kind.ORGANIZATION, Kind.ELSEWHERE, Kind.META, Kind.LABEL, Kind.AUTHOR_NEAR,
    Kind.AUTHOR_BEHIND, Kind.BYLINE_NEAR, Kind.ABOUT, Kind.FEED, Kind.LINKED,
})  # fmt: skip
_WHOLE = frozenset({Kind.PERSON, Kind.PLAIN, Kind.ORGANIZATION, Kind.ELSEWHERE, Kind.META, Kind.LABEL, Kind.FEED})
_STATED = frozenset({Kind.PERSON, Kind.PLAIN, Kind.META, Kind.LABEL})
_UNSIGNED = frozenset({
    Kind.PERSON, Kind.PLAIN, Kind.ORGANIZATION, Kind.ELSEWHERE, Kind.META, Kind.LABEL, Kind.AUTHOR_NEAR,
    Kind.AUTHOR_BEHIND, Kind.BYLINE_NEAR, Kind.BYLINE_BEHIND, Kind.BY_ABOVE, Kind.BY_BEHIND, Kind.AGENCY, Kind.DESK,
    Kind.FEED,
})  # fmt: skip
_PRINTED = frozenset({
    Kind.AUTHOR_NEAR, Kind.BYLINE_NEAR, Kind.BY_ABOVE, Kind.BY_BEHIND, Kind.DATED, Kind.ALONE_FIRST, Kind.ALONE_LAST,
    Kind.ALONE_DATED, Kind.MORE,
})  # fmt: skip
_TRUSTED = frozenset({
    Kind.PERSON, Kind.PLAIN, Kind.META, Kind.LABEL, Kind.AUTHOR_NEAR, Kind.BYLINE_NEAR, Kind.BY_ABOVE, Kind.DATED,
    Kind.ALONE_FIRST,
})  # fmt: skip
_NEAR = frozenset({Kind.AUTHOR_NEAR, Kind.BYLINE_NEAR, Kind.BY_ABOVE, Kind.DATED})
_WEAK = frozenset({
    Kind.ALONE, Kind.ALONE_DATED, Kind.ALONE_BEHIND, Kind.ABOUT, Kind.SITE, Kind.LINKED, Kind.BYLINE_FAR,
    Kind.AUTHOR_FAR, Kind.AUTHOR_BEHIND, Kind.BYLINE_BEHIND, Kind.ELSEWHERE,
})  # fmt: skip
_LOOSE = frozenset({Kind.ALONE, Kind.ALONE_LAST, Kind.ALONE_DATED, Kind.ALONE_BEHIND, Kind.ABOUT, Kind.SITE})
_WORKING = ROLES - {"staff", "editors", "reporters", "contributors"}
_TIMES = frozenset("min mins minutes read posted published updated".split())
_NUMBERED = re.compile(r"\d{2}")
_LONGEST_DESK, _WORDS = 60, 7
_ENOUGH = 40  # readings
_TRIES = 20
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the author lines: the body, the titles as letters only, the publisher, its host as letters."""

    body: str = ""
    titles: str = ""
    publisher: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer: its names by identity, whether they are people, and the line they were read from."""

    names: Mapping[str, str]
    people: bool
    line: str
    kind: Kind


def identity(name: str) -> str:
    """What two spellings of a person's name share: its first and last word."""
    words = name.split()
    return key(words[0]) + key(words[-1]) if len(words) > 2 else key(name)


def readings(claims: Sequence[Claim], setting: Setting) -> list[Reading]:
    """The different answers a page offers: together what one kind of place names, and each line alone."""
    found: dict[tuple[frozenset[str], bool], Reading] = {}
    for kind in Kind:
        if kind is Kind.OTHER:
            continue
        here = [claim for claim in claims if claim.kind is kind]
        groups = [[claim] for claim in here if claim.people]
        if kind in _TOGETHER and len(groups) > 1:
            together = [claim for claim in here if claim.people]
            groups = [together] if kind in _WHOLE else [together, *groups]
        for group in groups:
            names = {identity(name): name for claim in group for name in claim.people}
            people = {plain: name for plain, name in names.items() if not _is_outlet(name, setting)}
            names = people or names
            found.setdefault((frozenset(names), True), Reading(names, True, _longest(group), kind))
        for claim in here if kind in _UNSIGNED else ():
            text = _desk(claim)
            if text:
                found.setdefault((frozenset({key(text)}), False), Reading({key(text): text}, False, claim.line, kind))
    return list(found.values())[:_ENOUGH]


def _longest(group: Iterable[Claim]) -> str:
    return max((claim.line for claim in group), key=len)


def _desk(claim: Claim) -> str:
    """The outlet, desk or agency a line names that names no people; "" when it names none."""
    if claim.people or (claim.kind not in _STATED and not _WORKING.isdisjoint(claim.line.lower().split())):
        return ""
    text = strip_prefix(claim.line)
    plain = key(text)
    short = len(plain) > 1 and len(text) <= _LONGEST_DESK and len(text.split()) <= _WORDS and "@" not in text
    if claim.kind not in _WHOLE and (_NUMBERED.search(text) or not _TIMES.isdisjoint(text.lower().split())):
        return ""
    said = text.lower().strip(" :")
    return text if short and said not in BY and said not in OTHERS and sum(c.isdigit() for c in text) < 4 else ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What all places of a page say together: the names each kind gives, and whether people are among them."""

    said: Mapping[Kind, Mapping[str, str]]
    offered: bool
    """Whether a place worth believing names somebody who is not the publisher."""
    printed: bool


def gather(claims: Sequence[Claim], setting: Setting) -> Offers:
    """Put together what a page's claims say."""
    said: dict[Kind, dict[str, str]] = {}
    offered = printed = False
    for claim in claims:
        text = _desk(claim)
        names = {identity(name): name for name in claim.people} or ({key(text): text} if text else {})
        if names:
            said.setdefault(claim.kind, {}).update(names)
        printed = printed or (bool(claim.people) and claim.kind in _NEAR)
        if not offered and (claim.kind in _PRINTED or claim.kind in _STATED):
            offered = any(not _is_outlet(name, setting) and not _is_common(name, setting.body) for name in claim.people)
    return Offers(said, offered, printed)


def weigh(reading: Reading, offers: Offers, setting: Setting) -> dict[str, float]:
    """What speaks for and against a reading, by name."""
    mine = set(reading.names)
    found = {"size": min(len(mine), 6) / 6, "nobody": float(not reading.people)}
    found[f"is_{reading.kind.value}"] = float(reading.kind in _WEAK)
    stated: set[str] = set()
    supported: Counter[str] = Counter()
    agreeing, outlets = 0, False
    for kind, names in offers.said.items():
        said = set(names)
        if reading.people and kind in _STATED and _only_outlets(names, mine, setting):
            outlets = outlets or mine.isdisjoint(said)
            said = mine & said
        if not said:
            continue
        if kind in _STATED:
            stated |= said
        share = len(mine & said) / len(mine)
        found[f"with_{kind.value}"] = math.sqrt(share)
        if kind is not Kind.OTHER:
            supported.update(mine & said)
            agreeing += share > 0
        if kind in _TRUSTED:
            found[f"lacks_{kind.value}"] = len(said - mine) / len(said) if share else 0.0
            found[f"against_{kind.value}"] = float(not share)
    found["thin"] = sum(supported[name] < 2 for name in mine) / len(mine) if agreeing > 1 else 0.0
    found["extends"] = float(bool(stated) and stated < mine) * (1.0 if reading.kind in _NEAR else 0.3)
    found["outlet_stated"] = float(outlets and not stated)
    found["unstated"] = float(bool(stated) and not stated & mine)
    found["agreeing"] = min(agreeing, 5) / 5
    found |= _looks(reading, setting)
    found["loose"] = found["strange"] * (reading.kind in _LOOSE)
    found["person_offered"] = float(found["outlet"] > 1 - LEAST and offers.offered)
    found["person_printed"] = float(offers.printed and not reading.people and found["outlet"] < LEAST)
    return {name: value for name, value in found.items() if value}


def _only_outlets(names: Mapping[str, str], mine: set[str], setting: Setting) -> bool:
    return all(_is_outlet(name, setting) for one, name in names.items() if one not in mine)


def _looks(reading: Reading, setting: Setting) -> dict[str, float]:
    """What the names themselves look like."""
    names = list(reading.names.values())
    plain = [key(name) for name in names]
    share = 1 / len(names)
    return {
        "common": share * sum(_is_common(name, setting.body) for name in names),
        "given": share * sum(_is_given(name) for name in names) * reading.people,
        "strange": share * sum(not _is_given(name) for name in names) * reading.people,
        "titled": share * sum(one in setting.titles for one in plain),
        "outlet": share * sum(_is_outlet(name, setting) for name in names),
        "single": share * sum(len(name.split()) == 1 and name.isascii() for name in names),
        "long": share * sum(len(name.split()) > 3 for name in names),
        "agency": share * sum(bool(find_agency(name)) for name in names) * (not reading.people),
    }


def _is_common(name: str, body: str) -> bool:
    """Tell a name made of words that the body also writes in lower case: "Popular Products"."""
    parts = [part.lower() for part in name.split() if len(part) > 2]
    return bool(parts) and all(_is_written(part, body) for part in parts)


def _is_written(word: str, body: str) -> bool:
    """Tell whether a word stands in a text as it is, not as the beginning of another."""
    at = body.find(f" {word}")
    for _ in range(_TRIES):
        if at < 0:
            return False
        after = body[at + len(word) + 1 : at + len(word) + 2]
        if not after.isalnum():
            return True
        at = body.find(f" {word}", at + 1)
    return False


def _is_given(name: str) -> bool:
    """Tell a name that begins with a known given name, or with a known family name where those stand first."""
    words = [word.strip(".,'’").lower() for word in name.split()]
    if not name.isascii() and (words[0][:1] in FAMILIES or words[0][:2] in FAMILIES):
        return True
    return words[0] in GIVEN or words[0].partition("-")[0] in GIVEN or (len(words) > 1 and words[-1] in GIVEN)


def _is_outlet(name: str, setting: Setting) -> bool:
    return _is_of(name, setting.publisher, setting.host)


@lru_cache(maxsize=4_096)
def _is_of(name: str, publisher: str, host: str) -> bool:
    """Tell the publisher's own name, part of it, its initials, or the name of its host."""
    plain = key(name)
    if not plain or plain in host:
        return bool(plain)
    whole = key(publisher)
    if not whole:
        return False
    if plain in whole or whole in plain:
        return True
    words = {word for part in name.split() if len(word := key(part)) > 2}
    if words and words <= {key(part) for part in publisher.split()}:
        return True
    initials = "".join(part[0] for part in name.lower().split())
    return len(initials) > 1 and initials == key(publisher.partition(".")[0])


@cache
def weights() -> dict[str, float]:
    """Read the weights that come with the program."""
    table = tomllib.loads(files("octavo").joinpath(_WEIGHTS).read_text(encoding="utf-8"))
    return {name: float(value) for name, value in table["weights"].items()}


def choose(claims: Sequence[Claim], setting: Setting) -> Reading | None:
    """The reading that the page as a whole says most; None when it offers none worth believing."""
    known = weights()
    best: Reading | None = None
    most = known.get("nothing", 0.0)
    offers = gather(claims, setting)
    for reading in readings(claims, setting):
        score = sum(known.get(name, 0.0) * value for name, value in weigh(reading, offers, setting).items())
        if score > most:
            best, most = reading, score
    return best
