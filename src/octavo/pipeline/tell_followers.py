"""stories and articles -> notifications: what people with an account should be told of what they follow, once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from octavo.actions.notifying import grown, tell
from octavo.domain.follow import FollowKind
from octavo.domain.ids import AccountId, EditionKey, StoryId
from octavo.domain.notification import FOLLOWED, Told, Wishes
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import changes, followed_stories, hashtags, noticing, starter, wishes
from octavo.store.changes import ChangeKind
from octavo.store.noticing import Arrival
from octavo.text.saidwords import form, plain

CONSUMER = "followers"

AT_ONCE = 200
"""Changes, or followed stories, taken in one round."""

_NEWS = timedelta(hours=24)
"""Articles older than this when they come in are no news: the first poll of a feed, an archive's import."""

Carried = Mapping[str, list[Arrival]]


def tell_followers(tools: Tools) -> int:
    """Tell people what is new; gives how many things were looked at. Doing it again tells nothing twice."""
    with tools.database.read() as view:
        wanted = followed_stories.any_followed(view)
        behind = changes.position(view, SETTLER) - changes.position(view, CONSUMER)
    if not wanted:
        if behind > 0:
            _skip(tools)
        return 0
    looked = _stories(tools)
    while done := _arrivals(tools):
        looked += done
    return looked


def _skip(tools: Tools) -> None:
    """Leave behind what came in while nobody followed anything."""
    with tools.database.transaction() as tx:
        changes.set_position(tx, CONSUMER, changes.position(tx, SETTLER))


def _stories(tools: Tools) -> int:
    """Tell followers of stories of more independent reports than they know of."""
    done = 0
    with tools.database.transaction() as tx:
        followed_stories.let_go(tx)
        while followed_stories.take_up(tx, AT_ONCE):
            pass
        followed_stories.follow_on(tx)
    while True:
        with tools.database.transaction() as tx:
            changed = followed_stories.otherwise(tx, AT_ONCE)
            more = [one for one in changed if one.reports > one.known and one.channels]
            tell(tx, [grown(one.account_id, one.story_id, one.reports, one.channels) for one in more], tools.now())
            for one in changed:
                followed_stories.tell(tx, one)
        done += len(changed)
        if not changed:
            return done


def _arrivals(tools: Tools) -> int:
    """Tell of new stories with something that is followed, once they were settled; one round."""
    now = tools.now()
    plans = starter.read(tools.settings.data_dir).editions
    languages = {key: plan.languages or (plan.language,) for key, plan in plans.items()}
    with tools.database.read() as view:
        ready = changes.position(view, SETTLER)
        rows = [row for row in changes.since(view, changes.position(view, CONSUMER), AT_ONCE) if row.seq <= ready]
        new = [row.article_id for row in rows if row.kind is ChangeKind.NEW]
        arrived = noticing.arrivals(view, new, now - _NEWS)
        told = _for_followers(view, _carried(view, arrived), languages)
    if not rows:
        return 0
    with tools.database.transaction() as tx:
        tell(tx, told, now)
        changes.set_position(tx, CONSUMER, rows[-1].seq)
    return len(rows)


def _carried(view: Read, arrived: Sequence[Arrival]) -> dict[FollowKind, Carried]:
    """Say which articles carry what can be followed, by kind and key."""
    rules = hashtags.rules(view)
    words = wishes.followed_keys(view, FollowKind.WORD) if arrived else []
    found: dict[FollowKind, dict[str, list[Arrival]]] = {kind: {} for kind in FollowKind}
    for one in arrived:
        tags = {shown for own in one.tags if not rules.hidden(own) for shown in (own, rules.canonical(own))}
        keys = {
            FollowKind.HASHTAG: tags,
            FollowKind.PLACE: one.places,
            FollowKind.PERSON: one.people,
            FollowKind.ORGANISATION: one.organisations,
            FollowKind.PUBLISHER: {one.publisher_id},
            FollowKind.WORD: _said(one.words, words),
        }
        for kind, names in keys.items():
            for name in names:
                found[kind].setdefault(name, []).append(one)
    return dict(found)


def _said(text: str, words: Sequence[str]) -> set[str]:
    """Choose the followed words that a text says."""
    whole = plain(text)
    return {one for one in words if one in whole and form(one).search(whole)}


def _for_followers(
    view: Read, carried: Mapping[FollowKind, Carried], languages: Mapping[EditionKey, tuple[str, ...]]
) -> list[Told]:
    """Choose the stories that this instance learned of after somebody began to follow what they are about.

    A story is told once, whichever of the things followed it is about.
    """
    followers = [one for kind, some in carried.items() if some for one in wishes.followers(view, kind, some)]
    concerned = {one.story_id for who in followers for one in carried[who.kind][who.key]}
    seen = noticing.first_seen(view, concerned)
    wanted = wishes.of_many(view, {who.account_id for who in followers})
    found: dict[tuple[AccountId, StoryId], Told] = {}
    for who in followers:
        read = languages.get(wanted.get(who.account_id, Wishes()).edition, ())
        for one in carried[who.kind][who.key]:
            if seen[one.story_id] < who.since or not _readable(read, [one.language]):
                continue
            given = {"story": one.story_id, "key": who.key, "name": who.name}
            topic = f"{who.kind} {who.key}"
            told = Told(who.account_id, FOLLOWED[who.kind], f"new {one.story_id}", topic, given, who.channels)
            found.setdefault((who.account_id, one.story_id), told)
    return list(found.values())


def _readable(languages: tuple[str, ...], those: Iterable[str]) -> bool:
    return not languages or any(starter.reads(languages, one) for one in those)
