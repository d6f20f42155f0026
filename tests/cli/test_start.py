"""How a website and a worker that were killed are back soon: what they do not need at once they do not load."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from octavo.cli import standing

WEB = "import octavo.__main__, octavo.cli.children, octavo.serve.rsgi"
WORKER = "import octavo.__main__, octavo.cli.work, octavo.pipeline.worker"
LATER = (
    "wordfreq",
    "alembic",
    "octavo.adapters.newswire",
    "sklearn",
    "onnxruntime",
    "ray",
    "mcp",
    "playwright",
    "rich",
    "webauthn",
)


@pytest.mark.parametrize("start", [WEB, WORKER])
def test_what_few_need_is_not_loaded_at_the_start(start: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {start}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "sqlalchemy" in loaded
    assert [one for one in loaded if one.startswith(tuple(f"{name}." for name in LATER)) or one in LATER] == []


def test_a_command_that_starts_others_loads_no_other_commands() -> None:
    said = "from octavo.cli import main; main._register({!r}); import sys; print(*sys.modules)"
    few, all_of_them = (
        subprocess.run([sys.executable, "-c", said.format(first)], capture_output=True, text=True, check=True).stdout
        for first in ("serve", "")
    )
    assert "octavo.cli.serve" in few.split()
    assert "octavo.cli.doctor" not in few.split()
    assert "sqlalchemy" not in few.split(), "what a kill left ready is not looked at again"
    assert "octavo.cli.doctor" in all_of_them.split()


@pytest.mark.parametrize("began", [None, datetime(2026, 3, 1, tzinfo=UTC)])
def test_what_a_kill_left_ready_is_known_again(tmp_path: Path, began: datetime | None) -> None:
    environment = {"OCTAVO_EDITION": "en-gb", "PATH": "/bin"}
    assert standing.left(tmp_path, environment) is None
    (tmp_path / "octavo.sqlite").touch()
    note = standing.note(tmp_path, environment, began)
    assert standing.left(tmp_path, environment | {"PATH": "/usr/bin"}) == standing.Standing(began)
    assert standing.left(tmp_path, environment | {"OCTAVO_DATABASE_URL": "postgresql://a"}) is None
    assert standing.left(tmp_path, {}) is None
    (tmp_path / "octavo.sqlite").rename(tmp_path / "old.sqlite")
    assert standing.left(tmp_path, environment) is None
    (tmp_path / "octavo.sqlite").touch()
    assert standing.left(tmp_path, environment) is None, "another database"
    note.unlink()
    assert standing.left(tmp_path, environment) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", "7", '{"of": "x", "began": "then"}', '{"of": 5, "began": ""}'])
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / standing.FILE).write_text(text)
    assert standing.left(tmp_path, {}) is None
