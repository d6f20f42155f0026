"""The first start: the schema, the starter feeds, or the sample newswire when no feed can be reached."""

import locale
from collections.abc import Mapping
from datetime import datetime

import structlog

from octavo import app as wiring
from octavo.actions import accounts, opening
from octavo.actions import feeds as actions
from octavo.config import Settings
from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed
from octavo.domain.ids import EditionKey
from octavo.errors import SettingsError
from octavo.ports.tools import Tools
from octavo.store import facts, starter
from octavo.store import feeds as feed_store
from octavo.store import publishers as publisher_store

log = structlog.get_logger()

TRIED = 6
"""Starter feeds asked before the network is taken for gone."""

FALLBACK = EditionKey("en-gb")


def prepare(settings: Settings) -> datetime | None:
    """Make the instance ready to serve; gives when the sample newswire began, where it is to be shown."""
    with wiring.open_tools(settings) as tools:
        began = _decide(tools)
        if began is not None:
            running = wiring.start_newswire(settings, began)
            try:
                actions.add_publishers(tools, wiring.newswire_feeds(running))
            finally:
                running.stop()
    return began


def offer_owner(settings: Settings) -> str:
    """Give what makes the owner's account; "" once there is an account."""
    with wiring.open_tools(settings) as tools:
        return accounts.offer_first(tools)


def _decide(tools: Tools) -> datetime | None:
    """Follow the starter edition on a first start; give when the newswire began, if it is to run."""
    mode = tools.settings.newswire.mode
    with tools.database.read() as view:
        began = facts.get(view, facts.NEWSWIRE)
        unreachable = facts.get(view, facts.NOTICE) == "unreachable"
        feeds = feed_store.all(view)
        invented = {publisher.id for publisher, _ in publisher_store.all(view) if publisher.fictional}
    followed = [feed for feed in feeds if feed.publisher_id not in invented]
    if mode == "never":
        return None
    if began and mode == "auto" and unreachable and _any_answers(tools, followed):
        opening.end_newswire(tools, [feed for feed in feeds if feed.publisher_id in invented])
        log.info("real feeds can be reached: the sample newswire is over")
        return None
    if began:
        return datetime.fromisoformat(began)
    if mode == "always":
        return opening.begin_newswire(tools, "")
    if followed:
        return None
    plan = first_edition(tools.settings.edition, starter.read(tools.settings.data_dir).editions)
    added = actions.add_edition(tools, plan)
    if _any_answers(tools, added):
        log.info("following the starter edition", edition=plan.key, feeds=len(added))
        return None
    return opening.begin_newswire(tools, "unreachable")


def first_edition(asked: str, plans: Mapping[EditionKey, EditionPlan]) -> EditionPlan:
    """Choose the edition to begin with: the one asked for, else the machine's language. Raises SettingsError."""
    if asked:
        if asked.lower() not in plans:
            raise SettingsError(f"setting edition: there is no edition {asked}: there are {', '.join(sorted(plans))}")
        return plans[EditionKey(asked.lower())]
    tag = (locale.getlocale()[0] or "").lower().replace("_", "-")
    if tag in plans:
        return plans[EditionKey(tag)]
    same_language = sorted(
        key for key, plan in plans.items() if key.split("-")[0] == tag.split("-")[0] and not plan.places
    )
    return plans[same_language[0] if same_language and tag.split("-")[0] != "en" else FALLBACK]


def _any_answers(tools: Tools, feeds: list[Feed]) -> bool:
    """Ask a few of the feeds, of different publishers, whether anything can be reached at all."""
    one_each = list({feed.publisher_id: feed for feed in feeds}.values())[:TRIED]
    return any(not checked.problem for checked in actions.check(tools, one_each))
