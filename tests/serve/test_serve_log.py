"""What was done at the desk is told in the reader's language: every act that is written down has words."""

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import octavo.actions
from octavo.serve.pages.desking import act_name
from octavo.serve.visit import Visit

SAID_ELSEWHERE = {"webhook paused", "webhook resumed", "feed paused", "server blocked", "pinned", "buried"}
"""Acts whose words are put together or chosen where they are written down."""


@dataclass
class Marking:
    """A visit that translates every text to itself between marks."""

    def t(self, text: str) -> str:
        return f"«{text}»"


def _written_down() -> set[str]:
    """Give the acts that actions record, by their third argument."""
    calls = [
        node
        for file in Path(octavo.actions.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record"
    ]
    said = [call.args[2] for call in calls]
    return {one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_act_that_is_written_down_has_words() -> None:
    visit = cast("Visit", Marking())
    acts = _written_down()
    assert len(acts) > 25
    assert {act for act in acts | SAID_ELSEWHERE if not act_name(visit, act).startswith("«")} == set()
