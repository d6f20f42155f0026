"""Comments: say something, edit it, delete it. Each is one transaction, and has happened once it returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from octavo.accounts.permissions import Act, demand
from octavo.actions import screening
from octavo.actions.notifying import tell_of_comment
from octavo.discuss.limits import (
    Limits,
    check_edit,
    check_key,
    check_pace,
    check_quote,
    check_text,
    may_delete,
)
from octavo.discuss.mentions import MOST, mentioned
from octavo.discuss.quoting import passage
from octavo.discuss.ranking import rank
from octavo.discuss.telling import told
from octavo.discuss.tree import path_below
from octavo.domain.account import Person
from octavo.domain.comment import NOBODY, Cause, Closing, Comment, CommentState, Venue, under_story
from octavo.domain.ids import AccountId, CommentId, ThreadId
from octavo.domain.moderation import Opinion
from octavo.errors import Conflict, InputError, NotAllowed, NotFound
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, articles, closings, comments, discussion, stories, watches

_TOLD_AT_ONCE = 1_000
"""Who watches a thread and is told in the transaction that adds a comment; more see it when they come by."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say. An answer says what it answers and stands where that stands; else `venue` says where.

    `edition` is the edition it is said in; `client_key` names this one sending, so that it is done once.
    """

    text: str
    venue: Venue | None = None
    parent_id: CommentId = NOBODY
    quote: str = ""
    edition: str = ""
    client_key: str = ""


def limits_of(tools: Tools) -> Limits:
    """Give what this instance allows."""
    given = tools.settings.comments
    return Limits(
        longest=given.longest,
        longest_quote=given.longest_quote,
        edit_minutes=given.edit_minutes,
        a_minute=given.a_minute,
        an_hour=given.an_hour,
        votes_an_hour=given.votes_an_hour,
    )


def post(tools: Tools, person: Person | None, draft: Draft) -> Comment:
    """Say something. Raises SignInRequired, NotAllowed (closed here, too), NotFound, InputError, SlowDown.

    The same sending again gives the comment there is.
    """
    who, limits, now = demand(person, Act.COMMENT), limits_of(tools), tools.now()
    text, quote = check_text(draft.text, limits), check_quote(draft.quote, limits)
    key = check_key(draft.client_key)
    opinion = screening.ask(tools, who, text, draft.venue, draft.parent_id)
    with tools.database.transaction() as tx:
        comments.begin(tx)
        known = discussion.by_client_key(tx, who.id, key) if key else None
        if known is not None:
            return known
        parent = _parent(tx, draft.parent_id)
        venue = _venue(tx, draft.venue, parent)
        _check_open(tools, tx, venue, draft.edition)
        check_pace([one.posted_at for one in discussion.posted(tx, who.id, limits.an_hour)], limits, now)
        screening.check_answers(tx, parent)
        screening.check_slow(tx, who, _places(tx, venue, draft.edition), now)
        verdict = screening.judge(tx, tools, who, text, now, opinion)
        path = path_below(parent)
        made = Comment(
            id=CommentId(0),
            thread_id=comments.open_thread(tx, venue).id,
            text=text,
            posted_at=now,
            account_id=who.id,
            quote=_passage(tx, venue, quote),
            parent_id=path[-1] if path else NOBODY,
            path=path,
            state=screening.state_of(verdict),
            rank=rank(0, 0),
        )
        added = comments.add(tx, made, key)
        screening.keep(tx, added, verdict, now)
        if added.live:
            tell_of_comment(tx, added, to_tell(tx, added), who.account.name, now)
        return added


def edit(tools: Tools, person: Person | None, comment_id: CommentId, text: str, seen: int) -> Comment:
    """Give one's own comment other words; the earlier ones are kept, and shown. `seen` is how often it had been edited
    when its author read it. Raises SignInRequired, NotAllowed, NotFound, InputError, Conflict."""
    who, limits, now = demand(person, Act.COMMENT), limits_of(tools), tools.now()
    wanted = check_text(text, limits)
    opinion = _asked_anew(tools, who, comment_id, wanted)
    with tools.database.transaction() as tx:
        comments.begin(tx)
        found = _own(tx, who, comment_id)
        if found.text == wanted:
            return found
        check_edit(found, limits, now)
        if found.edits != seen:
            raise Conflict("this comment was edited in another window meanwhile: look at it first")
        verdict = screening.judge(tx, tools, who, wanted, now, opinion)
        comments.reword(tx, found, wanted, found.quote, now)
        if found.live and screening.state_of(verdict) is CommentState.HELD:
            comments.set_state(tx, [comment_id], CommentState.HELD)
            screening.hold(tx, found, verdict, now)
        edited = _known(tx, comment_id)
        if edited.live:
            tell_of_comment(tx, edited, _newly_named(tx, found, edited), who.account.name, now)
        return edited


def delete(tools: Tools, person: Person | None, comment_id: CommentId) -> Comment:
    """Take back one's own comment: its words are gone for good, its place stays where others answered it.

    Raises SignInRequired, NotFound, NotAllowed for what moderators removed.
    """
    who = demand(person, Act.COMMENT)
    with tools.database.transaction() as tx:
        comments.begin(tx)
        found = _own(tx, who, comment_id)
        if found.state is CommentState.DELETED:
            return found
        if not may_delete(found):
            raise NotAllowed("moderators removed this comment: its words are kept for an appeal")
        comments.set_state(tx, [comment_id], CommentState.DELETED)
        comments.erase(tx, [comment_id])
        return _known(tx, comment_id)


def closed(tools: Tools, read: Read, venue: Venue, edition: str) -> Closing | None:
    """Give what closes the discussion of an article or a story in an edition; None where it is open."""
    if not tools.settings.comments.open:
        return Closing("", "", tools.now())
    return closings.of(read, _places(read, venue, edition))


def _places(read: Read, venue: Venue, edition: str) -> list[str]:
    """Name the places a comment stands in, as closings and slow modes name them."""
    keys = [venue.key] if not edition else [venue.key, f"edition/{edition}"]
    if venue.article_id is not None:
        publisher = discussion.publisher_of(read, venue.article_id)
        keys += [f"publisher/{publisher}"] if publisher else []
    return keys


def to_tell(read: Read, comment: Comment) -> Mapping[AccountId, Cause]:
    """Give who is to be told of a comment that is new to everybody, and why."""
    parent = discussion.get(read, comment.parent_id) if comment.parent_id != NOBODY else None
    names = mentioned(comment.text)
    return told(
        comment,
        answered=parent.account_id if parent else None,
        named=accounts.ids_named(read, names).values() if names else (),
        watching=watches.watchers(read, comment.thread_id, _TOLD_AT_ONCE),
    )


def _newly_named(read: Read, before: Comment, after: Comment) -> Mapping[AccountId, Cause]:
    """Give whom an edit names that no earlier wording named; all wordings together call so many at most."""
    earlier = [before.text, *(one.text for one in discussion.wordings(read, before.id))]
    known = {one for text in earlier for one in mentioned(text)}
    names = [one for one in mentioned(after.text) if one not in known][: max(0, MOST - len(known))]
    named = accounts.ids_named(read, names).values() if names else ()
    return told(after, answered=None, named=named, watching=())


def venue_of(read: Read, thread_id: ThreadId) -> Venue:
    """Give what a thread is about. Raises NotFound."""
    found = discussion.thread(read, thread_id)
    if found is None:
        raise NotFound("this discussion is no longer kept")
    return found.venue


def there(read: Read, venue: Venue) -> Venue:
    """Give what there is to talk about: a story that was folded into another gives that one. Raises NotFound."""
    if venue.article_id is not None:
        if discussion.publisher_of(read, venue.article_id) is None:
            raise NotFound("no article is kept under this address")
        return venue
    story = stories.get(read, venue.story_id) if venue.story_id is not None else None
    if story is None:
        raise NotFound("no story is kept under this address")
    return under_story(story.id)


def _parent(tx: Transaction, parent_id: CommentId) -> Comment | None:
    if parent_id == NOBODY:
        return None
    found = discussion.get(tx, parent_id)
    if found is None:
        raise NotFound("the comment you answer is no longer kept")
    if not found.live:
        raise NotAllowed("the comment you answer is no longer there")
    return found


def _venue(tx: Transaction, said: Venue | None, parent: Comment | None) -> Venue:
    """Give where a comment stands: where the one it answers does, else where it says. Raises NotFound, InputError."""
    if parent is not None:
        return venue_of(tx, parent.thread_id)
    if said is None:
        raise InputError("a comment is about an article or a story")
    return there(tx, said)


def _check_open(tools: Tools, tx: Transaction, venue: Venue, edition: str) -> None:
    closing = closed(tools, tx, venue, edition)
    if closing is not None:
        raise NotAllowed("comments are closed here")


def _passage(tx: Transaction, venue: Venue, quote: str) -> str:
    if not quote:
        return ""
    article = articles.get(tx, venue.article_id) if venue.article_id is not None else None
    if article is None:
        raise InputError("a passage can be quoted from an article only")
    return passage("\n".join((article.headline, article.standfirst, article.text)), quote)


def _own(tx: Transaction, who: Person, comment_id: CommentId) -> Comment:
    found = discussion.get(tx, comment_id)
    if found is None:
        _gone()
    if found.account_id != who.id:
        raise NotAllowed("this is somebody else's comment")
    return found


def _asked_anew(tools: Tools, who: Person, comment_id: CommentId, text: str) -> Opinion | None:
    with tools.database.read() as view:
        found = discussion.get(view, comment_id)
        if found is None or found.account_id != who.id or not found.live:
            return None
        venue = venue_of(view, found.thread_id)
    return screening.ask(tools, who, text, venue, found.parent_id)


def _known(tx: Transaction, comment_id: CommentId) -> Comment:
    found = discussion.get(tx, comment_id)
    if found is None:
        _gone()
    return found


def _gone() -> NoReturn:
    raise NotFound("this comment is no longer kept")
