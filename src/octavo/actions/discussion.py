"""Around comments: vote, watch a discussion, close one; what an account leaves here, and takes along."""

from datetime import timedelta

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record
from octavo.actions.comments import limits_of, there
from octavo.discuss.limits import check_votes
from octavo.discuss.ranking import rank
from octavo.domain.account import Person
from octavo.domain.comment import Ballot, Closing, Comment, Venue, Vote
from octavo.domain.ids import AccountId, CommentId
from octavo.errors import InputError, NotAllowed, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import closings, comments, discussion, votes, watches

_HOUR = timedelta(hours=1)
PLACES = ("edition", "publisher", "article", "story")
"""What can be closed for comments: PLACE/ID."""

_LONGEST_NOTE = 500
_LONGEST_KEY = 300


def vote(tools: Tools, person: Person | None, comment_id: CommentId, value: Ballot) -> Comment:
    """Vote a comment up or down, or take one's vote back; never one's own. The same vote again changes nothing.

    Raises SignInRequired, NotAllowed, NotFound, SlowDown.
    """
    who, limits, now = demand(person, Act.VOTE), limits_of(tools), tools.now()
    with tools.database.transaction() as tx:
        comments.begin(tx)
        found = discussion.get(tx, comment_id)
        if found is None or not found.live:
            raise NotFound("this comment is no longer there")
        if found.account_id == who.id:
            raise NotAllowed("nobody votes on what they said themselves")
        check_votes(votes.count_since(tx, who.id, now - _HOUR), limits)
        step = votes.cast_vote(tx, Vote(comment_id, who.id, value, now))
        if step == (0, 0):
            return found
        comments.count_votes(tx, {comment_id: step}, rank)
        return discussion.get(tx, comment_id) or found


def watch(tools: Tools, person: Person | None, venue: Venue, *, on: bool) -> None:
    """Be told of whatever is said about an article or a story, or no longer.

    Raises SignInRequired, NotAllowed, NotFound.
    """
    who, now = demand(person, Act.COMMENT), tools.now()
    with tools.database.transaction() as tx:
        comments.begin(tx)
        where = there(tx, venue)
        thread = discussion.thread_of(tx, where)
        if on:
            watches.add(tx, who.id, (thread or comments.open_thread(tx, where)).id, now)
        elif thread is not None:
            watches.remove(tx, who.id, thread.id)


def close(tools: Tools, person: Person | None, key: str, note: str = "") -> None:
    """Take no comments somewhere: `key` is edition/KEY, publisher/ID, article/ID or story/ID.

    `note` is shown to readers. What was said stays. Raises SignInRequired, NotAllowed, InputError.
    """
    who, now = demand(person, Act.EDIT_RULES), tools.now()
    where, said = _place(key), " ".join(note.split())
    if len(said) > _LONGEST_NOTE:
        raise InputError("the reason has {most} characters at most", most=_LONGEST_NOTE)
    with tools.database.transaction() as tx:
        closings.close(tx, Closing(where, said, now, who.id or None))
        record(tx, who, "comments closed", where, said, now)


def reopen(tools: Tools, person: Person | None, key: str, note: str = "") -> None:
    """Take comments somewhere again. Raises SignInRequired, NotAllowed, InputError, NotFound when it was not closed."""
    who, now = demand(person, Act.EDIT_RULES), tools.now()
    where = _place(key)
    with tools.database.transaction() as tx:
        if not closings.reopen(tx, where):
            raise NotFound("comments were not closed for {place}", place=where)
        record(tx, who, "comments opened", where, " ".join(note.split()), now)


def closed_places(tools: Tools) -> list[Closing]:
    """List where no comments are taken."""
    with tools.database.read() as view:
        return closings.listed(view)


def forget_account(tx: Transaction, account_id: AccountId) -> None:
    """Take an account out of the discussion before it goes: its votes, its words, its name. What others said stays."""
    comments.begin(tx)
    comments.count_votes(tx, votes.take_back(tx, account_id), rank, seen=True)
    comments.forget_account(tx, account_id)


def _place(key: str) -> str:
    kind, _, name = key.strip().partition("/")
    if kind not in PLACES or not name or len(key) > _LONGEST_KEY:
        raise InputError("comments are closed for edition/KEY, publisher/ID, article/ID or story/ID")
    return f"{kind}/{name.lower() if kind == 'edition' else name}"
