"""octavo import of many articles: articles a second and the most memory it takes.

    python bench/imported.py --shared ../shared [--articles 100000] [--keep FOLDER]

The articles are those of the labelled streams, over and over; each time with other names and numbers, a later date and
its sentences in another order, so that no two are the same and events are as many as the articles suggest.
"""

import argparse
import itertools
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

STREAMS = ("uci_news", "itn", "meantime", "ecbplus")
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
PIECES = re.compile(r"(\b[A-Z][a-z]{3,}\b|\b\d{2,6}\b)")
LANGUAGES = {"eng": "en", "spa": "es", "deu": "de"}
PASS = timedelta(days=3)
"""How much later each repetition is published."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="Leave the file and the instance in this folder.")
    given = options.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="octavo-import-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        written = write(folder / "articles.ndjson", given.shared, given.articles)
        measure(folder, written)
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def write(file: Path, shared: Path, wanted: int) -> int:
    """Write the articles, varied, in the order of their time; gives how many."""
    rows = [
        json.loads(line)
        for name in STREAMS
        for line in (shared / "data" / "labelled" / f"stream_{name}.dev.jsonl").open(encoding="utf-8")
    ]
    names = sorted({name for row in rows for name in NAME.findall(f"{row['title']} {row['text']}")})
    with file.open("w", encoding="utf-8") as out:
        for line in itertools.islice(varied(rows, names), wanted):
            out.write(line)
    return sum(1 for _ in file.open("rb"))


def varied(rows: list[dict[str, str]], names: list[str]) -> Iterator[str]:
    """Give out the rows again and again, each time changed."""
    for turn in itertools.count():
        chance = random.Random(turn)  # noqa: S311 - varies a text, guards nothing
        others = names[:]
        if turn:
            chance.shuffle(others)
        swapped = dict(zip(names, others, strict=True)) | {
            str(number): str(number + turn) for number in range(10, 3000)
        }
        begun = datetime(2024, 1, 1, tzinfo=UTC) + turn * PASS
        for place, row in enumerate(rows):
            sentences = row["text"].split(". ")
            chance.shuffle(sentences)
            text = f"{row['title']}\n{'. '.join(sentences)}" if turn else f"{row['title']}\n{row['text']}"
            text = "".join(swapped.get(piece, piece) for piece in PIECES.split(text))
            title, _, body = text.partition("\n")
            article = {
                "id": f"{turn}-{row['id']}",
                "url": f"https://publisher{place % 400}.example/{turn}/{place}",
                "title": title or body[:100],
                "text": body or title,
                "published": (begun + PASS * place / len(rows)).isoformat(),
                "publisher": row["source"] or f"Publisher {place % 400}",
                "language": LANGUAGES.get(row["lang"], row["lang"]),
            }
            yield json.dumps(article, ensure_ascii=False) + "\n"


def measure(folder: Path, written: int) -> None:
    """Import the file and print what it took, in this process's children."""
    size = (folder / "articles.ndjson").stat().st_size
    command = [sys.executable, "-m", "octavo", "import", str(folder / "articles.ndjson"), "--json"]
    settings = {"OCTAVO_DATA_DIR": str(folder / "data"), "OCTAVO_LOG_LEVEL": "error"}
    begun = time.monotonic()
    subprocess.run(command, env=os.environ | settings, check=True)
    seconds = time.monotonic() - begun
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = sum(file.stat().st_size for file in (folder / "data").rglob("*") if file.is_file())
    print(f"{written} articles ({size / 1e6:.0f} MB) in {seconds:.0f} s: {written / seconds:.0f} a second")
    print(f"processor: {spent.ru_utime + spent.ru_stime:.0f} s; most memory: {spent.ru_maxrss / 1e3:.0f} MB")
    print(f"on disk: {kept / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
