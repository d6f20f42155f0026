"""The site: everything made once at start-up that pages are built with."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from octavo.actions.pictures import Pictures
from octavo.domain.edition import EditionPlan
from octavo.domain.hashtag import HashtagRules
from octavo.domain.ids import EditionKey, PublisherId
from octavo.errors import StoreError
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.serve import editions, templating
from octavo.serve.address import origin_of
from octavo.serve.answers import Answer
from octavo.serve.assets import Assets, read_assets
from octavo.serve.contexts import Context
from octavo.serve.display import Display
from octavo.serve.heard import Heard
from octavo.serve.here import Here
from octavo.serve.kept import KeptPages
from octavo.serve.languages import Languages, read_languages
from octavo.serve.live import Live
from octavo.serve.memory import Memory
from octavo.serve.pictures import Signer
from octavo.serve.sheets import Sheet
from octavo.serve.watching import Watcher
from octavo.store import facts, hashtags, reading, starter

_LEARN_AGAIN = timedelta(seconds=5)
_SHEETS = 24_000_000
"""Bytes of sheets, at most."""


class Renderer(Protocol):
    """Turns a context into a page."""

    def render(self, context: Context, here: Here) -> str:
        """Write the page."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What every page needs to know of the store, read once and used for a while."""

    at: datetime
    stamp: str
    languages: tuple[str, ...]
    display: Display
    names: tuple[tuple[PublisherId, str], ...]
    notice: str
    newswire: bool
    rules: HashtagRules


@dataclass(slots=True)
class Site:
    """Tools, editions, languages, static files and kept pages; one for each process."""

    tools: Tools
    plans: Mapping[EditionKey, EditionPlan]
    languages: Languages
    assets: Assets
    signer: Signer
    pictures: Pictures
    templates: Renderer
    watcher: Watcher
    live: Live
    form_secret: str
    kept: KeptPages[Answer] = field(default_factory=KeptPages)
    sheets: KeptPages[Sheet] = field(default_factory=KeptPages)
    memory: Memory = field(default_factory=lambda: Memory("", 0))
    _known: Known | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def origin(self) -> str:
        """The site's address as readers type it, without a path."""
        return origin_of(self.tools.settings.web)

    def here(self, plan: EditionPlan, now: datetime) -> Here:
        """Say where a reader of this edition is."""
        language = self.languages.of(plan.language, plan.country)
        zone = editions.zone_of(plan)
        return Here(plan, language, zone, now, self.signer, self.origin, hub=self.tools.settings.hub)

    def plan_for(self, accept_language: str) -> EditionPlan:
        """Choose the edition for a reader who named none."""
        return self.plans[editions.choose(self.plans, accept_language, self.tools.settings.edition)]

    def known(self, view: Read, stamp: str, now: datetime) -> Known:
        """Give what is known of the store: what people decided as it is now, names and languages within five seconds.

        It is learnt anew when the store has changed, and that is some seconds ago or a decision.
        """
        known = self._known
        if known is None or _is_old(known, stamp, now):
            settings = self.tools.settings
            display = Display(settings.web.default_policy, reading.policies(view), settings.quality.bar)
            known = _learn(view, stamp, now, display)
            with self._lock:
                self._known = known
        return known


def _is_old(known: Known, stamp: str, now: datetime) -> bool:
    if known.stamp == stamp:
        return False
    decided = reading.decisions(known.stamp) != reading.decisions(stamp)
    return decided or not known.languages or abs(now - known.at) >= _LEARN_AGAIN


def _learn(view: Read, stamp: str, now: datetime, display: Display) -> Known:
    return Known(
        at=now,
        stamp=stamp,
        languages=tuple(reading.article_languages(view)),
        display=display,
        names=tuple(reading.publisher_names(view)),
        notice=facts.get(view, facts.NOTICE),
        newswire=bool(facts.get(view, facts.NEWSWIRE)),
        rules=hashtags.rules(view),
    )


def open_site(tools: Tools) -> Site:
    """Read languages, templates and static files. Raises StoreError when the store holds no secret to sign with."""
    with tools.database.read() as view:
        secret, form_secret = facts.get(view, facts.PICTURE_SECRET), facts.get(view, facts.FORM_SECRET)
    if not secret or not form_secret:
        raise StoreError("the store holds no secret to sign pictures' addresses with; app.make_web puts one there")
    assets = read_assets()
    heard = Heard()
    watcher = Watcher(tools.database, tools.now, heard)
    return Site(
        tools=tools,
        plans=starter.read(tools.settings.data_dir).editions,
        languages=read_languages(),
        assets=assets,
        signer=Signer(secret.encode()),
        pictures=Pictures(tools.fetcher, tools.blobs, on_demand=tools.settings.pictures.on_demand),
        templates=templating.make_templates(assets, notifies=tools.settings.push.on),
        watcher=watcher,
        form_secret=form_secret,
        live=Live(tools.database, watcher, tools.settings.web.live_readers),
        kept=KeptPages(heard=heard),
        sheets=KeptPages(_SHEETS, heard),
    )
