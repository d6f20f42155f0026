"""Places: which one is meant, where it is, and whether an article is about it."""

import pytest

from octavo.domain.enrichment import Enrichment
from octavo.domain.entity import Entity
from octavo.enrich.article import enrich_article
from octavo.enrich.cities import cities, place_fold
from octavo.enrich.gazetteer import gazetteer
from octavo.enrich.salience import places_of, publisher_country

from .samples import TinyEmbedder, article


def enriched(headline: str, text: str, language: str = "en", **more: object) -> Enrichment:
    return enrich_article(article(headline, text, language, **more), TinyEmbedder())


def places(headline: str, text: str, language: str = "en", **more: object) -> dict[str, Entity]:
    return {one.name: one for one in places_of(enriched(headline, text, language, **more))}


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Kharkiv"), ("uk", "Харків"), ("ru", "Харькове"), ("ar", "خاركوف"), ("de", "Charkiw"), ("he", "חרקוב")],
)
def test_a_city_has_one_key_in_every_script(language: str, name: str) -> None:
    place = gazetteer(language).find(name.lower()) or gazetteer(language).city(name.lower())
    assert place is not None
    assert (place.key, place.country) == ("706483", "ua")


@pytest.mark.parametrize(
    ("language", "text"), [("ar", "هطلت أمطار غزيرة بألمانيا طوال الأسبوع"), ("he", "גשם כבד ירד בגרמניה כל השבוע")]
)
def test_what_is_written_together_with_a_place_is_taken_off(language: str, text: str) -> None:
    assert "DE" in {one.where.country for one in places("", text, language).values() if one.where}


def test_a_place_has_its_country_and_coordinates() -> None:
    found = places("Rain in Kharkiv", "It rained in Kharkiv and in Germany all week.")
    where = found["Kharkiv"].where
    assert where is not None
    assert (where.country, round(where.latitude or 0), round(where.longitude or 0)) == ("UA", 50, 36)
    assert found["Germany"].where is not None
    assert found["Germany"].where.country == "DE"


def test_a_shared_name_is_the_city_of_the_country_that_is_named_or_of_the_publisher() -> None:
    plain = places("Fire in Valencia", "A fire burnt in Valencia.")
    assert "Valencia" not in plain, "more often a name of something else"
    british = places("Fire in London", "A fire burnt in London on Monday.")
    canadian = places("Fire in London", "A fire burnt in London, officials in Canada said.")
    assert british["London"].where is not None
    assert british["London"].where.country == "GB"
    assert canadian["London"].where is not None


@pytest.mark.parametrize("text", ["The Reading group had a Nice time on the Mobile.", "Ordu, mary and essen."])
def test_words_that_are_also_cities_are_no_places(text: str) -> None:
    assert places("A quiet week", text) == {}


def test_a_persons_name_is_no_city() -> None:
    found = places("Baker wins", "Ada Boston, a baker, won. Boston thanked the town, and so Boston left.")
    assert "Boston" not in found


def test_what_people_of_a_country_are_called_is_the_country() -> None:
    found = places("Dam opens", "A Ukrainian crew and a Ukrainian dam, said the Ukrainian engineer.")
    assert list(found) == ["Ukraine"]
    assert "Ukraine" in places("Staudamm", "Der ukrainische Damm wurde gebaut.", "de")


def test_about_is_told_from_mentioned() -> None:
    text = "Floods hit Kharkiv on Monday. Kharkiv has seen no such rain." + " The water rose." * 60
    found = places("Floods in Kharkiv", f"{text}\nSimilar floods were seen in Portugal.")
    assert found["Kharkiv"].about
    assert not found["Portugal"].about
    assert list(found) == ["Kharkiv", "Portugal"], "what it is about comes first"


def test_where_a_report_was_filed_is_not_what_it_is_about() -> None:
    found = enriched("Oil falls again", "VIENNA — Ministers met and oil fell. Oil fell in Germany.")
    assert "Vienna" not in {one.name for one in found.entities}


@pytest.mark.parametrize(
    ("url", "country"),
    [("https://a.example.fr/x", "FR"), ("https://b.co.uk/", "GB"), ("https://c.com/", ""), ("nonsense", "")],
)
def test_a_publishers_country(url: str, country: str) -> None:
    assert publisher_country(url) == country


def test_the_table_of_cities() -> None:
    table = cities()
    assert 10_000 < len(table) < 20_000
    kyiv = table.named(place_fold("Kyiv"))[0]
    assert table.by_number(kyiv.number) == kyiv
    assert table.by_number(1) is None
    assert table.named("no such city") == []
    assert table.named(place_fold("Springfield"))[0].population >= table.named(place_fold("Springfield"))[1].population
    middle = table.middle("DE")
    assert middle is not None
    assert (round(middle[0]), round(middle[1])) == (51, 10)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("São Paulo", "sao paulo"), ("St. Petersburg", "saint petersburg"), ("Орёл", "орел"), ("İzmir", "izmir")],
)
def test_names_of_places_are_folded(written: str, folded: str) -> None:
    assert place_fold(written) == folded
