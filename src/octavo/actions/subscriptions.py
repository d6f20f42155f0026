"""Which feeds one reader's apps show: subscribe, name, put into folders, leave."""

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.follow import FeedChoice
from octavo.domain.ids import FeedId
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import feeds, subscriptions

LONGEST = 200


def subscribe(tools: Tools, person: Person | None, feed: FeedId, title: str = "", folder: str = "") -> None:
    """Read a feed in one's apps, under this title ("": its own) and in this folder ("": none). Raises NotFound."""
    _choose(tools, person, feed, FeedChoice(feed, True, tools.now(), _short(title), _short(folder)))


def leave(tools: Tools, person: Person | None, feed: FeedId) -> None:
    """Read a feed no longer in one's apps, whatever its publisher and edition. Raises NotFound."""
    _choose(tools, person, feed, FeedChoice(feed, False, tools.now()))


def _choose(tools: Tools, person: Person | None, feed: FeedId, choice: FeedChoice) -> None:
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        if feeds.get(tx, feed) is None:
            raise NotFound("there is no such feed")
        subscriptions.choose(tx, who.id, choice)


def _short(text: str) -> str:
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise InputError("titles and folders have at most {n} characters", n=LONGEST)
    return said
