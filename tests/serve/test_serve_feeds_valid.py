"""Every feed going out keeps the rules: RFC 4287, RSS 2.0, JSON Feed 1.1, RFC 4685, Media RSS."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from octavo.actions import comments, lists
from octavo.domain.article import Article, Byline
from octavo.domain.comment import under_article
from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.digest import Digest
from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.provenance import Provenance
from octavo.domain.telling import Passage
from octavo.pipeline.digest_story import digest_stories
from octavo.serve.routes import LISTS, TALK
from octavo.store import articles, digests, stories
from octavo.text.slugs import short_id

from .apps import person_called
from .conftest import ARTICLES, NOW, Reader, article
from .test_serve_closely import HEADLINES, _free, _told
from .test_serve_places import _names
from .test_serve_routes import article_path, story_path

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
THR = "{http://purl.org/syndication/thread/1.0}"
ACCOUNTS = {"accounts": {"sign_up": "open", "password_memory_kib": 7_168}}
ZONE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")

VIEWS: dict[str, Callable[[Reader], str]] = {
    "/{edition}": lambda _: "/en-gb",
    "/{edition}/latest": lambda _: "/en-gb/latest",
    "/{edition}/section/{topic}": lambda _: "/en-gb/section/04000000",
    "/{edition}/hashtag/{tag:path}": lambda _: "/en-gb/hashtag/tide",
    "/{edition}/place/{place}": lambda _: "/en-gb/place/GB",
    "/{edition}/person/{name:path}": lambda _: "/en-gb/person/kfl",
    "/{edition}/organisation/{name:path}": lambda _: "/en-gb/organisation/harbour%20office",
    "/{edition}/source/{publisher}": lambda _: "/en-gb/source/wire",
    "/{edition}/story/{number}/{words}": story_path,
    "/{edition}/search": lambda _: "/en-gb/search?q=archive&sort=new",
    "/{edition}/corrections": lambda _: "/en-gb/corrections",
    "/{edition}/contradictions": lambda _: "/en-gb/contradictions",
    "/{edition}/only-here": lambda _: "/en-gb/only-here",
    "/{edition}/article/{number}/{words}/comments": lambda reader: f"{article_path(reader, 'ledger')}/comments",
    "/{edition}/story/{number}/{words}/comments": lambda reader: f"{story_path(reader)}/comments",
    "a list somebody shares": lambda reader: shared(reader),
}
"""Every view that has feeds, and an address of it."""

EMPTY = {"/{edition}/only-here"}
"""Views that have nothing to list at first; their feeds are feeds all the same."""


@pytest.fixture
def site(make_reader: Callable[..., Reader]) -> Reader:
    """A newspaper with a discussion, a correction and reports that differ."""
    reader = make_reader(settings=ACCOUNTS)
    reader.visitor().sign_up("ada")
    ada, tools = person_called(reader, "ada"), reader.tools
    for text in ("A ledger & a <tide>.", "Second."):
        venue = under_article(ArticleId(reader.ids["ledger"]))
        comments.post(tools, ada, comments.Draft(text, venue, edition="en-gb"))
    differing(reader)
    _names(reader, reader.ids["ledger"], "en", "place/GB", "Britain", about=True)
    _names(reader, reader.ids["second"], "en", "person/kfl", "Ada Quill", about=True)
    _names(reader, reader.ids["copy"], "en", "org/harbour office", "Harbour Office", about=False)
    return reader


def differing(reader: Reader) -> list[Article]:
    """Let one article be corrected, and several reports of one event differ."""
    _free(reader)
    path = _told(reader)
    with reader.tools.database.read() as view:
        story = next(one.id for one in stories.latest(view, 9) if path.split("/")[3] == short_id(one.id))
    digest_stories(reader.tools, [story])
    wrong = article(
        "ledger",
        "wrong",
        "Bridge opens on Sunday",
        30,
        correction="An earlier version named the wrong day.",
        byline=Byline("By Ada Quill", ("Ada Quill",)),
    )
    with reader.tools.database.transaction() as tx:
        return articles.save(tx, [wrong], now=NOW)


def shared(reader: Reader) -> str:
    ada = person_called(reader, "ada")
    number = lists.make(reader.tools, ada, "Ada's tides", "All of them.")
    lists.put_in(reader.tools, ada, number, ArticleId(reader.ids["ledger"]))
    return f"/en-gb/list/{lists.share(reader.tools, ada, number)}"


def feed_of(path: str, kind: str) -> str:
    bare, mark, query = path.partition("?")
    return f"{bare}.{kind}{mark}{query}"


def test_every_view_is_among_these() -> None:
    assert set(VIEWS) == {path for path, _ in LISTS} | {path for path, *_ in TALK} | {"a list somebody shares"}


def absolute(address: str | None) -> str:
    split = urlsplit(address or "")
    assert split.scheme in ("http", "https"), address
    assert split.netloc, address
    return address or ""


def moment(text: str | None) -> datetime:
    assert ZONE.fullmatch(text or ""), text
    return datetime.fromisoformat(text or "")


def one_of(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(name)
    assert len(found) == 1, (parent.tag, name, len(found))
    return found[0]


def at_most_one(parent: etree._Element, *names: str) -> None:
    for name in names:
        assert len(parent.findall(name)) <= 1, name


@pytest.mark.parametrize("view", VIEWS)
def test_atom_keeps_rfc_4287(site: Reader, view: str) -> None:
    answer = site.get(feed_of(VIEWS[view](site), "atom"))
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    root = etree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    absolute(one_of(root, f"{ATOM}id").text)
    assert (one_of(root, f"{ATOM}title").text or "").strip()
    moment(one_of(root, f"{ATOM}updated").text)
    at_most_one(root, f"{ATOM}subtitle", f"{ATOM}generator", f"{ATOM}icon", f"{ATOM}logo", f"{ATOM}rights")
    rels = [one.get("rel") for one in root.findall(f"{ATOM}link")]
    assert rels.count("self") == rels.count("alternate") == 1
    entries = root.findall(f"{ATOM}entry")
    assert bool(entries) != (view in EMPTY)
    ids = [one_of(entry, f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        _check_entry(entry)
    for link in root.iter(f"{ATOM}link"):
        absolute(link.get("href"))
    for media in root.iter(f"{MEDIA}content"):
        absolute(media.get("url"))
        assert media.get("medium") == "image"
    order = [one.tag for one in root]
    assert order.index(f"{ATOM}entry") > order.index(f"{ATOM}updated") if entries else True


def _check_entry(entry: etree._Element) -> None:
    assert re.match(r"tag:[^,]+,\d{4}(-\d\d){0,2}:\S+$", one_of(entry, f"{ATOM}id").text or "")
    assert (one_of(entry, f"{ATOM}title").text or "").strip()
    updated = moment(one_of(entry, f"{ATOM}updated").text)
    published = moment(one_of(entry, f"{ATOM}published").text)
    assert published <= updated
    at_most_one(entry, f"{ATOM}summary", f"{ATOM}content", f"{ATOM}source", f"{ATOM}rights")
    assert (one_of(one_of(entry, f"{ATOM}author"), f"{ATOM}name").text or "").strip()
    alternate = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
    assert len(alternate) == 1
    for source in entry.findall(f"{ATOM}source"):
        absolute(one_of(source, f"{ATOM}id").text)
        assert one_of(source, f"{ATOM}title").text
        moment(one_of(source, f"{ATOM}updated").text)
    for answered in entry.findall(f"{THR}in-reply-to"):
        assert answered.get("ref")
        absolute(answered.get("href"))
    for total in entry.findall(f"{THR}total"):
        assert int(total.text or "") > 0


@pytest.mark.parametrize("view", VIEWS)
def test_rss_keeps_its_rules(site: Reader, view: str) -> None:
    answer = site.get(feed_of(VIEWS[view](site), "rss"))
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert not feedparser.parse(answer.content).bozo
    root = etree.fromstring(answer.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = one_of(root, "channel")
    for name in ("title", "link", "description"):
        assert (one_of(channel, name).text or "").strip(), name
    absolute(one_of(channel, "link").text)
    at_most_one(channel, "language", "lastBuildDate", "pubDate", "ttl", "image")
    assert parsedate_to_datetime(one_of(channel, "lastBuildDate").text or "").tzinfo is not None
    items = channel.findall("item")
    assert bool(items) != (view in EMPTY)
    guids = [one_of(item, "guid") for item in items]
    assert len({guid.text for guid in guids}) == len(guids)
    assert {guid.get("isPermaLink") for guid in guids} <= {"false"}
    for item in items:
        at_most_one(item, "title", "link", "description", "author", "comments", "source", "enclosure")
        assert (one_of(item, "title").text or "").strip()
        absolute(one_of(item, "link").text)
        assert parsedate_to_datetime(one_of(item, "pubDate").text or "").utcoffset() == timedelta(0)
        for source in item.findall("source"):
            absolute(source.get("url"))
            assert source.text
        for named in item.findall("comments"):
            absolute(named.text)


@pytest.mark.parametrize("view", VIEWS)
def test_json_feed_keeps_version_1_1(site: Reader, view: str) -> None:
    answer = site.get(feed_of(VIEWS[view](site), "json"))
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    for name in ("home_page_url", "feed_url"):
        absolute(feed[name])
    assert re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*", feed["language"])
    assert bool(feed["items"]) != (view in EMPTY)
    ids = [one["id"] for one in feed["items"]]
    assert all(isinstance(one, str) for one in ids)
    assert len(set(ids)) == len(ids)
    for one in feed["items"]:
        assert "content_html" in one or "content_text" in one
        assert moment(one["date_published"]) <= moment(one.get("date_modified", one["date_published"]))
        for name in ("url", "external_url", "image", "banner_image"):
            if name in one:
                absolute(one[name])
        assert all(author["name"] for author in one["authors"])
        assert all(isinstance(tag, str) and tag for tag in one.get("tags", []))


def test_the_three_say_the_same(site: Reader) -> None:
    """Each view's feeds list the same in the same order, and the search asks for newest first."""
    for view, path_of in VIEWS.items():
        path = path_of(site)
        titles = [
            [entry.title for entry in feedparser.parse(site.get(feed_of(path, kind)).content).entries]
            for kind in ("atom", "rss")
        ]
        told = [one["title"] for one in json.loads(site.get(feed_of(path, "json")).content)["items"]]
        assert titles[0] == titles[1] == told, view


def test_corrections_say_what_was_corrected_as_far_as_may_be_shown(site: Reader) -> None:
    parsed = feedparser.parse(site.get("/en-gb/corrections.atom").content)
    [entry] = parsed.entries
    assert entry.title == "Bridge opens on Sunday"
    assert "corrected: An earlier version named the wrong day." in entry.summary
    page = site.get("/en-gb/corrections").text
    assert "An earlier version named the wrong day." in page
    strict = article("strict", "wrong", "Strict bridge", 31, correction="It was the other bridge.")
    with site.tools.database.transaction() as tx:
        articles.save(tx, [strict], now=NOW)
    site.clock.now += timedelta(minutes=1)
    page = site.get("/en-gb/corrections").text
    assert "Strict bridge" in page
    assert "other bridge" not in page
    assert "other bridge" not in site.get("/en-gb/corrections.json").text


def test_contradictions_name_the_reports_that_do_not_agree(site: Reader) -> None:
    parsed = feedparser.parse(site.get("/en-gb/contradictions.rss").content)
    told = {entry.title: entry.description for entry in parsed.entries}
    assert set(told) <= set(HEADLINES.values())
    assert len(told) >= 2
    assert any("Two outlets give different numbers." in words for words in told.values())
    assert all("Strict Example: “" not in words for words in told.values()), "of the strict one headlines alone"


def test_only_here_names_what_one_outlet_alone_reports(site: Reader) -> None:
    one = ArticleId(site.ids["ledger"])
    passage = Passage(one, 0, 0, 12, "Forty ledgers were wet.")
    alone = Difference(DifferenceKind.ONLY_HERE, "figure:ledgers", (passage,), (PublisherId("harbour"),), 0.9)
    with site.tools.database.transaction() as tx:
        digests.save(tx, StoryId(site.story), Digest(3, Provenance(3, ()), differences=(alone,)), NOW)
    site.clock.now += timedelta(minutes=1)
    [entry] = feedparser.parse(site.get("/en-gb/only-here.atom").content).entries
    assert entry.title == ARTICLES["ledger"].headline
    assert "One outlet alone reports this. · The Harbour Example: “Forty ledgers were wet.”" in entry.summary
    assert feedparser.parse(site.get("/ar-ae/only-here.atom").content).entries == [], "it is not read there"
    assert "Forty ledgers" in site.get("/en-gb/only-here").text


def test_a_picture_has_its_credit_and_words(site: Reader) -> None:
    root = etree.fromstring(site.get("/en-gb/source/harbour.atom").content)
    [media] = list(root.iter(f"{MEDIA}content"))
    assert media.findtext(f"{MEDIA}description") == "A quay"
    shown = feedparser.parse(site.get("/en-gb/source/harbour.rss").content).entries
    assert [entry.media_content[0]["url"] for entry in shown if "media_content" in entry] == [media.get("url")]


def test_what_was_reworded_is_updated_and_stays_the_same_entry(site: Reader) -> None:
    before = {entry.id: entry for entry in feedparser.parse(site.get("/en-gb/source/harbour.atom").content).entries}
    with site.tools.database.read() as view:
        old = articles.get(view, ArticleId(site.ids["ledger"]))
    assert old is not None
    later = NOW + timedelta(hours=3)
    again = article("harbour", "ledger", "Tide ledger found, and read", 5)
    with site.tools.database.transaction() as tx:
        articles.save(tx, [again], now=later)
    site.clock.now = later + timedelta(minutes=1)
    after = {entry.id: entry for entry in feedparser.parse(site.get("/en-gb/source/harbour.atom").content).entries}
    assert set(after) == set(before)
    changed = next(entry for entry in after.values() if entry.title == "Tide ledger found, and read")
    assert changed.updated_parsed > before[changed.id].updated_parsed
    assert changed.published == before[changed.id].published


def test_a_list_of_what_differs_says_in_its_own_words_that_it_is_empty(reader: Reader) -> None:
    page = reader.get("/en-gb/only-here").text
    assert "Nothing of this kind was found lately." in page
    assert "as publishers write them" not in page
