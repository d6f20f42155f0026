"""The API of what one keeps: who one is, saved articles, what one follows and mutes. Needs a token."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from octavo.actions import bookmarks as saving
from octavo.actions import follows as following
from octavo.domain.account import Scope
from octavo.domain.follow import Bookmark, Stance
from octavo.domain.ids import ArticleId
from octavo.errors import NotFound
from octavo.serve.api import cursors, described
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Fields, Following, Id, Key, Moments
from octavo.serve.api.schemas.own import Follow, Follows, Me, Saved, SavedArticles
from octavo.store import bookmarks, follows, preferences
from octavo.text.slugs import read_short_id

router = APIRouter(tags=["own"])

Kind = Annotated[
    Literal["story", "hashtag", "person", "organisation", "place", "publisher", "word"],
    Path(description="What kind of thing it is."),
]


@router.get("/me", response_model=Me)
def me(asked: Asked) -> Response:
    """Say whose token was sent, and what it may be used for."""
    who = asked.whose()
    scopes = sorted(who.scopes if who.scopes is not None else frozenset(Scope))
    with asked.visit("") as visit:
        remembers = preferences.of(visit.view, who.id).history
    made = Me(name=who.account.name, role=str(who.account.role), scopes=scopes, history=remembers)
    return asked.one(made, own=True)


@router.get("/me/saved", response_model=SavedArticles)
def saved_articles(asked: Asked, query: Annotated[Moments, Query()]) -> Response:
    """List the articles one saved, the last first."""
    who = asked.whose()
    with asked.visit(query.edition) as visit:
        start = cursors.before(query.cursor)
        last = Bookmark(ArticleId(start[1]), start[0]) if start else None
        found = bookmarks.latest(visit.view, who.id, last, query.limit + 1)
        shown = found[: query.limit]
        cards = {card.id: card for card in visit.cards([one.article_id for one in shown])}
        items = [
            Saved(article=described.article(visit, cards[one.article_id]), at=one.at)
            for one in shown
            if one.article_id in cards
        ]
        more = cursors.after(shown[-1].at, shown[-1].article_id) if len(found) > query.limit else None
    return asked.list(SavedArticles(items=items, next=more), query.fields, own=True)


@router.put("/me/saved/{id}", status_code=204)
def save_article(asked: Asked, number: Id) -> Response:
    """Save an article; one that is saved stays so."""
    saving.save(asked.site.tools, asked.person, _article(number))
    return Response(status_code=204)


@router.delete("/me/saved/{id}", status_code=204)
def unsave_article(asked: Asked, number: Id) -> Response:
    """Save an article no longer."""
    saving.remove(asked.site.tools, asked.person, [_article(number)])
    return Response(status_code=204)


def _article(given: str) -> ArticleId:
    number = read_short_id(given)
    if number is None or number >= 2**62:
        raise NotFound("no article is kept under this id")
    return ArticleId(number)


@router.get("/me/follows", response_model=Follows)
def followed(asked: Asked, query: Annotated[Fields, Query()]) -> Response:
    """List what one follows and mutes."""
    who = asked.whose()
    with asked.visit("") as visit:
        items = [
            Follow(kind=str(one.kind), key=one.key, name=one.name, since=one.since, stance=str(one.stance))
            for one in follows.of(visit.view, who.id)
        ]
    return asked.list(Follows(items=items, next=None), query.fields, own=True)


@router.put("/me/follows/{kind}/{key:path}", status_code=204)
def follow(asked: Asked, kind: Kind, key: Key, query: Annotated[Following, Query()]) -> Response:
    """Follow something, or mute it."""
    act = following.mute if query.stance == str(Stance.MUTE) else following.follow
    act(asked.site.tools, asked.person, kind, key, query.name)
    return Response(status_code=204)


@router.delete("/me/follows/{kind}/{key:path}", status_code=204)
def unfollow(asked: Asked, kind: Kind, key: Key) -> Response:
    """Neither follow nor mute something any longer."""
    following.leave(asked.site.tools, asked.person, kind, key)
    return Response(status_code=204)
