"""Tables: follows, tastes: what each reader follows and mutes, and wants more or less of."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from octavo.domain.follow import Follow, FollowKind, Stance, Taste
from octavo.domain.ids import AccountId, StoryId
from octavo.ports.database import Read, Transaction
from octavo.store import hashtags
from octavo.store.dialect import upsert
from octavo.store.keys import clip
from octavo.store.tables import follows, stories, story_redirects, tastes
from octavo.text.slugs import read_short_id, short_id

_AT_ONCE = 1000

_OF = (
    select(follows)
    .where(follows.c.account_id == bindparam("account"))
    .order_by(follows.c.account_id, follows.c.kind, follows.c.key)
)
_TASTES = (
    select(tastes)
    .where(tastes.c.account_id == bindparam("account"))
    .order_by(tastes.c.account_id, tastes.c.kind, tastes.c.key)
)


def save(tx: Transaction, account: AccountId, one: Follow) -> None:
    """Follow or mute something; it is never both. What is followed or muted already is so since it was first."""
    known = get(tx, account, one.kind, one.key)
    since = known.since if known and known.stance is one.stance else one.since
    row = {
        "account_id": account,
        "kind": str(one.kind),
        "key": clip(one.key),
        "name": clip(one.name),
        "stance": str(one.stance),
        "since": since,
    }
    tx.execute(upsert(follows, ["name", "stance", "since"]), row)


def remove(tx: Transaction, account: AccountId, kind: FollowKind, key: str) -> bool:
    """Neither follow nor mute something; says whether it was."""
    mine = (follows.c.account_id == account) & (follows.c.kind == str(kind)) & (follows.c.key == clip(key))
    return tx.execute(delete(follows).where(mine)).rowcount > 0


def of(read: Read, account: AccountId) -> list[Follow]:
    """List everything an account follows and mutes; stories that were folded into others under their new keys."""
    rows = list(read.execute(_OF, {"account": account}))
    moved = _moved(read, [row.key for row in rows if row.kind == FollowKind.STORY])
    found: dict[tuple[str, str], Follow] = {}
    for row in rows:
        key = moved.get(row.key, row.key) if row.kind == FollowKind.STORY else row.key
        found.setdefault((row.kind, key), Follow(FollowKind(row.kind), key, row.name, row.since, Stance(row.stance)))
    return list(found.values())


def get(read: Read, account: AccountId, kind: FollowKind, key: str) -> Follow | None:
    """Give what an account does with one thing; None where that is nothing."""
    mine = (follows.c.account_id == account) & (follows.c.kind == str(kind)) & (follows.c.key == clip(key))
    row = read.execute(select(follows).where(mine)).first()
    return Follow(kind, row.key, row.name, row.since, Stance(row.stance)) if row else None


def count(read: Read, account: AccountId) -> int:
    """Count what an account follows and mutes."""
    query = select(func.count()).select_from(follows).where(follows.c.account_id == account)
    return int(read.execute(query).scalar_one())


def followers(read: Read, kind: FollowKind, key: str) -> Iterator[AccountId]:
    """Give everybody who follows something, each once and in the order of their numbers, however many they are.

    Whoever follows a story follows those folded into it, and a hashtag those that an editor folded into it.
    """
    keys = _same(read, kind, key)
    after = 0
    while True:
        query = (
            select(follows.c.account_id)
            .where(follows.c.kind == str(kind), follows.c.key.in_(keys), follows.c.stance == str(Stance.FOLLOW))
            .where(follows.c.account_id > after)
            .group_by(follows.c.account_id)
            .order_by(follows.c.account_id)
            .limit(_AT_ONCE)
        )
        some = [AccountId(one) for one in read.execute(query).scalars()]
        yield from some
        if len(some) < _AT_ONCE:
            return
        after = some[-1]


def set_taste(tx: Transaction, account: AccountId, one: Taste) -> None:
    """Keep how much more or less of something an account wants; 0 forgets it."""
    if not one.weight:
        mine = (tastes.c.account_id == account) & (tastes.c.kind == str(one.kind)) & (tastes.c.key == clip(one.key))
        tx.execute(delete(tastes).where(mine))
        return
    row = {"account_id": account, "kind": str(one.kind), "key": clip(one.key), "name": clip(one.name)}
    tx.execute(upsert(tastes, ["name", "weight"]), row | {"weight": one.weight})


def tastes_of(read: Read, account: AccountId) -> list[Taste]:
    """List what an account wants more and less of."""
    rows = read.execute(_TASTES, {"account": account})
    return [Taste(FollowKind(row.kind), row.key, row.name, row.weight) for row in rows]


def forget_tastes(tx: Transaction, account: AccountId) -> None:
    """Forget all that an account wants more and less of."""
    tx.execute(delete(tastes).where(tastes.c.account_id == account))


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it."""
    kept = [
        {
            "what": str(one.stance),
            "kind": str(one.kind),
            "key": one.key,
            "name": one.name,
            "since": one.since.isoformat(),
        }
        for one in of(read, account)
    ]
    more = [
        {"what": "taste", "kind": str(one.kind), "key": one.key, "name": one.name, "weight": one.weight}
        for one in tastes_of(read, account)
    ]
    return kept + more


def _same(read: Read, kind: FollowKind, key: str) -> list[str]:
    """List the keys that mean what this one means."""
    if kind is FollowKind.HASHTAG:
        return hashtags.rules(read).spellings(key)
    number = read_short_id(key) if kind is FollowKind.STORY else None
    if number is None:
        return [key]
    former = select(story_redirects.c.old_id).where(story_redirects.c.new_id == StoryId(number))
    return [key, *(short_id(one) for one in read.execute(former).scalars())]


def _moved(read: Read, keys: list[str]) -> dict[str, str]:
    """Give the keys that folded stories have now."""
    numbers = {read_short_id(key): key for key in keys}
    wanted = [one for one in numbers if one is not None]
    if not wanted:
        return {}
    query = (
        select(story_redirects)
        .join(stories, stories.c.id == story_redirects.c.new_id)
        .where(story_redirects.c.old_id.in_(wanted))
    )
    return {short_id(row.old_id): short_id(row.new_id) for row in read.execute(query)}
