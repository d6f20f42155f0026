"""The API does what its document says, whatever it is asked."""

import os
from collections.abc import Callable

import pytest

from octavo.domain.account import Scope
from octavo.serve.api.app import make_fastapi
from octavo.serve.api.document import document, operations
from octavo.serve.api.examples import EXAMPLES

from .asked_at_random import ask_at_random
from .conftest import Program
from .test_serve_api_manners import ACCOUNTS, token_of

EACH = int(os.environ.get("OCTAVO_API_CASES", "40"))
"""Requests to each address. OCTAVO_API_CASES=900 makes some 20,000 of all."""


@pytest.mark.slow
def test_nothing_is_answered_that_the_document_does_not_tell(make_program: Callable[..., Program]) -> None:
    program = make_program(settings={"api": {"requests_a_minute": 1_000_000}, **ACCOUNTS})
    token = token_of(program.reader, "ada", *Scope)
    tally = ask_at_random(program.reader.site(), program.known, token, EACH)
    names = [operation["operationId"] for _, _, operation in operations(document(make_fastapi()))]
    good = {name for name in names if any(tally.answers[f"{name} {status}"] for status in (200, 201, 204))}
    assert good >= {name for name in names if name in program.known}
    assert tally.cases > EACH * len(names) / 2, tally


def test_every_operation_says_what_it_is_for_and_what_it_takes() -> None:
    for path, method, operation in operations(document(make_fastapi())):
        assert operation["description"].endswith("."), (path, method)
        for one in operation.get("parameters", ()):
            assert one["description"].endswith("."), (path, one["name"])


def test_every_field_says_what_it_is() -> None:
    schemas = document(make_fastapi())["components"]["schemas"]
    silent = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, one in schema["properties"].items()
        if not one.get("description", "").endswith(".")
    ]
    assert silent == []


def test_every_example_is_of_an_operation() -> None:
    names = {operation["operationId"] for _, _, operation in operations(document(make_fastapi()))}
    assert {one.operation for one in EXAMPLES} <= names
