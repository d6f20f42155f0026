"""A place's news: what is about it, not what only names it, whatever the language."""

from octavo.domain.digest import Digest, Located
from octavo.domain.enrichment import Enrichment, Entity, EntityKind, Mention
from octavo.domain.ids import ArticleId
from octavo.domain.provenance import Provenance
from octavo.serve import links
from octavo.store import articles, digests, stories

from .conftest import ARTICLES, Reader


def _names(reader: Reader, article: ArticleId, language: str, key: str, name: str, *, about: bool) -> None:
    mention = Mention(name, EntityKind.PLACE, 0, len(name), key)
    entity = Entity(key, EntityKind.PLACE, name, name, 1.0, about=about)
    with reader.tools.database.transaction() as tx:
        articles.save_enrichments(tx, [Enrichment(article, language, mentions=(mention,), entities=(entity,))])


def test_a_place_lists_what_is_about_it_in_any_language(reader: Reader) -> None:
    _names(reader, reader.ids["ledger"], "en", "place/900", "Varn", about=True)
    _names(reader, reader.ids["arabic"], "ar", "place/900", "Varn", about=True)
    _names(reader, reader.ids["copy"], "en", "place/900", "Varn", about=False)
    page = reader.get("/en-gb/place/900").text
    assert "News about Varn" in page
    assert "Tide ledger found in drowned archive" in page
    assert "سجل المد والجزر" in page
    assert "Tide ledger is found in an archive" not in page
    assert reader.get("/en-gb/place/900.atom").text.count("<entry") == 2
    assert reader.get("/en-gb/place/901").status_code == 404


def test_a_country_is_named_in_the_pages_language_and_linked_from_its_articles(reader: Reader) -> None:
    _names(reader, reader.ids["ledger"], "en", "place/FR", "France", about=True)
    assert "أخبار فرنسا" in reader.get("/ar-ae/place/FR").text
    page = reader.get(links.article("en-gb", reader.ids["ledger"], ARTICLES["ledger"].headline)).text
    assert 'href="/en-gb/place/FR"' in page


def test_a_city_is_named_in_the_pages_language_where_it_has_a_name_there(reader: Reader) -> None:
    _names(reader, reader.ids["ledger"], "en", "place/287286", "Muscat", about=True)
    assert "News about Muscat" in reader.get("/en-gb/place/287286").text
    assert "أخبار مسقط" in reader.get("/ar-ae/place/287286").text
    article = reader.get(links.article("ar-ae", reader.ids["ledger"], ARTICLES["ledger"].headline)).text
    assert '<a href="/ar-ae/place/287286"><bdi>مسقط</bdi></a>' in article


def test_a_place_has_a_map_where_several_outlets_say_where_a_story_is(reader: Reader) -> None:
    named = {"place/287286": "Muscat", "place/OM": "Oman", "place/900": "Varn"}
    mentions = tuple(Mention(name, EntityKind.PLACE, 0, len(name), key) for key, name in named.items())
    entities = tuple(Entity(key, EntityKind.PLACE, name, name, 1.0, about=True) for key, name in named.items())
    muscat = Located("place/287286", "Muscat", "OM", 23.58, 58.41, 3)
    salalah = Located("place/286621", "Salalah", "OM", 17.02, 54.09, 2)
    paris = Located("place/2988507", "Paris", "FR", 48.85, 2.35, 2)
    with reader.tools.database.transaction() as tx:
        one = Enrichment(reader.ids["ledger"], "en", mentions=mentions, entities=entities)
        articles.save_enrichments(tx, [one])
    assert ["plot-map" in reader.get(f"/en-gb/{key}").text for key in named] == [False, False, False]
    with reader.tools.database.transaction() as tx:
        [story] = stories.stories_of(tx, [reader.ids["ledger"]]).values()
        digest = Digest(2, Provenance(2, ()), places=(muscat, salalah, paris))
        digests.save(tx, story.id, digest, reader.clock.now)
    reader.app = None
    city, country, other = (reader.get(f"/en-gb/{key}").text for key in named)
    assert "A map that shows Muscat." in city
    assert "map-places" not in city
    assert "A map that shows Muscat, Salalah." in country
    assert '<th scope="row"><bdi>Muscat</bdi></th><td><bdi>3</bdi></td>' in country
    assert 'href="/en-gb/place/286621"' in country
    assert "خريطة تُظهر مسقط" in reader.get("/ar-ae/place/OM").text
    assert "plot-map" not in other
