"""octavo extract and octavo enrich: pages and articles in, NDJSON out; nothing is kept."""

import gzip
import json
from pathlib import Path

import pytest

from .conftest import Octavo
from .stream import row, write

PAGE = """<!doctype html><html lang="en"><head><title>Bridge reopens in Port Ember</title>
<meta property="article:published_time" content="2026-11-20T08:30:00+01:00"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge reopens in Port Ember</h1><p class="byline">By Ada Quill</p>
<p>The old bridge over the Orrin reopened on Friday after two years of repairs, the city said, and traffic moved.</p>
<p>“We have waited a long time for this,” said Mayor Ilse Brandt, who walked across it with a hundred others.</p>
<p>The work cost 14 million crowns, a third more than planned, because the foundations were found to be cracked.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""
FIELDS = "id title text authors published modified language image publisher agency dateline section complete".split()


def test_one_page_becomes_one_line(octavo: Octavo, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    done = octavo("extract", tmp_path / "page.html", "--url", "https://paper.example/bridge")
    assert done.code == 0
    told = json.loads(done.out)
    assert list(told) == FIELDS
    assert told["title"] == "Bridge reopens in Port Ember"
    assert told["text"].count("\n") == 2
    assert "newsletter" not in told["text"]
    assert told["authors"] == ["Ada Quill"]
    assert told["published"] == "2026-11-20T08:30:00+01:00"
    assert told["language"] == "en"
    assert 0.0 <= told["complete"] <= 1.0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_keeps_its_order_and_says_what_failed(octavo: Octavo, tmp_path: Path, jobs: int) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "bad.gz").write_bytes(gzip.compress(PAGE.encode())[:40])
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    names = ["page.html", "page.html.gz", "bad.gz", "empty.html", "missing.html", "page.html"]
    rows = [
        {"id": str(number), "url": f"https://paper.example/{number}", "file": name} for number, name in enumerate(names)
    ]
    batch = write(tmp_path / "in.jsonl", rows)
    done = octavo("extract", "--batch", batch, "--out", tmp_path / "out.jsonl", "--jobs", jobs)
    assert done.code == 0, done.err
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["id"] for one in told] == ["0", "1", "2", "3", "4", "5"]
    assert [number for number, one in enumerate(told) if "error" in one] == [2, 3, 4]
    assert told[0]["text"] == told[1]["text"]


def test_a_batch_that_cannot_be_read_names_the_line(octavo: Octavo, tmp_path: Path) -> None:
    batch = write(tmp_path / "in.jsonl", [{"id": 1, "url": "https://paper.example/"}])
    done = octavo("extract", "--batch", batch, "--out", tmp_path / "out.jsonl")
    assert done.code == 2
    assert "line 1: 'file' is missing" in done.sentence
    assert not (tmp_path / "out.jsonl").exists()
    assert octavo("extract").code == 2


def test_articles_are_enriched_in_order(octavo: Octavo, tmp_path: Path) -> None:
    rows = [row(number) for number in range(70)]
    done = octavo("enrich", "--batch", write(tmp_path / "in.jsonl", rows), "--out", tmp_path / "out.jsonl")
    assert done.code == 0, done.err
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["id"] for one in told] == [one["id"] for one in rows]
    for one, article in zip(told, rows, strict=True):
        assert one["language"] == "en"
        whole = f"{article['title']}\n{article['text']}"
        assert all(entity["name"] for entity in one["entities"])
        assert all(0 <= entity["start"] < entity["end"] <= len(whole) for entity in one["entities"])
        assert all(0 < tag["score"] <= 1 for tag in one["hashtags"])
    assert {"PortEmber"} & {tag["tag"] for tag in told[0]["hashtags"]}


def test_a_line_that_is_no_article_is_named(octavo: Octavo, tmp_path: Path) -> None:
    batch = write(tmp_path / "in.jsonl", [row(1), "{broken"])
    done = octavo("enrich", "--batch", batch, "--out", tmp_path / "out.jsonl")
    assert done.code == 2
    assert "line 2 is not JSON" in done.sentence
