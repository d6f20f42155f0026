"""A class says one thing on a page: it is laid out by one style sheet of those the page loads.

Two templates once used one name for two things, and a line of text was laid out as a button that closes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from .tree import PACKAGE

SERVE = PACKAGE / "serve"
STYLES, TEMPLATES = SERVE / "static" / "css", SERVE / "templates"
LINKED = re.compile(r"asset\('css/([\w-]+\.css)'\)")
READS = re.compile(r'\{%-? *(?:extends|import|from|include) "([^"]+)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
OUTSIDE = re.compile(r",(?![^()]*\))")
ALONE = re.compile(r"\.([\w-]+)(?:::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\])*")
"""A selector that lays out a class wherever it stands; ".a .b" says where, and is the business of ".a"."""

PRESSED = {"a", "button", "summary", "label", "input", "select", "option", "li"}
"""Elements that are pressed, or stand for one in a list of options."""


def rules(text: str) -> Iterator[str]:
    """The selectors of a sheet's rules, without those for some screens only: they vary what another rule lays out."""
    plain, depth, begins = COMMENT.sub("", text), 0, 0
    kept = []
    for at, one in enumerate(plain):
        depth += (one == "{") - (one == "}")
        if one == "}" and depth == 0:
            kept.append(plain[begins : at + 1])
            begins = at + 1
    for rule in kept:
        found = RULE.fullmatch(rule)
        if found:
            yield from OUTSIDE.split(found.group(1))


def laid_out(text: str) -> set[str]:
    """The classes a sheet lays out."""
    found = (ALONE.fullmatch(selector.strip()) for selector in rules(text))
    return {one.group(1) for one in found if one}


def pressed(text: str) -> set[str]:
    """The classes a sheet lays out as something to press."""
    plain = COMMENT.sub("", text)
    found = re.findall(r"\.([\w-]+) \{[^{}]*cursor: pointer", plain)
    return set(found)


def elements(text: str) -> Iterator[tuple[str, str]]:
    """The (element, class) of what a template writes."""
    for tag, classes in re.findall(r"<(\w+)\b[^<>]*?class=\"([^\"]*)\"", text):
        for name in re.findall(r"[\w-]+", re.sub(r"\{%.*?%\}", " ", classes)):
            yield tag, name


def reached(name: str, seen: set[str]) -> set[str]:
    """A template with all it reads."""
    if name not in seen:
        seen.add(name)
        for other in READS.findall((TEMPLATES / name).read_text("utf-8")):
            reached(other, seen)
    return seen


def twice(sheets: dict[str, set[str]], pages: dict[str, set[str]]) -> set[tuple[str, tuple[str, ...]]]:
    """The classes that two sheets of one page lay out, with the sheets."""
    found = set()
    for loaded in pages.values():
        for name in set().union(*(sheets[one] for one in loaded)):
            by = tuple(sorted(one for one in loaded if name in sheets[one]))
            if len(by) > 1:
                found.add((name, by))
    return found


def test_a_class_is_laid_out_by_one_style_sheet_of_a_page() -> None:
    files = [*STYLES.glob("*.css"), *STYLES.glob("pages/*.css")]
    sheets = {one.name: laid_out(one.read_text("utf-8")) for one in files}
    everywhere = {one.name for one in files if one.parent == STYLES}
    pages = {}
    for page in TEMPLATES.glob("pages/*.html"):
        read = reached(f"pages/{page.name}", set())
        pages[page.name] = everywhere.union(*(LINKED.findall((TEMPLATES / one).read_text("utf-8")) for one in read))
    assert len(pages) > 40
    assert twice(sheets, pages) == set()


def test_a_class_that_two_sheets_lay_out_is_found() -> None:
    one = laid_out(".close { top: 0 } .box:hover, .box::before { top: 0 } @media print { .line { top: 0 } }")
    other = laid_out("/* .box { } */ .close, .line[lang] { top: 0 } :is(.box, .x) .y { top: 0 }")
    assert (one, other) == ({"close", "box"}, {"close", "line"})
    sheets = {"one.css": one, "other.css": other}
    assert twice(sheets, {"a": {"one.css", "other.css"}}) == {("close", ("one.css", "other.css"))}
    assert twice(sheets, {"a": {"one.css"}, "b": {"other.css"}}) == set()


def test_what_is_laid_out_to_be_pressed_can_be_pressed() -> None:
    found = set().union(*(pressed(one.read_text("utf-8")) for one in STYLES.rglob("*.css")))
    assert {"quiet", "told-close"} <= found
    written = {(tag, name) for one in TEMPLATES.rglob("*.html") for tag, name in elements(one.read_text("utf-8"))}
    assert {(tag, name) for tag, name in written if name in found and tag not in PRESSED} == set()


def test_the_sheets_are_where_this_test_looks() -> None:
    assert Path(STYLES / "cards.css").exists()
    assert "card" in laid_out((STYLES / "cards.css").read_text("utf-8"))
