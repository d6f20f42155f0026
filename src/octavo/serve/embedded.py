"""Answers to other sites that show a story: its card, and its description (oEmbed)."""

import json
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from octavo.domain.ids import EditionKey
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.answering import answered, framed
from octavo.serve.answers import Answer, answer
from octavo.serve.cardstyle import policy
from octavo.serve.embedding import HEIGHT, WIDTH, snippet
from octavo.serve.pages import story as story_page
from octavo.serve.pages.send import load_card
from octavo.serve.site import Site
from octavo.serve.visit import Moved, Visit
from octavo.text.inert import inert

_CACHING = "public, max-age=300"
_LEAST_WIDTH, _LEAST_HEIGHT = 220, 160
_KEPT_S = 3600


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


def write_oembed(visit: Visit) -> bytes:
    """Describe the story at the address in `url` for a site that wants to show it. Raises NotFound."""
    there = _asked(visit)
    page = story_page.read(there)
    size = (_bounded(visit, "maxwidth", WIDTH, _LEAST_WIDTH), _bounded(visit, "maxheight", HEIGHT, _LEAST_HEIGHT))
    told = {
        "version": "1.0",
        "type": "rich",
        "title": inert(page.story.headline),
        "provider_name": f"Octavo · {there.plan.title}",
        "provider_url": there.here.absolute(links.front(there.plan.key)),
        "cache_age": _KEPT_S,
        "html": snippet(there.here, page.story.id, page.story.headline, size),
        "width": size[0],
        "height": size[1],
        **_thumbnail(page.frame.picture),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _thumbnail(picture: str) -> Mapping[str, object]:
    return {"thumbnail_url": picture, "thumbnail_width": 1200, "thumbnail_height": 630} if picture else {}


def _asked(visit: Visit) -> Visit:
    """Find the story an address of this site means, in its own edition. Raises NotFound."""
    url, origin = visit.query.get("url", ""), visit.here.origin
    parts = url.removeprefix(origin).partition("?")[0].partition("#")[0].split("/")
    ours = url.startswith(f"{origin}/") and len(parts) > 3 and parts[2] == "story"
    plan = visit.site.plans.get(EditionKey(parts[1])) if ours else None
    if plan is None:
        raise NotFound("no story is kept under this address")
    names = {"number": parts[3], "words": ""}
    return replace(visit, here=visit.site.here(plan, visit.here.now), names=names, query={}, person=None)


def _bounded(visit: Visit, name: str, most: int, least: int) -> int:
    said = visit.query.get(name, "")
    return max(least, min(most, int(said))) if said.isascii() and said.isdigit() and len(said) < 6 else most
