"""The API of searches one keeps, and of all one follows as a subscription list. Needs a token."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from octavo.accounts.permissions import Act
from octavo.actions import searches as searching
from octavo.domain.follow import SavedSearch
from octavo.domain.ids import SearchId
from octavo.errors import NotFound
from octavo.serve import followed, links
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Fields, Id, OneQuery
from octavo.serve.api.schemas.kept import Brings, Brought, Named, Opml, Search, Searches, Sought
from octavo.serve.pages import following
from octavo.serve.visit import Visit
from octavo.store import searches
from octavo.text.slugs import read_short_id, short_id

router = APIRouter(tags=["own"])


@router.get("/me/searches", response_model=Searches)
def saved_searches(asked: Asked, query: Annotated[Fields, Query()]) -> Response:
    """List the searches one keeps, oldest first, each with its feed."""
    who = asked.whose()
    with asked.visit("") as visit:
        items = [_search(visit, one) for one in searches.of(visit.view, who.id)]
    return asked.list(Searches(items=items, next=None), query.fields, own=True)


@router.post("/me/searches", response_model=Search, status_code=201)
def save_search(asked: Asked, sent: Sought) -> Response:
    """Keep a search; one that is kept already is given as it is."""
    one = searching.save(asked.site.tools, asked.person, sent.query, sent.name)
    with asked.visit("") as visit:
        response = asked.one(_search(visit, one), own=True)
    response.status_code = 201
    return response


@router.put("/me/searches/{id}", response_model=Search)
def rename_search(asked: Asked, number: Id, sent: Named) -> Response:
    """Call a search something else."""
    wanted = _number(number)
    searching.rename(asked.site.tools, asked.person, wanted, sent.name)
    who = asked.may(Act.KEEP)
    with asked.visit("") as visit:
        found = next((one for one in searches.of(visit.view, who.id) if one.id == wanted), None)
        if found is None:
            raise NotFound("there is no such search")
        return asked.one(_search(visit, found), own=True)


@router.delete("/me/searches/{id}", status_code=204)
def forget_search(asked: Asked, number: Id) -> Response:
    """Keep a search no longer."""
    searching.remove(asked.site.tools, asked.person, _number(number))
    return Response(status_code=204)


@router.get("/me/opml", response_model=Opml)
def followed_as_opml(asked: Asked, query: OneQuery) -> Response:
    """Give all that one follows and searches for as a subscription list: each thing is a feed of this site."""
    who = asked.whose()
    with asked.visit(query.edition) as visit:
        names, edition = following.kinds_of(visit), visit.plan.key
        written = followed.write_followed(visit.view, who.id, asked.site.origin, edition, names)
    return asked.one(Opml(opml=written.decode()), query.fields, own=True)


@router.post("/me/opml", response_model=Brought)
def follow_opml(asked: Asked, sent: Brings) -> Response:
    """Follow what a subscription list names, as far as it is read here."""
    asked.may(Act.KEEP)
    done = followed.bring(asked.site.tools, asked.person, asked.site.origin, sent.opml.encode())
    unknown = [one.url for one in done.unknown]
    made = Brought(followed=done.follows, searches=done.searches, feeds=done.feeds, unknown=unknown)
    return asked.one(made, own=True)


def _number(given: str) -> SearchId:
    number = read_short_id(given)
    if number is None or number >= 2**62:
        raise NotFound("there is no such search")
    return SearchId(number)


def _search(visit: Visit, one: SavedSearch) -> Search:
    path = followed.page_of_search(visit.plan.key, one)
    return Search(
        id=short_id(one.id),
        query=one.query,
        name=one.name,
        made=one.made_at,
        page=visit.here.absolute(path),
        feed=visit.here.absolute(links.feed(path, "atom")),
    )
