"""Tables: push_subscriptions, push_stories, push_follows: who wants to be notified of what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update

from octavo.domain.account import Standing
from octavo.domain.ids import AccountId, EditionKey, SessionId, StoryId
from octavo.domain.push import Follow, NoticeKind, Quiet, Subscription, SubscriptionId, Wishes
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, insert_new, put, upsert
from octavo.store.keys import key_of
from octavo.store.tables import (
    accounts,
    push_follows,
    push_stories,
    push_subscriptions,
    sessions,
    stories,
    story_redirects,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A followed story, and the number of independent reports its follower was told of last."""

    subscription_id: SubscriptionId
    story_id: StoryId
    reports: int


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows a hashtag or a place, in which languages, and since when."""

    subscription_id: SubscriptionId
    follow: Follow
    since: datetime
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """From how many independent reports in how many hours somebody wants to hear of breaking news, and since when."""

    subscription_id: SubscriptionId
    languages: tuple[str, ...]
    breaking: int
    within_h: int
    since: datetime


def save(tx: Transaction, one: Subscription, now: datetime, session_id: SessionId | None = None) -> SubscriptionId:
    """Keep a subscription, in place of what was kept under its endpoint. What is followed newly counts from now on, and
    so does a lower threshold of breaking news. `session_id` is the sign-in of its browser."""
    since = _breaking_since(tx, one, now)
    row = _row(one) | {"made_at": now, "breaking_since": since, "failures": 0, "not_before": None}
    row["session_id"] = session_id
    kept = [name for name in row if name not in ("endpoint_key", "made_at")]
    tx.execute(upsert(push_subscriptions, kept, ["endpoint_key"]), row)
    known = by_endpoint(tx, one.endpoint)
    if known is None:
        raise ValueError("what was just written is there")
    _save_stories(tx, known, one.wishes.stories)
    _save_follows(tx, known, one.wishes.follows, now)
    return known.id


def _breaking_since(tx: Transaction, one: Subscription, now: datetime) -> datetime:
    """Tell since when breaking news are wanted that easily passed; before, they are none to this reader."""
    row = tx.execute(
        select(push_subscriptions).where(push_subscriptions.c.endpoint_key == key_of(one.endpoint))
    ).first()
    if row is None or row.breaking == 0:
        return now
    lower = one.wishes.breaking < row.breaking or one.wishes.within_h > row.within_h
    since: datetime = row.breaking_since
    return now if lower else since


def _save_stories(tx: Transaction, known: Subscription, wanted: Sequence[StoryId]) -> None:
    mine = push_stories.c.subscription_id == known.id
    tx.execute(delete(push_stories).where(mine, push_stories.c.story_id.not_in(wanted)))
    new = [one for one in dict.fromkeys(wanted) if one not in known.wishes.stories]
    reports = {row.id: row.report_count for row in tx.execute(select(stories).where(stories.c.id.in_(new)))}
    rows = [{"subscription_id": known.id, "story_id": one, "reports": reports[one]} for one in new if one in reports]
    put(tx, insert_new(push_stories), rows)


def _save_follows(tx: Transaction, known: Subscription, wanted: Sequence[Follow], now: datetime) -> None:
    keys = {(one.kind, one.key): one for one in wanted}
    for old in known.wishes.follows:
        if (old.kind, old.key) not in keys:
            same = (push_follows.c.kind == str(old.kind)) & (push_follows.c.key == old.key)
            tx.execute(delete(push_follows).where(push_follows.c.subscription_id == known.id, same))
    rows = [
        {"subscription_id": known.id, "kind": str(one.kind), "key": one.key, "name": one.name, "since": now}
        for one in keys.values()
    ]
    put(tx, upsert(push_follows, ["name"]), rows)


def move(tx: Transaction, old: SubscriptionId, to: Subscription) -> None:
    """Give a subscription the endpoint and keys of `to`, because its browser was given new ones; its wishes stay."""
    tx.execute(delete(push_subscriptions).where(push_subscriptions.c.endpoint_key == key_of(to.endpoint)))
    named = {name: getattr(to, name) for name in ("endpoint", "p256dh", "auth", "server_key")}
    values = named | {"endpoint_key": key_of(to.endpoint), "failures": 0, "not_before": None}
    tx.execute(update(push_subscriptions).where(push_subscriptions.c.id == old).values(**values))


def remove(tx: Transaction, ids: Iterable[SubscriptionId]) -> None:
    """Forget subscriptions, what they follow, and what they were told."""
    for some in chunks(ids):
        tx.execute(delete(push_subscriptions).where(push_subscriptions.c.id.in_(some)))


def remove_of_other_keys(tx: Transaction, public: str) -> int:
    """Forget every subscription that was made with another key than this one; gives how many."""
    return tx.execute(delete(push_subscriptions).where(push_subscriptions.c.server_key != public)).rowcount


def set_failures(tx: Transaction, one: SubscriptionId, failures: int, not_before: datetime | None) -> None:
    """Remember how often in a row its push service did not take a message, and when to try again at the earliest."""
    values = {"failures": failures, "not_before": not_before}
    tx.execute(update(push_subscriptions).where(push_subscriptions.c.id == one).values(**values))


def count(read: Read) -> int:
    """Count the subscriptions."""
    return int(read.execute(select(func.count()).select_from(push_subscriptions)).scalar_one())


def any_kept(read: Read) -> bool:
    """Tell whether there is any subscription."""
    return read.execute(select(push_subscriptions.c.id).limit(1)).first() is not None


def failing(read: Read, failures: int) -> int:
    """Count the subscriptions whose last messages were not taken, at least so many."""
    query = select(func.count()).select_from(push_subscriptions).where(push_subscriptions.c.failures >= failures)
    return int(read.execute(query).scalar_one())


def server_keys(read: Read) -> set[str]:
    """Give the public keys that subscriptions were made with."""
    return set(read.execute(select(push_subscriptions.c.server_key).distinct()).scalars())


def by_endpoint(read: Read, endpoint: str) -> Subscription | None:
    """Find a subscription by the only thing it is known by."""
    query = select(push_subscriptions.c.id).where(push_subscriptions.c.endpoint_key == key_of(endpoint))
    found = read.execute(query).scalar()
    return None if found is None else get_many(read, [SubscriptionId(found)]).get(SubscriptionId(found))


def get_many(read: Read, ids: Iterable[SubscriptionId]) -> dict[SubscriptionId, Subscription]:
    """Give subscriptions with what they follow."""
    found: dict[SubscriptionId, Subscription] = {}
    for some in chunks(dict.fromkeys(ids)):
        followed: dict[int, list[StoryId]] = {}
        query = select(push_stories).where(push_stories.c.subscription_id.in_(some)).order_by(push_stories.c.story_id)
        for row in read.execute(query):
            followed.setdefault(row.subscription_id, []).append(StoryId(row.story_id))
        named: dict[int, list[Follow]] = {}
        by_name = select(push_follows).where(push_follows.c.subscription_id.in_(some))
        for row in read.execute(by_name.order_by(push_follows.c.kind, push_follows.c.key)):
            named.setdefault(row.subscription_id, []).append(_follow(row))
        whose = push_subscriptions.outerjoin(sessions, sessions.c.id == push_subscriptions.c.session_id)
        with_owner = select(push_subscriptions, sessions.c.account_id).select_from(whose)
        for row in read.execute(with_owner.where(push_subscriptions.c.id.in_(some))):
            wishes = _wishes(row, followed.get(row.id, []), named.get(row.id, []))
            found[SubscriptionId(row.id)] = _noun(row, wishes)
    return found


def of_accounts(read: Read, ids: Iterable[AccountId], now: datetime) -> dict[AccountId, list[SubscriptionId]]:
    """Give the browsers in which these accounts are signed in and have asked for notifications."""
    found: dict[AccountId, list[SubscriptionId]] = {}
    signed_in = push_subscriptions.join(sessions, sessions.c.id == push_subscriptions.c.session_id)
    joined = signed_in.join(accounts, accounts.c.id == sessions.c.account_id)
    for some in chunks(dict.fromkeys(ids)):
        query = (
            select(push_subscriptions.c.id, sessions.c.account_id)
            .select_from(joined)
            .where(sessions.c.account_id.in_(some), sessions.c.expires_at > now)
            .where(accounts.c.standing != str(Standing.BANNED))
            .order_by(push_subscriptions.c.id)
        )
        for row in read.execute(query):
            found.setdefault(AccountId(row.account_id), []).append(SubscriptionId(row.id))
    return found


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give the browsers an account is signed in with that asked for notifications, and what each asked for."""
    mine = select(sessions.c.id).where(sessions.c.account_id == account_id)
    ids = select(push_subscriptions.c.id).where(push_subscriptions.c.session_id.in_(mine))
    found = get_many(read, [SubscriptionId(one) for one in read.execute(ids).scalars()])
    return [
        {
            "address": one.endpoint,
            "edition": one.wishes.edition,
            "languages": list(one.wishes.languages),
            "breaking": one.wishes.breaking,
            "stories": list(one.wishes.stories),
            "follows": [{"kind": str(each.kind), "key": each.key, "name": each.name} for each in one.wishes.follows],
        }
        for one in found.values()
    ]


def told_otherwise(read: Read, limit: int) -> list[tuple[Told, int]]:
    """List the followed stories whose number of independent reports is no longer the one their follower was told."""
    query = (
        select(push_stories, stories.c.report_count)
        .select_from(push_stories.join(stories, stories.c.id == push_stories.c.story_id))
        .where(stories.c.report_count != push_stories.c.reports)
        .order_by(push_stories.c.subscription_id, push_stories.c.story_id)
        .limit(limit)
    )
    return [(_told(row), row.report_count) for row in read.execute(query)]


def folded(read: Read, limit: int) -> list[tuple[Told, StoryId]]:
    """List the followed stories that were folded into another one, each with that one."""
    query = (
        select(push_stories, story_redirects.c.new_id)
        .select_from(push_stories.join(story_redirects, story_redirects.c.old_id == push_stories.c.story_id))
        .order_by(push_stories.c.subscription_id, push_stories.c.story_id)
        .limit(limit)
    )
    return [(_told(row), StoryId(row.new_id)) for row in read.execute(query)]


def tell(tx: Transaction, told: Told, reports: int) -> None:
    """Remember that the follower of a story knows of so many reports."""
    same = (push_stories.c.subscription_id == told.subscription_id) & (push_stories.c.story_id == told.story_id)
    tx.execute(update(push_stories).where(same).values(reports=reports))


def follow_on(tx: Transaction, told: Told, to: StoryId) -> None:
    """Follow the story that a followed one was folded into, in its place."""
    same = (push_stories.c.subscription_id == told.subscription_id) & (push_stories.c.story_id == told.story_id)
    tx.execute(delete(push_stories).where(same))
    reports = tx.execute(select(stories.c.report_count).where(stories.c.id == to)).scalar()
    if reports is not None:
        row = {"subscription_id": told.subscription_id, "story_id": to, "reports": reports}
        tx.execute(insert_new(push_stories), row)


def forget_lost_stories(tx: Transaction) -> None:
    """Unfollow stories that are kept no longer, under no other name either."""
    kept = exists(select(stories.c.id).where(stories.c.id == push_stories.c.story_id))
    moved = exists(select(story_redirects.c.old_id).where(story_redirects.c.old_id == push_stories.c.story_id))
    tx.execute(delete(push_stories).where(~kept, ~moved))


def followers(read: Read, kind: NoticeKind, keys: Iterable[str]) -> list[Follower]:
    """List who follows these hashtags, or these places."""
    found: list[Follower] = []
    joined = push_follows.join(push_subscriptions, push_subscriptions.c.id == push_follows.c.subscription_id)
    for some in chunks(dict.fromkeys(keys)):
        query = (
            select(push_follows, push_subscriptions.c.languages)
            .select_from(joined)
            .where(push_follows.c.kind == str(kind), push_follows.c.key.in_(some))
            .order_by(push_follows.c.subscription_id, push_follows.c.key)
        )
        found += [
            Follower(SubscriptionId(row.subscription_id), _follow(row), row.since, tuple(row.languages))
            for row in read.execute(query)
        ]
    return found


def alarms(read: Read) -> list[Alarm]:
    """List who wants to be told of breaking news."""
    columns = push_subscriptions.c
    query = (
        select(columns.id, columns.languages, columns.breaking, columns.within_h, columns.breaking_since)
        .where(columns.breaking > 0)
        .order_by(columns.id)
    )
    return [
        Alarm(SubscriptionId(row.id), tuple(row.languages), row.breaking, row.within_h, row.breaking_since)
        for row in read.execute(query)
    ]


def _row(one: Subscription) -> dict[str, Any]:
    wishes = one.wishes
    return {
        "endpoint_key": key_of(one.endpoint),
        "endpoint": one.endpoint,
        "p256dh": one.p256dh,
        "auth": one.auth,
        "server_key": one.server_key,
        "edition": wishes.edition,
        "languages": list(wishes.languages),
        "breaking": wishes.breaking,
        "within_h": wishes.within_h,
        "most_a_day": wishes.most_a_day,
        "zone": wishes.zone,
        "quiet_begin": wishes.quiet.begin if wishes.quiet else None,
        "quiet_end": wishes.quiet.end if wishes.quiet else None,
        "words": dict(one.words),
    }


def _noun(row: Any, wishes: Wishes) -> Subscription:
    return Subscription(
        endpoint=row.endpoint,
        p256dh=row.p256dh,
        auth=row.auth,
        server_key=row.server_key,
        wishes=wishes,
        words=row.words,
        id=SubscriptionId(row.id),
        failures=row.failures,
        not_before=row.not_before,
        account_id=None if row.account_id is None else AccountId(row.account_id),
    )


def _wishes(row: Any, followed: Sequence[StoryId], named: Sequence[Follow]) -> Wishes:
    return Wishes(
        edition=EditionKey(row.edition),
        languages=tuple(row.languages),
        breaking=row.breaking,
        within_h=row.within_h,
        most_a_day=row.most_a_day,
        zone=row.zone,
        quiet=None if row.quiet_begin is None else Quiet(row.quiet_begin, row.quiet_end),
        stories=tuple(followed),
        follows=tuple(named),
    )


def _follow(row: Any) -> Follow:
    kind = NoticeKind(row.kind)
    if kind not in (NoticeKind.HASHTAG, NoticeKind.PLACE):
        raise ValueError(f"{kind} is not followed by name")
    return Follow(kind, row.key, row.name)


def _told(row: Any) -> Told:
    return Told(SubscriptionId(row.subscription_id), StoryId(row.story_id), row.reports)
