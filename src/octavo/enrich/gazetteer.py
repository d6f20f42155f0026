"""Countries, territories and large cities by their names in every language, from the CLDR data that Babel carries."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from octavo.enrich.cities import City, cities, place_fold
from octavo.enrich.words import fold, spaceless
from octavo.text.rarity import rarities

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
    "CD": ("Congo",),
    "PS": ("Gaza", "West Bank"),
}
"""English short forms in news that CLDR does not list; acronyms serve every language in Latin letters."""

_AMBIGUOUS = frozenset({"georgia", "jordan", "chad", "guinea", "niger", "reunion", "jersey", "mali", "man", "nice"})
"""Names that are more often something else; taken only when capitalised and not part of a longer name."""

_RENAMED = {"Europe/Kiev": "Europe/Kyiv"}
"""Zones that CLDR lists under an older name than the table of countries does."""

_CONTINENTS = ("002", "150", "142", "003", "005", "009", "419")
"""UN M.49 codes of what CLDR names beside countries: Africa, Europe, Asia, the Americas' parts, Oceania."""

_NO_CITIES = frozenset(
    "nice reading bath split mobile orange man mary tyler victoria florence jackson lincoln madison jordan "
    "chelsea aurora regina carson mesa troy hull derby cork lens nancy tours angers sens laval kent reno "
    "eugene gary warren concord independence garland hampton paradise enterprise surprise meridian commerce "
    "union temple providence columbia plantation sunrise medina carlos diego santos natal salvador fortaleza "
    "contagem serra franca sobral barra leon mercedes colonia progreso libertad soledad esperanza guadalupe "
    "concepcion trujillo essen hagen halle hamm singen siegen bergen hof celle worms minden como massa prato "
    "carpi pace batman van ordu aydin deniz of bor tire serik marina valencia lima opole mira vera santa san "
    "la el los de bay port green hope guide kings palm spring delta орел владимир мир королев пушкин киров "
    "энгельс рівне советский северный свободный октябрьский победа المدينة الخبر العين صور الباب الجزيرة البلد "
    "الرس القدم النصر الوسطى الشرقية المنطقة السلام بركة قرية سيدي".split()
)
"""Names of cities that are more often a word, or a person's name, of one language or another."""

_ENGLISH = {
    "Köln": "Cologne",
    "Hannover": "Hanover",
    "Sevilla": "Seville",
    "Gent": "Ghent",
    "Makkah": "Mecca",
    "Madinah": "Medina",
    "Khān Yūnis": "Khan Younis",
    "Basrah": "Basra",
    "Bengaluru": "Bangalore",
    "Den Haag": "The Hague",
}
"""English names where GeoNames lists a city under another."""

_PLAIN_LETTERS = str.maketrans("āĀēīĪōŌūŪḩḨḥḤşţḑẓṭṢṣʻʼ’", "aAeiIoOuUhHhHstdztSs'''")
"""Letters of transcriptions, which English writes plainly."""

_LARGE = 300_000
"""People from which a city is found by a further Latin name of it: "Mailand", "Varsovie"."""

_EVERYDAY = 4.3
_EVERYDAY_LARGE = 200_000
"""Zipf value from which a smaller city's name is more likely an ordinary word, and people from which it is not."""

_SURE = 12
"""A city is taken at once where it has so many times the people of the next of its name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `key` is an ISO 3166-1 code or a time-zone city, `name` its English name, `label` the local one."""

    key: str
    name: str
    label: str
    country: str
    latitude: float | None = None
    longitude: float | None = None


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
        english_cities = _cities(english)
        local_cities = {**english_cities, **_cities(local)} if local else {}
        self._zipf = rarities(language).zipf
        self._caseless = language in {"ar", "fa", "ur", "he", "hi", "zh", "ja", "ko", "th"}
        for code, name in english.territories.items():
            label = local.territories.get(code, name) if local else name
            if len(code) == 2 and code not in {"ZZ", "XA", "XB", "QO", "UN", "EZ"}:
                middle = cities().middle(code) or (None, None)
                self._codes[code] = Place(code, name, label, code.lower(), *middle)
                self._add(self._codes[code], label)
            elif code in _CONTINENTS:
                self._add(Place(code, name, label, ""), label)
        self._add_cities(local_cities, english_cities)
        for code, names in _SHORT.items():
            for name in names if language == "en" else [short for short in names if short.isupper()]:
                self._add(self._codes[code], name)
        for code, forms in _everyday().items():
            for form in forms.split("|"):
                self._add(self._codes[code], form)

    def _add_cities(self, local: Mapping[str, str], english: Mapping[str, str]) -> None:
        """Enter the cities that name time zones."""
        for zone, label in local.items():
            if zone.rsplit("/", 1)[-1].isupper():
                continue
            name = english.get(zone, label)
            country = str(get_global("zone_territories").get(zone, "")).lower()
            if label not in self._names and country:
                self._add(_zone_place(zone, name, label, country), label)

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

    def may_begin(self, first: str, everyday: Set[str] = frozenset()) -> bool:
        """Say whether a name may begin with this folded word: a quick no for nearly all of a text.

        `everyday` are beginnings of further names (the lexicon's). Where places take endings their first letters have
        to do.
        """
        if self._stems and first[:_HEAD] in self._heads:
            return True
        return (first[:1] if self._spaceless else first) in self._first or first in everyday

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

    def named(self, name: str) -> Place | None:
        """Find the place of a name that is known to be one: a country first, else the largest city called so."""
        folded = fold(name).removesuffix(".")
        for form in (folded, folded.split(" (")[0].split(",")[0]):
            place = self._names.get(form)
            if place:
                return place
        listed = cities().named(place_fold(name)) or cities().named(place_fold(folded.split(",")[0]))
        return city_place(listed[0], name) if listed else self.find(folded)

    def may_go_on(self, first: str) -> bool:
        """Say whether a city of several words begins with this one."""
        return cities().may_go_on(place_fold(first))

    def city(self, folded: str) -> Place | None:
        """Find the city a folded name means, if it is one that a text may be believed to mean."""
        listed = self.cities_named(folded)
        return city_place(listed[0], folded) if listed else None

    def cities_named(self, folded: str) -> list[City]:
        """Give the cities a folded name may mean in this language's texts, the largest first."""
        key = place_fold(folded)
        if len(key) < 2 or key in _NO_CITIES or (len(key) < 4 and key.isascii()):
            return []
        found = [city for city in cities().named(key) if city.own or city.population >= _LARGE]
        if not found and "\u0400" <= key[0] <= "\u04ff" and len(key) > _HEAD:
            found = cities().inflected(key)
        if found and " " not in key and found[0].population < _EVERYDAY_LARGE and self._zipf(folded) >= _EVERYDAY:
            return []
        if found and self._caseless and found[0].population < _LARGE and self._zipf(folded) >= _EVERYDAY - 1:
            return []
        return found

    def country(self, code: str) -> Place | None:
        """Give the country of a code (capitals)."""
        return self._codes.get(code)

    def by_code(self, code: str, name: str) -> Place | None:
        """Make the place of an everyday name that the lexicon gives a country's code for: a city keeps its name."""
        if not code:
            return None
        country = self._codes.get(code)
        if country and len(name) <= 4:
            return country
        city = next((one for one in cities().named(place_fold(name)) if one.country == code), None)
        if city:
            return city_place(city, name)
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


@cache
def _everyday() -> Mapping[str, str]:
    """Read the names of countries CLDR lacks."""
    path = files("octavo").joinpath("data/names/countries.toml")
    listed: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["countries"]
    return listed


def city_place(city: City, label: str) -> Place:
    """Make a place of a city."""
    name = _ENGLISH.get(city.name) or city.name.translate(_PLAIN_LETTERS)
    return Place(str(city.number), name, label, city.country.lower(), city.latitude, city.longitude)


def _zone_place(zone: str, name: str, label: str, country: str) -> Place:
    """Make a place of a city that names a time zone: the GeoNames city of that name and country, where there is one."""
    listed = [*cities().named(place_fold(name)), *cities().named(place_fold(label))]
    city = next((one for one in listed if one.country == country.upper()), None)
    if city is None:
        return Place(zone, name, label, country)
    return Place(str(city.number), name, label, country, city.latitude, city.longitude)


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
    found: dict[str, str] = {}
    if locale.language == "en":
        zones = [zone for zone in get_global("zone_territories") if "/" in zone]
        found = {zone: zone.rsplit("/", 1)[1].replace("_", " ") for zone in zones}
    newer = get_global("zone_aliases")
    for zone, facts in locale.time_zones.items():
        zone = newer.get(zone, _RENAMED.get(zone, zone))
        if "city" in facts and not zone.startswith(("Etc/", "Antarctica/")):
            found[zone] = str(facts["city"])
    return found


@cache
def gazetteer(language: str) -> Gazetteer:
    """Load a language's places once."""
    return Gazetteer(language.split("-")[0])
