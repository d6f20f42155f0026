"""page -> article."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from octavo.domain.article import Article
from octavo.domain.entry import Entry
from octavo.domain.ids import PageKey, PublisherId
from octavo.domain.journal import Event
from octavo.domain.page import MAILED, Page, PageSource, PageState
from octavo.domain.site_rule import SiteRule
from octavo.errors import FAULTS, NotAnArticle, NotFound, UnreadableFile
from octavo.extract.article import read_article
from octavo.extract.boilerplate import PageLines
from octavo.extract.site_rules import read_rules, rule_for
from octavo.pipeline.learn_boilerplate import FirstRead, learn
from octavo.pipeline.poll_feed import page_key
from octavo.pipeline.second_chance import fetch_forms
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import boilerplate as boilerplate_store
from octavo.store import entries as entry_store
from octavo.store import journal
from octavo.store import pages as page_store
from octavo.store import publishers as publisher_store
from octavo.text.urls import canonical_url, host_of

log = structlog.get_logger()

CHUNK = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: an article, or the reason there is none. `ms` is processor time, in milliseconds.

    `lines` are those that may turn out to be the publisher's; `other` is where the page says it stands in another form.
    """

    article: Article | None
    reason: str
    ms: float
    lines: PageLines
    other: str = ""


def extract_one(source: PageSource, now: datetime) -> Outcome:
    """Extract one page in whatever process this is; a page without an article is an outcome, not an error."""
    begun = time.process_time()
    try:
        article, lines, other = read_article(source, now=now)
    except NotAnArticle as error:
        return Outcome(None, str(error), (time.process_time() - begun) * 1000, PageLines())
    except FAULTS as error:
        log.error("a page could not be read", page=source.url, exc_info=error)
        told = f"its extraction failed ({type(error).__name__})"
        return Outcome(None, told, (time.process_time() - begun) * 1000, PageLines())
    return Outcome(article, "", (time.process_time() - begun) * 1000, lines, other)


def extract_pages(tools: Tools, pages: Sequence[Page], pool: Executor | None) -> int:
    """Extract a batch of fetched pages and save their articles; gives the number of articles.

    What the pages teach of their publishers is saved with them; articles it changes are read again in a later batch.
    """
    now = tools.now()
    sources = list(_sources(tools, pages))
    sources, outcomes, events = _again(tools, sources, list(_run(sources, now, pool)), now)
    kept: list[tuple[Page, Outcome]] = []
    done: list[Page] = []
    for (page, _), outcome in zip(sources, outcomes, strict=True):
        if outcome.article:
            kept.append((page, outcome))
            done.append(replace(page, state=PageState.DONE, reason=""))
            said = f"an article of {outcome.article.word_count} words, {outcome.article.complete:.0%} sure it is whole"
        else:
            done.append(replace(page, state=PageState.REFUSED, reason=outcome.reason))
            said = f"refused: {outcome.reason}"
        events.append(Event(page.url, "extract_article", said, now, outcome.ms))
    lost = {page.key for page in pages} - {page.key for page, _ in sources}
    done += [_lost(page) for page in pages if page.key in lost]
    with tools.database.transaction() as tx:
        first = _save(tx, kept, now)
        page_store.save(tx, done)
        learn(tx, first, now)
        journal.add(tx, events)
    return len(kept)


def _lost(page: Page) -> Page:
    """What becomes of a page whose bytes are gone: it is fetched again, unless it came by mail."""
    if page.status == MAILED:
        return replace(page, state=PageState.REFUSED, blob="", reason="the mail it came with is no longer kept")
    return replace(page, state=PageState.PENDING, blob="", reason="")


def _again(
    tools: Tools, sources: list[tuple[Page, PageSource]], outcomes: list[Outcome], now: datetime
) -> tuple[list[tuple[Page, PageSource]], list[Outcome], list[Event]]:
    """Read the other forms of pages that are in doubt; where one is surer, its bytes are kept in the page's place."""
    wanted = _doubtful(tools, sources, outcomes)
    answers = fetch_forms(tools, wanted) if wanted else {}
    events: list[Event] = []
    for number, ((page, source), first) in enumerate(zip(sources, outcomes, strict=True)):
        answer = answers.get(page.key)
        if answer is None or first.article is None:
            continue
        kind = answer.headers.get("content-type", "")
        second = extract_one(replace(source, html=answer.body, content_type=kind), now)
        sure = second.article.complete if second.article else 0.0
        better = sure > first.article.complete
        said = f"{wanted[page.key]} is {sure:.0%} sure to be whole, the page {first.article.complete:.0%}"
        if better:
            tools.blobs.put(page.blob, answer.body)
            sources[number] = replace(page, content_type=kind, size=len(answer.body)), source
            outcomes[number] = replace(second, lines=first.lines, ms=first.ms + second.ms)
        events.append(Event(page.url, "second_chance", f"{'kept' if better else 'left'}: {said}", now, second.ms))
    return sources, outcomes, events


def _doubtful(
    tools: Tools, sources: Sequence[tuple[Page, PageSource]], outcomes: Sequence[Outcome]
) -> dict[PageKey, str]:
    """The addresses of other forms worth a look: of newly fetched pages whose text is in doubt or a teaser."""
    if not tools.settings.fetch.second_chance:
        return {}
    bar = tools.settings.quality.bar
    found = {
        page.key: (page, outcome.other)
        for (page, _), outcome in zip(sources, outcomes, strict=True)
        if outcome.article and outcome.other and (outcome.article.complete < bar or outcome.article.paywalled)
    }
    with tools.database.read() as view:
        times = page_store.read_times(view, found)
    return {
        key: other
        for key, (page, other) in found.items()
        if key not in times or (page.fetched_at is not None and page.fetched_at > times[key])
    }


def _save(tx: Transaction, kept: Sequence[tuple[Page, Outcome]], now: datetime) -> list[FirstRead]:
    """Save articles; a page read again as it was is no edit. Gives those that were read for the first time."""
    times = page_store.read_times(tx, [page.key for page, _ in kept])
    edited: list[Article] = []
    same: list[Article] = []
    first: list[FirstRead] = []
    for page, outcome in kept:
        if outcome.article is None:
            continue
        read_at = times.get(page.key)
        unchanged = read_at is not None and page.fetched_at is not None and page.fetched_at < read_at
        (same if unchanged else edited).append(outcome.article)
        if read_at is None:
            first.append(FirstRead(outcome.article, outcome.lines))
    article_store.save(tx, edited)
    article_store.save(tx, same, revise=False)
    page_store.mark_read(tx, [page.key for page, _ in kept], now)
    return first


def read_again(tools: Tools) -> int:
    """Ask for every kept page to be extracted anew; gives how many there are."""
    with tools.database.transaction() as tx:
        return page_store.reset_for_reprocess(tx)


def _run(sources: Sequence[tuple[Page, PageSource]], now: datetime, pool: Executor | None) -> Iterable[Outcome]:
    work = [source for _, source in sources]
    if pool is None or len(work) < CHUNK:
        return [extract_one(source, now) for source in work]
    return pool.map(extract_one, work, [now] * len(work), chunksize=CHUNK)


def _sources(tools: Tools, pages: Sequence[Page]) -> Iterator[tuple[Page, PageSource]]:
    """Bring together what is known of each page; one whose bytes are lost is fetched again."""
    with tools.database.read() as view:
        landed = _landed(view, pages)
        entries = entry_store.for_pages(view, [page.key for page in pages if page.key not in landed])
        entries |= {key: entry for key, (_, entry) in landed.items() if entry is not None}
        ids = {page.publisher_id for page in pages} | {owner for owner, _ in landed.values()}
        publishers = publisher_store.get_many(view, ids)
        dropped = boilerplate_store.dropped(view, publishers)
    rules = own_rules(tools)
    for page in pages:
        try:
            html = tools.blobs.get(page.blob)
        except NotFound:
            log.warning("kept page was lost and will be fetched again", page=page.url)
            continue
        owner, _ = landed.get(page.key, (page.publisher_id, None))
        publisher = publishers.get(owner)
        known = dropped.get(owner, boilerplate_store.Dropped())
        url = canonical_url(page.final_url or page.url)
        yield (
            page,
            PageSource(
                url=url,
                html=html,
                content_type=page.content_type,
                rights_said=page.rights_said,
                entry=entries.get(page.key),
                publisher_id=owner,
                publisher_name=publisher.name if publisher else "",
                feed_id=page.feed_id,
                page_key=page.key,
                first_seen_at=page.first_seen_at,
                rule=rule_for(url, rules),
                boilerplate=known.learned,
                barred=known.barred,
            ),
        )


def _landed(view: Read, pages: Sequence[Page]) -> dict[PageKey, tuple[PublisherId, Entry | None]]:
    """Tell whose page was read where a redirect led to one of another publisher, and what that one's feed says of it.

    It is theirs when the host is, or when it is an article of theirs already. Who redirects does not speak for them.
    """
    led = {page.key: canonical_url(page.final_url) for page in pages if page.final_url}
    led = {page.key: led[page.key] for page in pages if page.key in led and host_of(led[page.key]) != page.host}
    owners = publisher_store.owners(view, {host_of(url) for url in led.values()})
    redirecting = {page.key: page.publisher_id for page in pages}
    found: dict[PageKey, tuple[PublisherId, Entry | None]] = {}
    for key, url in led.items():
        kept = article_store.by_url(view, url)
        owner = owners.get(host_of(url)) or (kept.publisher_id if kept else None)
        if owner is not None and owner != redirecting[key]:
            own = page_key(url)
            known = page_store.get(view, own)
            said = entry_store.for_pages(view, [own]) if known and known.publisher_id == owner else {}
            found[key] = owner, said.get(own)
    return found


def own_rules(tools: Tools) -> Mapping[str, SiteRule]:
    """Give the owner's rules for single hosts; none, and a word in the log, where one of them is no rule."""
    try:
        return read_rules(tools.settings.data_dir / "rules")
    except UnreadableFile as error:
        log.error("the rules for sites are left aside until this is mended", fault=str(error))
        return {}
