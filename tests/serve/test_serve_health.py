"""Sources and their health, as pages: who waits for repair, plain numbers, the worst articles, links both ways."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

from octavo.config import QualitySettings
from octavo.domain.health import Repair
from octavo.domain.ids import PageKey, PublisherId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.serve import links
from octavo.store import articles, pages, publishers, repairs

from .conftest import NOW, Reader, article

HARBOUR = PublisherId("harbour")


def keep(reader: Reader, *certain: float, earlier: int = 0) -> list[int]:
    """Save the Harbour's articles with these certainties, an hour apart, and good ones of the days before."""
    made = [
        article("harbour", f"h{n}", f"Numbered {n:02}", 24 + n, complete=complete) for n, complete in enumerate(certain)
    ]
    made += [article("harbour", f"e{n}", f"Early {n}", 24 * 20 + n, complete=0.9) for n in range(earlier)]
    seen = [replace(one, first_seen_at=one.published_at or NOW) for one in made]
    with reader.tools.database.transaction() as tx:
        return [one.id for one in articles.save(tx, seen)]


def test_sources_lists_every_publisher_and_those_that_wait_first(reader: Reader) -> None:
    keep(reader, 0.1, 0.2, 0.1, 0.2, 0.9)
    page = unescape(reader.get("/en-gb/sources").text)
    rows = re.findall(r'<tr class="is-(\w+)">\s*<th scope="row"><a href="/en-gb/source/([^"]+)"', page)
    assert rows[0] == ("queued", "harbour")
    assert {name for _, name in rows} == {"harbour", "ledger", "wire", "invented", "strict", "minara"}
    assert [name for how, name in rows if how == "queued"] == ["harbour"]
    assert "1 publisher waits for repair" in page
    harbour = page.partition('href="/en-gb/source/harbour/health"')[2].partition("</tr>")[0]
    assert "<span>33%</span>" in harbour, "two of six"
    assert 'href="/en-gb/sources"' in reader.get("/en-gb").text, "the footer leads here"


def test_sources_come_in_pages_and_each_publisher_once(reader: Reader) -> None:
    keep(reader, 0.1, 0.2, 0.1, 0.2, 0.9)
    many = [Publisher(PublisherId(f"p{n:03}"), f"Paper {n:03} Example", "gb", ("en",)) for n in range(205)]
    with reader.tools.database.transaction() as tx:
        publishers.save(tx, many)
        articles.save(tx, [article(one.id, "only", f"Only of {one.name}", 20) for one in many])
    listed: list[str] = []
    path, sizes = "/en-gb/sources", []
    while path:
        page = reader.get(path).text
        found = re.findall(r'<th scope="row"><a href="/en-gb/source/([^"]+)"', page)
        sizes.append(len(found))
        listed += found
        onwards = re.search(r'rel="next" href="([^"]+)"', page)
        path = onwards.group(1) if onwards else ""
    assert sizes == [100, 100, 11]
    assert listed[0] == "harbour", "those that wait come first"
    assert len(set(listed)) == 211
    assert "1 publisher waits for repair" in page, "told on every page"
    assert "noindex" in page
    assert "noindex" not in reader.get("/en-gb/sources").text


def test_a_page_of_sources_behind_the_last_is_not_found(reader: Reader) -> None:
    assert reader.get("/en-gb/sources?from=100").status_code == 404
    for odd in ("-1", "x", "", "9999999", "50"):
        assert reader.get(f"/en-gb/sources?from={odd}").status_code == 200


def test_nothing_waits_while_all_is_well(reader: Reader) -> None:
    page = reader.get("/en-gb/sources").text
    assert "wait for repair" not in page
    assert "waits for repair" not in page
    assert "is-queued" not in page


def test_a_publisher_s_health_in_numbers_and_words(reader: Reader) -> None:
    ids = keep(reader, 0.1, 0.4, 0.3, 0.2, 0.9, earlier=4)
    failed = Page(
        PageKey("0" * 32), "https://harbour.example/f", "harbour.example", HARBOUR, state=PageState.REFUSED,
        status=404, first_seen_at=NOW, fetched_at=NOW, reason="HTTP 404",
    )  # fmt: skip
    with reader.tools.database.transaction() as tx:
        pages.add(tx, [replace(failed, state=PageState.PENDING)])
        pages.save(tx, [failed])
        repairs.note(tx, Repair(HARBOUR, None, NOW - timedelta(days=2), "v", 7, 0.8, 0.5))
    page = unescape(reader.get("/en-gb/source/harbour/health").text)
    assert "How well The Harbour Example is read" in page
    assert "Waits for repair" in page
    assert "Of its 6 newest articles, 2 were read whole and clean." in page
    assert "67 points worse" in page
    assert "It is no longer there" in page
    assert "7 kept pages were read again" in page
    assert "in doubt before 80%, after 50%." in page
    assert "octavo publishers repair harbour" in page
    order = re.findall(
        r'<span class="worst-share"[^>]*>(\d+%)</span>\s*<div><a class="worst-head" href="([^"]+)"', page
    )
    assert [share for share, _ in order] == ["10%", "20%", "30%", "40%"]
    assert order[0][1] == links.article("en-gb", ids[0], "Numbered 00")
    assert 'href="https://harbour.example/h0"' in page


def test_publisher_and_health_lead_to_each_other(reader: Reader) -> None:
    assert 'href="/en-gb/source/harbour/health"' in reader.get("/en-gb/source/harbour").text
    page = reader.get("/en-gb/source/harbour/health").text
    assert 'href="/en-gb/source/harbour"' in page
    assert 'href="/en-gb/sources"' in page


def test_one_that_is_read_well_and_one_nobody_knows(reader: Reader) -> None:
    page = unescape(reader.get("/en-gb/source/ledger/health").text)
    assert "Read well" in page
    assert "No article of these days is in doubt." in page
    assert "It is not queued." in page
    assert 'class="worst"' not in page
    assert reader.get("/en-gb/source/nobody/health").status_code == 404


def test_a_publisher_that_fell_silent(reader: Reader) -> None:
    reader.clock.now += timedelta(days=60)
    page = unescape(reader.get("/en-gb/source/harbour/health").text)
    assert "Nothing new" in page
    assert "No article of it came in the last 14 days." in page
    listed = reader.get("/en-gb/sources").text
    assert "Nothing new" in listed


def test_arabic_is_written_whole(reader: Reader) -> None:
    keep(reader, 0.1, 0.2, 0.1, 0.2, 0.9, earlier=2)
    page = reader.get("/ar-eg/sources").text
    assert "ناشر واحد ينتظر الإصلاح" in page
    assert "٣٣٪" in page, "as Egypt writes it"
    one = reader.get("/ar-eg/source/harbour/health").text
    assert "ينتظر الإصلاح" in one
    assert 'lang="en" dir="ltr"' in one, "headlines keep their own direction"


def test_what_counts_is_set(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"quality": QualitySettings(bar=0.05, days=3)})
    keep(reader, 0.1, 0.2, 0.1, 0.2, 0.9)
    page = unescape(reader.get("/en-gb/source/harbour/health").text)
    assert "Of its 6 newest articles, 6 were read whole and clean." in page
    assert "at least 5% probable" in page
    assert "The last 3 days" in page


def test_invented_publishers_are_marked(reader: Reader) -> None:
    assert 'class="ribbon"' in reader.get("/en-gb/sources").text
    assert 'class="ribbon"' in reader.get("/en-gb/source/invented/health").text
    assert 'class="ribbon"' not in reader.get("/en-gb/source/harbour/health").text
