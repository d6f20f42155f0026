"""our feeds -> subscribers of our hub: each feed that says something new is brought whole, signed (WebSub §7).

What a callback lacks is told by comparing what it has with what the feed says; so a feed that changes again while a
callback cannot be reached is brought as it is then, once.
"""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from octavo.domain.web import Request, Response
from octavo.domain.websub import Subscriber, TopicDocument
from octavo.errors import FetchError, Gone, HostBusy
from octavo.ports.tools import Tools
from octavo.store import discussion, hub, reading
from octavo.store.hub import Topic
from octavo.text.signatures import hub_signature

log = structlog.get_logger()

AT_ONCE = 100
"""Callbacks that are brought one feed in one go."""

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
_BUSY = timedelta(minutes=5)
_MAX_ANSWER = 65_536
_TOLD = 400


def publish_feeds(tools: Tools) -> int:
    """Bring feeds to those who do not have them as they are; gives how many took one."""
    address = tools.settings.hub
    if not address:
        return 0
    now = tools.now()
    with tools.database.read() as view:
        wanted, stamp = hub.topics(view), f"{reading.stamp(view)} {discussion.heard(view)}"
    if not wanted:
        return 0
    with tools.database.transaction() as tx:
        hub.end_leases(tx, now)
    return sum(_publish(tools, topic, stamp, address) for topic in wanted)


def _publish(tools: Tools, topic: Topic, stamp: str, address: str) -> int:
    now = tools.now()
    if topic.stamp == stamp:
        with tools.database.read() as view:
            if not hub.behind(view, topic.url, topic.mark, now, 1):
                return 0
    found = tools.topics.read(topic.url)
    if found is None:
        with tools.database.transaction() as tx:
            hub.end_topic(tx, topic.url, "the feed is no more", now)
        return 0
    with tools.database.transaction() as tx:
        hub.keep_topic(tx, Topic(topic.url, found.mark, stamp))
    taken = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            waiting = hub.behind(view, topic.url, found.mark, now, AT_ONCE)
        if not waiting:
            return taken
        with tools.database.transaction() as tx:
            begun = [one for one in waiting if hub.begin(tx, one.id, now + _pause(one))]
        taken += _bring(tools, begun, found, address)


def _pause(one: Subscriber) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(one.tries, 20)), LONGEST_PAUSE)


def _bring(tools: Tools, begun: Sequence[Subscriber], found: TopicDocument, address: str) -> int:
    asked: dict[int, tuple[Request, Subscriber]] = {}
    for one in begun:
        request = distribution(one, found, address)
        asked[id(request)] = (request, one)
    return sum(
        _remember(tools, asked[id(request)][1], found, answer)
        for request, answer in tools.fetcher.fetch_all([request for request, _ in asked.values()])
    )


def distribution(one: Subscriber, found: TopicDocument, address: str) -> Request:
    """Write what a callback is brought: the feed, where it stands, and a signature where a secret was agreed on."""
    fields = [
        ("Content-Type", found.media_type),
        ("Link", f'<{address}>; rel="hub", <{found.url}>; rel="self"'),
    ]
    if one.secret:
        fields.append(("X-Hub-Signature", hub_signature(one.secret, found.body)))
    return Request(one.callback, max_bytes=_MAX_ANSWER, sent=found.body, fields=tuple(fields))


def _remember(tools: Tools, one: Subscriber, found: TopicDocument, answer: Response | FetchError) -> bool:
    now = tools.now()
    if isinstance(answer, Response) and 200 <= answer.status < 300:
        with tools.database.transaction() as tx:
            hub.sent(tx, one.id, found.mark, now)
        return True
    if isinstance(answer, HostBusy) and not answer.asked:
        with tools.database.transaction() as tx:
            hub.put_off(tx, one.id, answer.until or now + _BUSY)
        return False
    told = f"answered {answer.status}" if isinstance(answer, Response) else str(answer)[:_TOLD]
    days = tools.settings.websub.days
    late = one.failing_since is not None and now - one.failing_since >= timedelta(days=days)
    with tools.database.transaction() as tx:
        hub.failed(tx, one.id, told, now)
        if isinstance(answer, Gone):
            hub.end(tx, [one.id], "its callback says that it is gone (410)", now)
        elif late:
            hub.end(tx, [one.id], f"nothing was taken for {days} days: {told}"[:_TOLD], now)
    if late:
        log.warning("subscriber dropped", callback=one.callback, reason=told)
    return False
