"""How a website and a worker that were killed are back soon: what they do not need at once they do not load."""

import subprocess
import sys

import pytest

WEB = "import octavo.cli.children, octavo.serve.rsgi"
WORKER = "import octavo.cli.work, octavo.pipeline.worker"
LATER = ("wordfreq", "alembic", "octavo.adapters.newswire", "sklearn", "onnxruntime", "ray", "mcp", "playwright")


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
    assert "octavo.cli.doctor" in all_of_them.split()
