"""The part of Miniflux's API (version 1) that newsboat and reader apps use: every address, and who may ask."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from octavo.domain.account import Person
from octavo.errors import InputError, NotFound, OctavoError, SignInRequired, SlowDown
from octavo.serve.clients import miniflux_read as read
from octavo.serve.clients import miniflux_write as write
from octavo.serve.clients.asked import Asked, as_json, endpoint, said, turns
from octavo.serve.clients.door import Door, basic
from octavo.serve.errors import status_of
from octavo.serve.site import Site

VERSION = "2.2.0"
"""The version of Miniflux whose answers these are: apps ask before they ask for more."""

Answer = Callable[..., Response]

_CALLS: Sequence[tuple[str, str, Answer]] = (
    ("GET", "me", read.me),
    ("GET", "version", partial(read.told, value={"version": VERSION})),
    ("GET", "integrations/status", partial(read.told, value={"has_integrations": False})),
    ("GET", "categories", read.categories),
    ("GET", "categories/N/feeds", read.feeds),
    ("GET", "categories/N/entries", partial(read.entries, kind="category")),
    ("GET", "categories/N/entries/N", read.entry_within),
    ("PUT", "categories/N", write.rename_category),
    ("PUT", "categories/N/mark-all-as-read", write.mark_category),
    ("PUT", "categories/N/refresh", write.nothing),
    ("DELETE", "categories/N", write.drop_category),
    ("GET", "feeds", read.feeds),
    ("GET", "feeds/counters", read.counters),
    ("GET", "feeds/N", read.feed),
    ("GET", "feeds/N/icon", read.icon),
    ("GET", "icons/N", read.icon),
    ("GET", "feeds/N/entries", partial(read.entries, kind="feed")),
    ("GET", "feeds/N/entries/N", read.entry_within),
    ("POST", "feeds", write.subscribe),
    ("PUT", "feeds/refresh", write.nothing),
    ("PUT", "feeds/N/refresh", write.nothing),
    ("PUT", "feeds/N", write.change_feed),
    ("DELETE", "feeds/N", write.leave),
    ("PUT", "feeds/N/mark-all-as-read", write.mark_feed),
    ("PUT", "users/N/mark-all-as-read", write.mark_everything),
    ("GET", "entries", read.entries),
    ("GET", "entries/N", read.entry),
    ("PUT", "entries", write.mark_entries),
    ("PUT", "entries/N/bookmark", write.turn_star),
    ("PUT", "entries/N/star", write.turn_star),
    ("POST", "entries/N/save", write.star),
    ("GET", "export", read.export),
    ("POST", "import", write.bring),
    ("POST", "discover", write.discover),
)
"""Method, address ("N" for a number) and what answers."""

_PATHS = [(method, re.compile(path.replace("N", r"(-?\d{1,19})"), re.ASCII), answer) for method, path, answer in _CALLS]


def routes(site: Site) -> list[BaseRoute]:
    """List the addresses of the API."""
    door, limiter = Door(site), turns()
    methods = ["GET", "POST", "PUT", "DELETE"]
    return [
        Route("/v1/{rest:path}", endpoint(site, limiter, partial(_answer, door)), methods=methods),
        Route("/healthcheck", endpoint(site, limiter, _well), methods=["GET"]),
        Route("/version", endpoint(site, limiter, _version), methods=["GET"]),
    ]


def _well(asked: Asked) -> Response:
    with asked.site.tools.database.read():
        return said("OK")


def _version(asked: Asked) -> Response:
    return said(VERSION)


def _answer(door: Door, asked: Asked) -> Response:
    try:
        return _done(asked, _person(door, asked))
    except OctavoError as error:
        return _refused(asked, error)


def _person(door: Door, asked: Asked) -> Person:
    token = asked.headers.get("x-auth-token", "").strip()
    if token:
        return door.by_token(asked, token)
    name, password = basic(asked.headers.get("authorization", ""))
    if not password:
        raise SignInRequired("send a token")
    return door.by_name(asked, name, password)


def _done(asked: Asked, person: Person) -> Response:
    known = False
    for method, path, answer in _PATHS:
        found = path.fullmatch(asked.rest)
        if found:
            known = True
            if method == asked.method:
                return answer(asked, person, *map(int, found.groups()))
    return _wrong(asked, "Method Not Allowed" if known else "Resource Not Found", 405 if known else 404)


def _refused(asked: Asked, error: OctavoError) -> Response:
    if isinstance(error, SignInRequired):
        response = _wrong(asked, "Access Unauthorized", 401)
        response.headers["www-authenticate"] = 'Basic realm="Restricted"'
        return response
    if isinstance(error, SlowDown):
        response = _wrong(asked, str(error), 429)
        response.headers["retry-after"] = "3600"
        return response
    if isinstance(error, NotFound):
        return _wrong(asked, "Resource Not Found", 404)
    if isinstance(error, InputError):
        return _wrong(asked, str(error), 400)
    status = status_of(error)
    return _wrong(asked, str(error) if status < 500 else "Internal Server Error", status)


def _wrong(asked: Asked, words: str, status: int) -> Response:
    return as_json(asked, {"error_message": words}, status)
