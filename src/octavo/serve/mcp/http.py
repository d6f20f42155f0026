"""make_http(site): the MCP server by streamable HTTP at /mcp, without sessions: each request stands alone."""

from urllib.parse import urlsplit

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from octavo.serve.allowance import reader_at
from octavo.serve.api.rates import Rates
from octavo.serve.mcp.server import make_server
from octavo.serve.site import Site

LARGEST = 65_536
"""Bytes of a request: a question is a few hundred."""


class Door:
    """One answer for each request; so many a minute from one network, and only by a name the site is known by."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._server = make_server(site)._lowlevel_server
        self._rates = Rates(site.tools.settings.api.requests_a_minute)
        self._security = _known_by(site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer. There are no sessions: none has a stream to be asked for by GET, none is ended by DELETE."""
        if scope["method"] != "POST":
            await PlainTextResponse("Ask by POST.", 405, {"allow": "POST"})(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = (scope.get("client") or ("", 0))[0]
        rate = self._rates.take(reader_at(host, headers), self._site.tools.now())
        if rate.spent:
            await PlainTextResponse("Too many requests: wait a minute.", 429, dict(rate.headers))(scope, receive, send)
            return
        manager = StreamableHTTPSessionManager(
            self._server,
            json_response=True,
            stateless=True,
            security_settings=self._security,
            max_request_body_size=LARGEST,
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)


def _known_by(site: Site) -> TransportSecuritySettings:
    """Take requests only for the site's own name: a page elsewhere whose name leads here would send its own."""
    web = site.tools.settings.web
    hosts = [urlsplit(site.origin).netloc, *(f"{name}:{web.port}" for name in ("127.0.0.1", "localhost", "[::1]"))]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[site.origin])


def make_http(site: Site) -> ASGIApp:
    """Make it."""
    return Door(site)
