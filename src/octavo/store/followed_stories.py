"""Tables: followed_stories: how many independent reports of a story each of its followers knows of."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, select, update

from octavo.domain.follow import FollowKind, Stance
from octavo.domain.ids import AccountId, StoryId
from octavo.domain.notification import USUAL, Channel, Why
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new, put
from octavo.store.tables import follow_wishes, followed_stories, follows, stories, story_redirects
from octavo.text.slugs import read_short_id

_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Grown:
    """A story somebody follows, under the key they follow it by, that has another number of reports than they know."""

    account_id: AccountId
    key: str
    story_id: StoryId
    known: int
    reports: int
    channels: Channel


def any_followed(read: Read) -> bool:
    """Tell whether anybody follows anything."""
    followed = select(follows.c.account_id).where(follows.c.stance == str(Stance.FOLLOW)).limit(1)
    return read.execute(followed).first() is not None


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give what an account was told of the stories it follows, as JSON can hold it."""
    query = select(followed_stories).where(followed_stories.c.account_id == account_id).order_by(followed_stories.c.key)
    return [{"story": row.story_id, "reports": row.reports} for row in read.execute(query)]


def take_up(tx: Transaction, limit: int) -> int:
    """Begin with stories that are followed newly: what they have now is known. Gives how many."""
    known = exists().where(
        followed_stories.c.account_id == follows.c.account_id, followed_stories.c.key == follows.c.key
    )
    mine = (follows.c.kind == str(FollowKind.STORY)) & (follows.c.stance == str(Stance.FOLLOW))
    new = tx.execute(select(follows.c.account_id, follows.c.key).where(mine, ~known).limit(limit)).all()
    numbers = {row.key: number if (number := read_short_id(row.key)) and number < _LARGEST else 0 for row in new}
    found = select(stories.c.id, stories.c.report_count).where(stories.c.id.in_(set(numbers.values())))
    counts = {row.id: row.report_count for row in tx.execute(found)} if new else {}
    rows = [
        {
            "account_id": row.account_id,
            "key": row.key,
            "story_id": numbers[row.key],
            "reports": counts.get(numbers[row.key], 0),
        }
        for row in new
    ]
    put(tx, insert_new(followed_stories), rows)
    return len(rows)


def let_go(tx: Transaction) -> None:
    """Forget what nobody follows any more."""
    followed = exists().where(
        follows.c.account_id == followed_stories.c.account_id,
        follows.c.kind == str(FollowKind.STORY),
        follows.c.key == followed_stories.c.key,
        follows.c.stance == str(Stance.FOLLOW),
    )
    tx.execute(delete(followed_stories).where(~followed))


def follow_on(tx: Transaction) -> None:
    """Go on with the stories that followed ones were folded into."""
    moved = select(story_redirects.c.new_id).where(story_redirects.c.old_id == followed_stories.c.story_id)
    folded = exists().where(story_redirects.c.old_id == followed_stories.c.story_id)
    tx.execute(update(followed_stories).where(folded).values(story_id=moved.scalar_subquery()))


def otherwise(read: Read, limit: int) -> list[Grown]:
    """List followed stories whose number of independent reports is not the one their follower knows."""
    wished = (
        (follow_wishes.c.account_id == followed_stories.c.account_id)
        & (follow_wishes.c.kind == str(FollowKind.STORY))
        & (follow_wishes.c.key == followed_stories.c.key)
    )
    joined = followed_stories.join(stories, stories.c.id == followed_stories.c.story_id)
    query = (
        select(followed_stories, stories.c.report_count, follow_wishes.c.channels)
        .select_from(joined.outerjoin(follow_wishes, wished))
        .where(stories.c.report_count != followed_stories.c.reports)
        .order_by(followed_stories.c.account_id, followed_stories.c.key)
        .limit(limit)
    )
    return [_noun(row) for row in read.execute(query)]


def tell(tx: Transaction, one: Grown) -> None:
    """Remember that somebody knows of as many reports as there are."""
    same = (followed_stories.c.account_id == one.account_id) & (followed_stories.c.key == one.key)
    tx.execute(update(followed_stories).where(same).values(reports=one.reports))


def _noun(row: Any) -> Grown:
    channels = USUAL[Why.STORY] if row.channels is None else Channel(row.channels)
    return Grown(AccountId(row.account_id), row.key, StoryId(row.story_id), row.reports, row.report_count, channels)
