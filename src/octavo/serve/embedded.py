"""Answers to other sites that show a story: its card, and its description (oEmbed)."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from octavo.serve.answering import answered, framed
from octavo.serve.answers import Answer, answer
from octavo.serve.cardstyle import policy
from octavo.serve.embedding import write_oembed
from octavo.serve.pages.send import load_card
from octavo.serve.site import Site
from octavo.serve.visit import Moved, Visit

_CACHING = "public, max-age=300"


def card(site: Site, request: Request) -> Response:
    """Answer with a story's card, which any site may show in a frame: for nobody in particular, without a cookie."""

    def make(visit: Visit) -> Answer | Moved:
        context = framed(load_card(visit), visit.known, visit)
        made = answer(site.templates.render(context, visit.here))
        return replace(made, framed=True, robots="noindex", caching=_CACHING)

    response = answered(site, request, make)
    if response.status_code in (200, 304):
        response.headers["content-security-policy"] = policy()
    return response


def oembed(site: Site, request: Request) -> Response:
    """Answer another site that wants to show a story (oembed.com), in JSON alone."""
    if request.query_params.get("format", "json") != "json":
        return PlainTextResponse("Only format=json is written here.", 501)

    def make(visit: Visit) -> Answer:
        return answer(write_oembed(visit), "application/json", robots="noindex", caching=_CACHING)

    response = answered(site, request, make, keep=False)
    response.headers["access-control-allow-origin"] = "*"
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response
