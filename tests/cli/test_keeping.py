"""octavo migrate, backup, restore, reprocess, doctor, serve: looking after an instance, and what goes wrong with it."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from .conftest import Octavo
from .stream import row, write


@pytest.fixture
def filled(octavo: Octavo, tmp_path: Path) -> Path:
    """An instance with a few articles; gives its database."""
    assert octavo("import", write(tmp_path / "a.ndjson", [row(number) for number in range(6)])).code == 0
    return tmp_path / "octavo-data" / "octavo.sqlite"


def test_a_backup_brings_everything_back(octavo: Octavo, filled: Path, tmp_path: Path) -> None:
    before = octavo("export").out
    assert octavo("backup", tmp_path / "kept.tar").code == 0
    octavo("import", write(tmp_path / "b.ndjson", [row(number) for number in range(6, 9)]))
    assert octavo("export").out != before
    refused = octavo("restore", tmp_path / "kept.tar")
    assert refused.code == 2
    assert "--replace" in refused.sentence
    assert octavo("restore", tmp_path / "kept.tar", "--replace").code == 0
    assert octavo("export").out == before
    assert octavo("--data-dir", tmp_path / "new", "restore", tmp_path / "kept.tar").code == 0
    assert octavo("--data-dir", tmp_path / "new", "export").out == before


@pytest.mark.parametrize("kind", ["text", "empty tar", "damaged"])
def test_what_is_no_backup_changes_nothing(octavo: Octavo, filled: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "file.tar"
    if kind == "text":
        file.write_text("not a tar")
    else:
        with tarfile.open(file, "w") as tar:
            if kind == "damaged":
                (tmp_path / "octavo.sqlite").write_bytes(filled.read_bytes()[:9000] + b"\xff" * 9000)
                tar.add(tmp_path / "octavo.sqlite", "octavo.sqlite")
    before = octavo("export").out
    done = octavo("restore", file, "--replace")
    assert done.code == 2
    assert "file.tar" in done.sentence
    assert octavo("export").out == before


def test_a_database_newer_than_the_program_is_left_alone(octavo: Octavo, filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_future'")
    connection.close()
    before = filled.read_bytes()
    for words in (("migrate",), ("export",), ("import", "a.ndjson"), ("doctor",)):
        done = octavo(*words)
        assert done.code == 5, words
        assert "newer Octavo" in done.sentence
    assert filled.read_bytes() == before


def test_a_file_that_is_no_database_is_named(octavo: Octavo, tmp_path: Path) -> None:
    (tmp_path / "octavo-data").mkdir()
    (tmp_path / "octavo-data" / "octavo.sqlite").write_bytes(b"once upon a time " * 400)
    done = octavo("export")
    assert done.code == 5
    assert "is no Octavo database" in done.sentence


def test_migrate_says_that_all_is_well(octavo: Octavo) -> None:
    assert octavo("migrate").out == "the database is up to date\n"
    assert octavo("migrate").code == 0


def test_doctor_says_what_to_do(octavo: Octavo, monkeypatch: pytest.MonkeyPatch) -> None:
    done = octavo("doctor", "--json")
    assert done.code == 1
    told = {one["name"]: one for one in json.loads(done.out)}
    assert "OCTAVO_FETCH__CONTACT" in told["contact"]["advice"]
    assert "octavo feeds add" in told["feeds"]["advice"]
    monkeypatch.setenv("OCTAVO_FETCH__CONTACT", "https://me.example/")
    assert {one["name"]: one for one in json.loads(octavo("doctor", "--json").out)}["contact"]["well"]


def test_reprocess_with_nothing_kept_does_nothing(octavo: Octavo, filled: Path) -> None:
    assert octavo("reprocess").out == "0 pages extracted again\n"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("OCTAVO_WEB__PORT", "eighty", "setting web.port"),
        ("OCTAVO_FETCHER", "pigeon", "there are http, recorded"),
        ("OCTAVO_DATABASE_URL", "mysql://x/y", "mysql is not postgresql"),
    ],
)
def test_a_wrong_setting_is_named(
    octavo: Octavo, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    done = octavo("export")
    assert done.code == 3
    assert told in done.sentence


@pytest.mark.enable_socket
def test_a_port_in_use_is_said_before_anything_starts(octavo: Octavo, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = octavo("serve", "--port", taken.getsockname()[1])
    assert done.code == 3
    assert "choose another port with --port" in done.sentence
    assert not (tmp_path / "octavo-data" / "octavo.sqlite").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")
def test_a_full_disk_loses_nothing(octavo: Octavo, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(disk)], check=True)
    try:
        instance = ("--data-dir", disk / "data")
        assert octavo(*instance, "import", write(tmp_path / "few.ndjson", [row(1), row(2)])).code == 0
        before = octavo(*instance, "export").out
        long = "Words that fill a disk. " * 300
        rows = [row(number, text=f"{long}{number}") for number in range(10, 900)]
        done = octavo(*instance, "import", write(tmp_path / "many.ndjson", rows))
        assert done.code == 5
        assert "no room left on the disk" in done.sentence
        saved = octavo(*instance, "export")
        assert saved.code == 0
        assert set(before.splitlines()) <= set(saved.out.splitlines())
        with suppress(OSError), (disk / "filler").open("wb") as filler:
            while filler.write(bytes(4_096)):
                filler.flush()
        assert octavo(*instance, "backup", disk / "kept.tar").code == 5
        assert not list(disk.glob("kept*"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_help_tells_of_every_command() -> None:
    done = subprocess.run([sys.executable, "-m", "octavo", "--help"], capture_output=True, text=True, check=True)
    names = "serve work demo doctor migrate reprocess backup restore feeds fetch import export extract enrich related"
    assert [name for name in [*names.split(), "stories", "search", "trace"] if f"  {name} " not in done.stdout] == []


def test_serve_help_tells_what_a_first_start_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "octavo", "serve", "--help"], capture_output=True, text=True, check=True
    )
    said = " ".join(done.stdout.split())
    for words in ("127.0.0.1:8000", "starter edition", "sample newswire", "./octavo-data", "--port", "--no-worker"):
        assert words in said
