"""Newsletters in an editor's hands: make an address for one, say who sends it; each is written down."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.accounts.permissions import Act, demand
from octavo.actions import feeds
from octavo.actions.audit import record, short_note
from octavo.collect import opml
from octavo.domain.account import Person
from octavo.domain.feed import BY_MAIL, Feed, FeedState
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.mail import read_address
from octavo.domain.newsletter import Newsletter, NotedMail, Sender
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.errors import Conflict, InputError, NotFound
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import ledger, newsletters
from octavo.store import publishers as publisher_store
from octavo.text.urls import canonical_url, host_of
from octavo.text.words import clip

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 24
"""Characters before the @: 118 bits, which nobody guesses."""

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A newsletter with all that editors are shown of it."""

    feed: Feed
    address: str
    senders: Sequence[Sender]
    mails: Sequence[NotedMail]


def add(tools: Tools, person: Person | None, site: str, title: str, why: str = "") -> Kept:
    """Make an address for the newsletter of a site. Raises NotAllowed, InputError, UnusableUrl, Conflict.

    A newsletter is a source of its own, of which no more than the beginning of each issue is shown until an editor
    decides otherwise: what is sent to subscribers is not always meant for everybody.
    """
    who, said, now = demand(person, Act.EDIT_FEEDS), short_note(why), tools.now()
    if not tools.settings.newsletters.domain:
        raise InputError(
            "No newsletters are read here until the setting newsletters.domain says which domain they come to."
        )
    home = canonical_url(site if "://" in site else f"https://{site}")
    name = clip(" ".join(title.split()), _LONGEST_TITLE) or host_of(home)
    [(parent, _)] = feeds.describe(tools, [opml.Subscription(home, "", home)])
    made = PublisherId(f"letter-{''.join(secrets.choice(_LETTERS) for _ in range(8))}")
    publisher = Publisher(
        id=made,
        name=name,
        country=parent.country,
        languages=parent.languages,
        owner=parent.owner or (parent.name if parent.name != parent.id else host_of(home)),
        kind=parent.kind,
        homepage=home,
        policy=DisplayPolicy.EXCERPT,
        edited_at=now,
    )
    feed = Feed(FeedId(0), f"{BY_MAIL}{made}", made, name, home, state=FeedState.RECEIVED, added_at=now)
    local = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    with tools.database.transaction() as tx:
        known = publisher_store.get(tx, parent.id)
        if known and known.withdrawn_at:
            raise Conflict("this publisher asked not to be read here")
        publisher_store.edit(tx, publisher)
        kept = feed_store.add(tx, feed)
        newsletters.add(tx, Newsletter(kept.id, local, now))
        told = said or f"The newsletter {name} is read."
        ledger.add(tx, ledger.Entry(made, now, ledger.Kind.REASON, told, public=bool(said), actor=who.account.name))
        record(tx, who, "source added", f"publisher/{made}", f"{home} {said}".strip(), now)
    return Kept(kept, address_of(tools, local), (), ())


def address_of(tools: Tools, local: str) -> str:
    """Give the whole address of a newsletter."""
    return f"{local}@{tools.settings.newsletters.domain or 'newsletters.invalid'}"


def listed(tools: Tools, view: Read) -> list[Kept]:
    """Give every newsletter, the newest first."""
    every = newsletters.all(view)
    mails = newsletters.noted(view, [one.feed_id for one in every])
    found = []
    for one in every:
        feed = feed_store.get(view, one.feed_id)
        if feed is not None:
            senders = newsletters.senders(view, one.feed_id)
            found.append(Kept(feed, address_of(tools, one.local), senders, mails[one.feed_id]))
    return found


def accept(tools: Tools, person: Person | None, number: str, sender: str) -> Feed:
    """Let somebody send a newsletter, or confirm who does. Raises NotAllowed, NotFound, InputError."""
    who, now = demand(person, Act.EDIT_FEEDS), tools.now()
    address = read_address(sender).lower()
    feed = _feed(tools, number)
    with tools.database.transaction() as tx:
        newsletters.remember(tx, feed.id, Sender(address, confirmed=True, since=now))
        record(tx, who, "newsletter's senders changed", f"feed/{feed.id}", address, now)
    return feed


def refuse(tools: Tools, person: Person | None, number: str, sender: str) -> Feed:
    """Take mail from a sender no longer. Raises NotAllowed, NotFound."""
    who = demand(person, Act.EDIT_FEEDS)
    feed = _feed(tools, number)
    with tools.database.transaction() as tx:
        if newsletters.forget(tx, feed.id, sender.strip().lower()):
            record(tx, who, "newsletter's senders changed", f"feed/{feed.id}", f"not {sender}", tools.now())
    return feed


def _feed(tools: Tools, number: str) -> Feed:
    feed = feeds.find(tools, number)
    if not feed.by_mail:
        raise NotFound(f"feed {number} is no newsletter")
    return feed
