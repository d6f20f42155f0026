"""WebSub's addresses: our hub, which takes subscriptions to our feeds; and where hubs bring us the feeds we read."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from octavo.actions import websub
from octavo.errors import InputError, NotFound, OctavoError
from octavo.serve.allowance import Allowance, reader_at
from octavo.serve.bodies import read_body
from octavo.serve.errors import headers_of, status_of
from octavo.serve.site import Site
from octavo.serve.topics import FeedTopics, topics_of

_CHALLENGE = 4_096
_QUIET = {"cache-control": "no-store", "x-robots-tag": "noindex"}


def routes(site: Site) -> list[BaseRoute]:
    """List the addresses there are, as the settings say."""
    settings = site.tools.settings
    found: list[BaseRoute] = []
    if settings.hub:
        allowance = Allowance(settings.websub.requests_an_hour)
        found.append(Route("/hub", partial(_hub, site, topics_of(site), allowance), methods=["POST"]))
    if settings.called_back:
        found.append(Route("/websub/{token}", partial(_called, site), methods=["GET", "POST"]))
    return found


async def _hub(site: Site, topics: FeedTopics, allowance: Allowance, request: Request) -> Response:
    """Take a request to the hub: 202, and its callback is asked whether it is meant (WebSub §5.2)."""
    body = await read_body(request, websub.MOST_BYTES)
    host = request.client.host if request.client else ""
    try:
        wanted = websub.read(body)
        allowance.take(reader_at(host, request.headers), site.tools.now())
        await run_in_threadpool(websub.ask, site.tools, wanted, topics)
    except OctavoError as error:
        return _no(error)
    return PlainTextResponse("your callback will be asked whether this is meant\n", 202, _QUIET)


async def _called(site: Site, request: Request) -> Response:
    """Answer the hub of a feed: whether a subscription is meant, or thank it for what it brings."""
    token = request.path_params["token"]
    try:
        if request.method != "POST":
            return await run_in_threadpool(_asked, site, token, dict(request.query_params))
        await run_in_threadpool(websub.await_at, site.tools, token)
        body = await read_body(request, site.tools.settings.fetch.max_feed_bytes)
        if body is None:
            return PlainTextResponse("this is more than a feed may have\n", 413, _QUIET)
        signature, kind = request.headers.get("x-hub-signature", ""), request.headers.get("content-type", "")
        await run_in_threadpool(websub.bring, site.tools, token, signature, kind, body)
    except NotFound:
        return PlainTextResponse("nothing is brought to this address any more\n", 410, _QUIET)
    except OctavoError as error:
        return _no(error)
    return Response(status_code=202, headers=_QUIET)  # badly signed or not: who guesses learns nothing (WebSub §8)


def _asked(site: Site, token: str, said: dict[str, str]) -> Response:
    mode, topic = said.get("hub.mode", ""), said.get("hub.topic", "")
    if mode == "denied":
        websub.deny(site.tools, token, topic, said.get("hub.reason", ""))
        return PlainTextResponse("", headers=_QUIET)
    challenge = said.get("hub.challenge", "")
    usable = challenge and len(challenge) <= _CHALLENGE and challenge.isascii() and challenge.isprintable()
    if not usable or not websub.is_meant(site.tools, token, mode, topic, said.get("hub.lease_seconds", "")):
        return PlainTextResponse("this is not meant\n", 404, _QUIET)
    return PlainTextResponse(challenge, headers=_QUIET)


def _no(error: OctavoError) -> Response:
    status = 400 if isinstance(error, InputError | NotFound) else status_of(error)
    said = f"{error}\n" if status < 500 or status == 503 else ""
    return PlainTextResponse(said, status, {**headers_of(status, error), **_QUIET})
