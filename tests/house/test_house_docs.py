"""The documentation says what the code does."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel

from octavo import config, errors

from .tree import DOCS, PACKAGE, ROOT, files, modules

PAGES = [path for path in files() if path.suffix == ".md" and not path.is_relative_to(PACKAGE)]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|^!\[[^\]]*\]\(([^)\s]+)\)", re.MULTILINE)
BLOCK = re.compile(r"<!-- runs -->\n```(\w+)\n(.*?)```", re.DOTALL)


def test_the_reference_pages_are_what_the_code_says() -> None:
    found = subprocess.run(
        [sys.executable, DOCS / "generate.py", "--check"], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert found.returncode == 0, found.stderr


def settings(group: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every setting's dotted name and description."""
    for name, field in group.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field.description or ""


SETTINGS = dict(settings(config.Settings))


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_described_and_used(name: str) -> None:
    assert SETTINGS[name].endswith("."), "a description is a sentence"
    last = name.rpartition(".")[2]
    used = [
        one.name
        for one in modules("src/octavo/")
        if not one.name.startswith("config") and re.search(rf"\b{last}\b", one.text)
    ]
    assert used, "a setting that nothing reads"


def kinds(kind: type[errors.OctavoError]) -> Iterator[type[errors.OctavoError]]:
    """An error and all that are kinds of it."""
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)


@pytest.mark.parametrize("kind", [one for one in kinds(errors.OctavoError) if one.__module__ == errors.__name__])
def test_every_error_is_described_and_raised(kind: type[errors.OctavoError]) -> None:
    assert (kind.__doc__ or "").strip()
    tree = errors.__doc__ or ""
    assert re.search(rf"\b{kind.__name__}\b", tree), "the tree at the top of errors.py lacks it"
    base = bool(kind.__subclasses__())
    raised = [one.path for one in modules("src/octavo/") if one.name != "errors" and kind.__name__ in one.text]
    assert base or raised, "an error nobody raises"


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for pair in LINK.findall(page.read_text(encoding="utf-8"))
        for target in pair
        if target and "://" not in target and not target.startswith("mailto:")
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {(page.parent / one).resolve() for pair in LINK.findall(page.read_text()) for one in pair if one}
        waiting += [one for one in targets if one.suffix == ".md" and one.is_relative_to(DOCS) and one not in reached]
    lost = [page.relative_to(DOCS).as_posix() for page in PAGES if page.is_relative_to(DOCS) and page not in reached]
    assert lost == []


def test_paths_named_in_the_docs_exist() -> None:
    """`src/…`, `tests/…`, `docs/…` in backquotes, and modules named as in the map: `collect/robots.py`."""
    gone = [
        f"{page.relative_to(ROOT)}: {name}"
        for page in PAGES
        if page.name != "CHANGELOG.md"
        for name in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|md|toml|css|html))`", page.read_text(encoding="utf-8"))
        if not any((base / name).exists() for base in (ROOT, PACKAGE, DOCS, page.parent))
    ]
    assert gone == []


@dataclass(frozen=True, slots=True)
class Story:
    """The blocks of one page that are marked to run, in order."""

    page: str
    blocks: tuple[tuple[str, str], ...]


STORIES = [
    Story(page.relative_to(ROOT).as_posix(), blocks)
    for page in PAGES
    if (blocks := tuple(BLOCK.findall(page.read_text(encoding="utf-8"))))
]


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.page)
def test_what_a_page_tells_to_run_runs(story: Story, tmp_path: Path) -> None:
    """Every block after `<!-- runs -->`, one after another, in an empty folder, with this Octavo on the path."""
    programs = Path(sys.executable).parent
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    environment = clean | {"PATH": f"{programs}:{clean.get('PATH', '')}", "HOME": str(tmp_path)}
    for language, text in story.blocks:
        runner = {"bash": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}[language]
        done = subprocess.run(
            [*runner, text], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=900, check=False
        )
        assert done.returncode == 0, f"{story.page}:\n{text}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def test_some_pages_have_blocks_that_run() -> None:
    assert len(STORIES) >= 3
