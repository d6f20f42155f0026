"""One question to the API: who asks, in which edition, for which fields; and the answer with its ETag."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from octavo.accounts.permissions import Act, demand
from octavo.actions import tokens
from octavo.domain.account import Person, Scope
from octavo.domain.ids import EditionKey
from octavo.errors import NotAllowed, NotFound, SignInRequired
from octavo.serve.answering import opened
from octavo.serve.answers import answer, send
from octavo.serve.api.schemas.lists import Listed
from octavo.serve.readers import bearer
from octavo.serve.site import Site
from octavo.serve.visit import Visit

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request, and who makes it: `person` is whose token came with it, None where none did."""

    site: Site
    request: Request
    person: Person | None

    @contextmanager
    def visit(
        self, edition: str, names: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None
    ) -> Iterator[Visit]:
        """Open the store for it, as pages do. Raises NotFound for an edition there is not."""
        plan = self.site.plans.get(EditionKey(edition)) if edition else self.site.plan_for("")
        if plan is None:
            raise NotFound(f"there is no edition {edition[:20]!r}")
        given = {name: value for name, value in (query or {}).items() if value}
        with opened(self.site, plan, {"words": "", **(names or {})}, given) as visit:
            yield visit

    def whose(self) -> Person:
        """Give the person whose own things are asked for. Raises SignInRequired, NotAllowed."""
        if self.person is None:
            raise SignInRequired("this needs a token: make one on your account's page")
        if self.person.scopes is not None and Scope.READ not in self.person.scopes:
            raise NotAllowed("this token may not read what its owner keeps")
        return self.person

    def may(self, act: Act) -> Person:
        """Give the person, where the token may do something. Raises SignInRequired, NotAllowed."""
        return demand(self.person, act)

    def one(self, made: BaseModel, fields: str = "", *, own: bool = False) -> Response:
        """Answer with one thing; `own` says that it is for this person alone."""
        chosen = _chosen(type(made), fields)
        return self._sent(made.model_dump_json(include=chosen), own=own)

    def list(self, made: Listed, fields: str = "", *, own: bool = False) -> Response:
        """Answer with a page of a list; the address of the next page is in its Link header too (RFC 8288)."""
        item = type(made).model_fields["items"].annotation
        chosen = _chosen(item.__args__[0], fields)  # type: ignore[union-attr]
        include: Any = dict.fromkeys(type(made).model_fields, True) | {"items": {"__all__": chosen}}
        response = self._sent(made.model_dump_json(include=include if chosen else None), own=own)
        if made.next is not None:
            following = self.request.url.include_query_params(cursor=made.next)
            response.headers["link"] = f'<{following.path}?{following.query}>; rel="next"'
        return response

    def _sent(self, text: str, *, own: bool) -> Response:
        caching = "private, no-cache" if own else "no-cache"
        vary = "Accept-Encoding, Authorization" if own else "Accept-Encoding"
        made = answer(text, _JSON, caching=caching, vary=vary, robots="noindex")
        return send(made, self.request.headers)


def asking(request: Request) -> Asking:
    """Find out who asks. Raises SignInRequired for a token that is none: no answer is better than a stranger's."""
    site: Site = request.app.state.site
    token = bearer(request.headers)
    person = tokens.holder(site.tools, token) if token else None
    if person is None and "authorization" in request.headers:
        raise SignInRequired("this token is none, or over: make one on your account's page")
    return Asking(site, request, person)


Asked = Annotated[Asking, Depends(asking)]


def _chosen(kind: type[BaseModel], fields: str) -> set[str] | None:
    """Read `fields`: what always comes, and those named. Raises RequestValidationError for a field there is not."""
    if not fields:
        return None
    named = [one.strip() for one in fields.split(",") if one.strip()]
    known = kind.model_fields
    unknown = [one for one in named if one not in known]
    if unknown:
        raise RequestValidationError(_unknown(unknown, sorted(known)))
    return {name for name, field in known.items() if field.is_required() or name in named}


def _unknown(names: Sequence[str], known: Sequence[str]) -> list[dict[str, object]]:
    return [
        {"loc": ("query", "fields"), "msg": f"there is no field {one[:40]!r}; there are {', '.join(known)}"}
        for one in names[:3]
    ]
