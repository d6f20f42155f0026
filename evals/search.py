"""Search: MAP, nDCG@10 and MRR of questions put to the whole path a reader's words take, on SQLite.

TIME is scored as it is labelled, and once more with its labels moved: from document 371 on, its judgements name the
document two places further (two are missing from the collection), so that even a perfect answer scores .83 as labelled.
The newswire's stories are asked for by their headlines: nothing here was fitted on them.

python evals/search.py --shared ../shared
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from stories import UNDATED, metrics, rows, stream

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.database import Database
from octavo.ports.search_index import SearchDocument, SearchIndex, SearchQuery
from octavo.serve.finding import find
from octavo.store import articles as article_store
from octavo.store import migrations_path, publishers

DATA = ("data/labelled/search_time.dev.jsonl", "data/labelled/stream_ecbplus.dev.jsonl", "evals/metrics.py")
SHIFTED_FROM, SHIFT = 371, 2
DEEP = 200
QUERIES = 250


@dataclass(frozen=True, slots=True)
class Question:
    """Words, the documents that answer them, and one that may not be given: the one they were taken from."""

    text: str
    right: frozenset[str]
    own: str = ""


def time_questions(shared: Path, *, moved: bool) -> tuple[list[Article], list[Question]]:
    """Read TIME: documents without headlines, as printed."""
    listed = rows(shared, "search_time.dev.jsonl")
    documents = [_article(row["id"], "", row["text"]) for row in listed if row["kind"] == "doc"]
    questions = [
        Question(row["text"], frozenset(_moved(one) if moved else one for one in row["relevant"]))
        for row in listed
        if row["kind"] == "query"
    ]
    return documents, questions


def _moved(name: str) -> str:
    return str(int(name) - SHIFT) if int(name) >= SHIFTED_FROM else name


def headline_questions(shared: Path, name: str) -> tuple[list[Article], list[Question]]:
    """Ask for a story by the headline of one of its articles: the others are right."""
    found, gold = stream(shared, name)
    stories: dict[str, list[str]] = defaultdict(list)
    for article, story in zip(found, gold, strict=True):
        stories[story].append(str(article.id))
    documents = [_article(str(one.id), one.headline, one.text) for one in found]
    questions = [
        Question(one.headline, frozenset(stories[story]) - {str(one.id)}, str(one.id))
        for one, story in list(zip(found, gold, strict=True))[::3]
        if len(stories[story]) > 1
    ]
    return documents, questions[:QUERIES]


def _article(name: str, headline: str, text: str) -> Article:
    return Article(
        id=ArticleId(0), url=f"https://example.org/{name}", publisher_id=PublisherId("p"), headline=headline,
        language="en", first_seen_at=UNDATED, published_at=UNDATED - timedelta(seconds=1),
        external_id=name, excerpt=text[:200],
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n\n") if line.strip()),
    )  # fmt: skip


def fill(database: Database, index: SearchIndex, documents: Sequence[Article]) -> dict[ArticleId, str]:
    """Keep and index the documents; gives their names by id."""
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("p"), "P")])
        kept = article_store.save(tx, list(documents))
        index.update(tx, [SearchDocument(one.id, one.headline, one.text, (), one.publisher_id, "en") for one in kept])
    return {one.id: one.url.rsplit("/", 1)[1] for one in kept}


def ask(
    database: Database, index: SearchIndex, names: Mapping[ArticleId, str], questions: Sequence[Question]
) -> dict[str, list[str]]:
    """Put every question as a reader would; gives the documents found, best first."""
    runs = {}
    with database.read() as view:
        for number, one in enumerate(questions):
            found = find(index, view, SearchQuery(one.text[:300], limit=DEEP), ("en",), 0.5)
            runs[str(number)] = [names[hit.id] for hit in found.hits if names[hit.id] != one.own]
    return runs


def scores(shared: Path, documents: Sequence[Article], questions: Sequence[Question]) -> dict[str, float]:
    """Fill a store of its own and score the answers."""
    with tempfile.TemporaryDirectory(prefix="octavo-search-") as folder:
        database = SqliteDatabase(Path(folder) / "octavo.sqlite", migrations_path())
        database.migrate()
        try:
            index = SqliteSearch(database)
            runs = ask(database, index, fill(database, index, documents), questions)
        finally:
            database.close()
    right = {str(number): dict.fromkeys(one.right, 1) for number, one in enumerate(questions)}
    found = metrics(shared).ranking(runs, right)
    return {name: float(found[name]) for name in ("map", "ndcg@10", "mrr")}


def measure(shared: Path) -> dict[str, float]:
    """Give the scores of TIME as labelled, of TIME with labels moved, and of headlines."""
    found = {f"time.{name}": value for name, value in scores(shared, *time_questions(shared, moved=False)).items()}
    found |= {f"time_moved.{k}": v for k, v in scores(shared, *time_questions(shared, moved=True)).items()}
    return found | {f"ecbplus.{k}": v for k, v in scores(shared, *headline_questions(shared, "ecbplus")).items()}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
