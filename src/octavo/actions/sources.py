"""Feeds in an editor's hands: follow one, pause, resume or leave it, bring a list; each is written down."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum

from octavo.accounts.permissions import Act, demand
from octavo.actions import feeds
from octavo.actions.audit import record, short_note
from octavo.actions.feeds import Checked
from octavo.collect import opml
from octavo.domain.account import Person
from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import PublisherId
from octavo.errors import Conflict, InputError, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import ledger, starter

MOST_AT_ONCE = 200
"""Feeds acted on with one form."""


class Many(StrEnum):
    """What is done to several feeds at once."""

    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"


def follow(tools: Tools, person: Person | None, address: str, why: str = "") -> Feed:
    """Follow the feed at an address, or the best of the site it leads to; `why` stands in the public ledger.

    The site is asked outside of any transaction. Raises NotAllowed, Conflict and what feeds.discover_feed raises.
    """
    who, said = demand(person, Act.EDIT_FEEDS), short_note(why)
    wanted = feeds.describe(tools, [feeds.discover_feed(tools, address)])
    with tools.database.transaction() as tx:
        known = {one.url for one in feed_store.all(tx)}
        kept = feeds.keep(tx, wanted)
        if not kept:
            raise Conflict("this publisher asked not to be read here")
        _note_new(tx, tools, who, [one for one in kept if one.url not in known], said)
    return kept[0]


def follow_edition(tools: Tools, person: Person | None, plan: EditionPlan) -> list[Feed]:
    """Follow the starter feeds of an edition. Raises NotAllowed."""
    who = demand(person, Act.EDIT_FEEDS)
    now, chosen = tools.now(), starter.read(tools.settings.data_dir).feeds_of(plan)
    wanted = [(one.publisher, replace(feed, added_at=now)) for one in chosen for feed in one.feeds]
    with tools.database.transaction() as tx:
        added = feeds.keep(tx, wanted)
        record(tx, who, "edition followed", f"edition/{plan.key}", f"{len(added)} feeds", now)
    return added


def bring(tools: Tools, person: Person | None, data: bytes) -> list[Feed]:
    """Follow every feed of a subscription list (OPML). Raises NotAllowed, UnreadableFile."""
    demand(person, Act.EDIT_FEEDS)
    return follow_listed(tools, person, opml.read_opml(data))


def follow_listed(tools: Tools, person: Person | None, listed: Sequence[opml.Subscription]) -> list[Feed]:
    """Follow feeds that somebody else listed, without asking any of them. Raises NotAllowed."""
    who = demand(person, Act.EDIT_FEEDS)
    wanted = feeds.describe(tools, listed)
    with tools.database.transaction() as tx:
        known = {one.url for one in feed_store.all(tx)}
        kept = feeds.keep(tx, wanted)
        new = [one for one in kept if one.url not in known]
        _note_new(tx, tools, who, new, "")
        record(tx, who, "list of feeds brought", "feeds", f"{len(new)} new", tools.now())
    return kept


def set_state(tools: Tools, person: Person | None, address: str, state: FeedState, note: str = "") -> Feed:
    """Pause or resume a feed, named by its address or number. Raises NotAllowed, NotFound."""
    who, said = demand(person, Act.EDIT_FEEDS), short_note(note)
    feed = feeds.find(tools, address)
    wanted = feed.alive if state is FeedState.ACTIVE else state
    with tools.database.transaction() as tx:
        feed_store.set_state(tx, feed.id, wanted)
        act = {FeedState.PAUSED: "feed paused", FeedState.RETIRED: "feed retired"}
        record(tx, who, act.get(wanted, "feed resumed"), f"feed/{feed.id}", f"{feed.url} {said}".strip(), tools.now())
    return feed


def remove(tools: Tools, person: Person | None, address: str, note: str = "") -> Feed:
    """Stop following a feed, named by its address or number; its articles stay. Raises NotAllowed, NotFound."""
    who, said, now = demand(person, Act.EDIT_FEEDS), short_note(note), tools.now()
    feed = feeds.find(tools, address)
    with tools.database.transaction() as tx:
        feed_store.remove(tx, feed.id)
        _decided(tx, tools, who, feed.publisher_id, f"{feed.url} is no longer read. {said}".strip())
        record(tx, who, "source removed", f"publisher/{feed.publisher_id}", f"{feed.url} {said}".strip(), now)
    return feed


def act_on_many(tools: Tools, person: Person | None, numbers: Sequence[str], act: Many, note: str = "") -> int:
    """Pause, resume or remove several feeds, each written down by itself; gives how many there were.

    Raises NotAllowed, InputError.
    """
    demand(person, Act.EDIT_FEEDS)
    chosen = list(dict.fromkeys(numbers))
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise InputError("choose 1 to {n} feeds", n=MOST_AT_ONCE)
    done = 0
    for one in chosen:
        with suppress(NotFound):  # somebody removed it meanwhile
            if act is Many.REMOVE:
                remove(tools, person, one, note)
            else:
                set_state(tools, person, one, FeedState.PAUSED if act is Many.PAUSE else FeedState.ACTIVE, note)
            done += 1
    return done


def check(tools: Tools, person: Person | None, address: str) -> Checked:
    """Look at a feed now, without keeping anything but that it was looked at. Raises NotAllowed, NotFound."""
    who, feed = demand(person, Act.EDIT_FEEDS), feeds.find(tools, address)
    if feed.by_mail:
        raise InputError(f"{feed.title} comes by mail: nobody can be asked for it")
    found = next(iter(feeds.check(tools, [feed])))
    with tools.database.transaction() as tx:
        told = found.problem or f"{found.entries} entries"
        record(tx, who, "feed checked", f"feed/{feed.id}", told, tools.now())
    return found


def poll_now(tools: Tools, person: Person | None, address: str) -> Feed:
    """Let a feed be polled next, its failures forgiven. Raises NotAllowed, NotFound."""
    return set_state(tools, person, address, FeedState.ACTIVE, "to be polled now")


def _note_new(tx: Transaction, tools: Tools, who: Person, new: Sequence[Feed], why: str) -> None:
    now = tools.now()
    for feed in new:
        told = why or f"Its feed {feed.url} is read."
        ledger.add(
            tx, ledger.Entry(feed.publisher_id, now, ledger.Kind.REASON, told, public=bool(why), actor=who.account.name)
        )
        record(tx, who, "source added", f"publisher/{feed.publisher_id}", f"{feed.url} {why}".strip(), now)


def _decided(tx: Transaction, tools: Tools, who: Person, publisher: PublisherId, told: str) -> None:
    ledger.add(
        tx, ledger.Entry(publisher, tools.now(), ledger.Kind.DECISION, told, public=False, actor=who.account.name)
    )
