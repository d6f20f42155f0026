"""requests to our hub -> subscribers: each callback is asked whether it means it (WebSub §5.3).

A callback is asked once, and once more where it could not be reached; what it answers is not followed anywhere.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode

import structlog

from octavo.domain.web import Request, Response
from octavo.domain.websub import Asked, Subscriber
from octavo.errors import FetchError
from octavo.ports.tools import Tools
from octavo.store import hub

log = structlog.get_logger()

AT_ONCE = 50
TRIES = 2
"""Requests confirmed in one go; how often a callback is asked that cannot be reached."""

_AGAIN = timedelta(minutes=2)
_MAX_ANSWER = 4_096


def confirm_subscribers(tools: Tools) -> int:
    """Confirm the requests that wait; gives how many were."""
    confirmed = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            waiting = hub.to_confirm(view, now, AT_ONCE)
        if not waiting:
            return confirmed
        with tools.database.transaction() as tx:
            begun = [one for one in waiting if hub.begin_confirming(tx, one.id, now + _AGAIN)]
        asked: dict[int, tuple[Request, Asked, str]] = {}
        for one in begun:
            challenge = secrets.token_urlsafe(32)
            request = verification(one, challenge)
            asked[id(request)] = (request, one, challenge)
        for request, answer in tools.fetcher.fetch_all([each[0] for each in asked.values()]):
            _, one, challenge = asked[id(request)]
            confirmed += _decide(tools, one, challenge, answer)


def verification(one: Asked, challenge: str) -> Request:
    """Ask a callback whether a request is meant."""
    said = {"hub.mode": one.mode, "hub.topic": one.topic, "hub.challenge": challenge}
    if one.mode == "subscribe":
        said["hub.lease_seconds"] = str(round(one.lease.total_seconds()))
    joined = "&" if "?" in one.callback else "?"
    return Request(f"{one.callback}{joined}{urlencode(said)}", max_bytes=_MAX_ANSWER, follow=False)


def _decide(tools: Tools, one: Asked, challenge: str, answer: Response | FetchError) -> bool:
    now = tools.now()
    if isinstance(answer, FetchError) and answer.retry == "later" and not answer.status and one.tries + 1 < TRIES:
        return False
    told = _refused(challenge, answer)
    mark = "" if told or one.mode == "unsubscribe" else _mark(tools, one)
    with tools.database.transaction() as tx:
        hub.end_asking(tx, one.id, told or "confirmed", now)
        if told:
            log.info("hub request not confirmed", callback=one.callback, reason=told)
            return False
        if one.mode == "unsubscribe":
            hub.unsubscribe(tx, one.topic, one.callback, now)
        else:
            hub.subscribe(tx, _subscriber(one, mark, now))
    return True


def _refused(challenge: str, answer: Response | FetchError) -> str:
    """Say why a callback did not confirm; "" where it did."""
    if isinstance(answer, FetchError):
        return str(answer)[:400]
    if not 200 <= answer.status < 300:
        return f"answered {answer.status}"
    same = hmac.compare_digest(answer.body.strip(), challenge.encode())
    return "" if same else "it did not give the challenge back"


def _mark(tools: Tools, one: Asked) -> str:
    """Name what a feed says now: a new subscriber has read it, and is brought what comes after."""
    found = tools.topics.read(one.topic)
    return found.mark if found else ""


def _subscriber(one: Asked, mark: str, now: datetime) -> Subscriber:
    return Subscriber(one.topic, one.callback, now + one.lease, now, now, one.secret, mark)
