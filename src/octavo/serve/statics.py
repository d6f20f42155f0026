"""Static files as answers: style sheets, scripts, fonts, icons, and the service worker made of some of them."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from octavo.errors import NotFound
from octavo.serve import pwa
from octavo.serve.answers import FOREVER, LASTING, Answer, send
from octavo.serve.assets import Asset
from octavo.serve.site import Site


def static(site: Site, request: Request) -> Response:
    """Answer for a static file that is not there: the others never come so far (see `static_answers`)."""
    raise NotFound("no such file")


def static_answers(site: Site) -> Mapping[str, Answer]:
    """Give the static files by path; the name of each holds its fingerprint, so it may be kept for good."""
    return {path: _asset_answer(asset) for path, asset in site.assets.served.items()}


def _asset_answer(asset: Asset) -> Answer:
    inert = "svg" not in asset.media_type  # which is a document, and may hold scripts
    return Answer(asset.body, asset.media_type, asset.etag, FOREVER, inert=inert, effort=LASTING)


def service_worker(site: Site, request: Request) -> Response:
    """Answer with the service worker, which may act for the whole site."""
    made = pwa.service_worker(site.assets)
    if made is None:
        raise NotFound("there is no service worker")
    response = send(made, request.headers)
    response.headers["service-worker-allowed"] = "/"
    return response


def favicon(site: Site, request: Request) -> Response:
    """Answer browsers that ask for the icon without being told where it is."""
    for name in ("icons/favicon.ico", "icons/icon.svg"):
        if name in site.assets.names:
            made = _asset_answer(site.assets.served[site.assets.names[name]])
            return send(replace(made, caching="public, max-age=86400"), request.headers)
    raise NotFound("there is no icon")
