"""Tables: notification_wishes, follow_wishes: how people want to be told, and when their next digest is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from octavo.domain.account import Standing
from octavo.domain.follow import FollowKind, Stance
from octavo.domain.ids import AccountId, EditionKey
from octavo.domain.notification import FOLLOWED, USUAL, Channel, DigestWishes, Rhythm, Why, Wishes
from octavo.domain.push import Quiet
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, upsert
from octavo.store.keys import clip
from octavo.store.tables import accounts, follow_wishes, follows, notification_wishes


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows something: since when, what they call it, and by which ways they want to be told of it."""

    account_id: AccountId
    kind: FollowKind
    key: str
    name: str
    since: datetime
    channels: Channel


@dataclass(frozen=True, slots=True)
class Due:
    """An account whose digest is due, and from when on things are new to it."""

    account_id: AccountId
    name: str
    address: str
    wishes: Wishes
    told_until: datetime
    due: datetime


def of(read: Read, account_id: AccountId) -> Wishes:
    """Give how an account wants to be told; the usual where it said nothing."""
    return of_many(read, [account_id]).get(account_id, Wishes())


def of_many(read: Read, ids: Iterable[AccountId]) -> dict[AccountId, Wishes]:
    """Give how accounts want to be told, those that said so."""
    query = select(notification_wishes)
    return {
        AccountId(row.account_id): _noun(row)
        for some in chunks(dict.fromkeys(ids))
        for row in read.execute(query.where(notification_wishes.c.account_id.in_(some)))
    }


def save(tx: Transaction, account_id: AccountId, wishes: Wishes, next_at: datetime | None, now: datetime) -> None:
    """Keep how an account wants to be told; `next_at` is when its next digest is due, which tells from now on at the
    earliest where none was wanted before."""
    digest, quiet = wishes.digest, wishes.quiet
    old = tx.execute(select(notification_wishes).where(notification_wishes.c.account_id == account_id)).first()
    running = old is not None and old.rhythm != Rhythm.OFF
    row = {
        "account_id": account_id,
        "edition": wishes.edition,
        "zone": wishes.zone,
        "rhythm": str(digest.rhythm),
        "hour": digest.hour,
        "weekday": digest.weekday,
        "pictures": digest.pictures,
        "quiet_begin": quiet.begin if quiet else None,
        "quiet_end": quiet.end if quiet else None,
        "chosen": {str(why): channels.value for why, channels in wishes.chosen.items()},
        "told_until": old.told_until if old is not None and running else now,
        "next_at": next_at,
    }
    tx.execute(upsert(notification_wishes, [name for name in row if name != "account_id"]), row)


def stop_digest(tx: Transaction, account_id: AccountId) -> bool:
    """Send an account no digest from now on; False where none was sent."""
    wants = (notification_wishes.c.account_id == account_id) & (notification_wishes.c.rhythm != str(Rhythm.OFF))
    values = {"rhythm": str(Rhythm.OFF), "next_at": None}
    return tx.execute(update(notification_wishes).where(wants).values(**values)).rowcount > 0


def due(read: Read, now: datetime, limit: int) -> list[Due]:
    """List the digests that are due, the longest due first; no address where nobody confirmed one, or was banned."""
    query = (
        select(notification_wishes, accounts.c.name, accounts.c.email, accounts.c.email_verified, accounts.c.standing)
        .select_from(notification_wishes.join(accounts, accounts.c.id == notification_wishes.c.account_id))
        .where(notification_wishes.c.next_at <= now)
        .order_by(notification_wishes.c.next_at)
        .limit(limit)
    )
    return [
        Due(
            AccountId(row.account_id),
            row.name,
            row.email if row.email_verified and row.standing != Standing.BANNED else "",
            _noun(row),
            row.told_until,
            row.next_at,
        )
        for row in read.execute(query)
    ]


def digested(tx: Transaction, account_id: AccountId, until: datetime, next_at: datetime | None) -> None:
    """Remember until when an account was told everything, and when its next digest is due."""
    values = {"told_until": until, "next_at": next_at}
    tx.execute(update(notification_wishes).where(notification_wishes.c.account_id == account_id).values(**values))


def put_off(tx: Transaction, account_id: AccountId, until: datetime) -> None:
    """Let a digest wait."""
    mine = notification_wishes.c.account_id == account_id
    tx.execute(update(notification_wishes).where(mine).values(next_at=until))


def set_follow(tx: Transaction, account_id: AccountId, kind: FollowKind, key: str, channels: Channel) -> None:
    """Choose the ways of being told of one thing that is followed."""
    mine = (follow_wishes.c.account_id == account_id) & (follow_wishes.c.kind == str(kind))
    if channels == USUAL[FOLLOWED[kind]]:
        tx.execute(delete(follow_wishes).where(mine, follow_wishes.c.key == clip(key)))
        return
    row = {"account_id": account_id, "kind": str(kind), "key": clip(key), "channels": channels.value}
    tx.execute(upsert(follow_wishes, ["channels"]), row)


def follows_of(read: Read, account_id: AccountId) -> dict[tuple[FollowKind, str], Channel]:
    """Give the ways an account chose for things it follows, where they are not the usual ones."""
    query = select(follow_wishes).where(follow_wishes.c.account_id == account_id)
    return {(FollowKind(row.kind), row.key): Channel(row.channels) for row in read.execute(query)}


def followers(read: Read, kind: FollowKind, keys: Iterable[str]) -> list[Follower]:
    """List who follows any of these things and wants to be told of it in some way."""
    found: list[Follower] = []
    chosen = follows.outerjoin(
        follow_wishes,
        (follow_wishes.c.account_id == follows.c.account_id)
        & (follow_wishes.c.kind == follows.c.kind)
        & (follow_wishes.c.key == follows.c.key),
    )
    for some in chunks(dict.fromkeys(clip(key) for key in keys)):
        query = (
            select(follows, follow_wishes.c.channels)
            .select_from(chosen)
            .where(follows.c.kind == str(kind), follows.c.key.in_(some), follows.c.stance == str(Stance.FOLLOW))
            .order_by(follows.c.account_id, follows.c.key)
        )
        found += [one for row in read.execute(query) if (one := _follower(row)).channels]
    return found


def followed_keys(read: Read, kind: FollowKind) -> list[str]:
    """List the keys of a kind that anybody follows."""
    query = select(follows.c.key).where(follows.c.kind == str(kind), follows.c.stance == str(Stance.FOLLOW))
    return list(read.execute(query.distinct()).scalars())


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give how an account wants to be told, as JSON can hold it."""
    wishes, digest = of(read, account_id), of(read, account_id).digest
    rows: list[dict[str, Any]] = [
        {
            "edition": wishes.edition,
            "zone": wishes.zone,
            "digest": str(digest.rhythm),
            "hour": digest.hour,
            "weekday": digest.weekday,
            "pictures": digest.pictures,
            "quiet": [wishes.quiet.begin, wishes.quiet.end] if wishes.quiet else None,
            "ways": {str(why): _names(channels) for why, channels in wishes.chosen.items()},
        }
    ]
    chosen = follows_of(read, account_id)
    return rows + [{"kind": str(kind), "key": key, "ways": _names(ways)} for (kind, key), ways in chosen.items()]


def _names(channels: Channel) -> Sequence[str]:
    return [str(one.name).lower() for one in channels]


def _follower(row: Any) -> Follower:
    kind = FollowKind(row.kind)
    channels = USUAL[FOLLOWED[kind]] if row.channels is None else Channel(row.channels)
    return Follower(AccountId(row.account_id), kind, row.key, row.name, row.since, channels)


def _noun(row: Any) -> Wishes:
    given: Mapping[str, int] = row.chosen
    return Wishes(
        edition=EditionKey(row.edition),
        zone=row.zone,
        digest=DigestWishes(Rhythm(row.rhythm), row.hour, row.weekday, bool(row.pictures)),
        quiet=None if row.quiet_begin is None else Quiet(row.quiet_begin, row.quiet_end),
        chosen={Why(why): Channel(channels) for why, channels in given.items()},
    )
