"""Places by their names in every language."""

import pytest

from octavo.enrich.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("language", "folded", "key"),
    [
        ("en", "germany", "DE"),
        ("en", "u.s", "US"),
        ("en", "british virgin islands", "VG"),
        ("de", "deutschland", "DE"),
        ("de", "deutschlands", "DE"),
        ("ru", "германии", "DE"),
        ("uk", "польщею", "PL"),
        ("tr", "almanya", "DE"),
        ("ja", "ドイツ", "DE"),
        ("ar", "ألمانيا", "DE"),
    ],
)
def test_a_country_is_known_by_its_name(language: str, folded: str, key: str) -> None:
    place = gazetteer(language).find(folded)
    assert place is not None
    assert place.key == key


def test_a_city_knows_its_country() -> None:
    place = gazetteer("fr").find("le caire")
    assert place is not None
    assert (place.name, place.country) == ("Cairo", "eg")


@pytest.mark.parametrize("folded", ["", "x", "selwyn", "ukra", "germanium"])
def test_what_is_no_place(folded: str) -> None:
    assert gazetteer("en").find(folded) is None


def test_a_word_that_begins_no_place_is_refused_quickly() -> None:
    for language in ("en", "de", "ja"):
        names = gazetteer(language)
        assert not names.may_begin("xyzzy")
        assert names.may_begin("xyzzy", {"xyzzy"})
    assert gazetteer("de").may_begin("deutschlands")


def test_every_name_passes_the_quick_test() -> None:
    for language in ("en", "de", "uk", "ja"):
        names = gazetteer(language)
        firsts = [name if names.spaceless() else name.split()[0] for name in names.names()]
        assert all(names.may_begin(first) for first in firsts)


def test_a_language_cldr_lacks_still_knows_the_english_names() -> None:
    place = gazetteer("xx").find("germany")
    assert place is not None


def test_labels_are_local() -> None:
    assert gazetteer("de").label("Germany") == "Deutschland"
    assert gazetteer("de").label("Nowhere") == "Nowhere"
