"""Save articles, and save them no longer."""

from collections.abc import Iterable

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.ids import ArticleId
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import bookmarks


def save(tools: Tools, person: Person | None, article: ArticleId) -> None:
    """Save an article; one saved already stays so since then. Raises NotFound, InputError when there is no room."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        if article in bookmarks.among(tx, who.id, [article]):
            return
        if bookmarks.count(tx, who.id) >= tools.settings.keep.bookmarks:
            raise InputError("no more than {n} articles can be saved", n=tools.settings.keep.bookmarks)
        if not bookmarks.save(tx, who.id, [article], now):
            raise NotFound("there is no such article")


def save_many(tools: Tools, person: Person | None, ids: Iterable[ArticleId]) -> int:
    """Save articles as far as there is room, in their order; those unknown are left out. Gives how many are new."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        wanted = list(dict.fromkeys(ids))
        known = bookmarks.among(tx, who.id, wanted)
        room = max(0, tools.settings.keep.bookmarks - bookmarks.count(tx, who.id))
        return bookmarks.save(tx, who.id, [one for one in wanted if one not in known][:room], now)


def remove(tools: Tools, person: Person | None, ids: Iterable[ArticleId]) -> None:
    """Save articles no longer."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        bookmarks.remove(tx, who.id, ids)
