"""archives -> articles, enriched and searchable: pages are read by a crew, and saved here, in their order.

A batch is saved in one transaction with how far its archive has been read, so a run that is cut off anywhere goes on
where it was, and nothing is saved twice. What pages teach of what their publishers repeat is known to those that are
handed out later; how many are on their way at once is the same whoever reads them, so what comes of an archive is, too.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Protocol

from octavo.collect.response import rights_said
from octavo.domain.article import Article
from octavo.domain.backfill import ArchiveMark, Captured, LeftOut, Record
from octavo.domain.enrichment import Enrichment
from octavo.domain.ids import PublisherId
from octavo.domain.journal import Event
from octavo.domain.page import PageSource
from octavo.domain.publisher import Publisher
from octavo.domain.site_rule import SiteRule
from octavo.domain.web import Response
from octavo.errors import UnusableUrl
from octavo.extract.site_rules import rule_for
from octavo.pipeline.enrich_article import CONSUMER as ENRICHER
from octavo.pipeline.extract_article import own_rules
from octavo.pipeline.fetch_page import is_page
from octavo.pipeline.learn_boilerplate import FirstRead, learn
from octavo.pipeline.read_archive import ArchivedPage, Batch, ReadArticle
from octavo.pipeline.search_document import search_document
from octavo.ports.crew import Crew
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import archives as archive_store
from octavo.store import articles as article_store
from octavo.store import boilerplate as boilerplate_store
from octavo.store import changes, journal
from octavo.store import publishers as publisher_store
from octavo.text.urls import canonical_url, host_of, publisher_host

RECORDS = 32
BYTES = 8_000_000
"""A batch ends at so many records, or with the one that makes it this large."""

AHEAD = 16
"""Batches on their way at once: what bounds the memory they take."""

REASONS = 40
"""Different reasons counted for one archive; what comes after is counted together."""

_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_KNOWN = "known"


class Archive(Protocol):
    """A file of pages or lines; `records` reads it anew, from the beginning."""

    @property
    def key(self) -> str:
        """What it is known by, whatever its name."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def records(self) -> Iterator[Record]:
        """Give its records, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch on its way: what it is of, the last record in it, what was left out of it, whether the archive ends."""

    archive: Archive
    through: int
    left_out: Counter[str]
    batch: Batch
    wait: Callable[[], list[ReadArticle]]
    ends: bool


def backfill(
    tools: Tools,
    archives: Iterable[Archive],
    crew: Crew,
    make_reader: Callable[[], Callable[[Batch], list[ReadArticle]]],
    ahead: int = AHEAD,
) -> Iterator[ArchiveMark]:
    """Bring archives in, from where each was left; yields how far it is after every batch."""
    hand = crew.start(make_reader)
    on_its_way: deque[_Sent] = deque()
    for archive in archives:
        with tools.database.read() as view:
            mark = archive_store.mark(view, archive.key)
        if mark and mark.finished_at:
            yield mark
            continue
        for records, through, ends in _cut(archive, mark.through if mark else 0):
            batch, left_out = _batch(tools, records)
            on_its_way.append(_Sent(archive, through, left_out, batch, hand(batch), ends))
            if len(on_its_way) >= ahead:
                yield _save(tools, on_its_way.popleft())
    while on_its_way:
        yield _save(tools, on_its_way.popleft())


def _cut(archive: Archive, through: int) -> Iterator[tuple[list[Record], int, bool]]:
    """Cut an archive's records, after the first `through`, into batches; the last, which may be empty, ends it."""
    waiting: list[Record] = []
    size = 0
    for record in islice(archive.records(), through, None):
        through += 1
        waiting.append(record)
        size += _size(record)
        if len(waiting) >= RECORDS or size >= BYTES:
            yield waiting, through, False
            waiting, size = [], 0
    yield waiting, through, True


def _size(record: Record) -> int:
    if isinstance(record, LeftOut):
        return 0
    return len(record if isinstance(record, bytes) else record.body)


def _batch(tools: Tools, records: Sequence[Record]) -> tuple[Batch, Counter[str]]:
    """Bring together what is known of each page; those known already, or not to be read, are left out and counted."""
    left_out: Counter[str] = Counter(one.reason for one in records if isinstance(one, LeftOut))
    pages: dict[int, tuple[str, Captured]] = {}
    for place, one in enumerate(records):
        if isinstance(one, Captured):
            url, reason = _address(one)
            if reason:
                left_out[reason] += 1
            else:
                pages[place] = url, one
    hosts = {name for url, _ in pages.values() for name in (host_of(url), publisher_host(host_of(url)))}
    with tools.database.read() as view:
        known = article_store.known_urls(view, [url for url, _ in pages.values()])
        owners = publisher_store.by_host(view, hosts)
        dropped = boilerplate_store.dropped(view, {one.id for one in owners.values()})
    there = _Known(owners, dropped, own_rules(tools) if pages else {}, tools.now())
    pieces: list[ArchivedPage | bytes] = []
    for place, one in enumerate(records):
        if isinstance(one, bytes) and one.strip():
            pieces.append(one)
        elif place in pages:
            url, captured = pages[place]
            if url in known:
                left_out[_KNOWN] += 1
            elif there.is_withdrawn(url):
                left_out["its publisher asked not to be read here"] += 1
            else:
                pieces.append(ArchivedPage(there.source(url, captured), captured))
    return Batch(tuple(pieces), there.now, tools.settings.fetch.max_page_bytes), left_out


def _address(captured: Captured) -> tuple[str, str]:
    if not is_page(Response(captured.url, 200, dict(captured.headers))):
        return "", "not a web page"
    try:
        return canonical_url(captured.url), ""
    except UnusableUrl:
        return "", "not an address of the web"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the pages of a batch beside what stands in the archive."""

    owners: Mapping[str, Publisher]
    dropped: Mapping[PublisherId, boilerplate_store.Dropped]
    rules: Mapping[str, SiteRule]
    now: datetime

    def _publisher(self, url: str) -> Publisher | None:
        host = host_of(url)
        return self.owners.get(host) or self.owners.get(publisher_host(host))

    def is_withdrawn(self, url: str) -> bool:
        """Tell whether its publisher asked not to be read."""
        publisher = self._publisher(url)
        return publisher is not None and publisher.withdrawn_at is not None

    def source(self, url: str, captured: Captured) -> PageSource:
        """Make what extraction is given of a page, but for its body."""
        publisher = self._publisher(url)
        owner = publisher.id if publisher else PublisherId(publisher_host(host_of(url)))
        repeated = self.dropped.get(owner, boilerplate_store.Dropped())
        at = captured.at if captured.at and _OLDEST <= captured.at <= self.now else self.now
        return PageSource(
            url=url,
            html=b"",
            content_type=captured.headers.get("content-type", ""),
            rights_said=rights_said(Response(url, 200, dict(captured.headers))),
            publisher_id=owner,
            publisher_name=publisher.name if publisher else "",
            first_seen_at=at,
            rule=rule_for(url, self.rules),
            boilerplate=repeated.learned,
            barred=repeated.barred,
        )


def _save(tools: Tools, sent: _Sent) -> ArchiveMark:
    """Wait for a batch and save what came of it, with how far its archive is now."""
    found = sent.wait()
    now = tools.now()
    left_out = sent.left_out + Counter(one.reason for one in found if one.article is None)
    with tools.database.transaction() as tx:
        caught_up = changes.is_up_to_date(tx, ENRICHER)
        fresh = _fresh(tx, found)
        left_out[_KNOWN] += sum(one.article is not None for one in found) - len(fresh)
        _save_articles(tools, tx, fresh, now)
        if caught_up:
            # What was enriched here needs no worker to enrich it again, unless others wait before it.
            changes.set_position(tx, ENRICHER, changes.last_seq(tx))
        mark = _moved(archive_store.mark(tx, sent.archive.key), sent, len(fresh), left_out, now)
        archive_store.save(tx, mark)
    return mark


def _fresh(tx: Transaction, found: Sequence[ReadArticle]) -> list[tuple[Article, Enrichment, ReadArticle]]:
    """Choose the articles nobody has yet, the first of each address."""
    known = article_store.known_urls(tx, [one.article.url for one in found if one.article])
    chosen: dict[str, tuple[Article, Enrichment, ReadArticle]] = {}
    for one in found:
        if one.article and one.enrichment and one.article.url not in known:
            chosen.setdefault(one.article.url, (one.article, one.enrichment, one))
    return list(chosen.values())


def _save_articles(
    tools: Tools, tx: Transaction, fresh: Sequence[tuple[Article, Enrichment, ReadArticle]], now: datetime
) -> None:
    _save_publishers(tx, fresh)
    saved = article_store.save(tx, [article for article, _, _ in fresh])
    enriched = [replace(found, article_id=one.id) for one, (_, found, _) in zip(saved, fresh, strict=True)]
    article_store.save_enrichments(tx, enriched)
    bar = tools.settings.quality.bar
    tools.search_index.update(
        tx, [search_document(one, found, bar) for one, found in zip(saved, enriched, strict=True)]
    )
    learn(tx, [FirstRead(article, read.lines) for article, _, read in fresh if read.lines], now)
    journal.add(
        tx, [Event(article.url, "backfill", "read out of an archive", now, read.ms) for article, _, read in fresh]
    )


def _save_publishers(tx: Transaction, fresh: Sequence[tuple[Article, Enrichment, ReadArticle]]) -> None:
    wanted: dict[PublisherId, Publisher] = {}
    for article, _, read in fresh:
        host = host_of(article.url)
        own = Publisher(article.publisher_id, publisher_host(host), hosts=(host,), homepage=f"https://{host}/")
        wanted.setdefault(article.publisher_id, read.publisher or own)
    known = publisher_store.get_many(tx, wanted)
    publisher_store.save(tx, [one for key, one in wanted.items() if key not in known])


def _moved(before: ArchiveMark | None, sent: _Sent, saved: int, left_out: Counter[str], now: datetime) -> ArchiveMark:
    mark = before or ArchiveMark(sent.archive.key, sent.archive.name)
    reasons = Counter(mark.reasons)
    known = left_out.pop(_KNOWN, 0)
    for reason, number in left_out.items():
        reasons[reason if reason in reasons or len(reasons) < REASONS else "other reasons"] += number
    return replace(
        mark,
        through=max(mark.through, sent.through),
        saved=mark.saved + saved,
        known=mark.known + known,
        reasons=dict(reasons),
        updated_at=now,
        finished_at=now if sent.ends else mark.finished_at,
    )
