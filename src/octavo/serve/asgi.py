"""make_asgi(tools): the whole web application."""

from typing import Any

from starlette.applications import Starlette

from octavo.config import WebSettings
from octavo.ports.tools import Tools
from octavo.serve import websub
from octavo.serve.answering import handlers
from octavo.serve.middleware import Guard
from octavo.serve.readers import cookie_name
from octavo.serve.routes import routes
from octavo.serve.sheets import Filled
from octavo.serve.site import open_site
from octavo.serve.statics import static_answers
from octavo.serve.traced import Traced

_YEAR_S = 31_536_000


def make_asgi(tools: Tools) -> Any:
    """Make the web application. Raises StoreError when the store was not made ready by app.make_web."""
    site = open_site(tools)
    app = Starlette(routes=[*websub.routes(site), *routes(site)], exception_handlers=dict(handlers(site)))
    app.router.redirect_slashes = False
    traced = Traced(app, tools.tracer) if tools.settings.traces.address else app
    guard = Guard(traced, site.kept, static_answers(site), site.watcher, tools.now, cookie_name(site.origin))
    guard.end = site.live.end
    guard.filled = Filled(site.sheets, tools.database, site.origin)
    tools.meter.ask(guard.figures)
    guard.federated = tools.settings.fediverse.on
    guard.strict = _strict_transport(tools.settings.web)
    return guard


def _strict_transport(web: WebSettings) -> list[tuple[str, str]]:
    """What is said of https with every answer (RFC 6797 §6.1); nothing where the site is not open by it."""
    if web.strict_transport == "off" or not web.origin.startswith("https:"):
        return []
    below = "; includeSubDomains" if web.strict_transport == "subdomains" else ""
    return [("strict-transport-security", f"max-age={_YEAR_S}{below}")]
