"""Commands run in this process, as `octavo` runs them, against an instance of their own."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from octavo.cli.main import run


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed and the code it left with."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line of an error."""
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


Octavo = Callable[..., Done]


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Settings come from the test alone; relative paths lead into its own folder; logging is as it was afterwards."""
    for name in [name for name in os.environ if name.startswith("OCTAVO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OCTAVO_LOG_LEVEL", "error")
    monkeypatch.setenv("OCTAVO_EMBEDDER", "off")
    monkeypatch.chdir(tmp_path)
    yield
    structlog.reset_defaults()


@pytest.fixture
def octavo(capfd: pytest.CaptureFixture[str]) -> Octavo:
    """Run a command; its output and exit code come back."""

    def command(*words: object) -> Done:
        capfd.readouterr()
        code: object = 0
        try:
            run([str(word) for word in words])
        except SystemExit as left:
            code = left.code
        said = capfd.readouterr()
        return Done(code if isinstance(code, int) else int(code is not None), said.out, said.err)

    return command
