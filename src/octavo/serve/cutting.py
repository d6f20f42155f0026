"""Cutting sheets: a page written for Anybody becomes a stencil, and the stencil the page of one reader."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from octavo.accounts.tokens import token_key
from octavo.domain.comment import under_article, under_story
from octavo.domain.ids import AccountId
from octavo.ports.database import Read
from octavo.relate.anchoring import fingerprint
from octavo.serve.contexts import ArticlePage, StoryPage
from octavo.serve.discussed import Remark, Talk
from octavo.serve.heard import Shows
from octavo.serve.kept import KeptPages
from octavo.serve.mine import SHOWN_ALL
from octavo.serve.sheets import FRESH, Sheet, is_plain, state_of
from octavo.serve.stencils import read
from octavo.serve.talking import threads_of
from octavo.serve.visit import Moved, Visit
from octavo.store import own
from octavo.store.own import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a page of a reader: under which key it is kept, in which state of the store, by which session."""

    key: str
    stamp: str
    now: datetime
    token: str
    leaves_out: bool
    """Whether the page leaves out what its reader muted."""


def own_page(
    kept: KeptPages[Sheet], view: Read, asked: Asked, write: Callable[[], tuple[Sheet | Moved, Shows]]
) -> bytes | Moved | None:
    """Write the page of one reader; None for who needs a page made for them. `write` writes the sheet anew."""
    found = kept.get(asked.key, asked.stamp, asked.now)
    wanted = found.wanted if found else Wanted(mutes=asked.leaves_out)
    reader = own.read(view, token_key(asked.token), wanted, asked.now, FRESH)
    if reader is None or not is_plain(reader):
        return None
    if found is None or not found.holds(reader):
        made, shows = write()
        if isinstance(made, Moved):
            return made
        reader = made.own(view, asked.token, asked.now)
        if reader is None:
            return None
        found = replace(made, state=state_of(reader))
        kept.keep(asked.key, asked.stamp, asked.now, found, shows)
    return found.fill(reader, asked.token) if found.suits(reader) else None


def cut(page: str, context: Any, visit: Visit) -> Sheet:
    """Make a sheet of a page that was written for Anybody. Raises ValueError where its marks do not pair."""
    stencil = read(page)
    talk = getattr(context, "talk", None)
    article = context.article.id if isinstance(context, ArticlePage) else None
    story = context.story.id if isinstance(context, StoryPage) else None
    venue = under_article(article) if article is not None else under_story(story) if story is not None else None
    asked: dict[Any, list[Any]] = {}
    for kind, *names in stencil.keys:
        asked.setdefault(kind, []).append(names[0] if len(names) == 1 else tuple(names))
    return Sheet(
        stencil,
        Wanted(
            saved=asked.get("saved", ()),
            votes=asked.get("vote", ()),
            stances=asked.get("stance", ()),
            article=article,
            story=story,
            threads=[one.id for one in threads_of(visit, venue)] if venue is not None else (),
            text=fingerprint(context.article.text) if isinstance(context, ArticlePage) else 0,
            mutes=context.frame.kind not in SHOWN_ALL,
        ),
        visit.here.language,
        frozenset(_authors(talk.said)) if isinstance(talk, Talk) else frozenset(),
    )


def _authors(said: Sequence[Remark]) -> Iterator[AccountId]:
    for one in said:
        if one.comment.account_id is not None:
            yield one.comment.account_id
        yield from _authors(one.replies)
