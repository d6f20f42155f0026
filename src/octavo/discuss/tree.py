"""Comments into threads: who answers whom, how deep that is shown, and how much more there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from octavo.discuss.ranking import sorter
from octavo.domain.comment import NOBODY, Comment, CommentState, Order
from octavo.domain.ids import CommentId

SHOWN_DEPTH = 5
"""Levels that are set in from each other; what is deeper stands on the last, and says whom it answers."""

DEEPEST = 50
"""Levels there are: an answer to the last one stands beside it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A comment with the answers that are shown. `more` counts the others, wherever below it they stand.

    `answers` is the comment it answers, where that is not the one it is set in below.
    """

    comment: Comment
    depth: int
    replies: "tuple[Branch, ...]" = ()
    more: int = 0
    answers: Comment | None = None

    @property
    def size(self) -> int:
        """How many comments it shows, itself among them, of those everybody sees."""
        return int(self.comment.live) + sum(one.size for one in self.replies)


def path_below(parent: Comment | None) -> tuple[CommentId, ...]:
    """Give the path of an answer to a comment, or of one that answers none."""
    if parent is None:
        return ()
    below = (*parent.path, parent.id)
    return below if len(below) < DEEPEST else parent.path


def grow(
    comments: Iterable[Comment], order: Order, *, top: CommentId = NOBODY, shown_depth: int = SHOWN_DEPTH
) -> tuple[Branch, ...]:
    """Put comments under those they answer, and each level in order. `top` is the comment they all stand below.

    One that answers a comment which is not among them is left out: it is counted as one more of its thread.
    """
    given = {one.id: one for one in comments}
    below: dict[CommentId, list[Comment]] = {}
    for one in given.values():
        below.setdefault(one.parent_id, []).append(one)
    # An answer under the first row follows those before it: a conversation is read in the order it was held.
    inner = Order.OLD if order is Order.NEW else order
    roots = sorted(below.get(top, ()), key=sorter(order))
    return tuple(_branch(one, 0, below, inner, shown_depth) for one in roots)


def _branch(
    comment: Comment, depth: int, below: dict[CommentId, list[Comment]], order: Order, shown_depth: int
) -> Branch:
    answers = sorted(below.get(comment.id, ()), key=sorter(order))
    last = shown_depth - 1
    if depth + 1 < last:
        replies = tuple(_branch(one, depth + 1, below, order, shown_depth) for one in answers)
    elif depth < last:
        replies = tuple(_flat(answers, comment, depth + 1, below, order))
    else:
        replies = ()
    made = Branch(comment, depth, replies)
    return replace(made, more=max(0, comment.descendants - sum(one.size for one in replies)))


def _flat(
    answers: Sequence[Comment],
    parent: Comment,
    depth: int,
    below: dict[CommentId, list[Comment]],
    order: Order,
) -> list[Branch]:
    """Put everything below a comment on one level: each after what it answers, and saying so."""
    found: list[Branch] = []
    waiting = [(one, parent) for one in reversed(answers)]
    while waiting:
        one, answered = waiting.pop()
        said = answered if answered.id != parent.id else None
        theirs = sorted(below.get(one.id, ()), key=sorter(order))
        found.append(Branch(one, depth, answers=said))
        waiting += [(deeper, one) for deeper in reversed(theirs)]
    return found


def is_worth_its_place(comment: Comment) -> bool:
    """Tell whether everybody is shown that a comment is there: its words, or that they are gone from above others."""
    return comment.state is CommentState.LIVE or comment.descendants > 0
