"""Tables: feed_choices: which feeds each reader's apps show; by default those followed, and the edition's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed, FeedState
from octavo.domain.follow import FeedChoice, Follow, FollowKind, Stance, SubscribedFeed
from octavo.domain.ids import AccountId, FeedId
from octavo.ports.database import Read, Transaction
from octavo.store import feeds, follows, preferences, starter
from octavo.store.dialect import upsert
from octavo.store.tables import accounts, feed_choices

_CHOICES = select(feed_choices).where(feed_choices.c.account_id == bindparam("account"))
_MADE = select(accounts.c.created_at).where(accounts.c.id == bindparam("account"))


def of(read: Read, account: AccountId, plan: EditionPlan) -> list[SubscribedFeed]:
    """List the feeds an account's apps show, oldest first; `plan` is the edition it reads.

    Those of the publishers it follows, and its edition's unless it wants only those; none of a publisher it mutes.
    What it decided on a single feed goes before all of that.
    """
    made_at = read.execute(_MADE, {"account": account}).scalar()
    if made_at is None:
        return []
    chosen = choices(read, account)
    stances = {one.key: one for one in follows.of(read, account) if one.kind is FollowKind.PUBLISHER}
    known = [feed for feed in feeds.all(read) if feed.state is not FeedState.RETIRED]
    edition = _edition(known, plan) if preferences.of(read, account).edition_feeds else frozenset()
    found = []
    for feed in known:
        choice = chosen.get(feed.id)
        by_default = made_at if feed.id in edition else None
        since = _since(choice, stances.get(feed.publisher_id), by_default)
        if since is not None:
            title = (choice.title if choice else "") or feed.title or feed.url
            found.append(SubscribedFeed(feed, title, choice.folder if choice else "", since))
    return found


def choices(read: Read, account: AccountId) -> dict[FeedId, FeedChoice]:
    """Give what an account decided on single feeds."""
    rows = read.execute(_CHOICES, {"account": account})
    return {
        FeedId(row.feed_id): FeedChoice(FeedId(row.feed_id), row.wanted, row.since, row.title, row.folder)
        for row in rows
    }


def choose(tx: Transaction, account: AccountId, one: FeedChoice) -> None:
    """Keep what an account decides on a feed. One it wants already is read since it first was."""
    known = choices(tx, account).get(one.feed_id)
    since = known.since if known and known.wanted is one.wanted else one.since
    row = {"account_id": account, "feed_id": one.feed_id, "wanted": one.wanted, "since": since}
    row |= {"title": one.title, "folder": one.folder}
    tx.execute(upsert(feed_choices, ["wanted", "since", "title", "folder"]), row)


def forget(tx: Transaction, account: AccountId, feed: FeedId) -> None:
    """Forget what an account decided on a feed."""
    mine = (feed_choices.c.account_id == account) & (feed_choices.c.feed_id == feed)
    tx.execute(delete(feed_choices).where(mine))


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it."""
    known = {one.id: one for one in feeds.all(read)}
    return [
        {
            "feed": known[one.feed_id].url,
            "wanted": one.wanted,
            "title": one.title,
            "folder": one.folder,
            "since": one.since.isoformat(),
        }
        for one in choices(read, account).values()
    ]


def _edition(known: Sequence[Feed], plan: EditionPlan) -> frozenset[FeedId]:
    """Name the feeds of an edition in its readers' languages; where nobody reads its publishers here, all in these."""
    languages = plan.languages or (plan.language,)
    readable = [feed for feed in known if not feed.language or starter.reads(languages, feed.language)]
    papers = {*plan.local_publishers, *plan.global_publishers}
    own = [feed for feed in readable if feed.publisher_id in papers]
    return frozenset(feed.id for feed in own or readable)


def _since(choice: FeedChoice | None, stance: Follow | None, by_default: datetime | None) -> datetime | None:
    """Tell since when a feed is read; None for one that is not."""
    if choice is not None:
        return choice.since if choice.wanted else None
    if stance is not None:
        return stance.since if stance.stance is Stance.FOLLOW else None
    return by_default
