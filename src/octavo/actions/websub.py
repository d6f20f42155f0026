"""What other programs ask of us by WebSub: a subscription at our hub; and what the hubs of our feeds tell us.

Nobody is signed in: a request to the hub is confirmed by its callback before it counts, and what a hub says counts for
the one feed whose unguessable address it calls.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

import structlog

from octavo.collect import hubs
from octavo.domain.feed import FeedState
from octavo.domain.websub import LEAST_LEASE, LONGEST_SECRET, MOST_LEASE, USUAL_LEASE, Asked, Brought, HubState
from octavo.errors import InputError, NoRoom, NotFound, SlowDown, UnusableUrl
from octavo.ports.tools import Tools
from octavo.ports.topics import Topics
from octavo.store import feed_hubs, hub
from octavo.store import feeds as feed_store
from octavo.text.signatures import is_signed_by
from octavo.text.urls import absolute_url, host_of

log = structlog.get_logger()

HOUR = timedelta(hours=1)
MOST_WAITING = 4
"""Documents of one feed that may wait to be read; what comes beyond them is polled."""

MOST_BYTES = 16_384
"""Of a request to the hub."""

_MOST_FIELDS = 40
_LONGEST_CALLBACK = 1_000
_LONGEST_LEASE = 10
"""Digits of a lease in seconds."""

_RESERVED = frozenset(range(1024)) - {80, 443}
"""Ports of mail servers and the like, which nobody shall have called by us."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request to the hub says, as it came."""

    mode: str
    topic: str
    callback: str
    lease: str = ""
    secret: str = ""


def read(body: bytes | None) -> Wanted:
    """Read a request to the hub; None for one that was too long to be read. Raises InputError."""
    try:
        pairs = parse_qsl((body or b"").decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise InputError("a request to the hub is a form") from error
    if body is None:
        raise InputError(f"a request to the hub has {MOST_BYTES} bytes at most")
    said = dict(pairs[::-1])
    return Wanted(
        mode=said.get("hub.mode", ""),
        topic=said.get("hub.topic", ""),
        callback=said.get("hub.callback", ""),
        lease=said.get("hub.lease_seconds", ""),
        secret=said.get("hub.secret", ""),
    )


def ask(tools: Tools, wanted: Wanted, topics: Topics) -> None:
    """Take a request to our hub, to be confirmed by its callback. Raises InputError, NotFound, SlowDown, NoRoom."""
    mode = _mode(wanted.mode)
    callback = _callback(wanted.callback)
    if len(wanted.secret.encode("utf-8", "replace")) > LONGEST_SECRET:
        raise InputError(f"hub.secret has more than {LONGEST_SECRET} bytes")
    lease = _lease(wanted.lease)
    if mode == "subscribe" and not topics.is_own(wanted.topic):
        raise NotFound("hub.topic is no feed of this newspaper; give the address its rel=self link has")
    limits, now, host = tools.settings.websub, tools.now(), host_of(callback)
    one = Asked(mode, wanted.topic, callback, lease, now, now, wanted.secret)
    with tools.database.transaction() as tx:
        if hub.asked_of(tx, host, now - HOUR) >= limits.host_an_hour:
            raise SlowDown("too many requests in the last hour for callbacks at this host")
        known = hub.find(tx, one.topic, callback)
        if known is None or known.ended_at is not None:
            if mode == "unsubscribe":
                raise NotFound("there is no such subscription")
            if hub.count(tx, host) >= limits.per_host:
                raise NoRoom("there are as many subscriptions for callbacks at this host as there may be")
            if hub.count(tx) >= limits.most:
                raise NoRoom("there are as many subscriptions as there may be")
        hub.ask(tx, one)


def _mode(said: str) -> Literal["subscribe", "unsubscribe"]:
    if said == "subscribe":
        return "subscribe"
    if said == "unsubscribe":
        return "unsubscribe"
    raise InputError("hub.mode is subscribe or unsubscribe; only this newspaper publishes here")


def _callback(said: str) -> str:
    """Bring a callback to the form it is asked in. Raises InputError."""
    try:
        url = absolute_url(said)
    except UnusableUrl as error:
        raise InputError(f"hub.callback: {error}") from error
    parts = urlsplit(url)
    if parts.port in _RESERVED or parts.fragment or len(url) > _LONGEST_CALLBACK:
        raise InputError("hub.callback is no address that can be called back: its port, its length or a fragment")
    return url


def _lease(said: str) -> timedelta:
    if not said:
        return USUAL_LEASE
    if not (said.isascii() and said.isdigit() and len(said) <= _LONGEST_LEASE):
        raise InputError("hub.lease_seconds is a number of seconds")
    return min(max(timedelta(seconds=int(said)), LEAST_LEASE), MOST_LEASE)


def is_meant(tools: Tools, token: str, mode: str, topic: str, lease: str) -> bool:
    """Tell a hub whether what it was asked is meant, and remember that it was. Raises NotFound for no such address."""
    now = tools.now()
    with tools.database.transaction() as tx:
        known = feed_hubs.by_token(tx, token)
        if known is None:
            if mode == "unsubscribe":
                return True  # nobody waits for it any more
            raise NotFound("nothing is brought to this address")
        if topic != known.topic or mode != "subscribe" or known.state is HubState.WANTED:
            return False
        seconds = int(lease) if lease.isascii() and lease.isdigit() and len(lease) <= _LONGEST_LEASE else 0
        held = timedelta(seconds=seconds) if seconds > 0 else hubs.LEASE
        feed_hubs.save(tx, hubs.confirmed(known, held, now))
    log.info("hub confirmed", hub=known.hub, topic=topic)
    return True


def deny(tools: Tools, token: str, topic: str, reason: str) -> None:
    """Remember that a hub refused to bring a feed. Raises NotFound for no such address."""
    with tools.database.transaction() as tx:
        known = feed_hubs.by_token(tx, token)
        if known is None or known.topic != topic:
            raise NotFound("nothing is brought to this address")
        feed_hubs.save(tx, hubs.refused(known, " ".join(reason.split()), tools.now()))
    log.info("hub refused", hub=known.hub, topic=topic)


def await_at(tools: Tools, token: str) -> None:
    """Let a hub bring something to an address. Raises NotFound for no such address."""
    with tools.database.read() as view:
        if feed_hubs.by_token(view, token) is None:
            raise NotFound("nothing is brought to this address")


def bring(tools: Tools, token: str, signature: str, content_type: str, body: bytes) -> bool:
    """Take what a hub brought, to be read by the worker. False for what was not signed as agreed on, which is ignored.

    Raises NotFound for no such address.
    """
    now = tools.now()
    with tools.database.read() as view:
        known = feed_hubs.by_token(view, token)
    if known is None:
        raise NotFound("nothing is brought to this address")
    if known.state is not HubState.LIVE or not is_signed_by(known.secret, signature, body):
        log.warning("what a hub brought was not signed", hub=known.hub, topic=known.topic)
        return False
    with tools.database.transaction() as tx:
        feed = feed_store.get(tx, known.feed_id)
        if feed is None or feed.state is not FeedState.ACTIVE:
            raise NotFound("nothing is brought to this address")
        if not feed_hubs.bring(tx, Brought(known.feed_id, content_type[:200], body, now), MOST_WAITING):
            feed_store.poll_soon(tx, known.feed_id, now)
    return True
