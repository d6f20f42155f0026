"""The API of what one keeps: lists, highlights, history. Needs a token."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from octavo.accounts.permissions import Act
from octavo.actions import highlights as marking
from octavo.actions import lists as listing
from octavo.actions import reading
from octavo.actions.highlights import Selected
from octavo.domain.follow import Bookmark, Quote, ReadMark
from octavo.domain.follow import Highlight as KeptHighlight
from octavo.domain.follow import ReadingList as KeptList
from octavo.domain.ids import ArticleId, HighlightId, ListId
from octavo.errors import InputError, NotFound
from octavo.serve.api import cursors, described
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Fields, Id, ManyQuery, Moments, OneQuery
from octavo.serve.api.schemas.kept import (
    Described,
    Highlight,
    Highlights,
    History,
    Marked,
    Note,
    ReadingList,
    ReadingLists,
    Remembered,
    Remembering,
)
from octavo.serve.api.schemas.own import Saved, SavedArticles
from octavo.serve.shownwords import shown_of
from octavo.serve.visit import Visit
from octavo.store import articles, highlights, history, lists
from octavo.text.slugs import read_short_id, short_id

router = APIRouter(tags=["own"])

InList = Annotated[str, Path(alias="article", pattern=r"^[0-9a-z]{1,12}$", description="The id of the article.")]


@router.get("/me/lists", response_model=ReadingLists)
def reading_lists(asked: Asked, query: Annotated[Fields, Query()]) -> Response:
    """List one's lists, the newest first."""
    who = asked.whose()
    with asked.visit("") as visit:
        items = [_list(visit, one) for one in lists.of(visit.view, who.id)]
    return asked.list(ReadingLists(items=items, next=None), query.fields, own=True)


@router.post("/me/lists", response_model=ReadingList, status_code=201)
def make_list(asked: Asked, sent: Described) -> Response:
    """Make a list, which only its owner sees."""
    number = listing.make(asked.site.tools, asked.person, sent.name, sent.note)
    response = _one_list(asked, number, "")
    response.status_code = 201
    return response


@router.get("/me/lists/{id}", response_model=ReadingList)
def get_list(asked: Asked, number: Id, query: OneQuery) -> Response:
    """Give one of one's lists."""
    asked.whose()
    return _one_list(asked, ListId(_number(number)), query.fields)


@router.put("/me/lists/{id}", response_model=ReadingList)
def describe_list(asked: Asked, number: Id, sent: Described) -> Response:
    """Call a list something else."""
    listing.describe(asked.site.tools, asked.person, ListId(_number(number)), sent.name, sent.note)
    return _one_list(asked, ListId(_number(number)), "")


@router.delete("/me/lists/{id}", status_code=204)
def remove_list(asked: Asked, number: Id) -> Response:
    """Take a list apart; its articles stay where else they are kept."""
    listing.remove(asked.site.tools, asked.person, ListId(_number(number)))
    return Response(status_code=204)


@router.put("/me/lists/{id}/share", response_model=ReadingList)
def share_list(asked: Asked, number: Id) -> Response:
    """Let whoever has its address see a list."""
    listing.share(asked.site.tools, asked.person, ListId(_number(number)))
    return _one_list(asked, ListId(_number(number)), "")


@router.delete("/me/lists/{id}/share", status_code=204)
def withdraw_list(asked: Asked, number: Id) -> Response:
    """Let nobody else see a list any longer; shared again, it has another address."""
    listing.withdraw(asked.site.tools, asked.person, ListId(_number(number)))
    return Response(status_code=204)


@router.get("/me/lists/{id}/articles", response_model=SavedArticles)
def list_entries(asked: Asked, number: Id, query: Annotated[Moments, Query()]) -> Response:
    """List the articles of one of one's lists, the last put in first."""
    who, one = asked.whose(), ListId(_number(number))
    with asked.visit(query.edition) as visit:
        if lists.get(visit.view, who.id, one) is None:
            raise NotFound("there is no such list")
        start = cursors.before(query.cursor)
        last = Bookmark(ArticleId(start[1]), start[0]) if start else None
        found = [(kept.article_id, kept.at) for kept in lists.page(visit.view, one, last, query.limit + 1)]
        made, more = _articles(visit, found, query.limit)
    items = [Saved(article=kept.article, at=kept.at) for kept in made]
    return asked.list(SavedArticles(items=items, next=more), query.fields, own=True)


@router.put("/me/lists/{id}/articles/{article}", status_code=204)
def put_in_list(asked: Asked, number: Id, article: InList) -> Response:
    """Put an article into a list; one that is in it stays where it is."""
    listing.put_in(asked.site.tools, asked.person, ListId(_number(number)), ArticleId(_number(article)))
    return Response(status_code=204)


@router.delete("/me/lists/{id}/articles/{article}", status_code=204)
def take_out_of_list(asked: Asked, number: Id, article: InList) -> Response:
    """Take an article out of a list."""
    listing.take_out(asked.site.tools, asked.person, ListId(_number(number)), ArticleId(_number(article)))
    return Response(status_code=204)


@router.get("/me/highlights", response_model=Highlights)
def marked_passages(asked: Asked, query: ManyQuery) -> Response:
    """List the passages one marked, the last first."""
    who = asked.whose()
    before = read_short_id(query.cursor)
    last = None if before is None else HighlightId(min(before, 2**62 - 1))
    with asked.visit(query.edition) as visit:
        found = highlights.latest(visit.view, who.id, last, query.limit + 1)
    items = [_highlight(one) for one in found[: query.limit]]
    more = items[-1].id if len(found) > query.limit else None
    return asked.list(Highlights(items=items, next=more), query.fields, own=True)


@router.post("/me/highlights", response_model=Highlight, status_code=201)
def mark_passage(asked: Asked, sent: Marked) -> Response:
    """Mark a passage of an article, as its page shows it."""
    asked.may(Act.KEEP)
    article, site = ArticleId(_number(sent.article)), asked.site
    with site.tools.database.read() as view:
        whole = articles.get(view, article)
        shown = shown_of(site, view, whole, site.tools.now()) if whole else None
    if whole is None or shown is None:
        raise NotFound("no article is kept under this id")
    quote = Quote(sent.text, sent.before, sent.after)
    selected = Selected(article, replace(whole, blocks=shown.blocks).text, quote)
    number = marking.add(site.tools, asked.person, selected, sent.note)
    response = _one_highlight(asked, number)
    response.status_code = 201
    return response


@router.put("/me/highlights/{id}", response_model=Highlight)
def note_passage(asked: Asked, number: Id, sent: Note) -> Response:
    """Write another note to a passage."""
    marking.note(asked.site.tools, asked.person, HighlightId(_number(number)), sent.note)
    return _one_highlight(asked, HighlightId(_number(number)))


@router.delete("/me/highlights/{id}", status_code=204)
def unmark_passage(asked: Asked, number: Id) -> Response:
    """Mark a passage no longer."""
    marking.remove(asked.site.tools, asked.person, HighlightId(_number(number)))
    return Response(status_code=204)


@router.get("/me/history", response_model=History)
def read_articles(asked: Asked, query: Annotated[Moments, Query()]) -> Response:
    """List what one read, the last first; nothing where one did not ask for it to be remembered."""
    who = asked.whose()
    with asked.visit(query.edition) as visit:
        start = cursors.before(query.cursor)
        last = ReadMark(ArticleId(start[1]), start[0]) if start else None
        kept = history.latest(visit.view, who.id, last, query.limit + 1)
        items, more = _articles(visit, [(one.article_id, one.at) for one in kept], query.limit)
    return asked.list(History(items=items, next=more), query.fields, own=True)


@router.put("/me/history", status_code=204)
def remember_reading(asked: Asked, sent: Remembering) -> Response:
    """Remember what one reads from now on, or no longer: then what was remembered is forgotten."""
    reading.turn_history(asked.site.tools, asked.person, on=sent.on)
    return Response(status_code=204)


@router.delete("/me/history", status_code=204)
def forget_reading(asked: Asked) -> Response:
    """Forget all that one read."""
    reading.forget_all(asked.site.tools, asked.person)
    return Response(status_code=204)


@router.put("/me/history/{id}", status_code=204)
def remember_article(asked: Asked, number: Id) -> Response:
    """Remember that one read an article, where one asked for that."""
    article = ArticleId(_number(number))
    with asked.visit("") as visit:
        if not visit.cards([article]):
            raise NotFound("no article is kept under this id")
    if not reading.remember(asked.site.tools, asked.person, article):
        raise InputError("turn the history on first")
    return Response(status_code=204)


@router.delete("/me/history/{id}", status_code=204)
def forget_article(asked: Asked, number: Id) -> Response:
    """Forget that one read an article."""
    reading.forget(asked.site.tools, asked.person, [ArticleId(_number(number))])
    return Response(status_code=204)


def _number(given: str) -> int:
    number = read_short_id(given)
    if number is None or number >= 2**62:
        raise NotFound("nothing is kept under this id")
    return number


def _one_list(asked: Asked, number: ListId, fields: str) -> Response:
    who = asked.may(Act.KEEP)
    with asked.visit("") as visit:
        found = lists.get(visit.view, who.id, number)
        if found is None:
            raise NotFound("there is no such list")
        made = _list(visit, found)
    return asked.one(made, fields, own=True)


def _list(visit: Visit, one: KeptList) -> ReadingList:
    address = visit.here.absolute(f"/{visit.plan.key}/list/{one.token}") if one.token else ""
    return ReadingList(
        id=short_id(one.id),
        name=one.name,
        made=one.made_at,
        changed=one.changed_at,
        note=one.note,
        count=one.count,
        address=address,
    )


def _one_highlight(asked: Asked, number: HighlightId) -> Response:
    who = asked.may(Act.KEEP)
    with asked.visit("") as visit:
        found = highlights.get(visit.view, who.id, number)
    if found is None:
        raise NotFound("there is no such passage")
    return asked.one(_highlight(found), own=True)


def _highlight(one: KeptHighlight) -> Highlight:
    return Highlight(
        id=short_id(one.id),
        article=short_id(one.article_id),
        text=one.quote.exact,
        at=one.made_at,
        before=one.quote.prefix,
        after=one.quote.suffix,
        note=one.note,
    )


def _articles(
    visit: Visit, found: Sequence[tuple[ArticleId, datetime]], limit: int
) -> tuple[list[Remembered], str | None]:
    """Describe a page of kept articles; `found` holds one more than a page when there is one."""
    shown = found[:limit]
    cards = {card.id: card for card in visit.cards([one for one, _ in shown])}
    items = [Remembered(article=described.article(visit, cards[one]), at=at) for one, at in shown if one in cards]
    more = cursors.after(shown[-1][1], shown[-1][0]) if len(found) > limit else None
    return items, more
