"""Related articles: nDCG@10, those of the same event being the right ones, every other article of the set on offer.

python evals/related.py --shared ../shared
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stories import LATER, STREAMS, Neighbours, candidates, metrics, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.relate.article import relate_article


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


def main() -> None:
    """Print one line of JSON a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--set", choices=STREAMS, action="append")
    options = parser.parse_args()
    scores, embedder = metrics(options.shared), LocalEmbedder()
    for name in options.set or STREAMS:
        articles, gold = stream(options.shared, name)
        stories: dict[str, list[ArticleId]] = defaultdict(list)
        for article, story in zip(articles, gold, strict=True):
            stories[story].append(article.id)
        right = {
            str(article.id): {str(other): 1 for other in stories[story] if other != article.id}
            for article, story in zip(articles, gold, strict=True)
        }
        listed = runs(candidates(articles, enrich_articles(articles, embedder)))
        line = {"set": f"stream_{name}", "metric": "ndcg@10", **scores.ranking(listed, right, ks=(10,))}
        line["listed"] = round(sum(map(len, listed.values())) / len(listed), 2)
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
