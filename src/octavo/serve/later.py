"""An application that is made when it is first asked: its modules take time and memory that most instances save."""

import asyncio
from importlib import import_module

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Receive, Scope, Send

from octavo.serve.site import Site


class Later:
    """Stands for the application that `make`, a function of `module`, makes of a site."""

    def __init__(self, site: Site, module: str, make: str) -> None:
        self._site = site
        self._module = module
        self._make = make
        self._app: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it answer."""
        if self._app is None:
            async with self._making:
                if self._app is None:
                    self._app = await run_in_threadpool(self._made)
        await self._app(scope, receive, send)

    def _made(self) -> ASGIApp:
        made: ASGIApp = getattr(import_module(self._module), self._make)(self._site)
        return made


class Under(BaseRoute):
    """Everything at and below one path, whatever characters follow, goes to one application."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        self._path = path
        self._app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a request goes there."""
        path = scope.get("path", "")
        below = scope["type"] == "http" and (path == self._path or path.startswith(f"{self._path}/"))
        return (Match.FULL if below else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """Give the address of none of its routes: the application knows them."""
        raise NoMatchFound(name, dict(path_params))

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer."""
        await self._app(scope, receive, send)
