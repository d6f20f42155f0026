"""Scripts of the site: none makes a page or a program of a text but one that may; no page has a script inside it."""

import re
from pathlib import Path

import pytest

from .tree import PACKAGE

STATIC = PACKAGE / "serve" / "static" / "js"
TEMPLATES = PACKAGE / "serve" / "templates"
SCRIPTS = sorted(STATIC.glob("*.js"))
DOOR = STATIC / "trusted.js"

SINKS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|parseFromString|DOMParser|srcdoc)\b"
    r"|\bcreateContextualFragment\b|\bdocument\.write|\bexecCommand\b|\beval\(|\bFunction\(|\bimportScripts\b"
    r"|\bnew (?:Shared)?Worker\b|\b(?:serviceWorker|workers)\b[^;]*\.register\("
    r"|createElement\(\s*[\"'`](?:script|iframe|embed|object)|\bcreatePolicy\b"
    r"|\bsetTimeout\(\s*[\"'`]|\bsetInterval\(\s*[\"'`]|setAttribute\(\s*[\"'`](?:on|srcdoc)|\bimport\(\s*[^\"\s]"
)
"""What renders or runs a text, in the names browsers have for it."""

INSIDE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))|\son[a-z]+\s*=|[\"'=]\s*javascript:|<style",
    re.IGNORECASE,
)
HEARS = re.compile(
    r"(?:^|[^.\w])addEventListener\(\"message\""
    r"|\b(?:window|globalThis|self|top|parent)\.(?:addEventListener\(\"message\"|onmessage)"
)
WORKERS = {"sw"}
"""Scripts of the service worker, which only pages of this site can write to."""

CARD = TEMPLATES / "pages" / "card.html"
"""Stands in frames on other sites, with a policy that names the hash of its one style, and lets no script run."""

TRIES = (
    "place.innerHTML = text",
    "new DOMParser().parseFromString(text)",
    "place.insertAdjacentHTML('beforeend', text)",
    "navigator.serviceWorker.register(path)",
    'document.createElement("script")',
    "trustedTypes.createPolicy('other', {})",
    "import(path)",
    "setTimeout('text')",
)


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path != DOOR], ids=lambda path: path.stem)
def test_no_script_makes_a_page_or_a_program_of_a_text(path: Path) -> None:
    found = [line.strip() for line in path.read_text("utf-8").splitlines() if SINKS.search(line)]
    assert found == [], "pageOf() of trusted.js does"


def test_the_one_that_may_hands_on_what_it_makes_and_nothing_it_is_made_with() -> None:
    text = DOOR.read_text("utf-8")
    assert SINKS.search(text)
    assert set(re.findall(r"^export (?:async function|const) (\w+)", text, re.MULTILINE)) == {"pageOf", "startWorker"}
    assert len(re.findall("createPolicy", text)) == 1


@pytest.mark.parametrize("text", TRIES)
def test_what_is_looked_for_is_found(text: str) -> None:
    assert SINKS.search(text)


def test_no_page_listens_to_other_windows() -> None:
    """What is heard as a message comes from this site's own worker, its tabs and its streams."""
    found = [
        f"{path.stem}: {line.strip()}"
        for path in SCRIPTS
        for line in path.read_text("utf-8").splitlines()
        if HEARS.search(line) and path.stem not in WORKERS
    ]
    assert found == []
    assert HEARS.search('addEventListener("message", act)')
    assert HEARS.search("window.onmessage = act")


def test_every_field_for_a_password_is_masked_and_known_to_managers() -> None:
    fields = [
        (path.name, call)
        for path in TEMPLATES.rglob("*.html")
        for call in re.findall(r"forms\.field\(\"[a-z_]*password\".*?\)\s*}}", path.read_text("utf-8"))
    ]
    assert len(fields) >= 5
    for name, call in fields:
        assert 'kind="password"' in call, name
        assert re.search(r'auto="(?:current|new)-password"', call), name
    written = "".join(path.read_text("utf-8") for path in [*TEMPLATES.rglob("*.html"), *SCRIPTS])
    assert "onpaste" not in written
    assert '"paste"' not in written


def test_no_page_has_a_script_or_a_style_inside_it() -> None:
    pages = [path for path in TEMPLATES.rglob("*.html") if "mail" not in path.parts and path != CARD]
    found = [
        f"{path.relative_to(TEMPLATES)}: {line.strip()[:80]}"
        for path in pages
        for line in path.read_text("utf-8").splitlines()
        if INSIDE.search(line)
    ]
    assert len(pages) > 40
    assert found == []
