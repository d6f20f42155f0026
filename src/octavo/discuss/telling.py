"""Who is told of a new comment, and why: whom it answers, whom it names, who watches; nobody twice."""

from collections.abc import Iterable, Mapping

from octavo.domain.comment import Cause, Comment
from octavo.domain.ids import AccountId


def told(
    comment: Comment,
    *,
    answered: AccountId | None,
    named: Iterable[AccountId],
    watching: Iterable[AccountId],
) -> Mapping[AccountId, Cause]:
    """Give who is to be told of a comment. Nobody, while it is not there for everybody."""
    if not comment.live:
        return {}
    found: dict[AccountId, Cause] = {}
    if answered is not None:
        found[answered] = Cause.REPLY
    for one in named:
        found.setdefault(one, Cause.MENTION)
    for one in watching:
        found.setdefault(one, Cause.WATCHED)
    if comment.account_id is not None:
        found.pop(comment.account_id, None)
    return found
