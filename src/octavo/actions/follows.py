"""Follow and mute what news are about, who publishes them, and words; more and less of each for one reader."""

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.follow import MOST_WEIGHT, OF_ENTITY, Follow, FollowKind, Stance, Taste
from octavo.domain.ids import AccountId, PublisherId, StoryId
from octavo.errors import InputError, NotFound
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.relate.muting import word_key
from octavo.store import follows, publishers, reading, stories
from octavo.text.slugs import read_short_id, short_id

LONGEST = 160
"""Characters of a key and of a name."""

_PREFIXES = {kind: f"{begins}/" for begins, kind in OF_ENTITY.items()}


def follow(tools: Tools, person: Person | None, kind: str, key: str, name: str = "") -> Follow:
    """Follow something; gives it as it is kept. Raises InputError, NotFound."""
    return _keep(tools, person, (kind, key, name), Stance.FOLLOW)


def mute(tools: Tools, person: Person | None, kind: str, key: str, name: str = "") -> Follow:
    """Mute something; gives it as it is kept. Raises InputError, NotFound."""
    return _keep(tools, person, (kind, key, name), Stance.MUTE)


def leave(tools: Tools, person: Person | None, kind: str, key: str) -> None:
    """Neither follow nor mute something any longer. Raises InputError."""
    who, what = demand(person, Act.KEEP), kind_of(kind)
    with tools.database.transaction() as tx:
        follows.remove(tx, who.id, what, word_key(key) if what is FollowKind.WORD else key)


def weigh(tools: Tools, person: Person | None, kind: str, key: str, name: str, by: int) -> None:
    """Want something one step more (1) or less (-1) than before, or forget that (0). Raises InputError."""
    who, what = demand(person, Act.KEEP), kind_of(kind)
    if by not in (-1, 0, 1) or not 0 < len(key) <= LONGEST:
        raise InputError("say more or less, and of what")
    with tools.database.transaction() as tx:
        known = {(one.kind, one.key): one.weight for one in follows.tastes_of(tx, who.id)}
        if (what, key) not in known:
            _check_room(tx, tools, who.id, len(known))
        before = known.get((what, key), 0)
        weight = max(-MOST_WEIGHT, min(MOST_WEIGHT, before + by)) if by else 0
        follows.set_taste(tx, who.id, Taste(what, key, _short(name) or key, weight))


def keep_all(tx: Transaction, tools: Tools, account: AccountId, wanted: list[Follow]) -> int:
    """Keep what was kept in a browser, unless the account decided otherwise; gives how many are new.

    Nothing is said of what cannot be kept: a story that is gone, more than there may be.
    """
    known = {(one.kind, one.key) for one in follows.of(tx, account)}
    added = 0
    for one in wanted:
        found = _found(tx, one.kind, one.key, one.name)
        if found is None or (one.kind, found[0]) in known or len(known) >= tools.settings.keep.follows:
            continue
        key, name = found
        follows.save(tx, account, Follow(one.kind, key, name, one.since, one.stance))
        known.add((one.kind, key))
        added += 1
    return added


def kind_of(kind: str) -> FollowKind:
    """Read what kind of thing is meant. Raises InputError."""
    try:
        return FollowKind(kind)
    except ValueError:
        raise InputError(
            "stories, hashtags, people, organisations, places, publishers and words can be followed and muted"
        ) from None


def _keep(tools: Tools, person: Person | None, said: tuple[str, str, str], stance: Stance) -> Follow:
    who, now = demand(person, Act.KEEP), tools.now()
    kind = kind_of(said[0])
    with tools.database.transaction() as tx:
        found = _found(tx, kind, said[1], said[2])
        if found is None:
            raise NotFound("there is no such thing to follow or to mute")
        one = Follow(kind, *found, now, stance)
        if follows.get(tx, who.id, kind, one.key) is None:
            _check_room(tx, tools, who.id, follows.count(tx, who.id))
        follows.save(tx, who.id, one)
    return one


def _check_room(tx: Transaction, tools: Tools, account: AccountId, kept: int) -> None:
    if kept >= tools.settings.keep.follows:
        raise InputError("no more than {n} things can be followed and muted", n=tools.settings.keep.follows)


def _found(read: Read, kind: FollowKind, key: str, name: str) -> tuple[str, str] | None:
    """Give the key and the name of something there is; None for what is not there."""
    key = word_key(key) if kind is FollowKind.WORD else key.strip()
    if not 0 < len(key) <= LONGEST or not key.isprintable():
        return None
    if kind is FollowKind.STORY:
        number = read_short_id(key)
        story = stories.get(read, StoryId(number)) if number is not None and number < 2**62 else None
        return (short_id(story.id), story.headline[:LONGEST]) if story else None
    if kind is FollowKind.PUBLISHER:
        paper = publishers.get(read, PublisherId(key))
        return (paper.id, paper.name or paper.id) if paper else None
    if kind in _PREFIXES:
        called = reading.entity_name(read, key) if key.startswith(_PREFIXES[kind]) else ""
        return (key, _short(name) or called) if called else None
    return key, _short(name) or key


def _short(name: str) -> str:
    return " ".join(name.split())[:LONGEST]
