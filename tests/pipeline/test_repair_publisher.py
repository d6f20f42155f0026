"""A queued publisher's kept pages are read again: by hand, or once for each extractor; nobody else's are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.domain.article import Article
from octavo.domain.health import Repair
from octavo.domain.ids import PublisherId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.extract.version import extractor_version
from octavo.pipeline import repair_publisher as repairing
from octavo.pipeline.extract_article import extract_pages
from octavo.pipeline.passes import repair
from octavo.pipeline.poll_feed import page_key
from octavo.ports.tools import Tools
from octavo.store import articles, pages, publishers, repairs

from .conftest import NOW

PAPER, OTHER = PublisherId("paper"), PublisherId("other")
LINES = (
    "The old bridge over the Orrin reopened on Friday after two years of repairs, the city of Port Ember said.",
    "“We have waited a long time for this,” said Mayor Ilse Brandt, who walked across it with a hundred others.",
    "The work cost 14 million crowns, a third more than planned, because the foundations were cracked in the flood.",
    "Buses will cross it from Monday, and the ferry that carried people meanwhile goes back to the lake of Kalden.",
)


def kept_page(tools: Tools, number: int, publisher: PublisherId = PAPER) -> Page:
    """A page that was read before, by an extractor that was not sure of it: its article is kept with 0.1."""
    url = f"https://{publisher}.example/bridge-{number}"
    body = "".join(f"<p>{line}</p>" for line in LINES)
    head = f'<html lang="en"><head><title>Bridge {number}</title></head><body><article>'
    html = f"{head}<h1>Bridge {number} over the Orrin reopens</h1>{body}</article></body></html>"
    page = Page(
        key=page_key(url), url=url, host=f"{publisher}.example", publisher_id=publisher, state=PageState.FETCHED,
        content_type="text/html; charset=utf-8", blob=f"pages/{page_key(url)}",
        first_seen_at=NOW - timedelta(days=number), fetched_at=NOW - timedelta(days=number),
    )  # fmt: skip
    tools.blobs.put(page.blob, html.encode())
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(publisher, f"The {publisher}")])
        pages.add(tx, [replace(page, state=PageState.PENDING)])
        pages.save(tx, [page])
    extract_pages(tools, [page], None)
    with tools.database.transaction() as tx:
        article = articles.by_url(tx, url)
        assert article
        assert article.complete > 0.5, "the page itself is a good one"
        articles.save(tx, [replace(article, complete=0.1)], revise=False)
    return page


def certainty(tools: Tools, page: Page) -> float:
    with tools.database.read() as view:
        found = articles.by_url(view, page.url)
        assert isinstance(found, Article)
        return found.complete


def test_repair_publisher_reads_its_pages_again_and_says_what_changed(tools: Tools) -> None:
    mine = [kept_page(tools, number) for number in range(1, 7)]
    theirs = kept_page(tools, 1, OTHER)
    done = repairing.repair_publisher(tools, PAPER, None)
    assert done.pages == 6
    assert (done.before.recent.below, done.before.queued) == (6, True)
    assert (done.after.recent.below, done.after.queued) == (0, False)
    assert all(certainty(tools, page) > 0.5 for page in mine)
    assert certainty(tools, theirs) == 0.1
    with tools.database.read() as view:
        assert repairs.get(view, PAPER) == Repair(PAPER, None, NOW, extractor_version(), 6, 1.0, 0.0)
        assert pages.counts(view) == {PageState.DONE: 7}
        article = articles.by_url(view, mine[0].url)
        assert article
        assert articles.revisions_of(view, article.id) == [], "reading again is no edit"


def test_only_pages_since_then_are_read(tools: Tools) -> None:
    mine = [kept_page(tools, number) for number in range(1, 7)]
    done = repair(replace(tools, settings=tools.settings), PAPER, since=NOW - timedelta(days=3))
    assert done.pages == 3
    assert [certainty(tools, page) > 0.5 for page in mine] == [True] * 3 + [False] * 3


def test_each_extractor_repairs_a_queued_publisher_once(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 7):
        kept_page(tools, number)
    kept_page(tools, 1, OTHER)
    assert repairing.publishers_to_repair(tools) == [PAPER]
    with tools.database.transaction() as tx:
        repairs.note(tx, Repair(PAPER, read_at=NOW, version=extractor_version()))
    assert repairing.publishers_to_repair(tools) == []
    monkeypatch.setattr(repairing, "extractor_version", lambda: "another")
    assert repairing.publishers_to_repair(tools) == [PAPER]
    with tools.database.transaction() as tx:
        repairs.settle(tx, PAPER, NOW)
    assert repairing.publishers_to_repair(tools) == []


def test_the_extractor_names_itself_by_what_it_is_made_of() -> None:
    version = extractor_version()
    assert len(version) == 16
    extractor_version.cache_clear()
    assert extractor_version() == version
