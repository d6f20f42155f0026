"""Lists of articles: make, name, fill, share by an address nobody can guess, take back."""

import secrets

from octavo.accounts.permissions import Act, demand
from octavo.actions.notifying import tell_as_chosen
from octavo.domain.account import Person, Standing
from octavo.domain.ids import ArticleId, ListId
from octavo.domain.notification import Why
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import accounts, lists

LONGEST_NAME = 120
LONGEST_NOTE = 1_000
_TOKEN_BYTES = 16


def make(tools: Tools, person: Person | None, name: str, note: str = "") -> ListId:
    """Make a list that nobody else sees; gives its number. Raises InputError."""
    who, now = demand(person, Act.KEEP), tools.now()
    called, noted = _checked(name, note)
    with tools.database.transaction() as tx:
        known = lists.of(tx, who.id)
        same = next((one for one in known if one.name == called and not one.count), None)
        if same is not None:
            return same.id
        if len(known) >= tools.settings.keep.lists:
            raise InputError("no more than {n} lists can be made", n=tools.settings.keep.lists)
        return lists.add(tx, who.id, called, noted, now)


def describe(tools: Tools, person: Person | None, one: ListId, name: str, note: str) -> None:
    """Name a list anew. Raises InputError, NotFound."""
    who = demand(person, Act.KEEP)
    called, noted = _checked(name, note)
    with tools.database.transaction() as tx:
        _there(lists.describe(tx, who.id, one, called, noted))


def remove(tools: Tools, person: Person | None, one: ListId) -> None:
    """Take a list apart; its articles stay."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        lists.remove(tx, who.id, one)


def put_in(tools: Tools, person: Person | None, one: ListId, article: ArticleId) -> None:
    """Put an article into a list. Raises NotFound, InputError when it is full."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        known = lists.get(tx, who.id, one)
        _there(known)
        full = known is not None and known.count >= tools.settings.keep.list_articles
        if full and one not in lists.holding(tx, who.id, article):
            raise InputError("a list holds no more than {n} articles", n=tools.settings.keep.list_articles)
        _there(lists.put_in(tx, who.id, one, article, now))


def take_out(tools: Tools, person: Person | None, one: ListId, article: ArticleId) -> None:
    """Take an article out of a list. Raises NotFound."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        _there(lists.take_out(tx, who.id, one, article, now))


def share(tools: Tools, person: Person | None, one: ListId) -> str:
    """Let whoever has its address see a list; gives the end of that address. Raises NotFound."""
    who, token = demand(person, Act.KEEP), secrets.token_urlsafe(_TOKEN_BYTES)
    with tools.database.transaction() as tx:
        known = lists.get(tx, who.id, one)
        _there(known)
        if known is not None and known.token:
            return known.token
        lists.share(tx, who.id, one, token)
    return token


def tell(tools: Tools, person: Person | None, one: ListId, name: str) -> None:
    """Tell somebody here of a list one shares: once, by the ways they chose, unless moderators have limited who tells.

    Raises NotFound, and InputError for a list that is one's own alone.
    """
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        known = lists.get(tx, who.id, one)
        if known is None:
            raise NotFound("there is no such list, or no such article")
        if not known.token:
            raise InputError("share the list first: then others can see it")
        other = accounts.named(tx, name.strip().removeprefix("@"))
        if other is None or other.id == who.id:
            raise NotFound("there is nobody else here with this name")
        if who.account.standing is Standing.GOOD:
            said = {"name": who.account.name, "about": known.name, "path": f"list/{known.token}"}
            tell_as_chosen(tx, Why.LIST, f"list {one}", {other.id: said}, now)


def withdraw(tools: Tools, person: Person | None, one: ListId) -> None:
    """Let nobody else see a list any longer; shared again, it has another address. Raises NotFound."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        _there(lists.share(tx, who.id, one, ""))


def _there(found: object) -> None:
    if not found:
        raise NotFound("there is no such list, or no such article")


def _checked(name: str, note: str) -> tuple[str, str]:
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST_NAME:
        raise InputError("a list needs a name of at most {n} characters", n=LONGEST_NAME)
    if len(note) > LONGEST_NOTE:
        raise InputError("what is said of a list has at most {n} characters", n=LONGEST_NOTE)
    return called, note.strip()
