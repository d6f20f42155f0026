"""make_api(site): the API as one ASGI application, which knows nothing of cookies."""

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.errors import OctavoError
from octavo.serve.allowance import reader_at
from octavo.serve.api import around, articles, index, kept, own, problems, sought, stories, talk, webhooks
from octavo.serve.api.rates import Rates
from octavo.serve.bodies import read_body, replayed
from octavo.serve.site import Site

ROUTERS = (
    index.router,
    articles.router,
    stories.router,
    around.router,
    talk.router,
    own.router,
    kept.router,
    sought.router,
    webhooks.router,
)

OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
    "cross-origin-resource-policy": "cross-origin",
}
"""Any page may read what is public: no cookie counts here, and browsers send none along."""

LARGEST = 400_000
"""Bytes of what is sent: JSON may take twelve for one character of a comment."""

_SENDING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Accept, If-None-Match",
    "access-control-max-age": "86400",
}


def make_fastapi(site: Site | None = None) -> FastAPI:
    """Put the addresses together; without a site there is only their document to be had."""
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_name,
        separate_input_output_schemas=False,
    )
    app.state.site = site
    for router in ROUTERS:
        app.include_router(router, prefix=index.ROOT)
    index.add_document(app)
    for kind in (OctavoError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, problems.answer)
    return app


def make_api(site: Site) -> ASGIApp:
    """Make the API."""
    return Edge(make_fastapi(site), site)


def _name(route: APIRoute) -> str:
    return route.name


class Edge:
    """Around the API: how many requests a network may make, who may read the answers, HEAD as GET without a body."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site
        self._rates = Rates(site.tools.settings.api.requests_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say that it was one request too many."""
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=204, headers=OPEN | _PREFLIGHT)(scope, receive, send)
            return
        host = (scope.get("client") or ("", 0))[0]
        rate = self._rates.take(reader_at(host, headers), self._site.tools.now())
        said = {**rate.headers, **OPEN}
        if rate.spent:
            detail = f"{rate.quota} requests a minute: go on in {rate.seconds} seconds"
            await self._refused(scope, 429, detail, said)(scope, receive, send)
            return
        asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else dict(scope)
        if scope["method"] in _SENDING:
            body = await read_body(Request(scope, receive), LARGEST)
            if body is None:
                await self._refused(scope, 413, f"{LARGEST} bytes at most", said)(scope, receive, send)
                return
            receive = replayed(Request(scope), body).receive
        try:
            await self._app(asked, receive, _with(send, said))
        finally:  # whoever is around this (traced.py) looks there for what took the request
            scope.update({name: asked[name] for name in ("endpoint", "path_params") if name in asked})

    def _refused(self, scope: Scope, status: int, detail: str, headers: Mapping[str, str]) -> Response:
        content = problems.written(status, scope["path"], detail, self._site.origin)
        return Response(content, status, {**headers, "cache-control": "no-store"}, media_type=problems.MEDIA_TYPE)


def _with(send: Send, headers: Mapping[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            told = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in headers.items():
                told[name] = value
        await send(message)

    return sending
