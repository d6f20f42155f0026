"""The addresses …/written and …/report: a model writes while the reader watches, and what is wrong is reported.

Written answers come as server-sent events (HTML Living Standard §9.2), each sentence once its sources bear it out; a
reader who leaves stops the model. Without scripts the answer is waited for, and its page follows.
"""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from octavo.actions import briefs, spending
from octavo.domain.brief import Brief, BriefKind, KeptBrief, Statement
from octavo.errors import InputError, ModelBusy, ModelError, NotFound, SlowDown
from octavo.ports.tools import Tools
from octavo.serve import answering, languages
from octavo.serve.allowance import Allowance, reader_at
from octavo.serve.briefed import Sentence
from octavo.serve.contexts import PlainPage
from octavo.serve.frame import Frame
from octavo.serve.pages.briefs import sentences
from octavo.serve.readable import within_limits
from octavo.serve.site import Site
from octavo.serve.subjects import PLACES, Subject
from octavo.serve.told import asked_key, can_write, is_translated, key_now, say, wanted, writer_of
from octavo.serve.visit import Moved, Visit

log = structlog.get_logger()

REASONS = ("wrong", "misleading", "offensive", "other")
"""What readers can say is wrong with an answer."""

REPORTS_AN_HOUR = 12
_MOST_BYTES = 4_096
_HEADERS = {"cache-control": "no-store, no-transform", "x-accel-buffering": "no", "x-robots-tag": "noindex"}


@dataclass(slots=True)
class Desk:
    """Who may have something written, and how many at a time; one for each process."""

    site: Site
    written: Allowance
    reports: Allowance = field(default_factory=lambda: Allowance(REPORTS_AN_HOUR))
    busy: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """One answer to be written: what `writer` is asked, under which keys it is kept, and how it is shown.

    `translated`: by a translator, and no language model.
    """

    visit: Visit
    subject: Subject
    wanted: briefs.Wanted
    kept: KeptBrief
    writer: str
    translated: bool

    def steps(self, tools: Tools) -> Generator[Statement | None, None, Brief]:
        """Have it written or translated."""
        if self.translated:
            return briefs.translate(tools.translator, self.wanted, tools.now())
        return briefs.write(tools.language_model, self.wanted, tools.now())

    def shown(self, said: Sequence[Statement]) -> Sentence | None:
        """Bring the last of some statements to the page; None where its publisher does not allow that many words."""
        if (
            said[-1]
            not in within_limits(replace(self.kept.brief, statements=tuple(said)), self.subject.read).statements
        ):
            return None
        cards = {one.card.id: one.card for one in self.subject.read}
        return sentences(self.visit, replace(self.kept.brief, statements=tuple(said[-2:])), cards)[-1]


def is_own(fields: Mapping[str, str], origin: str) -> bool:
    """Tell whether a page of this very site, or the reader alone, sent a request (Fetch Metadata; else Origin)."""
    site = fields.get("sec-fetch-site")
    return site in ("same-origin", "none") if site is not None else fields.get("origin", origin) == origin


async def written(desk: Desk, request: Request, *, place: str) -> Response:
    """Have an answer written. Raises NotFound, InputError, SlowDown; StoreError."""
    site = desk.site
    if not is_own(request.headers, site.origin):
        raise InputError("only this site's own pages may have something written")
    order = await run_in_threadpool(_order, site, request, place)
    if isinstance(order, Moved):
        return RedirectResponse(order.path, 302)
    if request.method == "HEAD" or order is None:
        return RedirectResponse(request.url.path.removesuffix("/written") + _query(request), 303)
    desk.written.take(_reader(request), site.tools.now())
    if desk.busy >= site.tools.settings.ai.written_at_once:
        raise SlowDown("as many answers are being written as may be at a time")
    await run_in_threadpool(spending.take_answer, site.tools, order.visit.person)
    writing = Writing(desk, order)
    if "text/event-stream" in request.headers.get("accept", ""):
        return writing
    async for _ in writing.events():
        pass
    return RedirectResponse(order.subject.asked, 303)


def _order(site: Site, request: Request, place: str) -> Order | Moved | None:
    """Read what is to be written of; None where there is nothing to write, or it was written."""
    with answering.visiting(site, request) as visit:
        subject = PLACES[place](visit)
        if isinstance(subject, Moved):
            return subject
        asks = subject.kind in (BriefKind.ANSWER, BriefKind.DEFINITION)
        if not can_write(visit, subject) or (asks and not subject.question):
            return None
        saying = say(visit, subject)
        if saying.fresh or saying.withdrawn:
            return None
        key = key_now(visit, subject)
        asked = wanted(subject)
        empty = Brief(subject.kind, asked.language, (), visit.here.now)
        kept = KeptBrief(key, asked_key(subject), subject.key, subject.asked, empty)
        return Order(visit, subject, asked, kept, writer_of(visit, subject), is_translated(visit, subject))


class Writing(Response):
    """An answer while it is written: `statement`, and `done` or `failed` at the end."""

    def __init__(self, desk: Desk, order: Order) -> None:
        super().__init__()
        self.desk = desk
        self.order = order

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; stop the model when the reader leaves."""
        sending = asyncio.create_task(self._send(send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not sending.done():
                sending.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
        if not sending.cancelled():
            sending.result()

    async def _send(self, send: Send) -> None:
        headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
        headers.append((b"content-type", b"text/event-stream; charset=utf-8"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async with aclosing(self.events()) as events:
            async for event in events:
                await send({"type": "http.response.body", "body": event.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def events(self) -> AsyncGenerator[str]:
        """Write, and keep what was written whole."""
        site, order = self.desk.site, self.order
        steps = Steps(order.steps(site.tools))
        said: list[Statement] = []
        self.desk.busy += 1
        try:
            yield _event("ready", {"model": order.writer})
            while True:
                step = await run_in_threadpool(steps.next)
                if isinstance(step, Brief):
                    kept = replace(order.kept, brief=step)
                    await run_in_threadpool(briefs.keep, site.tools, kept)
                    yield _event("done", {"path": order.subject.asked, "dropped": step.dropped})
                    return
                if site.live.ended:
                    return
                said += (step,) if step else ()
                shown = order.shown(said) if step else None
                yield _event("statement", _told(shown)) if shown else ": writing\n\n"
        except ModelError as error:
            log.warning("a model wrote nothing", reason=str(error), kind=str(order.wanted.kind))
            yield _event("failed", {"busy": isinstance(error, ModelBusy)})
        finally:
            self.desk.busy -= 1
            await run_in_threadpool(steps.close)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Steps:
    """Steps of writing, taken in threads: closing waits for the step that is being taken."""

    def __init__(self, steps: Generator[Statement | None, None, Brief]) -> None:
        self._steps = steps
        self._lock = threading.Lock()

    def next(self) -> Statement | Brief | None:
        """Take a step; the whole brief is the last."""
        with self._lock:
            try:
                return next(self._steps)
            except StopIteration as end:
                made: Brief = end.value
                return made

    def close(self) -> None:
        """Stop the model."""
        with self._lock:
            self._steps.close()


def _event(name: str, told: Mapping[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"


def _told(one: Sentence) -> dict[str, object]:
    """Write a statement as JSON: text, never markup."""
    return {
        "text": one.text,
        "label": one.label,
        "note": one.note,
        "opens": one.opens,
        "language": one.language,
        "direction": languages.direction(one.language),
        "sources": [
            {
                "name": source.card.publisher_name,
                "text": source.text,
                "path": source.path,
                "language": source.card.language,
                "direction": languages.direction(source.card.language),
            }
            for source in one.sources
        ],
    }


async def report(desk: Desk, request: Request, *, place: str) -> Response:
    """Take a reader's report of what is said. Raises NotFound, InputError, SlowDown; StoreError."""
    if not is_own(request.headers, desk.site.origin):
        raise InputError("only this site's own pages may send a report")
    reason = await _reason(request)
    desk.reports.take(_reader(request), desk.site.tools.now())
    return await run_in_threadpool(partial(_report, desk.site, request, place, reason))


def _report(site: Site, request: Request, place: str, reason: str) -> Response:
    with answering.visiting(site, request) as visit:
        subject = PLACES[place](visit)
        if isinstance(subject, Moved):
            return RedirectResponse(subject.path, 302)
        saying = say(visit, subject)
    if saying.brief.silent or saying.withdrawn:
        raise NotFound("there is nothing to report")
    briefs.report(site.tools, saying.kept, reason)
    here = visit.here
    said = here.t("Thank you. Those who run this newspaper will look at it.")
    frame = Frame(title=here.t("Reported"), description=said, path=subject.asked, kind="reported", index=False)
    made: Any = PlainPage(frame=frame, heading=here.t("Reported"), words=said)
    text = site.templates.render(made, here)
    return Response(text, headers={"cache-control": "no-store"}, media_type="text/html; charset=utf-8")


async def _reason(request: Request) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise InputError(f"a report has {_MOST_BYTES} bytes at most")
    given = parse_qs(body.decode("utf-8", "replace"), max_num_fields=8).get("why", [""])[0]
    if given not in REASONS:
        raise InputError("a report says why: wrong, misleading, offensive or other")
    return given


def _reader(request: Request) -> str:
    return reader_at(request.client.host if request.client else "", request.headers)


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""
