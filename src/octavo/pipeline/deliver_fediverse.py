"""fediverse_outbox -> other servers: one that fails is left alone longer and longer, then dropped.

Cut off by a crash after a server took it, an activity is sent again: servers know it by its address.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog

from octavo.actions import fediverse as actions
from octavo.domain.fediverse import Delivery, KeyPair, Known
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, HostBusy, UnsafeAddress
from octavo.federate import keys, names, signatures, writing
from octavo.ports.tools import Tools
from octavo.store import fediverse, fediverse_hosts, fediverse_outbox

log = structlog.get_logger()

KEPT_FOR = timedelta(days=3)
"""How long an activity is tried."""

AT_ONCE, OF_ONE_HOST = 200, 20
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)
_MOST_TRIES = 12
_MAX_ANSWER = 65_536
_LATER = (401, 403, 408, 429)
"""Answers that may be others next time: 401 is also what a server says that could not fetch our key."""


def written(activity: Mapping[str, Any]) -> str:
    """Write an activity as it is sent."""
    return json.dumps(activity, ensure_ascii=False, separators=(",", ":"))


def deliver_fediverse(tools: Tools) -> int:
    """Send what is due; gives how many activities were taken."""
    taken = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            pair = actions.keys(view)
            alone = fediverse_hosts.left_alone(view, now)
            due = fediverse_outbox.due(view, now, alone, AT_ONCE, OF_ONE_HOST)
        if not due or pair is None:
            return taken
        taken += _send(tools, pair, due)


def _send(tools: Tools, pair: KeyPair, due: Sequence[Delivery]) -> int:
    asked = {id(request): (request, one) for one in due if (request := _request(tools, pair, one))}
    lost = [one.id for one in due if one.id not in {kept.id for _, kept in asked.values()}]
    with tools.database.transaction() as tx:
        fediverse_outbox.end(tx, lost)
    taken = 0
    failed: set[str] = set()
    for request, answer in tools.strangers.fetch_all([request for request, _ in asked.values()]):
        one = asked[id(request)][1]
        if isinstance(answer, Response):
            with tools.database.transaction() as tx:
                fediverse_outbox.end(tx, [one.id])
                fediverse_hosts.took(tx, one.host)
            taken += 1
        else:
            _explain(tools, one, answer, first=one.host not in failed)
            failed.add(one.host)
    return taken


def _request(tools: Tools, pair: KeyPair, one: Delivery) -> Request | None:
    """Write the request of an activity, signed now; None for one that is too old, or may not be sent there."""
    now, body = tools.now(), one.body.encode()
    if now >= one.expires_at or not actions.may_ask(tools, one.inbox):
        return None
    unsigned = signatures.prepare("post", one.inbox, body, now)
    key_id = names.key(tools.settings.web.origin, one.actor)
    signature = signatures.field(key_id, unsigned.signed, keys.sign(pair.private, unsigned.text))
    said = [field for field in unsigned.fields if field[0] != "Host"]  # which is written by who connects
    fields = (("Content-Type", writing.CONTENT), *said, ("Signature", signature))
    return Request(one.inbox, max_bytes=_MAX_ANSWER, prompt=True, sent=body, fields=fields)


def _explain(tools: Tools, one: Delivery, error: FetchError, *, first: bool) -> None:
    """Remember why an activity was not taken; `first` of its server in this round, which counts as one failure."""
    now, status = tools.now(), error.status or 0
    log.info("activity not taken", host=one.host, status=status, said=str(error))
    with tools.database.transaction() as tx:
        if status == 410:
            fediverse.drop_inbox(tx, one.inbox)
            fediverse_outbox.drop_inbox(tx, one.inbox)
            return
        final = 400 <= status < 500 and status not in _LATER
        if final or one.tries + 1 >= _MOST_TRIES or isinstance(error, UnsafeAddress):
            fediverse_outbox.end(tx, [one.id])
            return
        known = fediverse_hosts.get(tx, one.host)
        failures = known.failures + first
        pause = min(_FIRST_PAUSE * 2 ** min(failures, 12), _LONGEST_PAUSE)
        until = now + pause
        if isinstance(error, HostBusy) and error.until is not None:
            until = min(max(until, error.until), now + _LONGEST_PAUSE * 4)
        since = known.failing_since or now
        fediverse_outbox.later(tx, one.id, until)
        told = Known(one.host, known.stance, known.note, failures, since, until, str(error)[:300])
        fediverse_hosts.failed(tx, told)
        if now - since >= timedelta(days=tools.settings.fediverse.give_up_days):
            followers, waited = fediverse.drop_host(tx, one.host), fediverse_outbox.drop_host(tx, one.host)
            fediverse_hosts.took(tx, one.host)
            log.warning("server given up", host=one.host, followers=followers, waited=waited)


def addressed(tools: Tools, inboxes: Iterable[tuple[str, str]], actor: str, body: str) -> list[Delivery]:
    """Address an activity to each of these inboxes."""
    now = tools.now()
    return [Delivery(inbox, host, actor, body, now, now + KEPT_FOR) for inbox, host in inboxes]
