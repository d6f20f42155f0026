"""Hashtags against authors' keyphrases: F1@10 after stemming; and the language of texts and headlines.

python evals/hashtags.py --shared ../shared
"""

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stories import metrics, rows

from octavo.adapters.embedders.off import OffEmbedder
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.enrich.article import enrich_articles
from octavo.enrich.language import article_language

DATA = (
    "data/labelled/keywords_wikinews_fr.jsonl",
    "data/labelled/keywords_inspec.jsonl",
    "data/pages/expected.jsonl",
    "evals/metrics.py",
)
SETS = {"keywords_wikinews_fr": "fr", "keywords_inspec": "en"}
_HUMP = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý])|(?<=[A-ZÀ-Ý])(?=[A-ZÀ-Ý][a-zà-ÿ])")
_ENDINGS = ("ments", "ment", "ions", "ion", "ings", "ing", "ies", "aux", "es", "ed", "al", "s", "e", "y")


def stem(phrase: str) -> str:
    """Cut the endings of a phrase's words: rough, the same for gold and found, in English and French."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", phrase.lower()) if not unicodedata.combining(char))
    return " ".join(_cut(word) for word in re.findall(r"\w+", plain))


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def plain(label: str) -> str:
    """Take a label apart into words."""
    return _HUMP.sub(" ", label.replace("_", " "))


def article(row: Mapping[str, Any], language: str) -> Article:
    """Make an article: the first line is the headline, and left out where the text repeats it."""
    lines = [" ".join(line.split()) for line in row["text"].replace("\u00ad", "").split("\n\n") if line.strip()]
    if len(lines) == 1:
        lines = [" ".join(line.split()) for line in row["text"].split("\r\n", 1)]
    body = [line for line in lines[1:] if line and line != lines[0]]
    return Article(
        id=ArticleId(1),
        url="https://example.org/",
        publisher_id=PublisherId("p"),
        headline=lines[0],
        language=language,
        first_seen_at=datetime(2024, 1, 1, tzinfo=UTC),
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in body),
    )


def labelled(shared: Path, name: str, show: int = 0) -> float:
    """Measure one set: F1@10."""
    listed = rows(shared, f"{name}.jsonl")
    found = enrich_articles([article(row, SETS[name]) for row in listed], OffEmbedder())
    labels = [[plain(tag.label) for tag in one.hashtags] for one in found]
    for row, tags in list(zip(listed, labels, strict=True))[:show]:
        sys.stdout.write(f"{row['text'].split()[:12]}\n  {tags}\n  {row['gold']}\n")
    return float(metrics(shared).keyphrase_f1(labels, [row["gold"] for row in listed], 10, stem))


def languages(shared: Path) -> dict[str, float]:
    """Measure the language of news texts, of their headlines alone, and with the publisher's word."""
    lines = (shared / "data" / "pages" / "expected.jsonl").read_text(encoding="utf-8").split("\n")
    pages = [row for row in map(json.loads, filter(None, lines)) if row["language"] and row["text"] and row["title"]]
    given = {
        "language.text": [article_language(row["text"]) for row in pages],
        "language.headline": [article_language(row["title"]) for row in pages],
        "language.hinted": [article_language(row["title"], row["language"]) for row in pages],
    }
    told = [row["language"].split("-")[0] for row in pages]
    return {name: sum(map(str.__eq__, found, told)) / len(told) for name, found in given.items()}


def measure(shared: Path) -> dict[str, float]:
    """Give F1@10 of both sets, and how often the language is right."""
    return {**{f"{name}.f1": labelled(shared, name) for name in SETS}, **languages(shared)}


def main() -> None:
    """Print one line of JSON; with --show what some articles are labelled, and what their authors chose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    if options.show:
        for name in SETS:
            labelled(options.shared, name, options.show)
    sys.stdout.write(json.dumps(measure(options.shared)) + "\n")


if __name__ == "__main__":
    main()
