"""What whoever watches over an instance asks: /healthz, /readyz and /metrics.

`/healthz` says that the process lives, and asks nobody: a supervisor that restarts a website because its database is
away helps neither. `/readyz` says whether pages can be answered, and names what is stale.
"""

import secrets
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from octavo.domain.vitals import SILENT
from octavo.errors import NotFound, StoreError
from octavo.ports.database import Read
from octavo.serve.metrics import written
from octavo.serve.readers import bearer
from octavo.serve.site import Site
from octavo.store import vitals

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_UNCACHED = {"cache-control": "no-store"}
_PROXIED = ("x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host", "via")


def alive(site: Site, request: Request) -> Response:
    """Tell that this process lives."""
    return PlainTextResponse("ok", headers=_UNCACHED)


def ready(site: Site, request: Request) -> Response:
    """Tell whether pages can be answered: 503 when not. A worker nobody hears of is named, and readers are let in:
    they still find what is there."""
    now = site.tools.now()
    status, lines = 200, []
    try:
        found, known = site.tools.database.schema()
        lines.append("store: ok")
        if found == known:
            lines.append("schema: ok")
        else:
            status = 503
            lines.append("schema: not the one this program knows; run octavo migrate, or start the newer program")
        with site.tools.database.read() as view:
            lines.append(f"worker: {worker_said(view, now)}")
    except StoreError:
        status = 503
        lines = ["store: not reachable", *lines[1:]]
    return PlainTextResponse("\n".join(lines) + "\n", status, _UNCACHED)


def worker_said(view: Read, now: datetime) -> str:
    """Say whether a worker is heard of: `ok`, or since when what it brings is stale."""
    heard = vitals.last_heard(view).get("work")
    if heard is None:
        return "stale, none is heard of"
    return "ok" if now - heard < SILENT else f"stale, not heard of for {_told(now - heard)}"


def _told(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for name, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} seconds"


def figures(site: Site, request: Request) -> Response:
    """Give the figures to those who may read them; for all others there is no such address. Raises NotFound."""
    if not _may_read(site, request):
        raise NotFound("there is nothing at this address")
    return Response(written(site.tools), headers=_UNCACHED, media_type=MEDIA_TYPE)


def _may_read(site: Site, request: Request) -> bool:
    """The token lets in from anywhere. A network does only where nobody stands between: who comes through a proxy on
    this network has its address, and what the proxy says of others anybody could have said to it."""
    token, given = site.tools.metrics_token, bearer(request.headers)
    if token and given and secrets.compare_digest(token.encode(), given.encode()):
        return True
    if any(name in request.headers for name in _PROXIED):
        return False
    return site.tools.settings.metrics.lets_in(request.client.host if request.client else "")
