"""notices -> messages at browsers: in the reader's own hours, no more a day than wanted, several in one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from octavo.actions.push import key_pairs
from octavo.domain.ids import AccountId
from octavo.domain.push import Message, Notice, NoticeKind, Sent, Subscription
from octavo.pipeline.notice_text import Headlines, message
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import notices, noticing, push, wishes

log = structlog.get_logger()

AT_ONCE = 100
"""Subscriptions taken in one round."""

MOST_FAILURES = 16
"""Messages in a row that a push service does not take, over some four days, until a subscription is forgotten."""

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=12)
_BUSY_PAUSE = timedelta(minutes=5)


@dataclass(slots=True)
class _Plan:
    """What one round comes to: messages with the notices each tells, notices held back, and those told by nothing."""

    messages: list[tuple[Message, list[int]]] = field(default_factory=list)
    held: list[tuple[list[int], datetime]] = field(default_factory=list)
    void: list[int] = field(default_factory=list)
    quiet: dict[AccountId, datetime] = field(default_factory=dict)
    """Until when accounts want to be left alone, those that do now."""


def send_notices(tools: Tools) -> int:
    """Send what is due; gives how many messages were taken.

    What a message tells is written down before it is sent. Cut off by a crash it is made the same again: the push
    service replaces it by its topic where it still waits, the browser knows it by its id where it was shown.
    """
    taken = 0
    while True:
        with tools.database.read() as view:
            plan = _plan(view, tools.now())
            pairs = key_pairs(view)
        if plan is None:
            return taken
        with tools.database.transaction() as tx:
            for ids, until in plan.held:
                notices.hold(tx, ids, until)
            notices.sent(tx, plan.void, tools.now())
            for _, ids in plan.messages:
                notices.begin(tx, ids)
        told = {id(one): ids for one, ids in plan.messages}
        for one, came in tools.pusher.send([one for one, _ in plan.messages], pairs):
            _remember(tools, one, told[id(one)], came)
            taken += came.outcome == "taken"


def _plan(view: Read, now: datetime) -> _Plan | None:
    """Decide what becomes of the notices that are due, so many subscriptions' at a time; None when nothing is."""
    due = notices.due(view, now, AT_ONCE)
    to = push.get_many(view, due)
    headlines = noticing.headlines(view, {one.story_id for noted in due.values() for one in noted if one.story_id})
    chosen = wishes.of_many(view, {one.account_id for one in to.values() if one.account_id is not None})
    plan = _Plan(quiet={who: until for who, one in chosen.items() if (until := one.quiet_until(now))})
    for key, noted in due.items():
        if key in to:  # else it was forgotten meanwhile
            _decide(view, plan, to[key], noted, headlines, now)
    return plan if due else None


def _decide(
    view: Read, plan: _Plan, to: Subscription, noted: Sequence[Notice], headlines: Headlines, now: datetime
) -> None:
    """Decide what one browser is sent now. A test goes at once; the rest waits for its hour and is told together."""
    tests = [one for one in noted if one.kind is NoticeKind.TEST]
    rest = _together([one for one in noted if one.kind is not NoticeKind.TEST])
    _add(plan, to, tests[-1:], headlines)
    plan.void += [one.id for one in tests[:-1]]
    if not rest:
        return
    mine = plan.quiet.get(to.account_id) if to.account_id is not None else None
    until = max((one for one in (to.wishes.quiet_until(now), mine) if one is not None), default=None)
    begin, end = to.wishes.day_of(now)
    if until is None and notices.messages_since(view, to.id, begin) >= to.wishes.most_a_day:
        until = end
    if until is not None:
        plan.held.append(([one.id for one in rest], until))
    else:
        _add(plan, to, rest, headlines)


def _together(noted: Sequence[Notice]) -> Sequence[Notice]:
    """Choose what is told by the next message: the oldest that was begun and perhaps cut off, or everything."""
    begun = min((one.batch for one in noted if one.batch), default=0)
    return [one for one in noted if one.batch == begun]


def _add(plan: _Plan, to: Subscription, noted: Sequence[Notice], headlines: Headlines) -> None:
    made = message(to, noted, headlines) if noted else None
    ids = [one.id for one in noted]
    if made is None:
        plan.void += ids
    else:
        plan.messages.append((made, ids))


def _remember(tools: Tools, one: Message, ids: Sequence[int], came: Sent) -> None:
    """Write down what came of a message: browsers that are gone are forgotten, services that fail are left a while."""
    to, now = one.subscription, tools.now()
    with tools.database.transaction() as tx:
        if came.outcome == "taken":
            notices.sent(tx, ids, now)
            if to.failures:
                push.set_failures(tx, to.id, 0, None)
        elif came.outcome == "gone" or to.failures + came.blamed >= MOST_FAILURES:
            push.remove(tx, [to.id])
        else:
            pause = min(_FIRST_PAUSE * 2**to.failures, _LONGEST_PAUSE) if came.blamed else _BUSY_PAUSE
            until = max(came.until or now, now + pause)
            push.set_failures(tx, to.id, to.failures + came.blamed, min(until, now + _LONGEST_PAUSE * 2))
    if came.outcome != "taken":
        log.info("notification not taken", subscription=to.id, outcome=came.outcome, said=came.told)
