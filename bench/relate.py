"""Placing and settling stories: articles a CPU second, related articles, memory, recall of the vector index.

Articles are invented by program: events with names of their own, each reported by several publishers, in vectors that
lie near their event's. Nothing is enriched here; what relate does is measured, with the index it asks.

python bench/relate.py --articles 10000
"""

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.domain.ids import ArticleId, PublisherId, StoryId, first_article_id
from octavo.domain.relation import Candidate
from octavo.relate.article import relate_article
from octavo.relate.recluster import settle
from octavo.relate.words import rarest

START = datetime(2026, 3, 1, tzinfo=UTC)
DIMENSIONS, PLACED, POOL = 512, 300, 1000
SYLLABLES = "ka lo mi ran tel vo sha dur pen ost bri nem".split()


def invented(count: int, drawn: np.random.Generator) -> list[Candidate]:
    """Make articles of a month: one event for each dozen, told in words of its own and some all share."""
    common = [_word(drawn) for _ in range(3000)]
    events = max(1, count // 12)
    own = [[_word(drawn).title() for _ in range(6)] for _ in range(events)]
    middle = drawn.standard_normal((events, DIMENSIONS)).astype(np.float32)
    seconds = np.sort(drawn.integers(0, 30 * 86_400, count))
    made = []
    for number in range(count):
        event = int(drawn.integers(max(0, number * events // count - 20), number * events // count + 1))
        vector = middle[event] + 0.8 * drawn.standard_normal(DIMENSIONS).astype(np.float32)
        vector /= np.linalg.norm(vector)
        words = [*drawn.choice(own[event], 30), *drawn.choice(common, 100)]
        drawn.shuffle(words)
        at = START + timedelta(seconds=int(seconds[number]))
        made.append(
            Candidate(
                id=ArticleId(first_article_id(int(at.timestamp())) + number % (1 << 20)),
                publisher_id=PublisherId(f"p{number % 400}"),
                headline=" ".join(words[:9]),
                lead=" ".join(words)[:1000],
                language="en",
                at=at,
                names=tuple(("person", name) for name in own[event][:4]),
                vector=vector.astype("<f2").tobytes(),
                model="bench",
            )
        )
    return made


def _word(drawn: np.random.Generator) -> str:
    return "".join(drawn.choice(SYLLABLES, int(drawn.integers(2, 5))))


def vectors(some: list[Candidate]) -> np.ndarray:
    """Give the vectors of some articles."""
    raw = np.frombuffer(b"".join(one.vector for one in some), dtype="<f2")
    return raw.reshape(len(some), -1).astype(np.float32)


def measure(count: int) -> dict[str, float]:
    """Fill a window, then relate the newest articles against it and settle their stories."""
    listed = invented(count, np.random.default_rng(0))
    index, held, home = ExactIndex(), {one.id: one for one in listed}, {one.id: StoryId(int(one.id)) for one in listed}
    holders: dict[str, list[ArticleId]] = defaultdict(list)
    for start in range(0, count, 4096):
        some = listed[start : start + 4096]
        index.update([one.id for one in some], vectors(some))
    for one in listed:
        for word in rarest(f"{one.headline} {one.lead}", one.language, 8):
            holders[word].append(one.id)
    newest = listed[-min(PLACED, count) :]
    begun = time.process_time()
    nearest = index.nearest_each(vectors(newest), [(None, None)] * len(newest), limit=40)
    shared = (time.process_time() - begun) / len(newest)
    spent = []
    for one, near in zip(newest, nearest, strict=True):
        begun = time.process_time()
        votes = Counter(
            other for word in rarest(f"{one.headline} {one.lead}", "en", 8) for other in holders[word][-500:]
        )
        similar = {other: cosine for other, cosine in near if other != one.id}
        others = dict.fromkeys([*similar, *(other for other, _ in votes.most_common(20) if other != one.id)])
        known = [replace(held[other], story_id=home[other]) for other in others]
        placement = relate_article(one, known, similar, one.at).placement
        home[one.id] = placement.story_id or home[one.id]
        spent.append(time.process_time() - begun + shared)
    truth = vectors(newest) @ vectors(listed).T
    best = np.argsort(-truth, axis=1)[:, :40]
    right = [
        len({listed[row].id for row in rows} & {other for other, _ in near})
        for rows, near in zip(best, nearest, strict=True)
    ]
    pool = [replace(one, story_id=home[one.id]) for one in listed[-POOL:]]
    begun = time.process_time()
    settle(pool)
    settling = time.process_time() - begun
    return {
        "articles": count,
        "placed_a_cpu_second": round(len(spent) / sum(spent), 1),
        "related_p50_ms": round(float(np.median(spent)) * 1000, 1),
        "related_p99_ms": round(float(np.quantile(spent, 0.99)) * 1000, 1),
        "recall_at_40": round(sum(right) / (40 * len(right)), 4),
        "settle_1000_cpu_s": round(settling, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Print one line of JSON for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, action="append")
    for count in parser.parse_args().articles or [10_000, 100_000]:
        sys.stdout.write(json.dumps(measure(count)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
