"""Searches one keeps: each has a feed, and is one in reader apps."""

from dataclasses import replace

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.follow import SavedSearch
from octavo.domain.ids import AccountId, SearchId
from octavo.errors import InputError, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.relate import query as language
from octavo.relate.query import Question
from octavo.store import searches

LONGEST_NAME = 120


def save(tools: Tools, person: Person | None, query: str, name: str = "") -> SavedSearch:
    """Keep a search under a name ("": its own words); one that is kept already is given as it is. Raises InputError."""
    who, now = demand(person, Act.KEEP), tools.now()
    line, called = line_of(query), _short(name)
    if not line:
        raise InputError("a search needs words or a condition")
    with tools.database.transaction() as tx:
        return keep(tx, tools, who.id, SavedSearch(SearchId(0), line, called or line[:LONGEST_NAME], now))


def keep(tx: Transaction, tools: Tools, account: AccountId, one: SavedSearch) -> SavedSearch:
    """Keep a search whose line is one of line_of, unless it is kept. Raises InputError where there is no more room."""
    known = searches.of(tx, account)
    same = next((other for other in known if other.query == one.query), None)
    if same is not None:
        return same
    if len(known) >= tools.settings.keep.searches:
        raise InputError("no more than {n} searches can be kept", n=tools.settings.keep.searches)
    return replace(one, id=searches.add(tx, account, one))


def rename(tools: Tools, person: Person | None, one: SearchId, name: str) -> None:
    """Call a search something else. Raises InputError, NotFound."""
    who, called = demand(person, Act.KEEP), _short(name)
    if not called:
        raise InputError("a search needs a name of at most {n} characters", n=LONGEST_NAME)
    with tools.database.transaction() as tx:
        if not searches.rename(tx, who.id, one, called):
            raise NotFound("there is no such search")


def remove(tools: Tools, person: Person | None, one: SearchId) -> None:
    """Keep a search no longer."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        searches.remove(tx, who.id, one)


def line_of(query: str) -> str:
    """Write a search's line as it is kept: in one form, and without an order, as its feed is the newest first."""
    read = language.parse(" ".join(query.split())[: language.LONGEST])
    return Question(tuple(one for one in read.parts if one.kind != "sort")).written()[: language.LONGEST]


def _short(name: str) -> str:
    said = " ".join(name.split())
    if len(said) > LONGEST_NAME:
        raise InputError("a search needs a name of at most {n} characters", n=LONGEST_NAME)
    return said
