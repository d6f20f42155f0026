"""Asking the API at random, by its own document: what is sent, and what an answer must be."""

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
"""No fault of ours, and nothing that the document does not tell."""

PATIENCE_S = 600
"""How long an answer may take: how busy the machine is, is not what is tested."""


@dataclass
class Tally:
    """What was asked, and how it was answered."""

    cases: int = 0
    answers: Counter[str] = field(default_factory=Counter)


def ask_at_random(app: Any, known: Mapping[str, list[str]], token: Mapping[str, str], each: int) -> Tally:
    """Ask every operation of the document `each` times, half of them well, half badly; raises where an answer is wrong.

    `known` holds values of path parameters, by operation, that lead somewhere: most good cases have one of them. Where
    a token is needed, most cases come with the headers of `token`.
    """
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app=app)
    tally = Tally()
    chance = random.Random(7)  # noqa: S311 - cases to try, no secret
    found: Any
    for found in schema.get_all_operations():
        operation = found.ok()
        values = known.get(operation.definition.raw["operationId"], [])
        modes = list(schemathesis.GenerationMode)
        for mode in modes:
            _ask((operation, mode), values, token, max(1, each // len(modes)), (tally, chance))
    return tally


def _ask(
    asked: tuple[Any, Any],
    values: list[str],
    token: Mapping[str, str],
    cases: int,
    noted: tuple[Tally, random.Random],
) -> None:
    (operation, mode), (tally, chance) = asked, noted
    needs = {} not in operation.definition.raw["security"]
    positive = mode is schemathesis.GenerationMode.POSITIVE

    def one(case: Any) -> None:
        if positive and chance.random() < 0.85:
            _lead_somewhere(case, values, chance)
        sent = dict(token) if needs and chance.random() < 0.8 else {}
        response = case.call(headers=sent, timeout=PATIENCE_S)
        tally.cases += 1
        tally.answers[f"{operation.definition.raw['operationId']} {response.status_code}"] += 1
        # A token of ours makes good what was bad about the header, so that nothing may be left to refuse; and 413,
        # which the document tells of, refuses as well as 422 does.
        refusable = not sent and response.status_code != 413
        held = [one for one in CHECKS if refusable or one is not negative_data_rejection]
        case.validate_response(response, checks=held)

    strategy = operation.as_strategy(generation_mode=mode)
    limits = settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with suppress(Unsatisfiable):  # an address that takes nothing cannot be asked badly
        seed(7)(limits(given(case=strategy)(one)))()


def _lead_somewhere(case: Any, values: list[str], chance: random.Random) -> None:
    """Put what there is in place of what a case made up: most ids lead nowhere."""
    if values and case.path_parameters:
        case.path_parameters = dict.fromkeys(case.path_parameters, chance.choice(values))
    if isinstance(case.body, dict) and "edits" in case.body:
        case.body = case.body | {"edits": 0}  # as often as it was edited at first
    if isinstance(case.body, dict) and "url" in case.body:
        case.body = case.body | {"url": "https://desk.example/in", "search": "tide"}
    if case.query:
        places = {"edition": chance.choice(["", "en-gb", "ar-ae"]), "fields": ""}
        case.query = case.query | {name: value for name, value in places.items() if name in case.query}
