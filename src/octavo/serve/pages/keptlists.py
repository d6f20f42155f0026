"""A reader's lists of articles: all of them, one of one's own, and one that somebody shared."""

from collections.abc import Sequence
from datetime import datetime

from octavo.accounts.permissions import Act, demand
from octavo.domain.follow import Bookmark
from octavo.domain.ids import ArticleId, ListId
from octavo.errors import NotFound
from octavo.serve.contexts import Frame, ListPage
from octavo.serve.owned import Kept, ListsPage, OwnListPage
from octavo.serve.visit import PAGE, Visit
from octavo.store import accounts, lists
from octavo.store.columns import moment_number, number_moment
from octavo.text.slugs import read_short_id, short_id

_LONGEST = 60
_LATEST = 2**55
"""Microseconds since 1970 that no moment lies after."""


def load_all(visit: Visit) -> ListsPage:
    """Give the page of one's lists. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    return ListsPage(
        frame=Frame(
            title=visit.t("Lists"),
            description=visit.t("Articles you put together, for yourself or to share."),
            path=f"/{visit.plan.key}/lists",
            kind="lists",
            index=False,
        ),
        problem=visit.problem,
        lists=lists.of(visit.view, who.id),
        given=visit.given,
    )


def load_one(visit: Visit) -> OwnListPage:
    """Give one of one's own lists. Raises SignInRequired, NotFound."""
    who, said = demand(visit.person, Act.KEEP), visit.names["number"]
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
    one = lists.get(visit.view, who.id, ListId(number))
    if one is None:
        raise NotFound("there is no such list")
    found = moment_in(visit)
    before = Bookmark(found[1], found[0]) if found else None
    kept = [(each.article_id, each.at) for each in lists.page(visit.view, one.id, before, PAGE + 1)]
    path = f"/{visit.plan.key}/lists/{one.id}"
    return OwnListPage(
        frame=Frame(title=one.name, description=one.note or one.name, path=path, kind="list", index=False),
        problem=visit.problem,
        list=one,
        entries=entries(visit, kept[:PAGE]),
        address=visit.here.absolute(f"/{visit.plan.key}/list/{one.token}") if one.token else "",
        older=older_than(path, kept, PAGE),
    )


def load_shared(visit: Visit) -> ListPage:
    """Give a list that somebody shared, to whoever has its address. Raises NotFound."""
    token = visit.names["token"]
    found = lists.shared(visit.view, token) if len(token) <= _LONGEST else None
    if found is None:
        raise NotFound("nobody shares a list under this address")
    owner, one = found
    since = moment_in(visit)
    before = Bookmark(since[1], since[0]) if since else None
    kept = [(each.article_id, each.at) for each in lists.page(visit.view, one.id, before, PAGE + 1)]
    path = f"/{visit.plan.key}/list/{token}"
    name = accounts.names(visit.view, [owner]).get(owner, "")
    by = visit.t("A list by {name}.", name=name)
    return ListPage(
        frame=Frame(
            title=one.name, description=f"{one.note} {by}".strip(), path=path, kind="list", feed=path, index=False
        ),
        heading=one.name,
        intro=f"{one.note} {by}".strip(),
        lead=(),
        cards=visit.cards([article for article, _ in kept[:PAGE]]),
        notes={},
        older=older_than(path, kept, PAGE),
    )


def entries(visit: Visit, kept: Sequence[tuple[ArticleId, datetime]]) -> list[Kept]:
    """Give the cards of kept articles with when they were."""
    cards = {card.id: card for card in visit.cards([article for article, _ in kept])}
    return [Kept(cards[one], at, short_id(one)) for one, at in kept if one in cards]


def moment_in(visit: Visit) -> tuple[datetime, ArticleId] | None:
    """Read where the page before ended: a moment, and an article."""
    at, _, article = visit.query.get("before", "").partition("-")
    first, second = read_short_id(at), read_short_id(article)
    if first is None or second is None or first >= _LATEST or second >= 2**62:
        return None
    return number_moment(first), ArticleId(second)


def older_than(path: str, kept: Sequence[tuple[ArticleId, datetime]], size: int) -> str:
    """Give the path of the next page; `kept` holds one more than a page when there is one."""
    if len(kept) <= size:
        return ""
    article, at = kept[size - 1]
    return f"{path}?before={short_id(moment_number(at))}-{short_id(article)}"
