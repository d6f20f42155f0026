"""How much, how long, how often: what a comment may be, when it may be edited, how many there may be in a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.domain.comment import Comment, CommentState
from octavo.errors import InputError, NotAllowed, SlowDown
from octavo.text.markdown import plain, tidied

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
LONGEST_KEY = 200
"""Characters of what a client names one sending by."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an instance allows; see the settings of the same names."""

    longest: int = 5_000
    longest_quote: int = 600
    edit_minutes: int = 15
    a_minute: int = 5
    an_hour: int = 60
    votes_an_hour: int = 600


def check_text(said: str, limits: Limits) -> str:
    """Give the words of a comment as they are kept. Raises InputError for none, and for too many."""
    text = tidied(said)
    if not plain(text):
        raise InputError("a comment has words")
    if len(text) > limits.longest:
        raise InputError("a comment has {most} characters at most: this one has {n}", most=limits.longest, n=len(text))
    return text


def check_quote(said: str, limits: Limits) -> str:
    """Give a passage that is quoted, on one line. Raises InputError when it is too long."""
    quote = " ".join(tidied(said).split())
    if len(quote) > limits.longest_quote:
        raise InputError("a passage of {most} characters at most can be quoted", most=limits.longest_quote)
    return quote


def editable_until(comment: Comment, limits: Limits) -> datetime:
    """Tell until when its author may edit a comment."""
    return comment.posted_at + timedelta(minutes=limits.edit_minutes)


def may_edit(comment: Comment, limits: Limits, now: datetime) -> bool:
    """Tell whether its author may edit a comment now."""
    return comment.state in (CommentState.LIVE, CommentState.HELD) and now < editable_until(comment, limits)


def may_delete(comment: Comment) -> bool:
    """Tell whether its author may delete a comment: not what moderators removed, whose words an appeal needs."""
    return comment.state in (CommentState.LIVE, CommentState.HELD)


def check_edit(comment: Comment, limits: Limits, now: datetime) -> None:
    """Raise NotAllowed when a comment's author may edit it no longer."""
    if comment.state not in (CommentState.LIVE, CommentState.HELD):
        raise NotAllowed("this comment is no longer there to be edited")
    if not may_edit(comment, limits, now):
        raise NotAllowed("a comment can be edited for {n} minutes", n=limits.edit_minutes)


def check_pace(posted: Sequence[datetime], limits: Limits, now: datetime) -> None:
    """Raise SlowDown when somebody who posted at these times would post too often by posting now."""
    if sum(now - one < _MINUTE for one in posted) >= limits.a_minute:
        raise SlowDown("no more than {n} comments a minute: wait a moment", n=limits.a_minute)
    if sum(now - one < _HOUR for one in posted) >= limits.an_hour:
        raise SlowDown("no more than {n} comments an hour", n=limits.an_hour)


def check_votes(votes: int, limits: Limits) -> None:
    """Raise SlowDown when somebody who voted so often in the last hour would vote too often by voting now."""
    if votes >= limits.votes_an_hour:
        raise SlowDown("no more than {n} votes an hour", n=limits.votes_an_hour)


def check_key(said: str) -> str:
    """Give what a client names one sending by; "" for none. Raises InputError when it is too long."""
    if len(said) > LONGEST_KEY:
        raise InputError("the key of a sending has {most} characters at most", most=LONGEST_KEY)
    return said
