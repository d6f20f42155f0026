"""Every text of the interface is there in every language that has a catalogue, with all its plural forms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SERVE = Path(__file__).parents[2] / "src" / "octavo" / "serve"
CATALOGUES = sorted((SERVE / "locale").glob("*.po"))
FIELD = re.compile(r"\{(\w+)\}")
_TEXT = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
ONE = re.compile(rf"\bt\(\s*{_TEXT}")
MANY = re.compile(rf"(?:\btn|\.forms)\(\s*{_TEXT}\s*,\s*{_TEXT}")
KINDS = "newspaper broadcaster public-broadcaster agency magazine local digital blog state-media".split()
"""What publishers are, as the data says it: source.html translates these words."""

Message = str | tuple[str, str]


def asked() -> set[Message]:
    """Every text that templates and modules ask to have translated."""
    return {*from_templates(), *from_modules(), *KINDS}


def from_templates() -> Iterator[Message]:
    for file in (SERVE / "templates").rglob("*.html"):
        text = file.read_text("utf-8")
        yield from (one or other for one, other in ONE.findall(text))
        yield from ((a or b, c or d) for a, b, c, d in MANY.findall(text))


def from_modules() -> Iterator[Message]:
    for file in SERVE.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name == "t" and words:
                yield words[0]
            elif name == "tn" and len(words) > 1:
                yield words[0], words[1]


@pytest.fixture(params=CATALOGUES, ids=lambda file: file.stem)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    file: Path = request.param
    with file.open("rb") as source:
        return read_po(source, locale=file.stem)


def test_texts_are_found_in_templates_and_in_modules() -> None:
    found = asked()
    assert {"Related articles", "There is nothing at this address", ("{n} publisher", "{n} publishers")} <= found
    assert len(found) > 120


def test_every_text_is_translated(catalogue: Catalog) -> None:
    missing = [one for one in asked() if not translated(catalogue, one)]
    assert missing == []


def translated(catalogue: Catalog, message: Message) -> bool:
    """Tell whether a text has a translation, and one for each plural form."""
    found = catalogue.get(message[0] if isinstance(message, tuple) else message)
    if found is None:
        return False
    words = found.string if isinstance(found.string, tuple) else (found.string,)
    return all(words) and len(words) == (catalogue.num_plurals if isinstance(message, tuple) else 1)


def test_translations_fill_in_what_the_texts_do(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        words = [str(one) for one in (message.string if isinstance(message.string, tuple) else (message.string,))]
        for one in words:
            assert set(FIELD.findall(one)) <= set(FIELD.findall(source)), one
            if len(words) == 1:
                assert set(FIELD.findall(one)) == set(FIELD.findall(source)), one


def test_nothing_is_translated_that_nobody_asks_for(catalogue: Catalog) -> None:
    known = {one[0] if isinstance(one, tuple) else one for one in asked()}
    ids = [one.id[0] if isinstance(one.id, tuple) else one.id for one in catalogue if one.id]
    assert [one for one in ids if one not in known] == []
