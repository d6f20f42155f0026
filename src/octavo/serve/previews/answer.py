"""The addresses of previews: which article, story or edition, and the picture for it, drawn once and kept."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from starlette.requests import Request

from octavo.actions.pictures import Turns
from octavo.domain.article import ArticleCard
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.errors import FetchError, NotFound, SlowDown, UnusablePicture
from octavo.ports.blobs import Blobs
from octavo.ports.database import Read
from octavo.serve import editions, languages
from octavo.serve.pages.story import MOST, lead_of
from octavo.serve.previews.card import Said, draw_card
from octavo.serve.previews.letters import find_letters
from octavo.serve.site import Site
from octavo.serve.visit import Visit
from octavo.store import reading, stories
from octavo.text.slugs import read_short_id

VisitOf = Callable[[EditionPlan], Visit]

CACHING = "public, max-age=86400"

_FORM = 1
"""How previews look: counted up when that changes, so that those kept are drawn anew."""

_WAITING = 6  # previews being drawn or waiting, from which others are told to come back


@dataclass(frozen=True, slots=True)
class Previews:
    """Draws previews one at a time and keeps them by what they say."""

    blobs: Blobs
    turns: Turns = field(default_factory=Turns)
    waiting: threading.Semaphore = field(default_factory=lambda: threading.BoundedSemaphore(_WAITING))

    def get(self, site: Site, said: Said) -> bytes:
        """Give a preview as JPEG. Raises SlowDown when many are being drawn."""
        spoken = replace(said, picture=hashlib.sha256(said.picture).digest() if said.picture else b"")
        key = f"previews/{hashlib.sha256(repr((_FORM, spoken)).encode()).hexdigest()[:32]}.jpg"
        try:
            return self.blobs.get(key)
        except NotFound:
            pass
        if not self.waiting.acquire(blocking=False):
            raise SlowDown("many previews are being drawn just now")
        try:
            with self.turns.take("one at a time"):
                drawn = draw_card(said, find_letters(site.tools.settings.pictures.fonts))
        finally:
            self.waiting.release()
        self.blobs.put(key, drawn)
        return drawn


def preview_of(site: Site, previews: Previews, request: Request) -> bytes:
    """Give the preview an address names. Raises NotFound for what is not kept, or where no previews are made."""
    if not site.tools.settings.pictures.previews:
        raise NotFound("this newspaper makes no pictures for link previews")
    kind, name = request.path_params["kind"], request.path_params["name"]
    now = site.tools.now()
    with site.tools.database.read() as view:
        known = site.known(view, reading.stamp(view), now)

        def visit(plan: EditionPlan) -> Visit:
            return Visit(site, view, site.here(plan, now), known, {}, {})

        said, card = _edition(site, visit, name) if kind == "edition" else _found(site, view, visit, kind, name)
    return previews.get(site, replace(said, picture=_picture(site, card)))


def _edition(site: Site, visit: VisitOf, name: str) -> tuple[Said, ArticleCard | None]:
    plan = site.plans.get(EditionKey(name))
    if plan is None:
        raise NotFound("there is no such edition")
    here = visit(plan).here
    note = here.t("What matters now, and then you are done.")
    return Said(plan.title, here.language.tag, here.language.direction == "rtl", note), None


def _found(site: Site, view: Read, visit: VisitOf, kind: str, name: str) -> tuple[Said, ArticleCard | None]:
    """Find an article ("abc") or a story as an edition tells it ("abc.en-gb")."""
    number, _, edition = name.partition(".")
    wanted = read_short_id(number)
    if wanted is None or wanted >= 2**62 or kind not in ("article", "story"):
        raise NotFound("no preview has this address")
    plan = site.plans.get(EditionKey(edition)) or site.plan_for("")
    if kind == "article":
        card = next(iter(visit(plan).cards([ArticleId(wanted)])), None)
        story = None
    else:
        story = stories.get(view, StoryId(wanted))
        cards = visit(plan).cards(reading.story_ids(view, story.id, MOST)) if story else []
        card = lead_of(visit(plan), story, cards) if story and cards else None
    if card is None:
        raise NotFound("nothing of this preview is kept")
    own = editions.in_language(site.plans, card.language)
    here = visit(site.plans[own[0]] if own and kind == "article" else plan).here
    count = card.story_publishers
    note = here.tn("{n} publisher", "{n} publishers", count) if count > 1 else ""
    return Said(
        card.headline, card.language, languages.direction(card.language) == "rtl", card.publisher_name, note
    ), card


def _picture(site: Site, card: ArticleCard | None) -> bytes:
    """Give the lead picture where it may be shown and can be had."""
    if card is None or card.image is None:
        return b""
    try:
        return site.pictures.get(card.image.url, 1280, site.tools.now())
    except (FetchError, UnusablePicture):
        return b""
