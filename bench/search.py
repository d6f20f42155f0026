"""Search with many articles: CPU milliseconds of a reader's search, median and 99th of a hundred.

    python bench/search.py [--articles 100000] [--keep FOLDER]

The articles are made by program: words of a vocabulary of 60,000 whose use follows Zipf's law, 300 to an article, five
names of their own to each. They go into the store and the index directly, not by the pipeline.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.search_index import SearchDocument, SearchQuery
from octavo.serve.finding import Finder, find
from octavo.store import articles, migrations_path, publishers

WORDS, LENGTH, AT_ONCE, ASKED = 60_000, 300, 500, 100
BEGUN = datetime(2025, 1, 1, tzinfo=UTC)
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu ka le mi no pu ra se ti vo".split()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="Use and leave the store in this folder.")
    given = options.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="octavo-search-"))
    folder.mkdir(parents=True, exist_ok=True)
    made = not (folder / "octavo.sqlite").exists()
    database = SqliteDatabase(folder / "octavo.sqlite", migrations_path())
    try:
        database.migrate()
        if made:
            begun = time.process_time()
            fill(database, given.articles)
            print(f"{given.articles / (time.process_time() - begun):.0f} articles a CPU second kept and indexed")
        measure(database)
    finally:
        database.close()
        if not given.keep:
            shutil.rmtree(folder)


def vocabulary() -> list[str]:
    """Make words, the plainest first: three or four syllables each."""
    chance = random.Random(1)  # noqa: S311 - makes texts, guards nothing
    found: dict[str, None] = {}
    while len(found) < WORDS:
        found["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 4))))] = None
    return list(found)


def made(count: int) -> Iterator[Article]:
    """Make articles, a minute and a half apart."""
    chance = random.Random(2)  # noqa: S311
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
    for number in range(count):
        text = chance.choices(words, cum_weights=weights, k=LENGTH)
        names = chance.choices(words[2000:], k=5)
        yield Article(
            id=ArticleId(0), url=f"https://paper{number % 400}.example/{number}", publisher_id=PublisherId("p"),
            headline=" ".join([*names[:3], *text[:6]]), language="en", first_seen_at=BEGUN,
            published_at=BEGUN + timedelta(seconds=90 * number),
            blocks=(Block(BlockKind.PARAGRAPH, " ".join([*text, *names])),),
        )  # fmt: skip


def fill(database: SqliteDatabase, count: int) -> None:
    """Keep and index."""
    index, source = SqliteSearch(database), made(count)
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("p"), "P")])
    while some := list(islice(source, AT_ONCE)):
        with database.transaction() as tx:
            kept = articles.save(tx, some)
            index.update(
                tx, [SearchDocument(one.id, one.headline, one.text, (), one.publisher_id, "en") for one in kept]
            )


def questions() -> dict[str, list[str]]:
    """Make what readers type: one name, two words, and sentences of eight words, plain and rare ones mixed."""
    chance = random.Random(3)  # noqa: S311
    words = vocabulary()

    def pick(low: int, high: int, count: int) -> list[str]:
        return chance.choices(words[low:high], k=count)

    return {
        "a name": [" ".join(pick(2000, WORDS, 1)) for _ in range(ASKED)],
        "two words": [" ".join([*pick(2000, WORDS, 1), *pick(50, 2000, 1)]) for _ in range(ASKED)],
        "a sentence": [" ".join([*pick(0, 300, 3), *pick(300, 5000, 3), *pick(5000, WORDS, 2)]) for _ in range(ASKED)],
    }


def measure(database: SqliteDatabase) -> None:
    """Ask, and print how long it took: the index alone, as before, and the whole path."""
    index = SqliteSearch(database)
    with database.read() as view:
        ways: dict[str, Callable[[str], object]] = {
            "index alone": lambda words: index.search(SearchQuery(words, limit=21)),
            "whole path": lambda words: find(Finder(index, view, ("en",), 0.5), SearchQuery(words, limit=21)),
        }
        for kind, asked in questions().items():
            for way, ask in ways.items():
                taken = sorted(timed(ask, words) for words in asked)
                print(f"{kind:12}{way:14}{taken[len(taken) // 2]:8.1f}{taken[int(len(taken) * 0.99)]:8.1f} ms")


def timed(ask: Callable[[str], object], words: str) -> float:
    begun = time.process_time()
    ask(words)
    return (time.process_time() - begun) * 1000.0


if __name__ == "__main__":
    main()
