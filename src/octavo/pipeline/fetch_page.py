"""entry -> page: bytes to Blobs, facts to pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from octavo.collect import request, response, robots
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
SAVED_AFTER = timedelta(seconds=5)

LONGEST_TURN_S = 30.0
"""How long one host with a pause of its own may hold a round up; what is left of its pages waits for a later round."""

AGENT = "Octavo"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a page; `rest_until` leaves its host alone until then."""

    page: Page
    event: Event
    rest_until: datetime | None = None


def fetch_pages(tools: Tools, pages: Sequence[Page]) -> Iterator[int]:
    """Fetch these pages, many hosts side by side, and keep what comes back; yields how many are done, as they are."""
    rules = rules_of(tools, [page.url for page in pages]) if tools.settings.fetch.obey_robots else {}
    wanted: list[tuple[Page, float]] = []
    done: list[_Outcome] = []
    for page in pages:
        rule = rules.get(origin_of(page.url))
        if isinstance(rule, FetchError):
            done.append(_unruled(tools, page, rule))
        elif rule and not rule.allow(page.url):
            done.append(_refused(page, "robots.txt asks programs not to read this page", tools.now()))
        else:
            wanted.append((page, rule.pause_s() if rule else 0.0))
    asked, turns = _shared_out(tools, wanted)
    yield _save(tools, done, turns)
    done, saved_at = [], tools.now()
    for one, answer in tools.fetcher.fetch_all(asked):
        done.append(_kept(tools, asked[one], answer))
        if len(done) >= SAVED_AT_ONCE or tools.now() - saved_at >= SAVED_AFTER:
            yield _save(tools, done, {})
            done, saved_at = [], tools.now()
    yield _save(tools, done, {})


def _shared_out(tools: Tools, wanted: Sequence[tuple[Page, float]]) -> tuple[dict[Request, Page], dict[str, datetime]]:
    """Choose what is asked for in this round, and until when hosts with a pause of their own are left to it.

    Such a host's pages are read a few at a time: the others stay as they are, and nobody waits for them.
    """
    settings, now = tools.settings.fetch, tools.now()
    asked: dict[Request, Page] = {}
    turns: dict[str, datetime] = {}
    counts: Counter[str] = Counter()
    for page, pause_s in wanted:
        if pause_s > settings.delay_s:
            if counts[page.host] >= max(1, int(LONGEST_TURN_S / pause_s)):
                continue
            counts[page.host] += 1
            turns[page.host] = now + timedelta(seconds=counts[page.host] * pause_s)
        one = request.for_page(page, settings.max_page_bytes)
        asked[replace(one, pause_s=min(pause_s, LONGEST_TURN_S))] = page
    return asked, turns


def _save(tools: Tools, done: Sequence[_Outcome], turns: Mapping[str, datetime]) -> int:
    if done or turns:
        resting = dict(turns)
        for one in done:
            if one.rest_until:
                resting[one.page.host] = max(one.rest_until, resting.get(one.page.host, one.rest_until))
        with tools.database.transaction() as tx:
            page_store.save(tx, [one.page for one in done])
            page_store.rest(tx, resting)
            journal.add(tx, [one.event for one in done])
    return len(done)


def _kept(tools: Tools, page: Page, answer: Response | FetchError) -> _Outcome:
    now = tools.now()
    if isinstance(answer, FetchError):
        tools.meter.count("errors_total", code=type(answer).__name__)
        return _failed(page, answer, now, tools.settings.fetch.max_poll_s)
    kind = answer.headers.get("content-type", "")
    if not is_page(answer):
        return _refused(page, f"not a web page but {kind.split(';')[0][:60]}", now)
    blob = f"pages/{page.key[:2]}/{page.key}"
    tools.blobs.put(blob, answer.body)
    fetched = replace(
        page,
        state=PageState.FETCHED,
        final_url=answer.url,
        status=answer.status,
        content_type=kind,
        rights_said=response.rights_said(answer),
        blob=blob,
        size=len(answer.body),
        attempts=page.attempts + 1,
        fetched_at=now,
        next_attempt_at=None,
        reason="",
    )
    return _Outcome(fetched, Event(page.url, "fetch_page", f"fetched {len(answer.body)} bytes", now))


def is_page(answer: Response) -> bool:
    """Tell whether an answer may hold a web page, by its own word."""
    kind = answer.headers.get("content-type", "").lower()
    return not kind or any(word in kind for word in ("html", "xml", "text/plain"))


def _failed(page: Page, error: FetchError, now: datetime, longest_s: int) -> _Outcome:
    asked = not isinstance(error, HostBusy) or error.asked
    attempts = page.attempts + int(asked)
    if error.retry == "never" or attempts >= MAX_ATTEMPTS:
        return _refused(replace(page, attempts=attempts, status=error.status or 0), str(error), now)
    wait = now + timedelta(minutes=5 * 4 ** max(attempts - 1, 0))
    rest_until = None
    if isinstance(error, HostBusy) and error.until:
        wait = rest_until = min(max(error.until, now), now + timedelta(seconds=longest_s))
    waiting = replace(page, attempts=attempts, next_attempt_at=wait, reason=str(error))
    event = Event(page.url, "fetch_page", f"failed, to be tried again: {error}", now)
    return _Outcome(waiting, event, rest_until)


def _unruled(tools: Tools, page: Page, error: FetchError) -> _Outcome:
    """Let a page wait, and with it all of its host, because nobody knows whether it may be read."""
    failed = _failed(page, error, tools.now(), tools.settings.fetch.max_poll_s)
    told = f"robots.txt cannot be had at present, so the page may not be read: {error}"
    return _Outcome(
        replace(failed.page, reason=told),
        replace(
            failed.event, outcome=f"waits: {told}" if failed.page.state is PageState.PENDING else f"refused: {told}"
        ),
        failed.page.next_attempt_at,
    )


def _refused(page: Page, reason: str, now: datetime) -> _Outcome:
    refused = replace(page, state=PageState.REFUSED, reason=reason, fetched_at=now, next_attempt_at=None)
    return _Outcome(refused, Event(page.url, "fetch_page", f"refused: {reason}", now))


def rules_of(tools: Tools, urls: Iterable[str]) -> dict[str, robots.Rules | FetchError]:
    """Read the rules of every origin, kept for a day; an error where they cannot be had at present."""
    now = tools.now()
    origins = sorted({origin_of(url) for url in urls})
    with tools.database.read() as view:
        known = page_store.robots_of(view, origins, now - ROBOTS_KEPT)
    missing = [origin for origin in origins if origin not in known]
    asked = [
        Request(robots.robots_url(origin), accept="text/plain, */*;q=0.1", max_bytes=robots.MAX_SENT)
        for origin in missing
    ]
    learned: dict[str, str] = {}
    failed: dict[str, robots.Rules | FetchError] = {}
    for one, answer in tools.fetcher.fetch_all(asked):
        origin = one.url.removesuffix("/robots.txt")
        text = robots.rules_in(answer)
        if text is not None:
            learned[origin] = text
        elif isinstance(answer, FetchError):
            failed[origin] = answer
    if learned:
        with tools.database.transaction() as tx:
            page_store.save_robots(tx, learned, now)
    return failed | {origin: robots.Rules(text, AGENT) for origin, text in (known | learned).items() if text}
