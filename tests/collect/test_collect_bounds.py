"""Feeds built to keep a reader busy are refused at once; large ones that are feeds are read."""

import json
import time

import pytest

from octavo.collect.fields import first_picture
from octavo.collect.parse import parse_feed
from octavo.errors import UnreadableFeed

URL = "https://bomb.example/feed"
HEAD = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(50_000))
BOMBS = {
    "open elements": HEAD + "<item>" * 400_000,
    "open elements too": HEAD + "<item><title>x</title>" + "<div>" * 6_000,
    "tags": HEAD + "<item><title>x</title></item>" * 60_000,
    "tags again": HEAD + "<" * 2_000_000,
    "attributes": f"{HEAD}<item {ATTRIBUTES}/></channel></rss>",
    "attributes again": f"{HEAD}<item x='>' {ATTRIBUTES}/></channel></rss>",
    "attributes too": f"{HEAD}<item x='<' {ATTRIBUTES}/></channel></rss>",
    "attributes of": f"{HEAD}<item {ATTRIBUTES.replace(' ', ' ' + 'x' * 90)}/></channel></rss>",
    "references": f"{HEAD}<item><title>t</title><description>{'&' * 2_000_000}</b></description></item>",
    "keywords": f"{HEAD}<item><title>t</title><media:keywords>{'a,b' * 2_000_000}</media:keywords></item>",
    "name": f"{HEAD}<item><title>t</title><author>{'a.' * 200_000}@</author></item></channel></rss>",
    "name of": f"{HEAD}<item><dc:creator><![CDATA[{'a.' * 200_000}]]></dc:creator></item></channel></rss>",
    "more than": HEAD + "<" * 2_000_000 + ">",
    "values": '{"items": [{"id": "1", "x": [' + "[]," * 700_000 + "[]]}]}",
    "values too": '{"items": [{"id": "1", "x": {' + '"a":0,' * 700_000 + '"b":0}}]}',
}


@pytest.mark.parametrize("told", BOMBS)
def test_bombs_are_refused_at_once(told: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFeed, match=told.removesuffix(" too").removesuffix(" again").removesuffix(" of")):
        parse_feed(BOMBS[told].encode(), url=URL)
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize(
    "people",
    [
        f"<item><title>t</title><author>{'a' * 1_990}</author></item>" * 3_500,
        f"<item><title>t</title><author>{'a' * 1_900}@</author></item>" * 3_500,
        f"<item><title>t</title><author>a@{'a.' * 990}</author></item>" * 3_500,
        f"<item><title>t</title><author>{('a' * 1_900 + '<!-- -->') * 1_000}</author></item>",
        f"<item><title>t</title><author>{('<![CDATA[' + 'a' * 1_900 + ']]>') * 1_000}</author></item>",
        f"<item><title>t</title><author x='{'y' * 300}'>{'a.' * 200_000}</author></item>",
    ],
    ids=["letters", "no host", "host", "comments", "sections", "attribute"],
)
def test_long_names_are_read_in_time(people: str) -> None:
    began = time.process_time()
    _, entries = parse_feed(f"{HEAD}{people}</channel></rss>".encode(), url=URL)
    assert len(entries[0].authors[0]) > 100
    assert time.process_time() - began < 6


def test_pictures_of_a_tag_that_never_ends_are_looked_for_in_time() -> None:
    began = time.process_time()
    assert first_picture("<img src='a:b' " * 12_000 + "z" * 7_000_000, URL) == ""
    assert time.process_time() - began < 2


def test_keywords_that_never_end_are_looked_for_once() -> None:
    began = time.process_time()
    parse_feed(f"{HEAD}{'<keywords ' * 4_500}".encode(), url=URL)
    assert time.process_time() - began < 1


def test_of_a_hundred_thousand_categories_some_are_kept_in_time() -> None:
    began = time.process_time()
    many = "".join(f"<category>c{number}</category>" for number in range(60_000))
    _, [entry] = parse_feed(f"{HEAD}<item><title>t</title>{many}</item></channel></rss>".encode(), url=URL)
    assert entry.tags[:2] == ("c0", "c1")
    assert time.process_time() - began < 5


def test_a_sitemap_of_nothing_but_elements_is_refused() -> None:
    with pytest.raises(UnreadableFeed, match="tags"):
        parse_feed(("<urlset>" + "<a/>" * 1_100_000).encode(), url=URL)


def test_an_entity_behind_an_instruction_is_refused() -> None:
    hidden = "<!DOCTYPE rss [<?x <rss > ?><!ENTITY a 'ha'>]>"
    with pytest.raises(UnreadableFeed, match="entities"):
        parse_feed(f"{hidden}{HEAD}<item><title>&a;</title></item></channel></rss>".encode(), url=URL)


def test_attributes_of_text_are_none() -> None:
    """Markup that is escaped, or quoted, has no bounds of its own."""
    told = 'It\'s &lt;a href="x" class="y"&gt; ' * 400
    _, [entry] = parse_feed(f"{HEAD}<item><title>{told}</title></item></channel></rss>".encode(), url=URL)
    assert entry.title.startswith("It's")


def test_a_json_feed_as_large_as_they_come_is_read() -> None:
    words = "Ferries, trams, buses; [sic] {all} of them. " * 20
    items = [
        {"id": str(n), "url": f"https://bomb.example/{n}", "content_html": words, "tags": ["a"]} for n in range(5_000)
    ]
    _, entries = parse_feed(json.dumps({"version": "1.1", "items": items}).encode(), url=URL)
    assert len(entries) == 5_000


def test_a_title_of_megabytes_is_read_at_its_beginning() -> None:
    title = "Tide " + "&lt;b&gt;ledger " * 400_000
    _, [entry] = parse_feed(f"{HEAD}<item><title>{title}</title></item></channel></rss>".encode(), url=URL)
    assert entry.title.startswith("Tide ledger ledger")


def test_what_is_long_but_plain_is_read() -> None:
    markup = "<p class='a'>Text &amp; more</p>" * 20_000
    body = f"<title>Long</title><dc:creator>Mara Ilves</dc:creator><description><![CDATA[{markup}]]></description>"
    text = f"{HEAD}<item>{body}</item>{'<!-- < -->' * 3_000}</channel></rss>"
    _, entries = parse_feed(text.encode(), url=URL)
    assert [(one.title, one.authors, len(one.summary)) for one in entries] == [("Long", ("Mara Ilves",), len(markup))]


@pytest.mark.parametrize(
    "text", ["<![CDATA[" * 200_000, "<!--" * 400_000, "[" * 500_000, '{"a":' * 300_000, "<a:" * 500_000]
)
def test_what_never_ends_is_refused_or_empty_in_time(text: str) -> None:
    began = time.process_time()
    for data in (text, HEAD + text):
        try:
            _, entries = parse_feed(data.encode(), url=URL)
        except UnreadableFeed:
            continue
        assert entries == []
    assert time.process_time() - began < 3


@pytest.mark.parametrize("size", [-1, True, 10**29, 1e99, "1", None])
def test_a_file_of_no_size_there_is_has_none(size: object) -> None:
    file = {"url": "https://bomb.example/a.mp3", "size_in_bytes": size, "mime_type": "audio/" + "x" * 1_000}
    feed = {"items": [{"id": "1", "url": "https://bomb.example/1", "attachments": [file]}]}
    _, [entry] = parse_feed(json.dumps(feed).encode(), url=URL)
    assert [(one.length, len(one.kind)) for one in entry.enclosures] == [(0, 100)]
