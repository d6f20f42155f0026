"""What is a reader's own on a page that is otherwise everybody's: the session and all marks, in one statement.

Tables: sessions, accounts, bookmarks, votes, follows, notifications, kept_preferences, highlights, comments, threads,
comment_watches, audit: read only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from octavo.domain.account import Role, Standing
from octavo.domain.comment import CommentState
from octavo.domain.follow import Stance
from octavo.domain.ids import AccountId, ArticleId, CommentId, StoryId, ThreadId
from octavo.ports.database import Database, Read
from octavo.store.dialect import is_listed
from octavo.store.notifications import MOST_COUNTED
from octavo.store.tables import (
    accounts,
    audit,
    bookmarks,
    comment_watches,
    comments,
    follows,
    highlights,
    kept_preferences,
    notifications,
    sessions,
    threads,
    votes,
)

_SAID = 20
"""A reader's last comments that are looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page has to know of its reader."""

    saved: Sequence[ArticleId] = ()
    """Of these articles, which are saved."""
    votes: Sequence[CommentId] = ()
    """Of these comments, how each was voted on."""
    stances: Sequence[tuple[str, str]] = ()
    """Of these (kind, key), what is followed and what muted."""
    article: ArticleId | None = None
    """The article whose page it is: is anything in it marked, is its discussion watched, is there a history?"""
    threads: Sequence[ThreadId] = ()
    """The discussions on the page: when did they change last?"""
    text: int = 0
    """The fingerprint of its text as the page shows it: passages known to be gone from it are not marked in it."""
    mutes: bool = False
    """Whether what the reader mutes is left out."""
    story: StoryId | None = None
    """The story whose page it is: is its discussion watched?"""


@dataclass(frozen=True, slots=True)
class Own:
    """What there is of one reader; of what was not wanted, nothing."""

    id: AccountId
    name: str
    role: Role
    standing: Standing
    acts: int
    """The last act of somebody with a role."""
    unread: int = 0
    mutes: bool = False
    marked: bool = False
    """Whether they marked a passage that is not known to be gone."""
    gone: bool = False
    """Whether they marked one that is."""
    watches: bool = False
    history: bool = False
    spoke: bool = False
    """Whether they said something since `fresh`, or something they said waits for a moderator."""
    heard: int = 0
    """The last change of the discussions."""
    saved: frozenset[int] = frozenset()
    votes: dict[int, int] = field(default_factory=dict)
    counts: frozenset[tuple[int, str, str]] = frozenset()
    """Of the comments, (id, votes up, votes down)."""
    stances: dict[tuple[str, str], str] = field(default_factory=dict)


def read(view: Read, key: bytes, wanted: Wanted, now: datetime, fresh: timedelta) -> Own | None:
    """Give what is the own of who holds the session with this key; None for one that is over or was ended."""
    statement, given = _question(key, wanted, now, fresh)
    return _own(view.execute(statement, given).all(), wanted)


def ask(database: Database, key: bytes, wanted: Wanted, now: datetime, fresh: timedelta) -> Own | None:
    """Give the same by the shortest way, in a view of its own."""
    statement, given = _question(key, wanted, now, fresh)
    return _own(database.ask(statement, given), wanted)


def _question(
    key: bytes, wanted: Wanted, now: datetime, fresh: timedelta
) -> tuple[CompoundSelect[Any], dict[str, Any]]:
    about = "article" if wanted.article is not None else "story" if wanted.story is not None else ""
    shape = (bool(wanted.saved), bool(wanted.votes), bool(wanted.stances), about)
    given: dict[str, Any] = {"key": key, "now": now, "articles": wanted.saved, "comments": wanted.votes}
    given |= {"article": wanted.article, "story": wanted.story, "threads": wanted.threads or (0,), "fresh": now - fresh}
    given |= {"text": wanted.text, "keys": [one for _, one in wanted.stances]}
    statement, names = _statement(*shape, wanted.mutes)
    return statement, {name: given[name] for name in names}


def _own(rows: Sequence[Any], wanted: Wanted) -> Own | None:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    if "me" not in found:
        return None
    asked = set(wanted.stances)
    _, number, name, role, standing = found["me"][0]
    return Own(
        id=AccountId(number),
        name=name,
        role=Role(role),
        standing=Standing(standing),
        acts=_number(found, "acts"),
        unread=_number(found, "unread"),
        mutes="mutes" in found,
        marked="marked" in found,
        gone="gone" in found,
        watches="watches" in found,
        history="history" in found,
        spoke="spoke" in found,
        heard=_number(found, "heard"),
        saved=frozenset(row[1] for row in found.get("saved", ())),
        votes={row[1]: int(row[4]) for row in found.get("vote", ()) if row[4]},
        counts=frozenset((row[1], row[2], row[3]) for row in found.get("vote", ())),
        stances={(row[2], row[3]): row[4] for row in found.get("stance", ()) if (row[2], row[3]) in asked},
    )


def _number(found: dict[str, list[Any]], what: str) -> int:
    return found[what][0][1] or 0 if what in found else 0


_ME = (
    select(accounts.c.id, accounts.c.name, accounts.c.role, accounts.c.standing)
    .select_from(sessions.join(accounts, accounts.c.id == sessions.c.account_id))
    .where(sessions.c.token_key == bindparam("key"), sessions.c.expires_at > bindparam("now"))
    .cte("me")
)
_WHO = select(_ME.c.id).scalar_subquery()
_NOTHING: ColumnElement[str] = literal_column("''", String())
_ZERO: ColumnElement[int] = literal_column("0", BigInteger())


def _rows(
    what: str,
    number: ColumnElement[int] = _ZERO,
    *words: ColumnElement[Any],
) -> Select[Any]:
    """Say of rows what they are, with a number and up to three words."""
    filled = [*words, *(_NOTHING for _ in range(3 - len(words)))]
    return select(literal_column(f"'{what}'", String()), number, *filled)


@lru_cache(maxsize=32)
def _statement(
    saved: bool,
    voted: bool,
    stances: bool,
    about: str,
    mutes: bool,
) -> tuple[CompoundSelect[Any], tuple[str, ...]]:
    """Put the statement for one shape of page together, with the names of its parameters."""
    parts = [_rows("me", _ME.c.id, _ME.c.name, _ME.c.role, _ME.c.standing), _acts(), _unread()]
    names = ["key", "now"]
    if saved:
        mine = (bookmarks.c.account_id == _WHO) & is_listed(bookmarks.c.article_id, "articles")
        parts.append(_rows("saved", bookmarks.c.article_id).where(mine))
        names.append("articles")
    if voted:
        mine = (votes.c.comment_id == comments.c.id) & (votes.c.account_id == _WHO)
        counts = [cast(one, String()) for one in (comments.c.ups, comments.c.downs, votes.c.value)]
        both = comments.outerjoin(votes, mine)
        parts.append(
            _rows("vote", comments.c.id, *counts).select_from(both).where(is_listed(comments.c.id, "comments"))
        )
        names.append("comments")
    if stances:
        mine = (follows.c.account_id == _WHO) & is_listed(follows.c.key, "keys")
        parts.append(_rows("stance", _ZERO, follows.c.kind, follows.c.key, follows.c.stance).where(mine))
        names.append("keys")
    if mutes:
        mine = (follows.c.account_id == _WHO) & (follows.c.stance == str(Stance.MUTE))
        parts.append(_if("mutes", select(follows.c.key).where(mine)))
    if about:
        parts += _of_talk(about) + (_of_article() if about == "article" else [])
        names += [about, "threads", "fresh"] + (["text"] if about == "article" else [])
    return union_all(*parts), tuple(names)


def _if(what: str, query: Select[Any]) -> Select[Any]:
    """Say something where a query gives anything at all."""
    return _rows(what).where(exists(query))


def _acts() -> Select[Any]:
    return _rows("acts", func.max(audit.c.id)).where(_WHO.is_not(None))


def _unread() -> Select[Any]:
    """As notifications.unread counts."""
    mine = (notifications.c.account_id == _WHO, notifications.c.read_at.is_(None), notifications.c.on_site)
    topics = select(notifications.c.topic).where(*mine).group_by(notifications.c.topic).limit(MOST_COUNTED).subquery()
    return _rows("unread", func.count()).select_from(topics)


def _of_talk(about: str) -> list[Select[Any]]:
    """Of a page with a discussion: is it watched, did the reader speak, when did it change last?"""
    one = (threads.c.article_id if about == "article" else threads.c.story_id) == bindparam(about, type_=BigInteger())
    joined = comment_watches.join(threads, threads.c.id == comment_watches.c.thread_id)
    watched = select(threads.c.id).select_from(joined).where(comment_watches.c.account_id == _WHO, one)
    last = (
        select(comments.c.state, comments.c.posted_at)
        .where(comments.c.account_id == _WHO)
        .order_by(comments.c.id.desc())
        .limit(_SAID)
        .subquery()
    )
    shows = or_(last.c.state == str(CommentState.HELD), last.c.posted_at > bindparam("fresh"))
    return [
        _if("watches", watched),
        _if("spoke", select(last.c.state).where(shows)),
        _rows("heard", func.max(threads.c.seq)).where(is_listed(threads.c.id, "threads")),
    ]


def _of_article() -> list[Select[Any]]:
    one = (highlights.c.account_id == _WHO) & (highlights.c.article_id == bindparam("article", type_=BigInteger()))
    gone = highlights.c.gone_from == bindparam("text", type_=BigInteger())
    kept = (kept_preferences.c.account_id == _WHO) & kept_preferences.c.history.is_(True)
    return [
        _if("marked", select(highlights.c.id).where(one, or_(highlights.c.gone_from.is_(None), ~gone))),
        _if("gone", select(highlights.c.id).where(one, gone)),
        _if("history", select(kept_preferences.c.account_id).where(kept)),
    ]
