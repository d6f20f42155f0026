"""Names say what a thing is for; every module says so in its first line."""

import ast
import re

import pytest

from .tree import ROOT, files, modules

DRAWERS = {"util", "utils", "utilities", "helper", "helpers", "common", "misc", "shared", "lib", "tools_", "manager"}
"""Names under which anything could lie, so nothing is found."""

HOLLOW = re.compile(r"(Manager|Helper|Util|Utils|Service|Info|Data|Object|Handle|Process)$")

LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
"""Words that put work off; what is to be done later is an issue, not a comment."""


@pytest.mark.parametrize("folder", ["src/", "tests/", "evals/", "bench/", "docs/"])
def test_every_module_begins_with_its_purpose(folder: str) -> None:
    lacking = [one.path for one in modules(folder) if not re.match(r"[A-Z`0-9a-z].*[.:?]$", one.purpose)]
    assert lacking == [], "the first line of a module's docstring is a sentence that ends there"


def test_a_purpose_fits_on_its_line() -> None:
    assert [one.path for one in modules("src/") if len(one.purpose) > 112] == []


def test_there_are_no_drawers() -> None:
    found = [one.path for one in modules("src/") if DRAWERS & set(one.name.replace("_", ".").split("."))]
    assert found == []


def test_classes_are_not_called_after_nothing() -> None:
    found = [
        f"{one.path}:{node.lineno} {node.name}"
        for one in modules("src/")
        for node in ast.walk(one.tree)
        if isinstance(node, ast.ClassDef) and HOLLOW.search(node.name)
    ]
    assert found == []


def test_nothing_is_put_off_in_a_comment() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        if path.suffix in {".py", ".md", ".toml", ".css", ".js", ".html", ".yml", ".yaml"}
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if LATER.search(line)
    ]
    assert found == []
