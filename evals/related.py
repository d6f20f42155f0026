"""Related articles: nDCG@10, those of the same event being the right ones, every other article of the set on offer.

`across` is the same where only articles in other languages are on offer and right. The likeness of pairs of headlines
is measured with it.

python evals/related.py --shared ../shared
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from stories import LATER, STREAMS, UNDATED, Neighbours, candidates, metrics, newswire, rows, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.article import Article
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.relate.article import relate_article
from octavo.relate.profile import profile
from octavo.relate.similarity import compare

DATA = (
    *(f"data/labelled/stream_{name}.dev.jsonl" for name in STREAMS),
    "data/labelled/pairs_stsb_news.train.jsonl",
    "evals/metrics.py",
)
ACROSS = ("itn", "newswire")
"""Sets of many languages."""


def runs(listed: Sequence[Candidate], *, across: bool = False) -> dict[str, list[str]]:
    """Relate every article to all others: its copies and related articles by score, as `octavo related` lists them.

    Those of its own language are left out where it is to be related `across` languages.
    """
    index, held = Neighbours(), {one.id: one for one in listed}
    for one in listed:
        index.add(one)
    found = {}
    for one in listed:
        near, more = index.near(one)
        known = [held[other] for other in dict.fromkeys([*near, *more]) if other != one.id]
        known = [other for other in known if not (across and other.language == one.language)]
        related = relate_article(one, [replace(other, story_id=None) for other in known], near, LATER)
        ranked = sorted([*related.duplicates, *related.relations], key=lambda relation: -relation.score)
        found[str(one.id)] = [str(relation.other_id) for relation in ranked][:10]
    return found


def of_one_event(shared: Path, listed: Sequence[Candidate], gold: Sequence[str], *, across: bool = False) -> float:
    """Measure one stream: nDCG@10."""
    stories: dict[str, list[Candidate]] = defaultdict(list)
    for one, story in zip(listed, gold, strict=True):
        stories[story].append(one)
    right = {
        str(one.id): {
            str(other.id): 1
            for other in stories[story]
            if other.id != one.id and not (across and other.language == one.language)
        }
        for one, story in zip(listed, gold, strict=True)
    }
    return float(metrics(shared).ranking(runs(listed, across=across), right, ks=(10,))["ndcg@10"])


def read(shared: Path, name: str) -> tuple[list[Candidate], list[str]]:
    """Read a stream, or the sample newswire."""
    if name == "newswire":
        return newswire()
    articles, gold = stream(shared, name)
    return candidates(articles, enrich_articles(articles, LocalEmbedder())), gold


def alike(shared: Path) -> float:
    """Measure pairs of headlines: the rank correlation of the evidence with people's judgement of likeness."""
    listed = rows(shared, "pairs_stsb_news.train.jsonl")
    articles = [
        Article(ArticleId(number), "", PublisherId("p"), row[side], "en", UNDATED)
        for number, (row, side) in enumerate((row, side) for row in listed for side in ("a", "b"))
    ]
    made = [profile(one) for one in candidates(articles, enrich_articles(articles, LocalEmbedder()))]
    given = [compare(made[number], made[number + 1]).logit for number in range(0, len(made), 2)]
    return _rank_correlation(given, [row["score"] for row in listed])


def _rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    ranks = []
    for values in (one, other):
        _, inverse, counts = np.unique(np.array(values), return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2.0)[inverse])
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def measure(shared: Path) -> dict[str, float]:
    """Give nDCG@10 of every stream, the correlation of pairs."""
    found = {"headlines.spearman": alike(shared)}
    for name in (*STREAMS, "newswire"):
        listed, gold = read(shared, name)
        found[f"{name}.ndcg10"] = of_one_event(shared, listed, gold)
        if name in ACROSS:
            found[f"{name}.across.ndcg10"] = of_one_event(shared, listed, gold, across=True)
    return found


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
