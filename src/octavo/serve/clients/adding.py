"""What an app adds: a page of this site is followed, a feed collected here is read; others only editors add."""

from collections.abc import Sequence
from dataclasses import replace

from octavo.accounts.permissions import Act, demand, may
from octavo.actions import sources
from octavo.collect.opml import Subscription
from octavo.domain.account import Person
from octavo.domain.feed import Feed
from octavo.domain.follow import FollowKind
from octavo.domain.ids import PublisherId
from octavo.errors import InputError
from octavo.serve import followed
from octavo.serve.clients.asked import Asked
from octavo.serve.clients.marks import Marks
from octavo.serve.clients.shelf import follow_number, search_number
from octavo.store import feeds

UNKNOWN = "this newspaper does not collect that feed: its editors can add it"
SCOPE_NEEDED = "this newspaper does not collect that feed, and this token may not add it: make one with the scope edit"


def add(asked: Asked, person: Person, address: str, title: str = "", folder: str = "") -> int:
    """Subscribe to what an address means; gives the number of the feed that apps show for it, 0 for none.

    A feed that is not collected here is added for those who may add feeds, by a token that may. Raises InputError for
    others, and what sources.follow raises.
    """
    marks, text = Marks(asked, person), address.strip()
    meant = followed.meant_by(text, asked.site.origin)
    if meant is not None and meant.kind is None:
        return search_number(marks.search(meant.key, title))
    if meant is not None and meant.kind is not None:
        one = marks.follow(meant.kind, meant.key)
        return _first_of(asked, one.key) if one.kind is FollowKind.PUBLISHER else follow_number(one)
    found = known(asked, text)
    if not found:
        found = [_followed(asked, person, text)]
    for feed in found:
        marks.subscribe(feed.id, title if len(found) == 1 else "", folder)
    return found[0].id


def _followed(asked: Asked, person: Person, address: str) -> Feed:
    """Have a feed collected that is not yet; for who may not have that done, or not read it, no site is asked."""
    demand(person, Act.KEEP)
    if not may(person, Act.EDIT_FEEDS):
        raise InputError(SCOPE_NEEDED if may(replace(person, scopes=None), Act.EDIT_FEEDS) else UNKNOWN)
    return sources.follow(asked.site.tools, person, address)


def known(asked: Asked, address: str) -> Sequence[Feed]:
    """Find the feeds collected here that an address means, or a number."""
    with asked.site.tools.database.read() as view:
        if address.isascii() and address.isdecimal() and len(address) < 16:
            found = next((one for one in feeds.all(view) if one.id == int(address)), None)
            return [found] if found else []
        return followed.collected(view, address)


def bring(asked: Asked, person: Person, data: bytes) -> int:
    """Subscribe to what an OPML document names; gives how much of it. Raises UnreadableFile, NotAllowed.

    Feeds that are not collected here are added for those who may add feeds.
    """
    site = asked.site
    brought = followed.bring(site.tools, person, site.origin, data)
    added = _added(asked, person, brought.unknown)
    return brought.follows + brought.searches + brought.feeds + added


def _added(asked: Asked, person: Person, unknown: Sequence[Subscription]) -> int:
    if not unknown or not may(person, Act.EDIT_FEEDS):
        return 0
    folders = {one.url: one for one in unknown}
    kept = sources.follow_listed(asked.site.tools, person, unknown)
    marks = Marks(asked, person)
    for feed in kept:
        listed = folders.get(feed.url)
        marks.subscribe(feed.id, listed.title if listed else "", listed.folder if listed else "")
    return len(kept)


def _first_of(asked: Asked, publisher: str) -> int:
    with asked.site.tools.database.read() as view:
        owned = [one.id for one in feeds.active(view) if one.publisher_id == PublisherId(publisher)]
    return min(owned, default=0)
