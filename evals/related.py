"""Related articles: nDCG@10, those of the same event being the right ones, every other article of the set on offer.

The likeness of pairs of headlines, and copies told from other texts, are measured with it.

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
from octavo.enrich.fingerprint import fingerprint
from octavo.relate.article import relate_article
from octavo.relate.duplicates import copied
from octavo.relate.profile import profile
from octavo.relate.similarity import compare

DATA = (
    *(f"data/labelled/stream_{name}.dev.jsonl" for name in STREAMS),
    "data/labelled/pairs_stsb_news.train.jsonl",
    "data/pages/expected.jsonl",
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


def copies(shared: Path) -> float:
    """Measure copies: F1 of telling cut and lightly rewritten texts from every other pair of news texts."""
    lines = (shared / "data" / "pages" / "expected.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [
        row["text"]
        for row in map(json.loads, filter(None, lines))
        if row["id"].startswith("fundus/") and len(row["text"]) > 800
    ]
    originals = [_sketched(number, text) for number, text in enumerate(texts)]
    changed = [
        [_sketched(len(texts), text) for text in (_cut(text, 0.5), _cut(text, 0.8), _rewritten(text))] for text in texts
    ]
    found = sum(copied(one, other) > 0 for one, others in zip(originals, changed, strict=True) for other in others)
    false = sum(copied(one, other) > 0 for number, one in enumerate(originals) for other in originals[:number])
    return 2 * found / (3 * len(texts) + found + false)


def _sketched(number: int, text: str) -> Candidate:
    return Candidate(ArticleId(number), PublisherId("p"), "", "", "", UNDATED, fingerprint=fingerprint(text))


def _cut(text: str, share: float) -> str:
    return text[: int(len(text) * share)]


def _rewritten(text: str) -> str:
    """Change every twentieth word, or character where there are no spaces."""
    parts = text.split(" ") if text.count(" ") * 20 > len(text) else list(text)
    joint = " " if len(parts) != len(text) else ""
    return joint.join("0" if number % 20 == 19 else part for number, part in enumerate(parts))


def measure(shared: Path) -> dict[str, float]:
    """Give nDCG@10 of every stream, the correlation of pairs, and F1 of copies."""
    found = {f"{name}.ndcg10": of_one_event(shared, name) for name in STREAMS}
    return {**found, "headlines.spearman": alike(shared), "copies.f1": copies(shared)}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
