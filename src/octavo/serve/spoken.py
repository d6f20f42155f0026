"""Which comments a page reads: a few of each row, and the reader's own, in as many queries as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from octavo.accounts.permissions import Act, may
from octavo.discuss.ranking import sorter
from octavo.discuss.tree import Branch, grow
from octavo.domain.comment import Comment, CommentState, Order
from octavo.domain.ids import CommentId, ThreadId
from octavo.serve.sheets import FRESH
from octavo.serve.visit import Visit
from octavo.store import discussion
from octavo.store.discussion import Cursor
from octavo.text.slugs import read_short_id, short_id

_OWN = 20
"""Comments of the reader's own that are looked at, to be shown wherever they stand."""

_MOST = 160
"""Comments on one page, about; what is below them is a link away."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How much of a discussion a page shows: comments of the first row, and answers to each on the rows below."""

    first: int
    below: tuple[int, ...]


UNDER = Spread(12, (3, 2, 2))
"""Under an article or a story."""

WHOLE = Spread(30, (4, 3, 2, 2))
"""On a page of its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments of a discussion: in which order, from where on, how many."""

    order: Order = Order.BEST
    after: Cursor | None = None
    spread: Spread = UNDER


BEST = Wanted()


def wanted_of(visit: Visit, *, usual: Order = Order.BEST) -> Wanted:
    """Read the order and the place to go on from out of the address; what makes no sense there is not heeded."""
    asked = visit.query.get("sort", "")
    order = Order(asked) if asked in set(Order) else usual
    rank, _, name = visit.query.get("after", "").partition(".")
    number = read_short_id(name)
    plain = rank.isascii() and rank.isdigit() and len(rank) <= 10
    after = Cursor(int(rank), CommentId(number)) if number is not None and number < 2**62 and plain else None
    return Wanted(order, after, WHOLE)


def after_name(cursor: Cursor) -> str:
    """Write in an address where a page goes on."""
    return f"{cursor.rank}.{short_id(cursor.id)}"


def first_rows(visit: Visit, threads: Sequence[ThreadId], wanted: Wanted) -> tuple[list[Branch], Cursor | None]:
    """Read a discussion from its first row down; the second says where the next page begins."""
    if not threads:
        return [], None
    found = discussion.roots(visit.view, threads, wanted.order, wanted.spread.first + 1, wanted.after)
    rows, cursor = _page(found, wanted)
    rows += [] if wanted.after else _own(visit, threads)
    return list(grow(_below(visit, rows, wanted), wanted.order)), cursor


def rows_below(visit: Visit, top: Comment, wanted: Wanted) -> tuple[list[Branch], Cursor | None]:
    """Read what answers one comment."""
    found = discussion.replies(visit.view, [top.id], wanted.order, wanted.spread.first + 1, wanted.after)
    rows, cursor = _page(found, wanted)
    if wanted.after is None:
        rows += [one for one in _own(visit, [top.thread_id]) if top.id in one.path]
    return list(grow(_below(visit, rows, wanted), wanted.order, top=top.id)), cursor


def _page(found: Iterable[Comment], wanted: Wanted) -> tuple[list[Comment], Cursor | None]:
    rows = sorted(found, key=sorter(wanted.order))
    shown = rows[: wanted.spread.first]
    return shown, Cursor(shown[-1].rank, shown[-1].id) if len(rows) > len(shown) else None


def _below(visit: Visit, rows: list[Comment], wanted: Wanted) -> list[Comment]:
    """Read row after row of answers to those comments that have some."""
    found, level = list(rows), rows
    inner = Order.BEST if wanted.order is Order.BEST else Order.OLD
    for each in wanted.spread.below:
        parents = [one.id for one in level if one.descendants]
        if not parents or len(found) >= _MOST:
            break
        level = discussion.replies(visit.view, parents, inner, each)
        found += level
    return found


def _own(visit: Visit, threads: Sequence[ThreadId]) -> list[Comment]:
    """Read what the reader said a moment ago, or what waits for a moderator, with all it answers: it shows at once."""
    if visit.person is None:
        return []
    mine = discussion.posted(visit.view, visit.person.id, _OWN)
    found = [one for one in mine if one.thread_id in threads and _is_shown(one, visit)]
    if may(visit.person, Act.MODERATE):
        found += discussion.held(visit.view, threads, None)
    answered = {above for one in found for above in one.path} - {one.id for one in found}
    return [*found, *discussion.get_many(visit.view, sorted(answered))] if found else []


def _is_shown(one: Comment, visit: Visit) -> bool:
    if one.state is CommentState.HELD:
        return True
    return one.live and visit.here.now - one.posted_at < FRESH
