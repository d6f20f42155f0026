"""Pictures answered: what is kept at once, what has to be waited for where no page waits behind it."""

import hashlib
from functools import partial

import anyio
import structlog
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from octavo.actions.pictures import WIDTHS
from octavo.errors import FetchError, NotFound, UnusablePicture
from octavo.extract.drawing import MEDIA_TYPES, Format
from octavo.serve.answers import FOREVER, Answer, send
from octavo.serve.pictures import wants_webp
from octavo.serve.previews.answer import CACHING, Previews, preview_of
from octavo.serve.site import Site

log = structlog.get_logger()

_WAITING = 48
"""Requests that wait for publishers at a time, in threads of their own: those of pages are few, and soon all taken."""


def waiting_room() -> anyio.CapacityLimiter:
    """Make what lets so many requests wait for publishers."""
    return anyio.CapacityLimiter(_WAITING)


async def picture(site: Site, request: Request, *, room: anyio.CapacityLimiter) -> Response:
    """Answer with a publisher's picture, redrawn. What cannot be had is not there: the reader's page goes on.

    As WebP, or as JPEG for those that do not say they read WebP, and where ".jpg" is asked for.
    """
    width, _, ending = request.path_params["width"].partition(".")
    if width not in map(str, WIDTHS) or ending not in ("", "jpg"):
        raise NotFound("pictures do not come in this width")
    url = site.signer.read(request.path_params["token"])
    kind: Format = "webp" if not ending and wants_webp(request.headers.get("accept", "")) else "jpg"
    drawn = await run_sync(site.pictures.kept, url, int(width), kind)
    try:
        if drawn is None:
            drawn = await run_sync(site.pictures.get, url, int(width), site.tools.now(), kind, limiter=room)
    except (FetchError, UnusablePicture) as error:
        log.info("picture refused", url=url, reason=str(error))
        headers = {"cache-control": "public, max-age=600", "vary": "Accept"}
        return PlainTextResponse("This picture cannot be had just now.", 404, headers)
    return send_picture(drawn, kind, request, FOREVER)


async def preview(site: Site, request: Request, *, previews: Previews, room: anyio.CapacityLimiter) -> Response:
    """Answer with a picture for link previews; other sites may show it."""
    drawn = await run_sync(partial(preview_of, site, previews, request), limiter=room)
    response = send_picture(drawn, "jpg", request, CACHING)
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


def send_picture(drawn: bytes, kind: Format, request: Request, caching: str) -> Response:
    """Answer with bytes that are a picture and nothing else, whatever a browser is made to think of them."""
    etag = f'"{hashlib.sha256(drawn).hexdigest()[:20]}"'
    made = Answer(drawn, MEDIA_TYPES[kind], etag, caching, vary="Accept", robots="noindex, noimageindex")
    response = send(made, request.headers)
    response.headers["content-disposition"] = f'inline; filename="picture.{kind}"'
    response.headers["content-security-policy"] = "default-src 'none'; sandbox"
    return response
