"""The API does what its document says, whatever it is asked."""

import os
from collections.abc import Callable

import pytest

from octavo.actions import accounts
from octavo.domain.account import Role, Scope
from octavo.serve.api.app import make_fastapi
from octavo.serve.api.document import document, operations
from octavo.serve.api.examples import EXAMPLES
from octavo.store import accounts as account_store

from .asked_at_random import ask_at_random
from .conftest import Program
from .test_serve_api_manners import ACCOUNTS, token_of

EACH = int(os.environ.get("OCTAVO_API_CASES", "12"))
"""Requests to each address: few, so that it stays quick. OCTAVO_API_CASES=330 makes some 20,000 of all."""

MANY = range(min(EACH, 40))
"""What there is of each kind."""


@pytest.mark.slow
def test_nothing_is_answered_that_the_document_does_not_tell(make_program: Callable[..., Program]) -> None:
    many = ("a_minute", "an_hour", "new_in_ten_minutes", "votes_an_hour", "reports_an_hour", "reports_hold")
    talk = dict.fromkeys(many, 1_000_000)
    program = make_program(
        settings={"api": {"requests_a_minute": 1_000_000}, "comments": talk, "webhooks": {"most": 1_000}, **ACCOUNTS}
    )
    token = token_of(program.reader, "ada", *Scope)
    known = program.known | stocked(program, token, token_of(program.reader, "bea", *Scope))
    tally = ask_at_random(program.reader.site(), known, token, EACH)
    names = [operation["operationId"] for _, _, operation in operations(document(make_fastapi()))]
    good = {name for name in names if any(tally.answers[f"{name} {status}"] for status in (200, 201, 204))}
    assert good >= {name for name in names if name in known}
    assert tally.cases > EACH * len(names) / 2, tally


def stocked(program: Program, ada: dict[str, str], bea: dict[str, str]) -> dict[str, list[str]]:
    """Let ada keep many things of each kind, and bea say some: what is asked at random takes some of them away."""
    article = program.id("ledger")

    def made(path: str, who: dict[str, str], sent: Callable[[int], dict[str, str]]) -> list[str]:
        answers = [program.send(path, sent(number), **who) for number in MANY]
        assert {one.status_code for one in answers} == {201}, answers[0].text
        return [one.json()["id"] for one in answers]

    words = program.passage(article)
    said = f"/articles/{article}/comments"
    lists = made("/me/lists", ada, lambda number: {"name": f"List {number}"})
    passages = made("/me/highlights", ada, lambda number: {"article": article, "text": words[: 9 + number]})
    kept = made("/me/searches", ada, lambda number: {"query": f"word{number}"})
    own = made(said, ada, lambda number: {"text": f"Said {number}.", "key": f"a{number}"})
    others = made(said, bea, lambda number: {"text": f"Answered {number}.", "key": f"b{number}"})
    assert program.change("/me/history", "PUT", {"on": True}, **ada).status_code == 204
    of_a_list = ("get_list", "describe_list", "remove_list", "share_list", "withdraw_list", "list_entries")
    found = dict.fromkeys(of_a_list, lists) | dict.fromkeys(("note_passage", "unmark_passage"), passages)
    found |= dict.fromkeys(("rename_search", "forget_search"), kept) | {"get_comment": own + others}
    found |= {"edit_comment": own, "delete_comment": own, "vote_on_comment": others, "report_comment": others}
    return found | {"forget_article": [article]} | hooked(program, ada)


def hooked(program: Program, ada: dict[str, str]) -> dict[str, list[str]]:
    """Let ada be an owner with webhooks, each of which was told once."""
    tools = program.reader.tools
    with tools.database.transaction() as tx:
        account_store.set_role(tx, accounts.named(tx, "ada").id, Role.OWNER)
    for number in MANY:
        made = program.send("/webhooks", {"url": f"https://desk.example/{number}"}, **ada)
        assert program.send(f"/webhooks/{made.json()['id']}/test", None, **ada).status_code == 204
    of_a_hook = ("get_webhook", "set_webhook_state", "remove_webhook", "try_webhook", "webhook_messages")
    ids = [str(number + 1) for number in MANY]
    return dict.fromkeys((*of_a_hook, "send_message_again"), ids)


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
