"""Countries, territories and large cities by their names in every language, from the CLDR data that Babel carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from octavo.enrich.words import fold, spaceless

_INFLECTED = frozenset("ru uk be bg sr hr bs mk sl sk cs pl lt lv et fi hu tr az kk uz ka hy el ro eu sq is de".split())
"""Languages that add endings to the names of places."""

_ENDING = 4
"""Longest ending taken off a name or allowed after its stem."""

_HEAD = 4
"""Shortest stem of a name that is recognised with an ending."""

_SHORT = {
    "US": ("U.S", "US", "USA", "U.S.A", "United States of America", "America"),
    "GB": ("UK", "U.K", "Britain", "Great Britain", "England", "Scotland", "Wales"),
    "AE": ("UAE",),
    "CD": ("Congo", "DR Congo"),
    "TR": ("Turkey",),
    "CZ": ("Czech Republic",),
    "MM": ("Burma",),
    "CI": ("Ivory Coast",),
    "EU": ("EU", "European Union"),
    "PS": ("Palestine", "Gaza", "West Bank"),
    "KR": ("South Korea",),
    "KP": ("North Korea",),
}
"""English short forms in news that CLDR does not list; acronyms serve every language in Latin letters."""

_AMBIGUOUS = frozenset({"georgia", "jordan", "chad", "guinea", "niger", "reunion", "jersey", "mali", "man", "nice"})
"""Names that are more often something else; taken only when capitalised and not part of a longer name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `key` is an ISO 3166-1 code or a time-zone city, `name` its English name, `label` the local one."""

    key: str
    name: str
    label: str
    country: str


class Gazetteer:
    """The places one language names, by folded name."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._names: dict[str, Place] = {}
        self._stems: dict[str, Place] = {}
        self._codes: dict[str, Place] = {}
        self._labels: dict[str, str] = {}
        self._first: set[str] = set()
        self._heads: set[str] = set()
        self._spaceless = spaceless(language)
        self.longest = 1
        local, english = _locale(language), Locale("en")
        cities = _cities(english)
        local_cities = {**cities, **_cities(local)} if local else {}
        for code, name in english.territories.items():
            label = local.territories.get(code, name) if local else name
            if len(code) == 2 and code not in {"ZZ", "XA", "XB", "QO", "UN", "EZ"}:
                self._codes[code] = Place(code, name, label, code.lower())
                self._add(self._codes[code], label)
        for zone, label in local_cities.items():
            if zone.rsplit("/", 1)[-1].isupper():
                continue
            name = cities.get(zone, label)
            country = str(get_global("zone_territories").get(zone, "")).lower()
            if label not in self._names and country:
                self._add(Place(zone, name, label, country), label)
        for code, names in _SHORT.items():
            for name in names if language == "en" else [short for short in names if short.isupper()]:
                self._add(Place(code, english.territories[code], self._label(local, code, name), code.lower()), name)

    def _label(self, local: Locale | None, code: str, name: str) -> str:
        return str(local.territories.get(code, name)) if local else name

    def _add(self, place: Place, name: str) -> None:
        folded = fold(name).replace(" & ", " and ")
        self._labels.setdefault(place.name, place.label)
        for variant in {folded, folded.split(" (")[0], folded.split("،")[0]}:
            if len(variant) < 2:
                continue
            self._names.setdefault(variant, place)
            self._first.add(variant[0] if self._spaceless else variant.split()[0])
            self.longest = max(self.longest, len(variant.split()))
            if self.language in _INFLECTED and len(variant) >= 4:
                stem = variant.rstrip("аяоеыиійьaeiouyąęůő'") or variant
                if len(stem) >= _HEAD:
                    self._stems.setdefault(stem, place)
                    self._heads.add(stem[:_HEAD])

    def may_begin(self, first: str, everyday: Mapping[str, str]) -> bool:
        """Say whether a name may begin with this folded word: a quick no for nearly all of a text.

        `everyday` are further names (the lexicon's). Where places take endings their first letters have to do.
        """
        if self._stems and first[:_HEAD] in self._heads:
            return True
        return (first[:1] if self._spaceless else first) in self._first or any(
            name.startswith(first) for name in everyday
        )

    def find(self, folded: str) -> Place | None:
        """Find the place a folded name means, with the endings its language adds."""
        place = self._names.get(folded)
        if place or not self._stems or len(folded) < 4:
            return place
        for cut in range(1, _ENDING + 1):
            stem = folded[: len(folded) - cut] if cut else folded
            if len(stem) < 4:
                break
            if stem in self._stems:
                return self._stems[stem]
        return None

    def by_code(self, code: str, name: str) -> Place | None:
        """Make the place of an everyday name that the lexicon gives a country's code for: a city keeps its name."""
        if not code:
            return None
        country = self._codes.get(code)
        if country and len(name) <= 4:
            return country
        return Place(f"{code}/{name}", name.title(), name, code.lower())

    def label(self, name: str) -> str:
        """Give the local name of a place by its English one."""
        return self._labels.get(name, name)

    def ambiguous(self, folded: str) -> bool:
        """Say whether a name is more often something else."""
        return folded in _AMBIGUOUS

    def names(self) -> list[str]:
        """List every folded name, longest first; for scripts without spaces, which are searched for them."""
        return sorted(self._names, key=len, reverse=True)

    def spaceless(self) -> bool:
        """Say whether names are looked for inside runs of characters."""
        return self._spaceless


def _locale(language: str) -> Locale | None:
    primary = {"no": "nb", "tl": "fil", "sh": "sr_Latn"}.get(language.split("-")[0], language.split("-")[0])
    try:
        return Locale.parse(primary)
    except (UnknownLocaleError, ValueError):
        return None


def _cities(locale: Locale | None) -> dict[str, str]:
    """Cities that name time zones: their CLDR names, and for the rest the zone's own last part."""
    if locale is None:
        return {}
    cities: dict[str, str] = {}
    if locale.language == "en":
        zones = [zone for zone in get_global("zone_territories") if "/" in zone]
        cities = {zone: zone.rsplit("/", 1)[1].replace("_", " ") for zone in zones}
    for zone, facts in locale.time_zones.items():
        if "city" in facts and not zone.startswith(("Etc/", "Antarctica/")):
            cities[zone] = str(facts["city"])
    return cities


@cache
def gazetteer(language: str) -> Gazetteer:
    """Load a language's places once."""
    return Gazetteer(language.split("-")[0])
