"""The first start: the schema, the starter feeds, or the sample newswire when no feed can be reached."""

import locale
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog

from octavo import app as wiring
from octavo.actions import feeds as actions
from octavo.config import Settings
from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed
from octavo.domain.ids import EditionKey
from octavo.errors import SettingsError
from octavo.ports.tools import Tools
from octavo.store import facts, starter
from octavo.store import feeds as feed_store

log = structlog.get_logger()

TRIED = 6
"""Starter feeds asked before the network is taken for gone."""

FALLBACK = EditionKey("en-gb")
NEWSWIRE_BEGAN = "newswire"
"""The fact that says when the sample newswire began; none while it is not shown."""


@contextmanager
def prepare(settings: Settings) -> Iterator[None]:
    """Make the instance ready to serve; runs the sample newswire for as long as it is shown."""
    with wiring.open_tools(settings) as tools:
        started = _decide(tools)
    if started is None:
        yield
        return
    running = wiring.start_newswire(settings, started)
    try:
        with wiring.open_tools(settings) as tools:
            actions.add_publishers(tools, wiring.newswire_feeds(running))
        yield
    finally:
        running.stop()


def _decide(tools: Tools) -> datetime | None:
    """Follow the starter edition on a first start; give when the newswire began, if it is to run."""
    mode = tools.settings.newswire.mode
    with tools.database.read() as view:
        began = facts.get(view, NEWSWIRE_BEGAN)
        followed = bool(feed_store.all(view))
    if mode == "never":
        return None
    if began:
        return datetime.fromisoformat(began)
    if mode == "always":
        return _begin(tools, "")
    if followed:
        return None
    plan = first_edition(tools.settings.edition)
    feeds = actions.add_edition(tools, plan)
    if _any_answers(tools, feeds):
        log.info("following the starter edition", edition=plan.key, feeds=len(feeds))
        return None
    return _begin(tools, "unreachable")


def _begin(tools: Tools, notice: str) -> datetime:
    now = tools.now()
    with tools.database.transaction() as tx:
        facts.set(tx, NEWSWIRE_BEGAN, now.isoformat())
        facts.set(tx, "notice", notice)
    return now


def first_edition(asked: str) -> EditionPlan:
    """Choose the edition to begin with: the one asked for, else the machine's language. Raises SettingsError."""
    plans = starter.editions()
    if asked:
        if asked.lower() not in plans:
            raise SettingsError(f"setting edition: there is no edition {asked}: there are {', '.join(sorted(plans))}")
        return plans[EditionKey(asked.lower())]
    tag = (locale.getlocale()[0] or "").lower().replace("_", "-")
    if tag in plans:
        return plans[EditionKey(tag)]
    same_language = sorted(key for key in plans if key.split("-")[0] == tag.split("-")[0])
    return plans[same_language[0] if same_language and tag.split("-")[0] != "en" else FALLBACK]


def _any_answers(tools: Tools, feeds: list[Feed]) -> bool:
    """Ask a few of the feeds, of different publishers, whether anything can be reached at all."""
    one_each = list({feed.publisher_id: feed for feed in feeds}.values())[:TRIED]
    return any(not checked.problem for checked in actions.check(tools, one_each))
