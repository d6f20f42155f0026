"""octavo import, export, related, stories, search, trace: articles in, and what is known of them out."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .conftest import Octavo
from .stream import row, write


def test_import_saves_and_importing_again_changes_nothing(octavo: Octavo, tmp_path: Path) -> None:
    file = write(tmp_path / "articles.ndjson", [row(number) for number in range(12)])
    assert json.loads(octavo("import", file, "--json").out) | {"seconds": 0} == {
        "saved": 12, "known": 0, "bad": [], "seconds": 0,
    }  # fmt: skip
    again = octavo("import", file)
    assert again.code == 0
    assert "0 articles imported, 12 were there" in again.out


def test_bad_lines_are_named_by_number_and_the_rest_is_kept(octavo: Octavo, tmp_path: Path) -> None:
    rows = [row(0), "{not json", row(1, published="yesterday"), "[1]", row(2), {"id": "x"}, "", row(3, title=["a"])]
    done = octavo("import", write(tmp_path / "a.ndjson", rows), "--json")
    assert done.code == 2
    told = json.loads(done.out)
    assert told["saved"] == 2
    assert [one["line"] for one in told["bad"]] == [2, 3, 4, 6, 8]
    assert "ISO 8601" in told["bad"][1]["reason"]


def test_a_gzipped_file_is_read(octavo: Octavo, tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson.gz"
    file.write_bytes(gzip.compress(write(tmp_path / "a", [row(1)]).read_bytes()))
    assert json.loads(octavo("import", file, "--json").out)["saved"] == 1


def test_a_line_without_an_end_is_refused_in_a_sentence(octavo: Octavo, tmp_path: Path) -> None:
    first, last = (json.dumps(row(number)).encode() for number in (0, 1))
    with gzip.open(tmp_path / "a.ndjson.gz", "wb", compresslevel=1) as file:
        file.write(first + b"\n")
        for _ in range(30):
            file.write(b'{"text": "' + b"x" * 1_000_000)
        file.write(b"\n" + last)
    done = octavo("import", tmp_path / "a.ndjson.gz", "--later", "--json")
    assert done.code == 2
    told = json.loads(done.out)
    assert (told["saved"], told["bad"]) == (2, [{"line": 2, "reason": "a line of more than 20000000 bytes"}])


def test_a_packed_file_that_is_damaged_breaks_off(octavo: Octavo, tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps(row(number))}\n" for number in range(400)).encode()
    packed = bytearray(gzip.compress(lines, mtime=0))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
    (tmp_path / "a.ndjson.gz").write_bytes(packed)
    done = octavo("import", tmp_path / "a.ndjson.gz", "--later")
    assert done.code == 2
    assert "breaks off" in done.sentence


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("binary", b"\x89PNG\x00\x01\x02", "binary file"),
        ("empty", b"\n\n", "is empty"),
        ("cut.gz", gzip.compress(b'{"id": 1}\n' * 9000, mtime=0)[:60], "breaks off"),
        ("page.html", b"<!doctype html><html><body>hello</body></html>", "page.html: this is not an OPML file"),
    ],
)
def test_a_file_that_is_no_ndjson_is_refused_in_a_sentence(
    octavo: Octavo, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    done = octavo("import", tmp_path / name)
    assert done.code == 2
    assert told in done.sentence


def test_a_missing_file_is_named(octavo: Octavo, tmp_path: Path) -> None:
    done = octavo("import", tmp_path / "nowhere.ndjson")
    assert done.code == 2
    assert "nowhere.ndjson cannot be read" in done.sentence


def test_what_goes_out_comes_in_again_the_same(octavo: Octavo, tmp_path: Path) -> None:
    rows = [row(number) for number in range(6)]
    octavo("import", write(tmp_path / "a.ndjson", rows))
    out = octavo("export").out
    assert sorted(json.loads(line)["id"] for line in out.splitlines()) == [f"a{number}" for number in range(6)]
    (tmp_path / "again.ndjson").write_text(out, encoding="utf-8")
    other = ("--data-dir", tmp_path / "other")
    assert octavo(*other, "import", tmp_path / "again.ndjson").code == 0
    assert octavo(*other, "export").out == out


def test_related_stories_and_search_tell_what_the_site_shows(octavo: Octavo, tmp_path: Path) -> None:
    octavo("import", write(tmp_path / "a.ndjson", [row(number) for number in range(15)]))
    told = json.loads(octavo("related", "a0", "--json").out)
    assert told
    assert all("Ferry" in one["title"] for one in told)
    assert all(one["kind"] == "duplicate" or one["why"] for one in told)
    assert octavo("related", "a0", "-n", "1", "--json").out.count('"id"') == 1
    assert octavo("related", "--all", tmp_path / "related.ndjson").code == 0
    every = [json.loads(line) for line in (tmp_path / "related.ndjson").read_text().splitlines()]
    assert {one["id"] for one in every} == {f"a{number}" for number in range(15)}
    assert octavo("stories", "--all", tmp_path / "stories.ndjson").code == 0
    stories = [set(json.loads(line)["articles"]) for line in (tmp_path / "stories.ndjson").read_text().splitlines()]
    assert sorted(one for story in stories for one in story) == sorted(f"a{number}" for number in range(15))
    ferry = next(story for story in stories if "a0" in story)
    assert ferry == {f"a{number}" for number in range(0, 15, 3)}
    found = json.loads(octavo("search", "Lake Orrin", "--json").out)
    assert len(found) == 5
    assert octavo("search", "zeppelin").code == 1


def test_an_unknown_article_is_an_error_with_a_next_step(octavo: Octavo) -> None:
    done = octavo("related", "https://nowhere.example/")
    assert done.code == 4
    assert "octavo search" in done.sentence
    assert octavo("trace", "https://nowhere.example/").code == 4


def test_trace_tells_every_step_with_its_time(octavo: Octavo, tmp_path: Path) -> None:
    lately = datetime.now(UTC).isoformat()
    octavo("import", write(tmp_path / "a.ndjson", [row(number, published=lately) for number in range(3)]))
    steps = json.loads(octavo("trace", "https://paper0.example/0?utm_source=x", "--json").out)
    assert [one["step"] for one in steps] == ["enrich_article", "relate_article"]
    assert all(one["ms"] >= 0 and one["outcome"] for one in steps)
    shares = json.loads(octavo("trace", "--stats", "--json").out)
    assert {one["step"] for one in shares} >= {"enrich_article", "relate_article", "digest_story"}
    assert sum(one["share"] for one in shares) == pytest.approx(1.0, abs=0.01)


@pytest.mark.slow
def test_an_import_that_was_killed_goes_on_where_it_was_cut_off(octavo: Octavo, tmp_path: Path) -> None:
    wanted = 6000
    file = write(tmp_path / "many.ndjson", [row(number) for number in range(wanted)])
    command = [sys.executable, "-m", "octavo", "import", str(file), "--later"]
    child = subprocess.Popen(command, cwd=tmp_path, env=os.environ.copy())
    database = tmp_path / "octavo-data" / "octavo.sqlite"
    while child.poll() is None and _count(database) < 500:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = _count(database)
    assert 0 < before < wanted, "the kill came too late to prove anything"
    told = json.loads(octavo("import", file, "--later", "--json").out)
    assert (told["saved"], told["known"]) == (wanted - before, before)
    assert _count(database) == wanted


def _count(database: Path) -> int:
    if not database.exists():
        return 0
    connection = sqlite3.connect(database, timeout=10)
    try:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # not migrated yet
        return 0
    finally:
        connection.close()
