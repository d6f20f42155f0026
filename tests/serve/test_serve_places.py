"""A place's news: what is about it, not what only names it, whatever the language."""

from octavo.domain.enrichment import Enrichment, Entity, EntityKind, Mention
from octavo.domain.ids import ArticleId
from octavo.serve import links
from octavo.store import articles

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
