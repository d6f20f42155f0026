"""pages just read -> what their publishers repeat; articles that carry what was learned are to be read again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from octavo.domain.article import Article
from octavo.domain.boilerplate import RepeatedLine
from octavo.domain.ids import PageKey, PublisherId
from octavo.extract.boilerplate import WIDTH, PageLines, add_page, judged, keys_of_block, newly_dropped
from octavo.ports.database import Transaction
from octavo.store import articles as article_store
from octavo.store import boilerplate as boilerplate_store
from octavo.store import pages as page_store
from octavo.store import reading

RECENT = 200
"""Newest articles of a publisher that are looked through for a line just learned."""

MOST = 3_000
"""Lines remembered of one publisher."""


@dataclass(frozen=True, slots=True)
class FirstRead:
    """A page an article was read out of for the first time, and the lines it adds."""

    article: Article
    lines: PageLines


def learn(tx: Transaction, pages: Sequence[FirstRead], now: datetime) -> int:
    """Count pages for their publishers; gives how many pages are to be read again for what was learned from them.

    Each page counts once, when it is first read: reading it again teaches nothing, so reading again comes to an end.
    """
    by_publisher: dict[PublisherId, list[FirstRead]] = {}
    for page in pages:
        by_publisher.setdefault(page.article.publisher_id, []).append(page)
    again = 0
    for publisher_id, own in by_publisher.items():
        learned = _count(tx, publisher_id, own, now)
        if learned:
            articles = [page.article for page in own] + _recent(tx, publisher_id)
            again += page_store.read_again(tx, _carrying(articles, learned))
    return again


def _count(tx: Transaction, publisher_id: PublisherId, pages: Sequence[FirstRead], now: datetime) -> frozenset[int]:
    """Count a publisher's pages; gives the keys of lines that are dropped from now on."""
    before = boilerplate_store.pages_counted(tx, publisher_id)
    counted = before + len(pages)
    known = boilerplate_store.known(tx, publisher_id, (line.key for page in pages for line in page.lines.lines))
    lines: dict[int, RepeatedLine] = dict(known)
    for number, page in enumerate(pages, before + 1):
        add_page(lines, page.lines, number, publisher_id, now)
    found = judged(lines, counted)
    boilerplate_store.save(tx, publisher_id, counted, found)
    if counted // WIDTH > before // WIDTH:
        boilerplate_store.forget_rare(tx, publisher_id, counted, WIDTH, MOST)
    return newly_dropped(known, found)


def _recent(tx: Transaction, publisher_id: PublisherId) -> list[Article]:
    return article_store.get_many(tx, reading.publisher_ids(tx, publisher_id, None, RECENT))


def _carrying(articles: Iterable[Article], keys: frozenset[int]) -> set[PageKey]:
    """The pages of articles in which one of these lines may stand."""
    return {
        article.page_key
        for article in articles
        if article.page_key and any(not keys.isdisjoint(keys_of_block(block)) for block in article.blocks)
    }
