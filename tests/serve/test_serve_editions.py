"""Editions: what one is made from is said, and changing it keeps the reader's place."""

import re

from octavo.domain.enrichment import Enrichment, Entity, EntityKind, Mention
from octavo.serve import links
from octavo.serve.pages.editions import came_from
from octavo.store import articles

from .conftest import ARTICLES, Reader


def test_changing_the_edition_keeps_the_article(reader: Reader) -> None:
    path = links.article("en-gb", reader.ids["ledger"], ARTICLES["ledger"].headline)
    page = reader.get(path).text
    found = re.search(r'class="tool tool-edition" href="([^"]+)"', page)
    assert found
    listed = reader.get(found[1].replace("&amp;", "&")).text
    assert f'href="/ar-ae{path.removeprefix("/en-gb")}"' in listed
    assert reader.get(f"/ar-ae{path.removeprefix('/en-gb')}").status_code == 200


def test_only_pages_every_edition_has_are_led_to() -> None:
    assert came_from("/hashtag/العراق") == "/hashtag/%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82"
    assert came_from("/section/11000000") == "/section/11000000"
    for odd in ("", "//elsewhere.example", "/section/local", "/story/../../x", "/admin", "/story/a\\b", "/latest?x=1"):
        assert came_from(odd) == ""


def test_an_edition_says_what_it_is_made_from(reader: Reader) -> None:
    page = reader.get("/en-gb/made").text
    assert "How the edition “United Kingdom” is made" in page
    assert "up to 2.5 times as much" in page
    assert "not read here yet" in page
    assert "BBC" in page
    assert 'dir="rtl"' in reader.get("/ar-ae/made").text


def test_a_places_edition_has_a_page_of_what_is_near_and_no_language_tag_of_its_own(reader: Reader) -> None:
    key = "place/5368361"
    mention = Mention("Los Angeles", EntityKind.PLACE, 0, 11, key)
    entity = Entity(key, EntityKind.PLACE, "Los Angeles", "Los Angeles", 1.0, about=True)
    with reader.tools.database.transaction() as tx:
        row = Enrichment(reader.ids["ledger"], "en", mentions=(mention,), entities=(entity,))
        articles.save_enrichments(tx, [row])
    page = reader.get("/en-us-california/section/local").text
    assert "Tide ledger found in drowned archive" in page
    assert "What the papers of California report" in page
    assert reader.get("/en-us-california/section/local.atom").status_code == 200
    assert reader.get("/en-gb/section/local").status_code == 404
    assert "en-us-california" not in reader.get("/en-gb/latest").text
