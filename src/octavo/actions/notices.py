"""What people do with what they are told: mark it as read; say by which ways and when they want to be told."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.follow import FollowKind
from octavo.domain.ids import AccountId
from octavo.domain.notification import Channel, Rhythm, Wishes
from octavo.errors import InputError
from octavo.ports.tools import Tools
from octavo.store import follows, notifications, wishes

MOST_AT_ONCE = 300
"""Things followed whose ways are chosen in one go."""


def mark_read(tools: Tools, person: Person | None, topic: str, until: int) -> None:
    """Mark what one was told under a topic as read, or everything (""), up to the notification that was seen last."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        if topic:
            notifications.read_topic(tx, who.id, topic, now, until)
        else:
            notifications.read_all(tx, who.id, now, until)


def set_wishes(tools: Tools, person: Person | None, wanted: Wishes) -> None:
    """Say how one wants to be told, and when a digest is to come. Raises InputError without a confirmed address."""
    who, now = demand(person, Act.KEEP), tools.now()
    digest = wanted.digest
    if digest.rhythm is not Rhythm.OFF and not (who.account.email and who.account.email_verified):
        raise InputError("a digest needs an e-mail address that you have confirmed")
    next_at = digest.next_after(now, ZoneInfo(wanted.zone))
    with tools.database.transaction() as tx:
        wishes.save(tx, who.id, wanted, next_at, now)


def set_follow_ways(tools: Tools, person: Person | None, ways: Mapping[tuple[FollowKind, str], Channel]) -> None:
    """Choose by which ways one is told of things one follows; what one does not follow is left out."""
    who = demand(person, Act.KEEP)
    if len(ways) > MOST_AT_ONCE:
        raise InputError("these are too many at once")
    with tools.database.transaction() as tx:
        known = {(one.kind, one.key) for one in follows.of(tx, who.id)}
        for (kind, key), channels in ways.items():
            if (kind, key) in known:
                wishes.set_follow(tx, who.id, kind, key, channels)


def stop_digest(tools: Tools, account_id: AccountId) -> bool:
    """Send somebody no digest any more, by a link in one: whoever holds it may. False where none was sent."""
    with tools.database.transaction() as tx:
        return wishes.stop_digest(tx, account_id)
