"""octavo speak: what is said is printed, or written into a file by a speaker."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from .conftest import Octavo
from .stream import row, write


@pytest.fixture
def filled(octavo: Octavo, tmp_path: Path) -> None:
    assert octavo("import", write(tmp_path / "articles.ndjson", [row(number) for number in range(2)])).code == 0


def test_what_would_be_said_is_printed(octavo: Octavo, filled: None) -> None:
    lines = octavo("speak", "a0", "--text").out.splitlines()
    assert lines[0] == str(row(0)["title"]).rstrip(".") + "."
    assert len(lines) > 2
    assert "the Eight in two minutes" in octavo("speak", "en-gb", "--text").out


def test_who_has_no_speaker_is_told_how_to_have_one(octavo: Octavo, filled: None, tmp_path: Path) -> None:
    done = octavo("speak", "a0", tmp_path / "a0.mp3")
    assert (done.code, "set speaker to espeak" in done.sentence) == (1, True)
    assert octavo("speak", "nothing", "--text").code == 4
    assert octavo("speak", "ja-jp", "--text").code == 4, "nothing is laid out"


@pytest.mark.skipif(
    not (shutil.which("espeak-ng") and find_spec("soundfile")), reason="espeak-ng or soundfile is not on this machine"
)
def test_an_article_is_read_into_a_file(
    octavo: Octavo, filled: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCTAVO_SPEAKER", "espeak")
    assert octavo("speak", "a0").code == 2
    done = octavo("speak", "a0", tmp_path / "a0.mp3")
    assert done.code == 0, done.err
    assert "read by eSpeak NG" in done.out
    assert (tmp_path / "a0.mp3").read_bytes()[:2] == b"\xff\xf3"
    assert octavo("speak", "a0", tmp_path / "no" / "a0.mp3").code == 2
