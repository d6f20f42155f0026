"""Comments made up for tests: `said(3, below=1)` answers comment 1."""

from datetime import UTC, datetime, timedelta
from typing import Any

from octavo.discuss.ranking import rank
from octavo.domain.comment import NOBODY, Comment
from octavo.domain.ids import AccountId, CommentId, ThreadId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(number: int, *, below: int = NOBODY, ups: int = 0, downs: int = 0, **given: Any) -> Comment:
    """Make a comment."""
    path = given.pop("path", (CommentId(below),) if below else ())
    return Comment(
        **{
            "id": CommentId(number),
            "thread_id": ThreadId(1),
            "text": f"Comment {number}",
            "posted_at": NOON + timedelta(seconds=number),
            "account_id": AccountId(number),
            "parent_id": CommentId(below),
            "path": path,
            "ups": ups,
            "downs": downs,
            "rank": rank(ups, downs),
            **given,
        }
    )
