"""One store of many articles, measured whole: searching, reading what is related, placing what comes, nearest vectors.

    python bench/scale.py --articles 10000 --articles 100000 --folder /tmp/scale [--postgres] [--out FILE]

Fills a store of each size in the folder where there is none (about a minute of processor time for 100,000), asks it,
and prints one line of JSON for each: CPU milliseconds, median and 99th. Everything in this process is counted; of
PostgreSQL the backend's time is added.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from filling import fill_postgres, fill_sqlite
from invented import DIMENSIONS, END, MODEL, names, vocabulary
from sqlalchemy import text

from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.app import open_tools
from octavo.config import Settings
from octavo.domain.ids import ArticleId
from octavo.pipeline.relate_article import relate_changed
from octavo.pipeline.settle_stories import settle_changed
from octavo.pipeline.sync_indexes import fill_vector_index
from octavo.ports.database import Database
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.serve.finding import Finder, find
from octavo.store import articles, changes, migrations_path, relations
from octavo.store.changes import ChangeKind

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import postgres

ASKED, PLACED = 100, 300
NOON = END.timestamp()


class Known(OffEmbedder):
    """Embeds nothing: the archive's vectors are there."""

    @property
    def model(self) -> str:
        """The archive's."""
        return MODEL


class Clock:
    """CPU seconds of this process and of the PostgreSQL backends that serve it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.backends: tuple[int, ...] = ()

    def look(self) -> None:
        """See which backends there are, once all connections are open."""
        if self._database.dialect == "postgresql":
            with self._database.read() as view:
                mine = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                self.backends = tuple(view.execute(text(mine)).scalars())

    def seconds(self) -> float:
        """Read it."""
        return time.process_time() + sum(_ticks(pid) for pid in self.backends) / 100.0

    def taken(self, does: Callable[[], object]) -> float:
        """Milliseconds that something takes."""
        begun = self.seconds()
        does()
        return (self.seconds() - begun) * 1000.0


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return int(fields[11]) + int(fields[12])


def questions() -> dict[str, list[str]]:
    """Make what readers type: words as often as they are used in English, but for those all texts are full of."""
    chance = random.Random(3)  # noqa: S311 - makes questions, guards nothing
    words, uses = vocabulary()
    known = names(np.random.default_rng(0))

    def used(low: int, count: int) -> list[str]:
        return chance.choices(words[low:20_000].tolist(), weights=uses[low:20_000].tolist(), k=count)

    def name(low: int, high: int) -> str:
        return str(chance.choice(known[low:high]))

    return {
        "a rare name": [name(2000, 40_000) for _ in range(ASKED)],
        "a common name": [name(0, 2000) for _ in range(ASKED)],
        "a word": [used(200, 1)[0] for _ in range(ASKED)],
        "two words": [" ".join(used(200, 2)) for _ in range(ASKED)],
        "a name and a word": [" ".join([name(0, 2000), *used(200, 1)]) for _ in range(ASKED)],
        "a sentence": [" ".join([*used(0, 6), name(0, 2000), *used(500, 1)]) for _ in range(ASKED)],
    }


def searching(tools: Tools, clock: Clock) -> dict[str, Any]:
    """Ask a reader's questions; the index alone and the whole path."""
    figures: dict[str, Any] = {}
    with tools.database.read() as view:
        finder = Finder(tools.search_index, view, ("en",), 0.5)
        find(finder, SearchQuery("what warms this up", limit=21))
        clock.look()
        everything: list[float] = []
        for kind, asked in questions().items():
            taken = [clock.taken(partial(find, finder, SearchQuery(words, limit=21))) for words in asked]
            figures[kind] = spread(taken)
            everything += taken
    return figures | {"all": spread(everything)}


def reading(tools: Tools, clock: Clock) -> list[float]:
    """Read what is related to each of some articles, as a page does: relations and cards."""
    chosen = some_ids(tools, ASKED)

    def read(one: ArticleId) -> None:
        with tools.database.read() as view:
            articles.cards(view, [other.other_id for other in relations.of(view, one)])

    read(chosen[0])
    clock.look()
    return spread([clock.taken(partial(read, one)) for one in chosen])


def nearest(tools: Tools) -> dict[str, Any]:
    """Ask for the nearest vectors in thirty days and over all; recall@10 against cosines of the vectors as kept."""
    begun = time.process_time()
    with tools.database.read() as view:
        position = changes.position(view, "relate")
    fill_vector_index(tools, position)
    figures: dict[str, Any] = {"fill_s": round(time.process_time() - begun, 1), "vectors": len(tools.vector_index)}
    with tools.database.read() as view:
        found = articles.candidates(view, some_ids(tools, ASKED))
    asked = [np.frombuffer(one.vector, "<f2").astype(np.float32) for one in found]
    month = ArticleId(int(NOON - 30 * 86_400) << 20)
    for label, since in (("30 days", month), ("all", None)):
        taken, got = [], []
        for vector in asked:
            start = time.process_time()
            got.append(tools.vector_index.nearest(vector, limit=11, since=since))
            taken.append((time.process_time() - start) * 1000.0)
        best = truth(tools, np.stack(asked), since or ArticleId(0))
        right = sum(len({one for one, _ in hits[:10]} & set(ids)) for hits, ids in zip(got, best, strict=True))
        figures[label] = {"ms": spread(taken), "recall_at_10": round(right / (10 * len(best)), 4)}
    return figures


def truth(tools: Tools, asked: np.ndarray, since: ArticleId) -> list[list[int]]:
    """Find the ten nearest by going through the vectors as the store keeps them."""
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    after = ArticleId(int(since) - 1)
    while True:
        with tools.database.read() as view:
            some = articles.vectors(view, after, 20_000, MODEL)
        if not some:
            return [[one for _, one in kept] for kept in best]
        rows = np.frombuffer(b"".join(vector for _, vector in some), "<f2").reshape(len(some), -1).astype(np.float32)
        cosines = asked @ (rows / np.linalg.norm(rows, axis=1, keepdims=True)).T
        for place, row in enumerate(cosines):
            top = np.argpartition(row, -min(10, len(row)))[-10:]
            best[place] = sorted([*best[place], *((float(row[one]), int(some[one][0])) for one in top)])[-10:]
        after = some[-1][0]


def placing(tools: Tools, clock: Clock) -> dict[str, Any]:
    """Let the newest articles come again, in their order, and place them; then settle their stories."""
    with tools.database.read() as view:
        newest = list(view.execute(text(f"SELECT id FROM articles ORDER BY id DESC LIMIT {PLACED}")).scalars())  # noqa: S608
    with tools.database.transaction() as tx:
        for table in ("story_articles", "relations"):
            tx.execute(text(f"DELETE FROM {table} WHERE article_id >= :oldest"), {"oldest": newest[-1]})  # noqa: S608
        changes.record(tx, [(ArticleId(one), ChangeKind.NEW) for one in reversed(newest)])
        changes.set_position(tx, "enrich", changes.last_seq(tx))
    taken, many = [], 50
    clock.look()
    for _ in range(0, PLACED, many):
        taken.append(clock.taken(lambda: relate_changed(tools, many)) / many)
    settling = clock.taken(lambda: settle_changed(tools)) / 100
    return {
        "placed_a_cpu_second": round(1000.0 * len(taken) / sum(taken), 1),
        "ms_an_article": round(sum(taken) / len(taken), 1),
        "settling_ms_an_article": round(settling, 1),
    }


def some_ids(tools: Tools, count: int) -> list[ArticleId]:
    """Choose articles spread over the archive."""
    with tools.database.read() as view:
        low, high = tuple(view.execute(text("SELECT min(id), max(id) FROM articles")).one())
        next_one = text("SELECT id FROM articles WHERE id >= :at ORDER BY id LIMIT 1")
        places = np.linspace(int(low), int(high), count).astype(np.int64).tolist()
        return [ArticleId(view.execute(next_one, {"at": at}).scalar_one()) for at in places]


def spread(taken: Sequence[float]) -> list[float]:
    """Give the median and the 99th of a hundred."""
    return [round(float(np.quantile(taken, share)), 2) for share in (0.5, 0.99)]


@contextmanager
def stocked(folder: Path, count: int, on_postgres: bool) -> Iterator[Tools]:
    """Open a store of this size, filled first where it is new."""
    with ExitStack() as stack:
        if on_postgres:
            server = stack.enter_context(postgres.serving())
            url = server.url()
            kept = PostgresDatabase(url, migrations_path())
            kept.migrate()
            fill_postgres(kept, f"postgresql://postgres@/postgres?host={server.folder}", count)
            kept.close()
            settings = Settings(data_dir=folder / f"p{count}", database_url=url)
        else:
            path = folder / f"s{count}" / "octavo.sqlite"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                file = SqliteDatabase(path, migrations_path())
                file.migrate()
                fill_sqlite(file, path, count)
                file.close()
            settings = Settings(data_dir=path.parent)
        tools = stack.enter_context(open_tools(settings, lambda: END))
        yield replace(tools, embedder=Known())


def measure(folder: Path, count: int, on_postgres: bool, parts: Sequence[str]) -> dict[str, Any]:
    """Measure one size."""
    with stocked(folder, count, on_postgres) as tools:
        clock = Clock(tools.database)
        ways: dict[str, Callable[[], Any]] = {
            "search": lambda: searching(tools, clock),
            "related": lambda: reading(tools, clock),
            "nearest": lambda: nearest(tools),
            "placing": lambda: placing(tools, clock),
        }
        figures = {name: way() for name, way in ways.items() if name in parts}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    database = "postgresql" if on_postgres else "sqlite"
    return {"articles": count, "database": database, "dimensions": DIMENSIONS} | figures | {"peak_mb": peak}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, action="append")
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--only", action="append", choices=("search", "related", "nearest", "placing"))
    options.add_argument("--out", type=Path, help="Add the lines to this file, for plot_scale.py.")
    given = options.parse_args()
    for count in given.articles or [10_000, 100_000]:
        parts = given.only or ("search", "related", "nearest", "placing")
        line = json.dumps(measure(given.folder, count, given.postgres, parts))
        print(line, flush=True)
        if given.out:
            with given.out.open("a", encoding="utf-8") as out:
                out.write(f"{line}\n")


if __name__ == "__main__":
    main()
