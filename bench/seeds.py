"""The two captured pages of the reference, rebuilt: their articles imported, and what Octavo relates to each first one.

    python bench/seeds.py --shared ../shared [--keep FOLDER]

The captures print each article's headline, source and text; the script reads them apart, imports them all into one
instance, and prints the related articles of the two main ones with their reasons.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AGO = re.compile(r"^(?:time)?\d+ (?:minutes?|hours?|days?) ago$")
PAGES = (
    ("000_8c5258ec0f3a51ba.txt", "2025-08-14T10:00:00+00:00"),
    ("001_5e60cfbfe761a22b.txt", "2025-07-21T10:00:00+00:00"),
)
MOST_WORDS_OF_A_HEADLINE = 25


@dataclass(frozen=True, slots=True)
class Captured:
    """One article of a capture."""

    title: str
    publisher: str
    text: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--keep", type=Path, help="Leave the instance in this folder.")
    given = options.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="octavo-seeds-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        rows = [
            row for page, (name, when) in enumerate(PAGES) for row in rebuilt(given.shared / "seeds" / name, page, when)
        ]
        file = folder / "seeds.ndjson"
        file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        octavo(folder, "import", str(file))
        for page, _ in enumerate(PAGES):
            main_row = next(row for row in rows if row["id"] == f"{page}-0")
            print(f"\n{main_row['title']}\n{octavo(folder, 'related', str(main_row['id']))}")
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def rebuilt(file: Path, page: int, when: str) -> Iterator[dict[str, str]]:
    """Give a capture's articles as lines of `octavo import`, the page's own first."""
    for number, one in enumerate(articles(file.read_text(encoding="utf-8"))):
        yield {
            "id": f"{page}-{number}", "url": f"https://capture{page}.example/{number}", "title": one.title,
            "text": one.text, "published": when, "publisher": one.publisher, "language": "en",
        }  # fmt: skip


def articles(capture: str) -> Iterator[Captured]:
    """Read a capture apart: the main article above "Try Our AI Features", then each after a line of its age."""
    above, _, below = capture.partition("Related Articles")
    lines = [line.strip() for line in above.partition("Try Our AI")[0].splitlines() if len(line.split()) > 3]
    lines = [line for number, line in enumerate(lines) if line not in lines[:number]]
    yield Captured(lines[0], "Yahoo", "\n".join(lines[1:]))
    related = [line.strip() for line in below.partition("DOWNLOAD THE APP")[0].splitlines() if line.strip()]
    starts = [number for number, line in enumerate(related) if AGO.match(line)]
    for start, end in zip(starts, [*starts[1:], len(related)], strict=True):
        publisher = related[start + 1].lstrip("•- ").strip()
        words = [line for line in related[start + 2 : end] if len(line.split()) > 3]
        yield Captured(
            words[0], publisher, "\n".join(line for line in words[1:] if len(line.split()) > MOST_WORDS_OF_A_HEADLINE)
        )


def octavo(folder: Path, *words: str) -> str:
    """Run one command against the instance in `folder`."""
    settings = {"OCTAVO_DATA_DIR": str(folder / "data"), "OCTAVO_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "octavo", *words]
    return subprocess.run(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    main()
