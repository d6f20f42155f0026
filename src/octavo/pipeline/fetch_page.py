"""entry -> page: bytes to Blobs, facts to pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from octavo.collect import request, robots
from octavo.domain.journal import Event
from octavo.domain.page import Page, PageState
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, HostBusy
from octavo.ports.tools import Tools
from octavo.store import journal
from octavo.store import pages as page_store
from octavo.text.urls import origin_of

log = structlog.get_logger()

ROBOTS_KEPT = timedelta(hours=24)
"""How long a robots.txt is believed (RFC 9309 §2.4)."""

MAX_ATTEMPTS = 5
SAVED_AT_ONCE = 32
AGENT = "Octavo"


def fetch_pages(tools: Tools, pages: Sequence[Page]) -> Iterator[int]:
    """Fetch these pages, many hosts side by side, and keep what comes back; yields how many are done, as they are."""
    rules = _robots(tools, pages) if tools.settings.fetch.obey_robots else {}
    wanted: dict[str, Page] = {}
    done: list[tuple[Page, Event]] = []
    for page in pages:
        verdict = _forbidden(rules, page)
        if verdict:
            done.append(_refused(page, verdict, tools.now()))
        else:
            wanted[page.url] = page
    yield _save(tools, done)
    done = []
    asked = [request.for_page(page, tools.settings.fetch.max_page_bytes) for page in wanted.values()]
    for one, answer in tools.fetcher.fetch_all(asked):
        done.append(_kept(tools, wanted[one.url], answer))
        if len(done) >= SAVED_AT_ONCE:
            yield _save(tools, done)
            done = []
    yield _save(tools, done)


def _save(tools: Tools, done: Sequence[tuple[Page, Event]]) -> int:
    if done:
        with tools.database.transaction() as tx:
            page_store.save(tx, [page for page, _ in done])
            journal.add(tx, [event for _, event in done])
    return len(done)


def _kept(tools: Tools, page: Page, answer: Response | FetchError) -> tuple[Page, Event]:
    now = tools.now()
    if isinstance(answer, FetchError):
        return _failed(page, answer, now)
    kind = answer.headers.get("content-type", "")
    if kind and not any(word in kind.lower() for word in ("html", "xml", "text/plain")):
        return _refused(page, f"not a web page but {kind.split(';')[0][:60]}", now)
    blob = f"pages/{page.key[:2]}/{page.key}"
    tools.blobs.put(blob, answer.body)
    fetched = replace(
        page,
        state=PageState.FETCHED,
        final_url=answer.url,
        status=answer.status,
        content_type=kind,
        blob=blob,
        size=len(answer.body),
        attempts=page.attempts + 1,
        fetched_at=now,
        next_attempt_at=None,
        reason="",
    )
    return fetched, Event(page.url, "fetch_page", f"fetched {len(answer.body)} bytes", now)


def _failed(page: Page, error: FetchError, now: datetime) -> tuple[Page, Event]:
    attempts = page.attempts + 1
    if error.retry == "never" or attempts >= MAX_ATTEMPTS:
        return _refused(replace(page, attempts=attempts, status=error.status or 0), str(error), now)
    wait = now + timedelta(minutes=5 * 4 ** (attempts - 1))
    if isinstance(error, HostBusy) and error.until:
        wait = max(error.until, now)
    waiting = replace(page, attempts=attempts, next_attempt_at=wait, reason=str(error))
    return waiting, Event(page.url, "fetch_page", f"failed, to be tried again: {error}", now)


def _refused(page: Page, reason: str, now: datetime) -> tuple[Page, Event]:
    refused = replace(page, state=PageState.REFUSED, reason=reason, fetched_at=now, next_attempt_at=None)
    return refused, Event(page.url, "fetch_page", f"refused: {reason}", now)


def _forbidden(rules: dict[str, str | FetchError], page: Page) -> str:
    rule = rules.get(origin_of(page.url), "")
    if isinstance(rule, FetchError):
        return ""
    return "" if robots.allowed(rule, AGENT, page.url) else "robots.txt asks programs not to read this page"


def _robots(tools: Tools, pages: Sequence[Page]) -> dict[str, str | FetchError]:
    """Read the rules of every origin, kept for a day; no rules (4xx) or none to be had means all is allowed."""
    now = tools.now()
    origins = sorted({origin_of(page.url) for page in pages})
    with tools.database.read() as view:
        known = page_store.robots_of(view, origins, now - ROBOTS_KEPT)
    rules: dict[str, str | FetchError] = dict(known)
    missing = [origin for origin in origins if origin not in known]
    asked = [
        Request(robots.robots_url(origin), accept="text/plain, */*;q=0.1", max_bytes=600_000) for origin in missing
    ]
    learned: dict[str, str] = {}
    for one, answer in tools.fetcher.fetch_all(asked):
        origin = one.url.removesuffix("/robots.txt")
        learned[origin] = answer.body.decode("utf-8", "replace") if isinstance(answer, Response) else ""
    if learned:
        with tools.database.transaction() as tx:
            page_store.save_robots(tx, learned, now)
    return rules | learned
