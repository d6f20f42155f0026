"""People and organisations have pages: every article that names them, their stories, and what they said themselves."""

import json
import re
from collections.abc import Callable

from octavo.domain.digest import Digest
from octavo.domain.enrichment import Enrichment, Entity, EntityKind, Mention
from octavo.domain.ids import ArticleId
from octavo.domain.provenance import Provenance
from octavo.domain.quotation import Quotation, Variant
from octavo.domain.telling import Passage
from octavo.serve import links
from octavo.store import articles, digests
from octavo.text.slugs import short_id

from .conftest import ARTICLES, NOW, Reader
from .talk import OPEN

QUILL, OFFICE = "person/kfl", "org/harbour office"
WORDS = "The ledger was never lost."


def name(reader: Reader, article: ArticleId, key: str, written: str, *, about: bool = False) -> None:
    kind = EntityKind.PERSON if key == QUILL else EntityKind.ORGANISATION
    mention = Mention(written, kind, 0, len(written), key)
    entity = Entity(key, kind, written, written, 1.0, about=about)
    with reader.tools.database.transaction() as tx:
        articles.save_enrichments(tx, [Enrichment(article, "en", mentions=(mention,), entities=(entity,))])


def quote(reader: Reader, said: dict[str, str]) -> None:
    """Keep what these speakers said as the story's digest has it."""
    ledger = reader.ids["ledger"]
    found = tuple(
        Quotation(Variant(ledger, "harbour", NOW, "en", Passage(ledger, 0, 0, len(text), text), text, speaker))
        for speaker, text in said.items()
    )
    with reader.tools.database.transaction() as tx:
        digests.save(tx, reader.story, Digest(1, Provenance(1, ()), quotations=found), NOW)


def test_a_person_has_a_page_of_articles_stories_and_words(reader: Reader) -> None:
    name(reader, reader.ids["ledger"], QUILL, "Ada Quill", about=True)
    name(reader, reader.ids["second"], QUILL, "Ada Quill")
    name(reader, reader.ids["copy"], QUILL, "A. Quill")
    quote(reader, {"ADA Quill": WORDS, "Somebody Else": "It was."})
    page = reader.get("/en-gb/person/kfl").text
    assert "<h1><bdi>Ada Quill</bdi></h1>" in page
    assert "Also written: <bdi>A. Quill</bdi>" in page
    assert WORDS in page
    assert "It was." not in page
    assert re.search(r'href="/en-gb/story/[^"]+"[^>]*>Tide ledger found in drowned archive<', page)
    assert "back=person%2Fkfl" in page
    described = [json.loads(one) for one in re.findall(r'ld[+]json">(.*?)</script>', page)]
    assert described[0]["about"]["@type"] == "Person"
    assert described[0]["about"]["alternateName"] == ["A. Quill"]
    assert reader.get("/en-gb/person/kfl.atom").text.count("<entry") == 3
    assert len(reader.get("/en-gb/person/kfl.json").json()["items"]) == 3
    assert reader.get("/en-gb/person/kfl.rss").text.count("<item>") == 3
    assert reader.get("/en-gb/person/nobody").status_code == 404
    assert reader.get("/en-gb/person/kfl?before=1").status_code == 404


def test_an_organisation_has_one_and_can_be_followed(reader: Reader) -> None:
    name(reader, reader.ids["ledger"], OFFICE, "Harbour Office", about=True)
    page = reader.get("/en-gb/organisation/harbour%20office").text
    assert "<h1><bdi>Harbour Office</bdi></h1>" in page
    assert re.search(r"back=organisation%2Fharbour(%2520|%20|\+)office", page)
    assert '"noindex,follow"' in page
    assert reader.get("/en-gb/organisation/harbour%20office.atom").text.count("<entry") == 1


def test_an_organisation_that_is_followed_is_told_of_and_muted_as_people_are(
    make_reader: Callable[..., Reader],
) -> None:
    site = make_reader(settings=OPEN)
    name(site, site.ids["sample"], OFFICE, "Harbour Office", about=True)
    ada, path = site.visitor().sign_up("ada"), "/en-gb/organisation/harbour%20office"
    assert 'name="kind" value="organisation"' in ada.get(path).text
    kept = {"kind": "organisation", "key": OFFICE, "name": "Harbour Office"}
    assert ada.post("/en-gb/keep/follow", kept | {"act": "follow"}).status_code == 303
    assert re.search(r'data-act="follow" aria-pressed="true"', ada.get(path).text)
    following = ada.get("/en-gb/following").text
    assert ">Organisations<" in following
    assert f'<a href="{path}">' in following
    assert "because you follow Harbour Office" in ada.get("/en-gb/for-you").text
    assert "Follow: Harbour Office" in ada.get(f"/en-gb/keep/{short_id(site.ids['sample'])}").text
    assert 'data-hidden="mine"' not in ada.get("/en-gb/latest").text
    ada.post("/en-gb/keep/follow", kept | {"act": "mute"})
    assert 'data-hidden="mine"' in ada.get("/en-gb/latest").text
    assert 'data-hidden="mine"' not in ada.get(path).text
    assert ada.post("/en-gb/keep/follow", kept | {"key": "org/nobody", "act": "follow"}).status_code == 404
    assert ada.post("/en-gb/keep/follow", kept | {"key": QUILL, "act": "follow"}).status_code == 404


def test_articles_and_stories_lead_to_whom_they_name(reader: Reader) -> None:
    name(reader, reader.ids["ledger"], QUILL, "Ada Quill")
    name(reader, reader.ids["second"], OFFICE, "Harbour Office")
    article = reader.get(links.article("en-gb", reader.ids["ledger"], ARTICLES["ledger"].headline)).text
    assert '<a href="/en-gb/person/kfl"><bdi>Ada Quill</bdi></a>' in article
    assert "/en-gb/organisation/" not in article
    story = reader.get(links.story("en-gb", reader.story, ARTICLES["ledger"].headline)).text
    assert '<a href="/en-gb/person/kfl"><bdi>Ada Quill</bdi></a>' in story
    assert '<a href="/en-gb/organisation/harbour%20office"><bdi>Harbour Office</bdi></a>' in story


def test_words_are_shown_as_far_as_their_publisher_lets_them(public_reader: Reader) -> None:
    name(public_reader, public_reader.ids["ledger"], QUILL, "Ada Quill", about=True)
    quote(public_reader, {"Ada Quill": WORDS})
    assert WORDS not in public_reader.get("/en-gb/person/kfl").text
