"""What people at other servers say of articles here: comments like others', held to the same rules."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from octavo.actions import screening
from octavo.actions.comments import closed, limits_of, to_tell
from octavo.actions.notifying import tell_of_comment
from octavo.discuss.limits import check_pace, check_text
from octavo.discuss.ranking import rank
from octavo.discuss.tree import path_below
from octavo.domain.comment import NOBODY, Comment, CommentState, Venue, under_article
from octavo.domain.fediverse import Origin, RemoteActor
from octavo.domain.ids import CommentId
from octavo.errors import NotAllowed, SlowDown
from octavo.federate import names
from octavo.federate.plain import plain_text
from octavo.federate.reading import Said
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import comment_origins, comments, discussion

MOST_EDITS = 20
"""Times a reply is given other words; each earlier wording is kept."""

_HOUR = timedelta(hours=1)


def take(tools: Tools, tx: Transaction, origin: str, actor: RemoteActor, said: Said, now: datetime) -> Comment | None:
    """Add a reply to an article here, or to another reply to one; None for what answers nothing here.

    Only what was said to everybody is taken. Raises NotAllowed, SlowDown, InputError for what is not wanted.
    """
    if not said.public or not said.answers:
        return None
    comments.begin(tx)
    found = _answered(tx, origin, said.answers)
    if found is None or comment_origins.by_address(tx, said.address) is not None:
        return None
    venue, parent = found
    if closed(tools, tx, venue, "") is not None:
        raise NotAllowed("comments are closed here")
    screening.check_answers(tx, parent)
    _check_pace(tools, tx, actor, now)
    text = check_text(_words(tools, origin, said), limits_of(tools))
    verdict = screening.judge_stranger(tx, tools, actor, text, now)
    path = path_below(parent)
    made = Comment(
        id=CommentId(0),
        thread_id=comments.open_thread(tx, venue).id,
        text=text,
        posted_at=now,
        parent_id=path[-1] if path else NOBODY,
        path=path,
        state=screening.state_of(verdict),
        rank=rank(0, 0),
    )
    added = comments.add(tx, made)
    page = said.page or said.address
    comment_origins.add(tx, Origin(added.id, said.address, page, actor.address, actor.host, actor.name, now))
    screening.keep(tx, added, verdict, now)
    tell_of_comment(tx, added, to_tell(tx, added), actor.name, now)
    return replace(added, name=actor.name, origin=page)


def reword(tools: Tools, tx: Transaction, origin: str, actor: RemoteActor, said: Said, now: datetime) -> bool:
    """Give a reply the words its author gave it; it waits again where a new one would. False for none of theirs."""
    comments.begin(tx)
    found = _theirs(tx, actor, said.address)
    if found is None or found.state not in (CommentState.LIVE, CommentState.HELD) or found.edits >= MOST_EDITS:
        return False
    text = check_text(_words(tools, origin, said), limits_of(tools))
    if text == found.text:
        return False
    verdict = screening.judge_stranger(tx, tools, actor, text, now)
    comments.reword(tx, found, text, "", now)
    if found.live and screening.state_of(verdict) is CommentState.HELD:
        comments.set_state(tx, [found.id], CommentState.HELD)
        screening.hold(tx, found, verdict, now)
    return True


def take_back(tx: Transaction, actor: RemoteActor, address: str) -> bool:
    """Take a reply back as its author did: its words are gone, and who wrote it. False for none of theirs."""
    comments.begin(tx)
    found = _theirs(tx, actor, address)
    if found is None:
        return False
    _erase(tx, [found.id])
    return True


def take_all_back(tx: Transaction, actor: str) -> int:
    """Take back all that somebody said whose account is gone; gives how much it was."""
    comments.begin(tx)
    ids = [one.comment_id for one in comment_origins.by_author(tx, actor)]
    _erase(tx, ids)
    return len(ids)


def _erase(tx: Transaction, ids: Iterable[CommentId]) -> None:
    every = list(ids)
    comments.set_state(tx, every, CommentState.DELETED)
    comments.erase(tx, every)
    comment_origins.forget(tx, every)


def _answered(read: Read, origin: str, address: str) -> tuple[Venue, Comment | None] | None:
    """Find the article a reply answers, or the reply to one."""
    article = names.article_of(origin, address)
    if article is not None:
        there = discussion.publisher_of(read, article) is not None
        return (under_article(article), None) if there else None
    known = comment_origins.by_address(read, address)
    parent = discussion.get(read, known.comment_id) if known else None
    thread = discussion.thread(read, parent.thread_id) if parent and parent.live else None
    return (thread.venue, parent) if thread else None


def _theirs(read: Read, actor: RemoteActor, address: str) -> Comment | None:
    known = comment_origins.by_address(read, address)
    return discussion.get(read, known.comment_id) if known and known.actor == actor.address else None


def _check_pace(tools: Tools, read: Read, actor: RemoteActor, now: datetime) -> None:
    """Raise SlowDown for too many replies from one server, or from one of its people."""
    if comment_origins.count_of_host(read, actor.host, now - _HOUR) >= tools.settings.fediverse.replies_an_hour:
        raise SlowDown("too many replies from one server in an hour")
    limits = limits_of(tools)
    check_pace([one.at for one in comment_origins.by_author(read, actor.address)[: limits.an_hour]], limits, now)


def _words(tools: Tools, origin: str, said: Said) -> str:
    return plain_text(said.html, names.host_of(origin), tools.settings.comments.longest, said.warning)
