"""What a poll teaches of a feed's hub: that there is one, or none any more; whether it brings what is new."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from octavo.domain.entry import Entry
from octavo.domain.feed import Feed
from octavo.domain.websub import FeedHub
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import feed_hubs

GRACE = timedelta(minutes=15)
"""How long a hub has to bring an entry before a poll that finds it says that it was missed."""


def know_hub(tx: Transaction, tools: Tools, feed: Feed, known: FeedHub | None, named: tuple[str, str]) -> None:
    """Remember which hub a feed names, to be asked; nothing where hubs could not call back."""
    hub, topic = named
    if not tools.settings.called_back or not hub:
        if known is not None:
            feed_hubs.forget(tx, feed.id)
        return
    if known is not None and (known.hub, known.topic) == (hub, topic):
        return
    token, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    feed_hubs.save(tx, FeedHub(feed.id, hub, topic, token, secret, due=tools.now()))


def has_missed(hub: FeedHub | None, new: Sequence[Entry], now: datetime) -> bool:
    """Tell whether a poll found what the hub should have brought; one just published may still be on its way."""
    if hub is None or not hub.delivers(now):
        return False
    return any((one.published_at or one.updated_at or now - GRACE) <= now - GRACE for one in new)


def heard(feed: Feed, wait_until: datetime) -> Feed:
    """Put off a feed's next poll: its hub just brought what is new."""
    at = feed.poll.next_poll_at
    return replace(feed, poll=replace(feed.poll, next_poll_at=max(at, wait_until) if at else at))
