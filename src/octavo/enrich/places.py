"""Where a text names places, and which place is meant where several share a name."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from octavo.domain.entity import EntityKind
from octavo.enrich.cities import City
from octavo.enrich.gazetteer import Gazetteer, Place, city_place, gazetteer
from octavo.enrich.kinds import bare
from octavo.enrich.lexicon import Lexicon
from octavo.enrich.settling import Named
from octavo.enrich.words import Word

_COUNTRY_NAMED = 30.0
_PUBLISHER_THERE = 8.0
"""How many times its people a city counts for whose country the text names, and for one in the publisher's country."""

_CLITICS = {"ar": "وفبلك", "he": "בלמהוכש"}
"""What Arabic and Hebrew write together with the name behind it: "and", "in", "to", "from", "like"."""

_COUNTRY_CODE = 2
"""Letters of a country's key; a country is one even where a rule has taken it for part of a name."""

_LEAST_AFTER = 4
"""Letters left behind one of them."""


def find_places(
    found: Sequence[Word], language: str, known: Lexicon, persons: Set[str], country: str = ""
) -> list[Named]:
    """Find the places of a text; a lone word that is part of a person's name in it is none.

    Cities that share a name are told apart by the countries the text names, then by the publisher's, then by people.
    """
    names = gazetteer(language)
    keys = [bare(word) for word in found]
    finder = _Finder(found, keys, names, known, persons)
    result: list[Named] = []
    index = 0
    while index < len(found):
        named = finder.at(index) if _may_begin(found[index]) else None
        if named:
            result.append(named)
            index = named.last
        index += 1
    return _resolved(result, keys, names, country)


def _may_begin(word: Word) -> bool:
    """Refuse a lower-case word where the script has capitals: no name of a place begins with it ("us", "turkey")."""
    head = word.text[0]
    return head.isupper() or head.lower() == head.upper()


class _Finder:
    """Looks for a place at each word of one text."""

    def __init__(
        self, found: Sequence[Word], keys: Sequence[str], names: Gazetteer, known: Lexicon, persons: Set[str]
    ) -> None:
        self._found, self._keys, self._names, self._known, self._persons = found, keys, names, known, persons
        self._low = {word.key for word in found if word.text[0].islower()}
        self._cities: dict[str, Place | None] = {}
        self._goes_on: dict[str, bool] = {}
        self._everyday = {name[:length] for name in known.places for length in range(1, len(name) + 1)}
        self._joint = "" if names.spaceless() else " "

    def at(self, index: int) -> Named | None:
        """Find the longest name of a place that begins with this word: a country or great city first, then any."""
        named = None
        if self._names.may_begin(self._keys[index], self._everyday):
            named = self._longest(index)
        city = named and named.place and len(named.place.key) > _COUNTRY_CODE
        if named and city and named.first == named.last and self._keys[index] in self._persons:
            return None
        return named or self._city(index)

    def _longest(self, index: int) -> Named | None:
        for last in range(self._end(index, self._names.longest) - 1, index - 1, -1):
            key = self._joint.join(self._keys[index : last + 1])
            place = self._names.find(key) or self._names.by_code(self._known.places.get(key, ""), key)
            if place and _is_name(self._found[index], key, self._names.ambiguous(key), last - index + 1):
                return Named(index, last, place.name, EntityKind.PLACE, place)
        return None

    def _end(self, index: int, longest: int) -> int:
        end = index + 1
        while end < min(len(self._found), index + longest) and (self._joint == "" or self._found[end].joined):
            end += 1
        return end

    def _city(self, index: int) -> Named | None:
        longest = 4 if self._joint == "" or self._may_go_on(self._keys[index]) else 1
        for last in range(self._end(index, longest) - 1, index - 1, -1):
            key = self._joint.join(self._keys[index : last + 1])
            if len(key) < 2 or (last == index and not self._alone(index)):
                continue
            place = self._place(key)
            if place and _is_name(self._found[index], key, False, last - index + 1):
                return Named(index, last, place.name, EntityKind.PLACE, place)
        return None

    def _may_go_on(self, key: str) -> bool:
        if key not in self._goes_on:
            self._goes_on[key] = self._names.may_go_on(key)
        return self._goes_on[key]

    def _place(self, key: str) -> Place | None:
        if key not in self._cities:
            place = self._names.city(key)
            if place is None and key[0] in _CLITICS.get(self._names.language, "") and len(key) > _LEAST_AFTER:
                place = self._names.find(key[1:]) or self._names.city(key[1:])
            self._cities[key] = place
        return self._cities[key]

    def _alone(self, index: int) -> bool:
        """Say whether a lone word may be a city: no part of a person's name, and nowhere in small letters."""
        key = self._keys[index]
        return key not in self._persons and key not in self._low


def _is_name(word: Word, key: str, ambiguous: bool, length: int) -> bool:
    """Refuse short names that are not all capitals ("Us"), and doubtful ones opening a sentence."""
    head = word.text[0]
    if head.lower() == head.upper():
        return True
    if len(key) <= 3 and not word.text.isupper():
        return False
    return not (ambiguous and word.starts and length == 1)


def _resolved(places: Sequence[Named], keys: Sequence[str], names: Gazetteer, country: str) -> list[Named]:
    """Choose among cities of one name."""
    named = Counter(one.place.country.upper() for one in places if one.place and len(one.place.key) == 2)
    joint = "" if names.spaceless() else " "
    result = []
    for one in places:
        listed = []
        if one.place and one.place.key.isdigit() and len(one.place.key) > 3:
            listed = names.cities_named(joint.join(keys[one.first : one.last + 1]))
        if len(listed) > 1 and one.place:
            best = max(listed, key=lambda city: _weight(city, named, country))
            if str(best.number) != one.place.key and _weight(best, named, country) > best.population:
                place = city_place(best, one.place.label)
                one = replace(one, name=place.name, place=place)
        result.append(one)
    return result


def _weight(city: City, named: Counter[str], country: str) -> float:
    weight = float(city.population)
    if city.country in named:
        weight *= _COUNTRY_NAMED
    return weight * _PUBLISHER_THERE if city.country == country else weight
