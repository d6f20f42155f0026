"""Attacks in every field others write, at every door: nothing of them is left that could run.

Texts are written past all that cleans them when they come in: what counts here is how they leave. (The whole corpus, in
a real browser: bench/payloads.py.)
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from octavo.config import WebSettings
from octavo.domain.account import Role
from octavo.domain.article import Article, Block, BlockKind, Byline, Dateline, Image
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.feed import Feed
from octavo.domain.follow import Highlight, Quote
from octavo.domain.ids import ArticleId, FeedId, HighlightId, PublisherId
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.domain.story import Placement
from octavo.ports.database import Transaction
from octavo.store import accounts, articles, feeds, highlights, lists, publishers, stories
from octavo.text.inert import inert
from octavo.text.slugs import short_id

from .apps import App, open_app
from .attacks import ATTACKS, astray, latent, texts
from .conftest import NOW, Reader, Visitor, article
from .talk import say
from .test_serve_mcp import call

KINDS = [kind for kind in BlockKind if kind is not BlockKind.LIST]


@pytest.fixture
def app(make_reader: Callable[..., object]) -> App:
    """A reader's app at a site where everything that others wrote is an attack."""
    app = open_app(make_reader, settings={"accounts": {"sign_up": "open", "password_memory_kib": 7_168}})  # type: ignore[arg-type]
    with app.reader.tools.database.transaction() as tx:
        for number, text in enumerate(ATTACKS):
            app.ids += [_write(tx, app, number, text)]
        story = stories.place(tx, Placement(app.ids[-1], None, 1.0), NOW)
        for one in app.ids[-20:-1]:
            stories.place(tx, Placement(one, story, 0.9), NOW)
        stories.describe(tx, story, lead=app.ids[-1], reports=20)
        app.reader.story = story
        accounts.set_role(tx, app.person.account.id, Role.OWNER)
    return app


def _write(tx: Transaction, app: App, number: int, text: str) -> ArticleId:
    """Write a publisher, its feed, its article, and what the reader keeps of it."""
    name = PublisherId(f"p{number}")
    paper = Publisher(name, text, "gb", ("en",), owner=text, hosts=(f"p{number}.example",), homepage=text)
    publishers.save(tx, [replace(paper, description=text, contact=text)])
    feed = feeds.add(tx, Feed(FeedId(0), f"https://p{number}.example/f", name, text, site_url=text, language="en"))
    [kept] = articles.save(tx, [_article(number, text, feed.id)], now=NOW)
    tags = (Hashtag(f"t{number}", text, 0.9),)
    articles.save_enrichments(tx, [Enrichment(kept.id, "en", hashtags=tags, topics=(Topic("04000000", 0.8),))])
    who = app.person.account.id
    lists.add(tx, who, text, text, NOW)
    highlights.add(tx, who, Highlight(HighlightId(0), kept.id, Quote(text, text, text), NOW, text))
    return kept.id


def _article(number: int, text: str, feed: FeedId | None) -> Article:
    blocks = [Block(kind, text, level=2, rows=((text,),), url=text, credit=text) for kind in KINDS]
    return article(
        f"p{number}",
        "x",
        text,
        number / 60,
        feed_id=feed,
        blocks=(*blocks, Block(BlockKind.LIST, items=(text,))),
        canonical_url=text,
        standfirst=text,
        excerpt=text,
        byline=Byline(text, (text,)),
        source=text,
        dateline=Dateline(text),
        section=text,
        image=Image(text, caption=text, credit=text, alt=text),
        keywords=(text,),
        correction=text,
    )


def _clean(visitor: Visitor, paths: Sequence[str]) -> Counter[int]:
    """Look at pages; give how many were HTML, by their status."""
    seen: Counter[int] = Counter()
    for path in paths:
        answer = visitor.get(path)
        if answer.status_code in (301, 303, 307, 308):
            answer = visitor.get(answer.headers["location"])
        assert answer.status_code < 500, path
        if "html" in answer.headers["content-type"]:
            assert latent(answer.text) == [], path
            seen[answer.status_code] += 1
    return seen


def test_no_page_carries_what_could_run(app: App) -> None:
    visitor = app.reader.visitor()
    seen = _clean(visitor, [f"/en-gb/article/{short_id(one)}" for one in app.ids])
    sources = [f"/en-gb/source/p{number}{end}" for number in range(len(ATTACKS)) for end in ("", "/health")]
    seen += _clean(visitor, sources)
    seen += _clean(visitor, ["/en-gb/latest", "/en-gb", "/en-gb/sources", f"/en-gb/story/{short_id(app.reader.story)}"])
    assert seen == {200: len(app.ids) + len(sources) + 4}


def test_no_address_asked_for_comes_back_as_what_could_run(app: App) -> None:
    visitor = app.reader.visitor()
    for text in ATTACKS:
        quoted = "".join(f"%{byte:02X}" for byte in text.encode())
        asked = [f"/en-gb/search?q={quoted}", f"/en-gb/hashtag/{quoted}", f"/en-gb/{quoted}", f"/picture/{quoted}/640"]
        asked += [f"/share?title={quoted}&text={quoted}&url={quoted}", f"/en-gb/sign-in?back={quoted}&error={quoted}"]
        seen = _clean(visitor, asked)
        assert seen.total() == len(asked), "each is a page, if only one that says there is nothing"
        assert seen[200] >= 3, "searched for, shared, and signing in"


def test_nothing_a_reader_keeps_or_says_could_run(app: App) -> None:
    visitor = app.reader.visitor()
    visitor.post("/en-gb/sign-in", {"name": "ada", "password": "a lamp in the harbour"})
    page = app.reader.get(f"/en-gb/article/{short_id(app.ids[0])}").headers["location"]
    for number, text in enumerate(ATTACKS[:20]):
        app.reader.clock.now = NOW + timedelta(minutes=number)
        say(visitor, page, text)
    assert len(LexborHTMLParser(visitor.get(f"{page}/comments").text).css(".remark-words")) == 20
    _clean(visitor, [page, f"{page}/comments", "/en-gb/lists", "/en-gb/highlights", "/en-gb/desk/feeds"])
    _clean(visitor, ["/en-gb/desk/publishers", "/en-gb/desk/publishers/p1", "/en-gb/desk/stories", "/en-gb/desk/log"])
    for kind in ("rss", "atom"):
        _clean_feed(app, f"{page}/comments.{kind}")


def _clean_feed(app: App, path: str) -> None:
    """All that RSS holds may be taken for HTML; of Atom what says that it is, and titles by those who do not look."""
    answer = app.reader.get(path)
    assert answer.status_code == 200, path
    for one in etree.fromstring(answer.content).iter("{*}*"):
        assert latent(one.text or "", bare=True) == [], (path, one.text)
        assert not (one.get("href") or "http").startswith("javascript"), path


def test_feeds_hold_no_markup_but_ours(app: App) -> None:
    story = app.reader.get(f"/en-gb/story/{short_id(app.reader.story)}").headers["location"]
    quoted = "".join(f"%{byte:02X}" for byte in ATTACKS[0].encode())
    for path in ("/en-gb/latest", "/en-gb", story, "/en-gb/source/p0"):
        _clean_feed(app, f"{path}.rss")
        _clean_feed(app, f"{path}.atom")
        told = app.reader.get(f"{path}.json").json()
        assert [
            one for text in texts(told, {"content_html", "title", "summary"}) for one in latent(text, bare=True)
        ] == []
        assert astray(told) == []
    _clean_feed(app, f"/en-gb/search.rss?q={quoted}")


def test_apps_are_given_no_markup_but_ours(app: App) -> None:
    """Apps put what they are given into web views, titles and names, too: none has this site's content policy."""
    key = hashlib.md5(f"{app.name}:{app.token}".encode(), usedforsecurity=False).hexdigest()
    miniflux = {"x_auth_token": app.token}
    told = [
        app.get("stream/contents/user/-/state/com.google/reading-list", n=1000),
        app.get("subscription/list"),
        app.get("tag/list"),
        app.reader.ask("POST", "/fever/?api&items&feeds&groups&links", {}, {"api_key": key}).json(),
        app.reader.get("/v1/entries?limit=100", **miniflux).json(),
        app.reader.get("/v1/feeds", **miniflux).json(),
    ]
    names = {"content", "html", "title", "author", "label", "name", "id"}
    found = [text for one in told for text in texts(one, names)]
    assert len(found) > 5 * len(ATTACKS)
    assert [one for text in found for one in latent(text, bare=True)] == []
    assert astray(told) == []


def test_other_sites_servers_and_models_are_given_no_markup_but_ours(make_reader: Callable[..., Reader]) -> None:
    """Titles at oEmbed, names in the fediverse, what a model reads: whoever shows them may take them for HTML."""
    on = {"fediverse": {"on": True}, "mcp": {"http": True}}
    site = make_reader(WebSettings(public_url="https://news.example", policy=DisplayPolicy.FULL), settings=on)
    told: list[dict[str, str]] = []
    for number, text in enumerate(ATTACKS):
        with site.tools.database.transaction() as tx:
            publishers.save(tx, [Publisher(PublisherId(f"p{number}"), text, "gb", ("en",), hosts=("p.example",))])
            [kept] = articles.save(tx, [_article(number, text, None)], now=NOW)
            articles.save_enrichments(tx, [Enrichment(kept.id, "en", hashtags=(Hashtag(f"t{number}", text, 0.9),))])
            story = stories.place(tx, Placement(kept.id, None, 1.0), NOW)
        there = f"https://news.example/en-gb/story/{short_id(story)}"
        told.append({"name": site.get(f"/oembed?url={there}").json()["title"]})
        note = site.get(f"/en-gb/article/{short_id(kept.id)}", accept="application/activity+json").json()
        told += [note, {"name": call(site, "article", id=short_id(kept.id)).content[0].text}]
    found = list(texts(told, {"name", "content", "summary"}))
    assert len(found) > 4 * len(ATTACKS)
    assert [one for text in found for one in latent(text, bare=True)] == []


def test_only_what_begins_markup_is_written_otherwise() -> None:
    for text in ("5 < 6, 7 > 2", "R&D", "a <3 b", "<", "x<", "«quay»"):
        assert inert(text) == text
    assert inert("</b> <b> <!-- <?x 1<2") == "‹/b> ‹b> ‹!-- ‹?x 1<2"
