"""Pages a second, paired: Octavo with all its fields, trafilatura with metadata, resiliparse's main text.

    python bench/extraction.py [--shared PATH] [--rounds N] [--every N]

One process, the same pages from memory in every round. Octavo gives every field of an article. trafilatura is asked
for its text and metadata, as a news reader would ask; its fast mode leaves out the fallbacks. resiliparse gives the
text alone: no title, author or date.
"""

import argparse
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from rounds import pair, show

from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article

NOW = datetime(2026, 6, 1, tzinfo=UTC)
Page = tuple[str, bytes]


def pages(shared: Path, every: int) -> list[Page]:
    """Read every n-th page: its address and its bytes."""
    folder = shared / "data" / "pages"
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["url"], gzip.decompress((folder / row["file"]).read_bytes())) for row in rows[::every]]


def octavo(found: list[Page]) -> None:
    """Every field: body in blocks, headline, standfirst, people, dates, language, picture, how whole it is."""
    for url, html in found:
        try:
            extract_article(PageSource(url=url, html=html), now=NOW)
        except NotAnArticle:
            continue


def trafilatura_full(found: list[Page], *, fast: bool = False) -> None:
    """Text, title, author, date, picture and the rest of trafilatura's metadata."""
    for url, html in found:
        trafilatura.bare_extraction(html, url=url, with_metadata=True, fast=fast)


def resiliparse(found: list[Page]) -> None:
    """The main text only."""
    for _, html in found:
        extract_plain_text(HTMLTree.parse_from_bytes(html, "utf-8"), main_content=True)


def measure(shared: Path, rounds: int, every: int = 4) -> None:
    """Print the table."""
    found = pages(shared, every)
    tools = {
        "octavo, every field": lambda: octavo(found),
        "trafilatura, with metadata": lambda: trafilatura_full(found),
        "trafilatura, fast, with metadata": lambda: trafilatura_full(found, fast=True),
        "resiliparse, text only": lambda: resiliparse(found),
    }
    show("extraction", "pages", len(found), pair(tools, rounds))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--every", type=int, default=4, help="take every n-th page")
    given = options.parse_args()
    measure(given.shared, given.rounds, given.every)


if __name__ == "__main__":
    main()
