"""The API itself: where everything is, its OpenAPI document, and what each kind of problem means."""

import json

from fastapi import APIRouter, FastAPI
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from octavo import __version__
from octavo.errors import NotFound
from octavo.serve.answers import Answer, answer, send
from octavo.serve.api.asking import Asked
from octavo.serve.api.document import document
from octavo.serve.api.parameters import Key
from octavo.serve.api.problems import KINDS
from octavo.serve.api.schemas.articles import Resource

router = APIRouter(tags=["about"])

ROOT = "/api/v1"


class About(Resource):
    """What this instance is, and where its API begins."""

    name: str = Field(description="Octavo.")
    version: str = Field(description="The version of the program.")
    page: str = Field(description="Address of the newspaper.")
    document: str = Field(description="Address of the OpenAPI document.")
    edition: str = Field(description="The key of the edition that is asked where none is named.")
    policy: str = Field(
        description="How much of an article is given where its publisher has no policy: full, excerpt or headline."
    )
    requests_a_minute: int = Field(description="How many requests one network may make in a minute.")


class ProblemKind(Resource):
    """What one kind of problem means."""

    type: str = Field(description="The kind, as problems name it.")
    title: str = Field(description="What it is called.")
    status: int = Field(description="The status it comes with.")


@router.get("", response_model=About)
def about(asked: Asked) -> Response:
    """Say what this instance is, and where its API begins."""
    site = asked.site
    made = About(
        name="Octavo",
        version=__version__,
        page=f"{site.origin}/",
        document=f"{site.origin}{ROOT}/openapi.json",
        edition=site.plan_for("").key,
        policy=str(site.tools.settings.web.default_policy),
        requests_a_minute=site.tools.settings.api.requests_a_minute,
    )
    return asked.one(made)


@router.get("/problems/{key}", response_model=ProblemKind)
def get_problem(asked: Asked, key: Key) -> Response:
    """Say what a kind of problem means."""
    found = next(((status, title) for status, (name, title) in KINDS.items() if name == key), None)
    if found is None:
        raise NotFound("there is no such kind of problem")
    made = ProblemKind(type=f"{asked.site.origin}{ROOT}/problems/{key}", title=found[1], status=found[0])
    return asked.one(made)


def add_document(app: FastAPI) -> None:
    """Serve the OpenAPI document, written when it is first asked for."""
    held: list[Answer] = []

    def give(request: Request) -> Response:
        if not held:
            held.append(answer(json.dumps(document(app), ensure_ascii=False), "application/json"))
        return send(held[0], request.headers)

    app.add_route(f"{ROOT}/openapi.json", give, methods=["GET"], include_in_schema=False)
