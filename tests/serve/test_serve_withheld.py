"""What a publisher withholds is in no bytes that are served; and every page says what robots may do with it."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest

from octavo.config import WebSettings
from octavo.domain.article import Block, BlockKind, Byline, Image, Rights
from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.story import Placement
from octavo.ports.search_index import SearchDocument
from octavo.serve import links
from octavo.serve.pictures import Signer
from octavo.store import articles, facts, stories
from octavo.text.slugs import short_id

from .conftest import NOW, PICTURE, Reader, article
from .test_serve_routes import article_path, story_path

BEGINS = "Zephyrine barges were counted at dawn by the ferrymen of Oldquay, who found nineteen."
TAIL = "Quillwort gates stay shut, said the keeper: “Nobody crosses the velvet weir before Friday.”"
OTHERS = {"standfirst": "Marrowfat standfirst of the strict.", "correction": "Gallimaufry correction: it was twenty."}
STRICT_PICTURE = "https://strict.example/withheld.jpg"
KINDS = ("atom", "rss", "json")


def keep(reader: Reader, publisher: str, rights: Rights | None = None) -> tuple[ArticleId, StoryId]:
    """Give a publisher an article that shares a story with one that is shown in full, and can be searched."""
    whole = article(
        publisher,
        "withheld",
        "Nineteen barges counted at Oldquay",
        1.5,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in (BEGINS, TAIL)),
        excerpt=BEGINS,
        image=Image(STRICT_PICTURE, caption="Withheld caption"),
        byline=Byline("By Ada Quill", ("Ada Quill",)),
        rights=rights or Rights(),
        **OTHERS,
    )
    with reader.tools.database.transaction() as tx:
        (saved,) = articles.save(tx, [whole], now=NOW)
        stories.place(tx, Placement(saved.id, reader.story, 0.9), NOW)
        document = SearchDocument(saved.id, saved.headline, saved.text, ("Tide",), saved.publisher_id, "en")
        reader.tools.search_index.update(tx, [document])
    return saved.id, reader.story


def paths(reader: Reader, one: ArticleId, headline: str = "Nineteen barges counted at Oldquay") -> Iterator[str]:
    page = links.article("en-gb", one, headline)
    lists = ["/en-gb", "/en-gb/latest", "/en-gb/section/04000000", "/en-gb/hashtag/tide", story_path(reader)]
    lists += ["/en-gb/source/strict", "/en-gb/source/harbour"]
    searches = [f"/en-gb/search{{}}?q={word}" for word in ("barges", "quillwort", "velvet")]
    yield page
    yield from lists
    yield from (links.feed(path, kind) for path in lists for kind in KINDS)
    yield from (search.format(ending) for search in searches for ending in ("", *(f".{kind}" for kind in KINDS)))
    yield from ("/sitemap.xml", "/feeds.opml", "/robots.txt", "/en-gb/about", "/en-gb/sources", "/manifest.webmanifest")
    yield from ("/en-gb/source/strict/health", article_path(reader, "ledger"), "/en-gb/hashtags")
    yield f"/card/article/{short_id(one)}.jpg"
    yield f"/card/story/{short_id(reader.story)}.en-gb.jpg"


def served(reader: Reader, one: ArticleId) -> Iterator[tuple[str, str]]:
    for path in paths(reader, one):
        answer = reader.get(path)
        assert answer.status_code == 200, path
        yield path, unescape(answer.content.decode("utf-8", "replace")).replace('\\"', '"')


@pytest.mark.parametrize("public", [False, True])
def test_under_headline_nothing_but_the_headline_is_served(make_reader: Callable[..., Reader], public: bool) -> None:
    reader = make_reader(WebSettings(public_url="https://news.example") if public else None)
    one, _ = keep(reader, "strict")
    with reader.tools.database.read() as view:
        token = Signer(facts.get(view, facts.PICTURE_SECRET).encode()).token(STRICT_PICTURE)
    withheld = ["Zephyrine", "ferrymen", "Quillwort", "velvet weir", "Marrowfat", "Gallimaufry", "Withheld caption"]
    for path, text in served(reader, one):
        asked = path.partition("?")[2]
        found = [word for word in (*withheld, STRICT_PICTURE, token) if word in text and word.lower() not in asked]
        assert found == [], path


def test_under_excerpt_no_more_than_the_excerpt_is_served(public_reader: Reader) -> None:
    one, _ = keep(public_reader, "harbour")
    seen = 0
    for path, text in served(public_reader, one):
        seen += "Zephyrine" in text
        found = [word for word in ("Quillwort", "velvet weir", "Marrowfat", "Gallimaufry") if word in text]
        assert [word for word in found if word.lower() not in path] == [], path
    assert seen > 5, "the excerpt itself is shown"


PAGES = (
    "/en-gb", "/en-gb/latest", "/en-gb/section/04000000", "/en-gb/hashtag/tide", "/en-gb/hashtags", "/en-gb/sources",
    "/en-gb/source/harbour", "/en-gb/editions", "/en-gb/about", "/en-gb/search", "/en-gb/search?q=tide", "/en-gb/saved",
    "/en-gb/offline", "/en-gb/source/harbour/health", "ARTICLE", "STORY",
)  # fmt: skip
UNLISTED = ("/en-gb/search", "/en-gb/saved", "/en-gb/offline", "/en-gb/source/harbour/health")
NEEDED = {
    "NewsArticle": (
        "headline",
        "url",
        "isBasedOn",
        "mainEntityOfPage",
        "author",
        "publisher",
        "datePublished",
        "image",
    ),
    "CollectionPage": ("name", "url", "inLanguage"),
    "BreadcrumbList": ("itemListElement",),
    "WebSite": ("name", "url", "potentialAction"),
    "NewsMediaOrganization": ("name", "url"),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_it_is_and_what_robots_may_do(public_reader: Reader, name: str) -> None:
    reader = public_reader
    path = {"ARTICLE": article_path(reader, "ledger"), "STORY": story_path(reader)}.get(name, name)
    page = reader.get(path).text
    robots = re.findall(r'<meta name="robots" content="([^"]+)"', page)
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', page)
    assert len(robots) == len(canonical) == 1
    assert ("noindex" in robots[0]) == path.startswith(UNLISTED)
    tags = dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', page))
    if name == "ARTICLE":
        assert canonical[0] == "https://harbour.example/ledger"
        assert tags == {}, "what is another site's page has no others here"
    elif not path.startswith(UNLISTED):
        assert canonical[0] == f"https://news.example{path}"
        assert tags["x-default"] in {*tags.values(), "https://news.example/"}
        assert f"https://news.example{path}" in tags.values()
    for one in map(json.loads, re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)):
        assert one["@context"] == "https://schema.org"
        assert all(one.get(wanted) for wanted in NEEDED[one["@type"]]), one
    kinds = set(re.findall(r'"@type":"(\w+)"', page))
    wanted = {"ARTICLE": "NewsArticle", "STORY": "ItemList", "/en-gb": "SearchAction", "/en-gb/latest": "ItemList"}
    assert wanted.get(name, "") in {*kinds, ""}


def test_a_publishers_word_to_robots_is_passed_on(public_reader: Reader) -> None:
    one, _ = keep(public_reader, "harbour", Rights(robots=("noindex", "max-snippet:40", "noarchive")))
    page = public_reader.get(links.article("en-gb", one, "Nineteen barges counted at Oldquay")).text
    assert 'name="robots" content="noindex,follow"' in page
    two, _ = keep(public_reader, "ledger", Rights(robots=("max-snippet:40", "noai", "weird")))
    page = public_reader.get(links.article("en-gb", two, "Nineteen barges counted at Oldquay")).text
    assert 'content="index,follow,max-snippet:40,noai,max-image-preview:standard"' in page


def test_an_instance_may_have_its_own_pages_listed(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(WebSettings(public_url="https://news.example", canonical="own"))
    page = reader.get(article_path(reader, "ledger")).text
    assert f'rel="canonical" href="https://news.example{article_path(reader, "ledger")}"' in page
    assert 'hreflang="x-default"' in page


def test_feeds_previews_and_pictures_are_not_for_indexes(public_reader: Reader) -> None:
    one = public_reader.ids["ledger"]
    for path in ("/en-gb/latest.atom", "/en-gb/latest.json", "/feeds.opml", f"/card/article/{short_id(one)}.jpg"):
        assert "noindex" in public_reader.get(path).headers["x-robots-tag"], path
    assert "x-robots-tag" not in public_reader.get("/sitemap.xml").headers
    assert "x-robots-tag" not in public_reader.get("/en-gb").headers


def test_only_the_withheld_is_withheld(reader: Reader) -> None:
    """The same article shown in full: the words above are served, so the tests above can fail."""
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [article("invented", "x", "Nineteen barges", 1, excerpt=BEGINS)], now=NOW)
    assert "Zephyrine" in reader.get("/en-gb/latest").text
    assert DisplayPolicy.HEADLINE.value == "headline"
    assert PublisherId("strict") and PICTURE  # noqa: PT018
