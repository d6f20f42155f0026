"""The generated Python client: it is up to date, and reads a real server."""

import importlib
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from .conftest import Newspaper

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture
def octavo_client(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "clients" / "python"))
    found: ModuleType = importlib.import_module("octavo_client")
    return found


def test_it_is_what_the_document_says() -> None:
    command = [sys.executable, str(ROOT / "clients" / "generate.py"), "--check"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_it_is_typed() -> None:
    program = Path(sys.executable).with_name("mypy")
    command = [str(program), "--strict", "--no-incremental", "octavo_client"]
    found = subprocess.run(command, cwd=ROOT / "clients" / "python", capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_it_reads_articles_stories_and_all_pages(newspaper: Newspaper, octavo_client: ModuleType) -> None:
    paper = octavo_client.Octavo(newspaper.address)
    article = paper.get_article(newspaper.id("ledger"))
    assert article.headline == "Tide ledger found in drowned archive"
    assert isinstance(article.time, datetime)
    assert article.blocks[0].kind == "paragraph"
    assert article.rights.tdm_reserved is None
    every = list(paper.every(paper.list_articles, hashtag="tide", limit=2))
    assert len({one.id for one in every}) == 7
    assert paper.get_story(newspaper.story).lead.id == newspaper.id("ledger")
    assert paper.search_articles(q="tide ledger", publisher="wire").items[0].article.id == newspaper.id("copy")
    assert paper.list_articles(fields="excerpt", limit=1).items[0].words == 0


def test_it_asks_again_by_etag(newspaper: Newspaper, octavo_client: ModuleType) -> None:
    paper = octavo_client.Octavo(newspaper.address)
    first = paper.get_edition("en-gb")
    assert paper.get_edition("en-gb") == first
    [(address, (etag, _))] = paper._held.items()
    paper._held[address] = (etag, {**paper._held[address][1], "title": "as it was"})
    assert paper.get_edition("en-gb").title == "as it was", "a 304 gives what was held"


def test_what_is_refused_raises_a_problem(newspaper: Newspaper, octavo_client: ModuleType) -> None:
    paper = octavo_client.Octavo(newspaper.address)
    with pytest.raises(octavo_client.ProblemError, match="404") as raised:
        paper.get_story("0")
    assert raised.value.type.endswith("/api/v1/problems/not-found")
    with pytest.raises(octavo_client.ProblemError, match="401"):
        octavo_client.Octavo(newspaper.address, token="octavo_none").about()
    with pytest.raises(ValueError, match="address of the web"):
        octavo_client.Octavo("file:///etc")
