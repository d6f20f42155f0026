"""A story's card for other sites: its own small page in a frame, how it is copied, and oEmbed (oembed.com)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.cardstyle import SANDBOX
from octavo.serve.here import Here
from octavo.serve.pages import story as story_page
from octavo.serve.visit import Visit

WIDTH, HEIGHT = 550, 260
_LEAST_WIDTH, _LEAST_HEIGHT = 220, 160
_KEPT_S = 3600


def snippet(here: Here, story: int, title: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    """Give the HTML that shows a story's card on another site."""
    source = here.absolute(links.story_card(here.edition, story))
    width, height = size
    return (
        f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="{escape(title)}" loading="lazy" '
        f'sandbox="{SANDBOX}" style="border:0;max-width:100%"></iframe>'
    )


def write_oembed(visit: Visit) -> bytes:
    """Describe the story at the address in `url` for a site that wants to show it. Raises NotFound."""
    there = _asked(visit)
    page = story_page.read(there)
    size = (_bounded(visit, "maxwidth", WIDTH, _LEAST_WIDTH), _bounded(visit, "maxheight", HEIGHT, _LEAST_HEIGHT))
    told = {
        "version": "1.0",
        "type": "rich",
        "title": page.story.headline,
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
    plan = visit.site.plans.get(parts[1]) if ours else None  # type: ignore[call-overload] - a key from outside
    if plan is None:
        raise NotFound("no story is kept under this address")
    names = {"number": parts[3], "words": ""}
    return replace(visit, here=visit.site.here(plan, visit.here.now), names=names, query={}, person=None)


def _bounded(visit: Visit, name: str, most: int, least: int) -> int:
    said = visit.query.get(name, "")
    return max(least, min(most, int(said))) if said.isascii() and said.isdigit() and len(said) < 6 else most
