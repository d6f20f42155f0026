"""What other servers ask for (ActivityPub, WebFinger, NodeInfo), and where they send: looked at later."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from octavo.actions import fediverse as actions
from octavo.domain.ids import ArticleId, EditionKey
from octavo.errors import NotAllowed, NotFound, OctavoError
from octavo.federate import names, reading, writing
from octavo.ports.database import Read
from octavo.serve.allowance import Allowance, reader_at
from octavo.serve.bodies import read_body
from octavo.serve.errors import headers_of, status_of
from octavo.serve.federated import Writer
from octavo.serve.site import Site
from octavo.store import fediverse, fediverse_posts
from octavo.text.slugs import read_short_id

SHOWN = 20
"""Activities in one page of an outbox."""

ASKED = names.ROOT + "/at"
"""Below it, addresses of pages stand for what they are to other servers."""

_ICON = "icons/icon-192.png"
_CACHED = "public, max-age=180"
_TAKEN = ("application/activity+json", "application/ld+json", "application/json")

Read_ = Callable[["_Door", Request, Read], Any]


@dataclass(frozen=True, slots=True)
class _Door:
    """What answers here are made from."""

    site: Site
    writer: Writer
    allowance: Allowance


def wants(accept: str) -> bool:
    """Tell whether somebody asks for an object of ActivityPub, not for a page."""
    return "application/activity+json" in accept or "https://www.w3.org/ns/activitystreams" in accept


def object_path(path: str) -> str:
    """Give where a page's object is answered for; "" for a page that is none: fronts, hashtags and articles are."""
    parts = path.split("/")[1:]
    front = len(parts) == 1 and bool(parts[0])
    hashtag = len(parts) > 2 and parts[1] == "hashtag"
    article = len(parts) in (3, 4) and parts[1] == "article"
    return ASKED + path if front or hashtag or article else ""


def routes(site: Site) -> list[BaseRoute]:
    """List the addresses of the fediverse; none where it is off."""
    settings = site.tools.settings
    if not settings.fediverse.on:
        return []
    writer = Writer(settings, site.tools.database, site.plans, site.languages, site.signer, site.tools.now)
    door = _Door(site, writer, Allowance(settings.fediverse.arrivals_an_hour))

    def get(path: str, read: Read_, kind: str = writing.CONTENT) -> BaseRoute:
        return Route(path, partial(_answer, door, read=read, kind=kind), methods=["GET"])

    inbox = partial(_inbox, door)
    root = names.ROOT
    return [
        get("/.well-known/webfinger", _webfinger, writing.JRD),
        get("/.well-known/nodeinfo", _nodeinfo_links, "application/json"),
        get(f"{root}/nodeinfo/2.1", _nodeinfo, f'application/json; profile="{writing.NODEINFO}#"'),
        Route(f"{root}/inbox", inbox, methods=["POST"]),
        Route(f"{root}/{{actor}}/inbox", inbox, methods=["POST"]),
        get(f"{ASKED}/{{edition}}", _front),
        get(f"{ASKED}/{{edition}}/hashtag/{{tag:path}}", _hashtag),
        get(f"{ASKED}/{{edition}}/article/{{number}}", _page_of_article),
        get(f"{ASKED}/{{edition}}/article/{{number}}/{{words}}", _page_of_article),
        get(f"{root}/{{actor}}", _actor),
        get(f"{root}/{{actor}}/outbox", _outbox),
        get(f"{root}/{{actor}}/followers", _followers),
        get(f"{root}/{{actor}}/article/{{number}}", _article),
        get(f"{root}/{{actor}}/article/{{number}}/{{act}}", _article_act),
    ]


def _answer(door: _Door, request: Request, *, read: Read_, kind: str) -> Response:
    """Answer with JSON; lead people to the page it stands for."""
    try:
        with door.site.tools.database.read() as view:
            made = read(door, request, view)
    except OctavoError as error:
        status = status_of(error)
        return JSONResponse({"error": str(error) if status < 500 else ""}, status, headers_of(status, error))
    page = _page_for(door, request, made)
    if page:
        return RedirectResponse(page, 302, {"vary": "Accept", "cache-control": _CACHED})
    headers = {"cache-control": _CACHED, "vary": "Accept", "x-robots-tag": "noindex"}
    return Response(json.dumps(made, ensure_ascii=False), headers=headers, media_type=kind)


def _page_for(door: _Door, request: Request, made: Mapping[str, Any]) -> str:
    """Give the page to lead people to who followed the address of an actor or an article; "" for programs."""
    path, accept = request.url.path, request.headers.get("accept", "")
    own = request.path_params.get("actor") and made.get("type") in ("Service", "Note")
    if not own or "text/html" not in accept or wants(accept) or path.startswith(ASKED):
        return ""
    found = made.get("url")
    return str(found[0]["href"]) if isinstance(found, list) else str(found or "")


def _webfinger(door: _Door, request: Request, view: Read) -> Any:
    name = names.named(request.query_params.get("resource", ""), door.site.origin)
    _known(door, view, name)
    return writing.webfinger(door.site.origin, name, door.writer.page(name))


def _nodeinfo_links(door: _Door, request: Request, view: Read) -> Any:
    return writing.nodeinfo_links(door.site.origin)


def _nodeinfo(door: _Door, request: Request, view: Read) -> Any:
    open_ = door.site.tools.settings.accounts.sign_up == "open"
    return writing.nodeinfo(len(door.site.plans), fediverse_posts.count(view), open_to_all=open_)


def _actor(door: _Door, request: Request, view: Read) -> Any:
    return _profile(door, view, request.path_params["actor"])


def _front(door: _Door, request: Request, view: Read) -> Any:
    return _profile(door, view, request.path_params["edition"])


def _hashtag(door: _Door, request: Request, view: Read) -> Any:
    return _profile(door, view, names.of_hashtag(unquote(request.path_params["tag"])))


def _profile(door: _Door, view: Read, name: str) -> Any:
    _known(door, view, name)
    key = actions.public_key(view)
    if not key:  # the worker has not made it yet
        raise NotFound("there is no such account")
    site = door.site
    profile = door.writer.profile(view, name, site.assets.names.get(_ICON, ""))
    return writing.actor(site.origin, profile, key)


def _followers(door: _Door, request: Request, view: Read) -> Any:
    """Say how many follow, not who: that is theirs to say."""
    name = request.path_params["actor"]
    _known(door, view, name)
    return writing.collection(f"{names.actor(door.site.origin, name)}/followers", fediverse.count(view, name))


def _outbox(door: _Door, request: Request, view: Read) -> Any:
    name, origin = request.path_params["actor"], door.site.origin
    _known(door, view, name)
    address = f"{names.actor(origin, name)}/outbox"
    if "page" not in request.query_params:
        return writing.collection(address, fediverse_posts.count(view, name), first=True)
    before = read_short_id(request.query_params.get("before", ""))
    found = fediverse_posts.newest(view, name, SHOWN + 1, ArticleId(before) if before else None)
    listed = [one for post in found[:SHOWN] if (one := _act(door, view, name, post.article_id))]
    older = names.article(origin, name, found[SHOWN - 1].article_id).rpartition("/")[2] if len(found) > SHOWN else ""
    return writing.page(address, listed, older, of_older=request.query_params.get("before", ""))


def _article(door: _Door, request: Request, view: Read) -> Any:
    name = request.path_params["actor"]
    _known(door, view, name)
    return writing.with_context(_note(door, view, name, _number(request)))


def _article_act(door: _Door, request: Request, view: Read) -> Any:
    """Answer with the activity by which an actor told of an article."""
    name = request.path_params["actor"]
    made = _act(door, view, name, _number(request))
    if made is None or made["id"].rpartition("/")[2] != request.path_params["act"]:
        raise NotFound("no article is kept under this address")
    return made


def _page_of_article(door: _Door, request: Request, view: Read) -> Any:
    """Answer with what an article's page is: what was told of it, else what the page's edition would tell."""
    number, edition = _number(request), request.path_params["edition"]
    told = [one for one in fediverse_posts.of_articles(view, [number]) if one.first and not one.gone]
    name = told[0].actor if told else edition
    if EditionKey(edition) not in door.site.plans:
        raise NotFound("there is no such edition")
    return writing.with_context(_note(door, view, name, number))


def _act(door: _Door, view: Read, name: str, number: ArticleId) -> Any:
    told = fediverse_posts.of_articles(view, [number])
    mine = next((one for one in told if one.actor == name and not one.gone), None)
    first = next((one for one in told if one.first and not one.gone), None)
    if mine is None or first is None:
        return None
    if not mine.first:
        origin = door.site.origin
        return writing.announce(names.actor(origin, name), names.article(origin, first.actor, number), mine.made_at)
    found = door.writer.written(view, name, [number])
    return writing.create(dict(found[number]), mine.made_at) if number in found else None


def _note(door: _Door, view: Read, name: str, number: ArticleId) -> Mapping[str, Any]:
    found = door.writer.written(view, name, [number])
    if number not in found:
        raise NotFound("no article is kept under this address")
    return found[number]


def _number(request: Request) -> ArticleId:
    number = read_short_id(request.path_params["number"])
    if number is None or number >= 2**62:
        raise NotFound("no article is kept under this address")
    return ArticleId(number)


def _known(door: _Door, view: Read, name: str) -> None:
    if not name or not door.writer.is_actor(view, name):
        raise NotFound("there is no such account")


async def _inbox(door: _Door, request: Request) -> Response:
    """Take an activity in: 202 at once; what it means is looked at by the worker."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TAKEN:
        return _no(415, "this takes activities of ActivityPub")
    tools = door.site.tools
    try:
        host = request.client.host if request.client else ""
        door.allowance.take(reader_at(host, request.headers), tools.now())
        body = await read_body(request, reading.MOST_BYTES)
        if body is None:
            return _no(413, f"this takes {reading.MOST_BYTES} bytes at most")
        await run_in_threadpool(actions.receive, tools, request.url.path, dict(request.headers), body)
    except NotAllowed as error:
        return _no(401, str(error))
    except OctavoError as error:
        status = status_of(error)
        return _no(status, str(error) if status < 500 else "", headers_of(status, error))
    return Response(status_code=202, headers={"cache-control": "no-store"})


def _no(status: int, said: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": said}, status, headers={"cache-control": "no-store", **(headers or {})})
