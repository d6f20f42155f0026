"""Hashtags against authors' keyphrases: F1@10 after stemming, the labels of an article as `octavo enrich` gives them.

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


def main() -> None:
    """Print one line of JSON a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    scores = metrics(options.shared)
    for name, language in SETS.items():
        listed = rows(options.shared, f"{name}.jsonl")
        found = enrich_articles([article(row, language) for row in listed], OffEmbedder())
        labels = [[plain(tag.label) for tag in one.hashtags] for one in found]
        gold = [row["gold"] for row in listed]
        for row, tags in list(zip(listed, labels, strict=True))[: options.show]:
            sys.stdout.write(f"{row['text'].split()[:12]}\n  {tags}\n  {row['gold']}\n")
        line = {"set": name, "metric": "f1@10", "f1": scores.keyphrase_f1(labels, gold, 10, stem)}
        line["labels"] = round(sum(map(len, labels)) / len(labels), 2)
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
