"""octavo backfill: whole archives, one that is killed in between, and the same on a Ray cluster."""

import gzip
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archives import members, responses, write_warc

from .conftest import Octavo
from .stream import row, write


def test_a_warc_and_lines_come_in_and_again_change_nothing(octavo: Octavo, tmp_path: Path) -> None:
    pages = write_warc(tmp_path / "pages.warc.gz", range(6))
    lines = write(tmp_path / "lines.ndjson", [row(1), "{broken", row(2)])
    done = octavo("backfill", pages, lines, "--json")
    assert done.code == 0
    told = json.loads(done.out) | {"seconds": 0}
    assert told == {"records": 9, "saved": 8, "known": 0, "left_out": {"not JSON": 1}, "seconds": 0}
    renamed = pages.rename(tmp_path / "renamed.warc.gz")
    assert json.loads(octavo("backfill", renamed, lines, "--json").out) | {"seconds": 0} == told
    assert json.loads(octavo("search", "ferry", "--json").out)
    assert octavo("export").out.count("\n") == 8


def test_gzipped_lines_that_break_off_come_in_as_far_as_they_go(octavo: Octavo, tmp_path: Path) -> None:
    file = tmp_path / "cut.ndjson.gz"
    file.write_bytes(gzip.compress(b"".join(json.dumps(row(n)).encode() + b"\n" for n in range(300)), mtime=0)[:-900])
    done = octavo("backfill", file, "--later")
    assert done.code == 0
    assert "1 left out: the file breaks off (EOFError)" in done.err
    assert " 0 articles" not in done.out


@pytest.mark.parametrize(("data", "told"), [(b"", "is empty"), (b"\x89PNG\x00", "neither a WARC nor NDJSON")])
def test_what_is_no_archive_is_refused(octavo: Octavo, tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "x").write_bytes(data)
    done = octavo("backfill", tmp_path / "x")
    assert done.code == 2
    assert told in done.sentence
    assert octavo("backfill", tmp_path / "nowhere").code == 2


@pytest.mark.slow
def test_a_backfill_that_was_killed_goes_on_where_it_was(octavo: Octavo, tmp_path: Path) -> None:
    wanted = 600
    file = write_warc(tmp_path / "many.warc.gz", range(wanted))
    child = subprocess.Popen([sys.executable, "-m", "octavo", "backfill", str(file), "--later"], cwd=tmp_path)
    database = tmp_path / "octavo-data" / "octavo.sqlite"
    while child.poll() is None and len(kept(database)) < 50:
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = kept(database)
    assert 0 < len(before) < wanted, "the kill came too late to prove anything"
    told = json.loads(octavo("backfill", file, "--later", "--json").out)
    assert (told["saved"], told["known"], told["left_out"]) == (wanted, 0, {})
    after = kept(database)
    assert len(after) == len({url for _, url in after}) == wanted
    assert set(before) <= set(after)


def kept(database: Path, columns: str = "id, url_key", table: str = "articles") -> list[tuple[Any, ...]]:
    """The rows of a table."""
    if not database.exists():
        return []
    connection = sqlite3.connect(database, timeout=10)
    try:
        return sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall())  # noqa: S608
    except sqlite3.OperationalError:  # not migrated yet
        return []
    finally:
        connection.close()


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Ray cluster of one CPU on loopback, ended with all that it started."""
    port = free_port()
    environment = os.environ | {"RAY_USAGE_STATS_ENABLED": "0"}
    words = ("start", "--head", "--block", "--include-dashboard=false", "--num-cpus=1", "--disable-usage-stats",
             "--node-ip-address=127.0.0.1", f"--port={port}", "--object-store-memory=100000000",
             f"--temp-dir={tmp_path_factory.mktemp('r')}")  # fmt: skip
    log = tmp_path_factory.mktemp("ray") / "log"
    with log.open("wb") as out:
        head = subprocess.Popen(
            [str(Path(sys.executable).parent / "ray"), *words],
            env=environment, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while b"Ray runtime started" not in log.read_bytes():
            assert head.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        head.terminate()
        try:
            head.wait(timeout=20)
        finally:
            head.kill()


def free_port() -> int:
    """A port below those that Ray chooses from for its workers (10002 to 19999)."""
    for port in range(6400, 9900):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_cluster_comes_to_the_same_as_one_process(octavo: Octavo, tmp_path: Path, cluster: str) -> None:
    file = tmp_path / "pages.warc.gz"
    file.write_bytes(members(responses(range(60))) + b"JUNK" * 9 + members(responses(range(60, 100))))
    assert octavo("--data-dir", tmp_path / "alone", "backfill", file, "--later", "--ahead", 4).code == 0
    command = [sys.executable, "-m", "octavo", "--data-dir", str(tmp_path / "spread"), "backfill", str(file)]
    done = subprocess.run(
        [*command, "--later", "--json", "--ahead", "4", "--ray", cluster],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert json.loads(done.stdout)["saved"] == 100
    for table, columns in (
        ("articles", "id, url_key, headline, word_count, complete, first_seen_at"),
        ("article_bodies", "article_id, blocks"),
        ("article_hashtags", "article_id, tag, score"),
        ("fingerprints", "article_id, minima"),
        ("boilerplate_lines", "publisher_id, key, pages, learned"),
        ("changes", "seq, article_id, kind"),
        ("archives", "key, through, saved, known, reasons"),
    ):
        alone, spread = (kept(tmp_path / name / "octavo.sqlite", columns, table) for name in ("alone", "spread"))
        assert alone
        assert alone == spread, table


def test_a_cluster_that_is_not_there_is_named(octavo: Octavo, tmp_path: Path) -> None:
    file = write_warc(tmp_path / "pages.warc.gz", range(2))
    command = [sys.executable, "-m", "octavo", "backfill", str(file), "--ray", "127.0.0.1:9"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 5, done.stderr
    assert "no Ray cluster answers at '127.0.0.1:9'" in done.stderr
