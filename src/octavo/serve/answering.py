"""From a request to a response: find the edition, read, render, keep. Everything here runs in the thread pool."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import structlog
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from octavo.actions.highlights import settle
from octavo.domain.article import ArticleCard
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import HighlightId
from octavo.domain.publisher import Publisher
from octavo.errors import NotFound, OctavoError
from octavo.ports.database import Read
from octavo.serve import briefed, editions, links, logged, readers
from octavo.serve.allowance import Allowance, reader_at
from octavo.serve.answers import ONCE, Answer, answer, send
from octavo.serve.contexts import ArticlePage, Chosen, Context, Place, Related, SearchPage, Shelf, Source
from octavo.serve.cutting import Asked, cut, own_page
from octavo.serve.errors import error_page, headers_of, plan_in, status_of
from octavo.serve.fediverse import object_path
from octavo.serve.feedxml import link_header
from octavo.serve.frame import Me
from octavo.serve.heard import NONE, Shows, talk_of
from octavo.serve.kept import minute_of
from octavo.serve.memory import Memory
from octavo.serve.middleware import key_of
from octavo.serve.mine import SHOWN_ALL, mine_of
from octavo.serve.searched import Found
from octavo.serve.sheets import PRIVATE, Anybody, Sheet
from octavo.serve.site import Known, Site
from octavo.serve.syndication import write_feed
from octavo.serve.visit import Moved, Visit
from octavo.store import discussion, notifications, reading

log = structlog.get_logger()

_LONGEST_KEY = 40
"""Characters of an edition's key."""

Load = Callable[[Visit], Context | Moved]
Write = Callable[[Visit], bytes]

_HOLDERS = (Place, Shelf, Related, Found, Chosen, Source, briefed.Told, briefed.Sentence, briefed.Source)


def page(site: Site, request: Request, *, load: Load, keep: bool = True, sheet: str = "") -> Response:
    """Answer with a page. Not to `keep` it: pages as many as there are questions would push out all others.

    `sheet` is the kind of a page that differs from reader to reader in marks alone.
    """

    settled: list[BackgroundTask] = []

    def make(visit: Visit) -> Answer | Moved:
        context = load(visit)
        if isinstance(context, Moved):
            return context
        if isinstance(context, ArticlePage) and context.mine and context.mine.gone:
            gone = [HighlightId(one) for one in context.mine.gone]
            text = context.article.text
            settled.append(BackgroundTask(settle, site.tools, visit.person, context.article.id, gone, text))
        made = answer(site.templates.render(framed(context, visit.known, visit), visit.here))
        return replace(made, status=503) if isinstance(context, SearchPage) and context.failed else made

    def write(visit: Visit) -> Sheet | Moved:
        context = load(visit)
        if isinstance(context, Moved):
            return context
        shown = framed(context, visit.known, visit)
        return cut(site.templates.render(shown, visit.here), shown, visit)

    response = answered(site, request, make, keep=keep, personal=Personal(kind=sheet, write=write if sheet else None))
    response.background = settled[0] if settled else None
    return response


def shown_again(
    site: Site, request: Request, *, load: Load, given: Mapping[str, str], error: OctavoError | None
) -> Response:
    """Answer a form with a page: what was in it, and what is wrong with it."""

    def make(visit: Visit) -> Answer | Moved:
        said = visit.here.said(error) if error else ""
        again = replace(visit, given=given, problem=said)
        context = load(again)
        if isinstance(context, Moved):
            return context
        return answer(site.templates.render(framed(context, again.known, again), again.here))

    return answered(site, request, make, keep=False, personal=Personal(fresh=True))


def asked(site: Site, request: Request, *, load: Load, allowance: Allowance) -> Response:
    """Answer with a page that costs something: so many for one network in an hour. Raises SlowDown."""
    allowance.take(reader_at(request.client.host if request.client else "", request.headers), site.tools.now())
    return page(site, request, load=load, keep=False)


def feed(site: Site, request: Request, *, load: Load, kind: str, keep: bool = True) -> Response:
    """Answer with the feed of a page that lists articles."""

    def make(visit: Visit) -> Answer | Moved:
        context = load(visit)
        if isinstance(context, Moved):
            return Moved(links.feed(context.path, kind))
        if not context.frame.feed:
            raise NotFound("this list has no feed: it needs a question")
        made = answer(write_feed(kind, context, visit), f"{links.FORMATS[kind][0]}; charset=utf-8")
        told = link_header(visit.here, visit.here.absolute(links.feed(context.frame.feed, kind)))
        caching = "public, max-age=300" if keep else "private, no-cache"
        return replace(made, caching=caching, robots="noindex", link=told)

    return answered(site, request, make, keep=keep)


def file(site: Site, request: Request, *, media_type: str, write: Write) -> Response:
    """Answer with a file for programs, written from the store."""
    robots = "" if "/sitemap" in request.url.path else "noindex"
    return answered(site, request, lambda visit: answer(write(visit), media_type, robots=robots))


@dataclass(frozen=True, slots=True)
class Personal:
    """That a page is another one for each signed-in reader; `fresh`: for each request. `write` writes its sheet."""

    fresh: bool = False
    kind: str = ""
    write: "Callable[[Visit], Sheet | Moved] | None" = None


def answered(
    site: Site,
    request: Request,
    make: Callable[[Visit], Answer | Moved],
    *,
    keep: bool = True,
    personal: Personal | None = None,
) -> Response:
    """Give what is kept, or make it anew within one view of the store; for each reader, where it is `personal`."""
    now = site.tools.now()
    plan, chosen = _edition(site, request)
    if isinstance(plan, Response):
        return plan
    key = f"{plan.key} {key_of(request.scope)}" if chosen else key_of(request.scope)
    token = readers.token_in(request.headers.get("cookie", ""), site.origin) if personal is not None else ""
    # A stamp from before the view was opened is as good: the page is as new as it says, or newer.
    believed = site.watcher.believed(now)
    with site.tools.database.read() as view:
        stamp = believed or site.watcher.read(view, now)
        signed = readers.find(view, token, now, site.tools.settings.accounts.second_factor) if token else None
        fresh = personal is not None and personal.fresh
        own = fresh or signed is not None
        made: Answer | Moved | None = None if own else site.kept.get(key, stamp, now)
        shows: Shows | None = None
        if signed is not None and personal is not None and personal.write is not None and not chosen:
            asked = Asked(key, stamp, now, token, personal.kind not in SHOWN_ALL)
            made = _of_sheet(site, request, asked, plan, view, personal.write)
        if made is None:
            shows = _shows(view, "" if own else request.url.path)
            made = make(_visit(site, request, view, plan, stamp, signed))
    if isinstance(made, Moved):
        return RedirectResponse(made.path, 301 if made.for_good else 302)
    if own:
        # News as somebody signed in sees it may lie in their browser; what is theirs alone may not.
        caching = PRIVATE if keep and not fresh else "private, no-store"
        return send(replace(made, caching=caching, effort=ONCE), request.headers)
    made = replace(made, vary="Accept-Encoding, Accept-Language") if chosen else made
    if site.tools.settings.fediverse.on and object_path(request.url.path):
        made = replace(made, vary=f"{made.vary}, Accept")
    if made.status == 200 and keep and shows is not None:
        site.kept.keep(key, stamp, now, made, shows)
    return send(made, request.headers)


def _of_sheet(
    site: Site, request: Request, asked: Asked, plan: EditionPlan, view: Read, write: Callable[[Visit], Sheet | Moved]
) -> Answer | Moved | None:
    """Give a reader's page that is written on a sheet of all; None for who needs a page made for them."""

    def anew() -> tuple[Sheet | Moved, Shows]:
        shows = _shows(view, request.url.path)
        visit = _visit(site, request, view, plan, asked.stamp, None)
        anybody = Anybody()
        return write(replace(visit, here=replace(visit.here, mine=anybody), person=anybody.person)), shows

    made = own_page(site.sheets, view, asked, anew)
    return answer(made) if isinstance(made, bytes) else made


def _shows(view: Read, path: str) -> Shows:
    """Say which discussion a page shows, as this view of the store has it: what is said later makes the page anew."""
    talk = talk_of(path)
    return Shows(talk, discussion.heard(view)) if talk else NONE


def _visit(
    site: Site, request: Request, view: Read, plan: EditionPlan, stamp: str, signed: readers.SignedIn | None
) -> Visit:
    now = site.tools.now()
    here, known, memory = site.here(plan, now), site.known(view, stamp, now), _memory(site, stamp, now)
    person, token = (signed.person, signed.token) if signed else (None, "")
    names, query = _names(request), dict(request.query_params)
    if person is not None:
        here = replace(here, mine=mine_of(view, person, query))
    return Visit(site, view, here, known, names, query, memory, person, token)


def _memory(site: Site, stamp: str, now: datetime) -> Memory:
    """Give what pages of this state and minute share: kept pages hold no longer either."""
    memory = site.memory
    if memory.of != (stamp, minute_of(now)):
        memory = site.memory = Memory(stamp, minute_of(now))
    return memory


@contextmanager
def visiting(site: Site, request: Request) -> Iterator[Visit]:
    """Open the store for one request of an edition's pages. Raises NotFound for an edition there is not."""
    now = site.tools.now()
    plan, _ = _edition(site, request)
    if isinstance(plan, Response):
        raise NotFound("there is no such edition")
    token = readers.token_in(request.headers.get("cookie", ""), site.origin)
    with site.tools.database.read() as view:
        yield _visit(
            site,
            request,
            view,
            plan,
            reading.stamp(view),
            readers.find(view, token, now, site.tools.settings.accounts.second_factor),
        )


@contextmanager
def opened(site: Site, plan: EditionPlan, names: Mapping[str, str], query: Mapping[str, str]) -> Iterator[Visit]:
    """Open the store for what a program asks of an edition: as for a page, and for nobody in particular."""
    now = site.tools.now()
    believed = site.watcher.believed(now)
    with site.tools.database.read() as view:
        stamp = believed or reading.stamp(view)
        if not believed:
            site.watcher.learn(stamp, now)
        here, known, memory = site.here(plan, now), site.known(view, stamp, now), _memory(site, stamp, now)
        yield Visit(site, view, here, known, names, query, memory)


def _names(request: Request) -> Mapping[str, str]:
    return {"words": "", **request.path_params}


def _edition(site: Site, request: Request) -> tuple[EditionPlan | Response, bool]:
    """Give the edition a request names, else the one its languages ask for; the second says that it was chosen.

    Another spelling, and a language without a country, lead to the edition they mean.
    """
    name = request.path_params.get("edition")
    if name is None:
        return site.plan_for(request.headers.get("accept-language", "")), True
    if name in site.plans:
        return site.plans[name], False
    wanted = name.lower().replace("_", "-")
    same = [wanted] if wanted in site.plans else editions.in_language(site.plans, wanted)
    if not same or len(name) > _LONGEST_KEY:
        raise NotFound(f"there is no edition {name[:20]!r}")
    rest = request.url.path.removeprefix(f"/{name}")
    return RedirectResponse(quote(f"/{same[0]}{rest}", safe="/:@!$&'()*+,;=~%"), 301), False


def framed(context: Any, known: Known, visit: Visit) -> Context:
    """Put around a page what every page has: the notice, and the mark of what is invented."""
    notice = ""
    if known.notice == "unreachable":
        notice = visit.t(
            "None of the feeds this newspaper starts with could be reached, so it shows a sample: "
            "publishers and articles that are invented."
        )
    invented = known.newswire or any(shows_invented(getattr(context, one.name)) for one in fields(context))
    if visit.here.mine is not None:
        visit.here.mine.look(visit.view, context)
    me = _me(visit)
    made: Context = replace(context, frame=replace(context.frame, notice=notice, fictional=invented, me=me))
    return made


def _me(visit: Visit) -> Me | None:
    if isinstance(visit.mine, Anybody):
        return visit.mine.me
    if visit.person is None or not visit.token:
        return None
    return readers.me_of(visit.person, visit.token, notifications.unread(visit.view, visit.person.id))


def shows_invented(value: Any) -> bool:
    """Tell whether a piece of a page shows an article or a publisher that is fictional."""
    if isinstance(value, ArticleCard | Publisher):
        return value.fictional
    if isinstance(value, list | tuple):
        return any(map(shows_invented, value))
    if isinstance(value, _HOLDERS):
        return any(shows_invented(getattr(value, one.name)) for one in fields(value))
    return False


def welcome(site: Site, request: Request) -> Response:
    """Lead the reader to the edition their languages ask for."""
    plan = site.plan_for(request.headers.get("accept-language", ""))
    headers = {"vary": "Accept-Language", "cache-control": "private, no-cache"}
    return RedirectResponse(links.front(plan.key), 302, headers)


def welcome_to(site: Site, request: Request) -> Response:
    """Lead to a page of the edition the reader's languages ask for, with what follows the question mark."""
    plan = site.plan_for(request.headers.get("accept-language", ""))
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"vary": "Accept-Language", "cache-control": "private, no-cache"}
    return RedirectResponse(f"/{plan.key}{request.url.path}{query}", 302, headers)


def refused(site: Site, request: Request, error: Exception) -> Response:
    """Answer an error with its page, which needs nothing from the store."""
    status = error.status_code if isinstance(error, HTTPException) else status_of(error)
    if status >= 500:
        site.tools.meter.count("errors_total", code=type(error).__name__)
        logged.failed(request, error, status)
    path = request.url.path
    plan = plan_in(path, site.plans) or site.plan_for(request.headers.get("accept-language", ""))
    here = site.here(plan, site.tools.now())
    text = site.templates.render(error_page(status, here, path, error), here)
    headers = {**headers_of(status, error), "vary": "Accept-Language"}
    return Response(text, status, headers, media_type="text/html; charset=utf-8")


def handlers(site: Site) -> Mapping[Any, Callable[[Request, Exception], Response]]:
    """Give the answer to every kind of error: ours, the framework's, and those nobody foresaw."""

    def answer_error(request: Request, error: Exception) -> Response:
        return refused(site, request, error)

    kinds: Sequence[Any] = (OctavoError, HTTPException, Exception)
    return dict.fromkeys(kinds, answer_error)
