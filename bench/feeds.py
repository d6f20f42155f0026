"""Feeds a second, paired: Octavo, feedparser as it comes, fastfeedparser.

    python bench/feeds.py [--shared PATH] [--rounds N]

One process, the real feeds of the shared folder from memory in every round. Octavo reads with feedparser, its
sanitiser and link resolution off, after bounding what a hostile feed may hold; its entries are cleaned values.
Feeds a tool cannot read are counted: they cost it little time.
"""

import argparse
import gzip
from collections.abc import Callable
from pathlib import Path

import fastfeedparser
import feedparser
from rounds import pair, show

from octavo.collect.parse import parse_feed

URL = "https://unknown.example/feed"


def every_one(parse: Callable[[bytes], object], feeds: list[bytes]) -> int:
    """Parse every feed; gives how many could not be."""
    failed = 0
    for data in feeds:
        try:
            parse(data)
        except Exception:  # noqa: BLE001 - whatever a peer raises is a feed it cannot read
            failed += 1
    return failed


def measure(shared: Path, rounds: int) -> None:
    """Print the table."""
    feeds = [gzip.decompress(file.read_bytes()) for file in sorted((shared / "data" / "feeds").glob("*.gz"))]
    parsers: dict[str, Callable[[bytes], object]] = {
        "octavo": lambda data: parse_feed(data, url=URL),
        "feedparser": feedparser.parse,
        "fastfeedparser": fastfeedparser.parse,
    }
    failed = {name: every_one(parse, feeds) for name, parse in parsers.items()}
    tools = {name: (lambda parse=parse: every_one(parse, feeds)) for name, parse in parsers.items()}
    show("feeds", "feeds", len(feeds), pair(tools, rounds))
    print("  could not be read: " + ", ".join(f"{name} {count}" for name, count in failed.items()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    measure(given.shared, given.rounds)


if __name__ == "__main__":
    main()
