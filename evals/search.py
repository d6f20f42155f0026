"""Search: MAP, nDCG@10 and MRR of questions put to the whole path a reader's words take, on SQLite.

Each is asked twice: of words alone (the worker is away), and with the worker's word on meaning, which here is given in
this process. MEANTIME's English headlines ask for the same article in three languages; made-up and stray words must
find nothing by meaning.

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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from stories import UNDATED, metrics, rows, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.enrich.embedding import embedding_text
from octavo.ports.database import Database
from octavo.ports.meaning import NO_VECTORS, Alike, Sought
from octavo.ports.search_index import SearchDocument, SearchIndex, SearchQuery
from octavo.ports.vector_index import Vectors
from octavo.serve.finding import Finder, find
from octavo.store import articles as article_store
from octavo.store import migrations_path, publishers

DATA = (
    "data/labelled/search_time.dev.jsonl",
    "data/labelled/stream_ecbplus.dev.jsonl",
    "data/labelled/stream_meantime.dev.jsonl",
    "data/labelled/stream_uci_news.dev.jsonl",
    "evals/metrics.py",
)
SHIFTED_FROM, SHIFT = 371, 2
DEEP = 200
QUERIES = 250
NONSENSE = (
    "asdfgh qwerty", "zxcvb", "blorf gnarl wug", "lorem ipsum dolor", "xkcd 42", "hello", "how are you",
    "my cat likes cheese", "recipe for chocolate cake", "best boots to buy", "love poem", "the of and", "1234567",
    "Quatschwort Blubberdings", "ضصثق فغعه", "asdf", "??? !!!", "qqqq wwww eeee rrrr", "मौसम कैसा है", "ξψω φχθ",
)  # fmt: skip
"""Questions no article of these collections has to do with."""


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


def headline_questions(shared: Path, name: str, *, language: str = "") -> tuple[list[Article], list[Question]]:
    """Ask for a story by the headline of one of its articles, each third or each in `language`: others are right."""
    found, gold = stream(shared, name)
    stories: dict[str, list[str]] = defaultdict(list)
    for article, story in zip(found, gold, strict=True):
        stories[story].append(str(article.id))
    documents = [_article(str(one.id), one.headline, one.text, one.language) for one in found]
    questions = [
        Question(one.headline, frozenset(stories[story]) - {str(one.id)}, str(one.id))
        for one, story in list(zip(found, gold, strict=True))[:: 1 if language else 3]
        if len(stories[story]) > 1 and language in ("", one.language)
    ]
    return documents, questions[:QUERIES]


def _article(name: str, headline: str, text: str, language: str = "en") -> Article:
    return Article(
        id=ArticleId(0), url=f"https://example.org/{name}", publisher_id=PublisherId("p"), headline=headline,
        language=language, first_seen_at=UNDATED, published_at=UNDATED - timedelta(seconds=1),
        external_id=name, excerpt=text[:200],
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n\n") if line.strip()),
    )  # fmt: skip


class Near:
    """What the worker says about meaning: the same model, vectors and index."""

    def __init__(self, documents: Sequence[Article]) -> None:
        self.embedder, self.index = LocalEmbedder(), ExactIndex()
        vectors = self.embedder.embed([embedding_text(one) for one in documents])
        self.index.update([one.id for one in documents], vectors)

    def alike(self, sought: Sought) -> Alike:
        vector = self.embedder.embed([sought.words])[0]
        return self.index.nearest(vector, limit=sought.limit, since=sought.since, until=sought.until)

    def vectors(self, questions: Sequence[str], passages: Sequence[str]) -> Vectors:
        return NO_VECTORS  # a search asks for none


def fill(database: Database, index: SearchIndex, documents: Sequence[Article]) -> list[Article]:
    """Keep and index the documents; gives them with their ids."""
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("p"), "P")])
        kept = article_store.save(tx, list(documents))
        found = [SearchDocument(one.id, one.headline, one.text, (), one.publisher_id, one.language) for one in kept]
        index.update(tx, found)
    return kept


def ask(finder: Finder, names: Mapping[ArticleId, str], questions: Sequence[Question]) -> dict[str, list[str]]:
    """Put every question as a reader would; gives the documents found, best first."""
    runs = {}
    for number, one in enumerate(questions):
        found = find(finder, SearchQuery(one.text[:300], limit=DEEP))
        runs[str(number)] = [names[hit.id] for hit in found.hits if names[hit.id] != one.own]
    return runs


def quiet(documents: Sequence[Article]) -> float:
    """Give the share of the nonsense that finds nothing by meaning."""
    with stored() as database:
        index = SqliteSearch(database)
        kept = fill(database, index, documents)
        with database.read() as view:
            finder = Finder(index, view, ("en",), 0.5, Near(kept))
            found = [find(finder, SearchQuery(text, limit=DEEP)).alike for text in NONSENSE]
    return found.count(frozenset()) / len(found)


def scores(name: str, shared: Path, documents: Sequence[Article], questions: Sequence[Question]) -> dict[str, float]:
    """Fill a store of its own and score the answers, by words alone and with meaning."""
    reads = sorted({one.language for one in documents}, key=lambda tag: (tag != "en", tag))
    right = {str(number): dict.fromkeys(one.right, 1) for number, one in enumerate(questions)}
    given: dict[str, float] = {}
    with stored() as database:
        index = SqliteSearch(database)
        kept = fill(database, index, documents)
        names = {one.id: one.url.rsplit("/", 1)[1] for one in kept}
        with database.read() as view:
            words = Finder(index, view, reads, 0.5)
            meant = replace(words, meaning=Near(kept))
            for label, finder in (("", words), ("meaning.", meant)):
                found = metrics(shared).ranking(ask(finder, names, questions), right)
                given |= {f"{label}{name}.{one}": float(found[one]) for one in ("map", "ndcg@10", "mrr")}
    return given


@contextmanager
def stored() -> Iterator[Database]:
    """Make a store that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="octavo-search-") as folder:
        database = SqliteDatabase(Path(folder) / "octavo.sqlite", migrations_path())
        database.migrate()
        try:
            yield database
        finally:
            database.close()


def measure(shared: Path) -> dict[str, float]:
    """Give the scores of TIME as labelled, of TIME with labels moved, and of headlines in one language and in four."""
    return {
        **scores("time", shared, *time_questions(shared, moved=False)),
        **scores("time_moved", shared, *time_questions(shared, moved=True)),
        **scores("ecbplus", shared, *headline_questions(shared, "ecbplus")),
        **scores("meantime", shared, *headline_questions(shared, "meantime", language="en")),
        "meaning.quiet": quiet(headline_questions(shared, "uci_news")[0]),
    }


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
