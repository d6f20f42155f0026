"""WebSub: which hub a feed names, what is asked of it, and what becomes of its answers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from octavo.domain.feed import FeedUpdate
from octavo.domain.web import Request
from octavo.domain.websub import FeedHub, HubState
from octavo.errors import UnusableUrl
from octavo.text.urls import absolute_url

LEASE = timedelta(days=10)
"""How long a hub is asked to bring a feed before it is asked again."""

_LONGEST_HEADER = 8_000
_LINK = re.compile(r"<([^<>]{1,2048})>([^<]*)")
_REL = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"']+))""", re.IGNORECASE)
_MAX_ANSWER = 65_536
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 360, 1440))
_CONFIRMED_WITHIN = timedelta(hours=1)
_REFUSED = timedelta(days=1)
_SOONEST = timedelta(minutes=1)
_RENEWED_AT = 0.8
_LONGEST_LEASE = timedelta(days=366)


def named(headers: Mapping[str, str], update: FeedUpdate, url: str) -> tuple[str, str]:
    """Give the hub a feed names and the address it is known by there, ("", "") for none.

    The Link header goes before the document (WebSub §4); a feed that does not say its own address is known by `url`.
    """
    said: dict[str, str] = {}
    for href, parameters in _LINK.findall(headers.get("link", "")[:_LONGEST_HEADER]):
        found = _REL.search(parameters)
        for rel in (found[1] or found[2] or found[3] or "").lower().split() if found else ():
            said.setdefault(rel, href)
    hub = _usable(said.get("hub", ""), url) or update.hub
    topic = _usable(said.get("self", ""), url) or update.topic or url
    return (hub, topic) if _usable(hub, url) else ("", "")


def _usable(address: str, base: str) -> str:
    try:
        return absolute_url(address, base) if address else ""
    except UnusableUrl:
        return ""


def subscribing(hub: FeedHub, callback: str) -> Request:
    """Ask a hub to bring a feed (WebSub §5.1)."""
    said = {
        "hub.mode": "subscribe",
        "hub.topic": hub.topic,
        "hub.callback": callback,
        "hub.lease_seconds": str(round(LEASE.total_seconds())),
        "hub.secret": hub.secret,
    }
    fields = (("Content-Type", "application/x-www-form-urlencoded"),)
    return Request(hub.hub, max_bytes=_MAX_ANSWER, sent=urlencode(said).encode(), fields=fields)


def asked(hub: FeedHub, now: datetime) -> FeedHub:
    """A hub took the request: it is asked again where it does not confirm it within the hour, later each time."""
    wait = max(_CONFIRMED_WITHIN, _PAUSES[min(hub.tries, len(_PAUSES) - 1)])
    state = hub.state if hub.state is HubState.LIVE else HubState.ASKED
    return replace(hub, state=state, due=now + wait, tries=hub.tries + 1, told="")


def not_taken(hub: FeedHub, told: str, now: datetime) -> FeedHub:
    """A hub did not take the request: it is asked again later, and later each time."""
    wait = _PAUSES[min(hub.tries, len(_PAUSES) - 1)]
    return replace(hub, due=now + wait, tries=hub.tries + 1, told=told)


def confirmed(hub: FeedHub, lease: timedelta, now: datetime) -> FeedHub:
    """A hub asked whether the subscription is meant, and is told yes: it is renewed before its lease ends."""
    held = min(lease, _LONGEST_LEASE)
    due = now + max(held * _RENEWED_AT, _SOONEST)
    return replace(hub, state=HubState.LIVE, due=due, tries=0, lease_until=now + held, told="")


def refused(hub: FeedHub, reason: str, now: datetime) -> FeedHub:
    """A hub said that it will not bring a feed (§5.2)."""
    told = f"refused: {reason}" if reason else "refused"
    return replace(hub, state=HubState.REFUSED, due=now + _REFUSED, tries=0, lease_until=None, told=told[:300])
