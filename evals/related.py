"""Related articles: nDCG@10, those of the same event being the right ones, every other article of the set on offer.

The likeness of pairs of headlines is measured with it.

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
from stories import LATER, STREAMS, UNDATED, Neighbours, candidates, metrics, rows, stream

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


def runs(listed: Sequence[Candidate]) -> dict[str, list[str]]:
    """Relate every article to all others: its copies and related articles by score, as `octavo related` lists them."""
    index, held = Neighbours(), {one.id: one for one in listed}
    for one in listed:
        index.add(one)
    found = {}
    for one in listed:
        near, more = index.near(one)
        known = [held[other] for other in dict.fromkeys([*near, *more]) if other != one.id]
        related = relate_article(one, [replace(other, story_id=None) for other in known], near, LATER)
        ranked = sorted([*related.duplicates, *related.relations], key=lambda relation: -relation.score)
        found[str(one.id)] = [str(relation.other_id) for relation in ranked][:10]
    return found


def of_one_event(shared: Path, name: str) -> float:
    """Measure one stream: nDCG@10."""
    articles, gold = stream(shared, name)
    stories: dict[str, list[ArticleId]] = defaultdict(list)
    for article, story in zip(articles, gold, strict=True):
        stories[story].append(article.id)
    right = {
        str(article.id): {str(other): 1 for other in stories[story] if other != article.id}
        for article, story in zip(articles, gold, strict=True)
    }
    listed = runs(candidates(articles, enrich_articles(articles, LocalEmbedder())))
    return float(metrics(shared).ranking(listed, right, ks=(10,))["ndcg@10"])


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
    found = {f"{name}.ndcg10": of_one_event(shared, name) for name in STREAMS}
    return {**found, "headlines.spearman": alike(shared)}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
