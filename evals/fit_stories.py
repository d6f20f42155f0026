"""Fit the weights by which a window's stories are settled, on pairs of articles of the labelled streams.

Every stream counts the same. Of each story so many pairs are taken, or one long story would say it all; of articles
that are of two stories, those near each other and others alike. Prints data/stories/weights.toml; with --held-back how
well stories are clustered that the weights never saw, of each stream by half, and by weights that never saw the stream.

python evals/fit_stories.py --shared ../shared > src/octavo/data/stories/weights.toml
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from stories import STREAMS, candidates, metrics, newswire, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.relate.profile import profile
from octavo.relate.regroup import regroup
from octavo.relate.window import BASE, Table, context, evidence, smoothed, weighed

Matrix = np.ndarray
Set = tuple[list[Candidate], list[str]]

PENALTY = 1e-4
"""Strength by which weights are held small, of signs of one size."""

STEPS = 12

PER_STORY, NEAREST = 150, 30
HEADLINES = 1.0
"""Added for two headlines of one language: in the labelled streams every one has a story, in the world few do."""

BY_WORDS = ("words", "near_words", "sounds", "near_sounds", "keys", "days")
SIGNS = {"vectors": ("dense", "near", *BY_WORDS), "words": BY_WORDS}
BY_LIKENESS = ("dense", "words", "sounds")


class Window:
    """A stream's evidence, all articles at once, and what is of one story; with vectors, or as if there were none."""

    def __init__(self, listed: Sequence[Candidate], gold: Sequence[str], part: str) -> None:
        shown = listed if part == "vectors" else [replace(one, vector=b"", model="") for one in listed]
        made = [profile(one) for one in shown]
        self.gold = np.unique(np.array(gold), return_inverse=True)[1]
        self.full, self.tongue = context(made)
        self.seen, self.signs = evidence(made)
        self.names = SIGNS[part]

    def rows(self, one: Matrix, other: Matrix) -> Matrix:
        """Give the signs of some pairs, and 1, by corner: headlines and texts in two languages, then in one."""
        full, tongue = self.full[one, other], self.tongue[one, other]
        corners = ((1 - full) * (1 - tongue), full * (1 - tongue), (1 - full) * tongue, full * tongue)
        shown = [*(self.signs[name][one, other] for name in self.names), np.ones_like(full)]
        return np.stack([sign * corner for sign in shown for corner in corners], axis=1)

    def pairs(self, drawn: np.random.Generator) -> tuple[Matrix, Matrix]:
        """Draw pairs of one story and of two; gives their signs and which are of one."""
        near = np.zeros(self.full.shape, bool)
        for name in BY_LIKENESS:
            top = np.argsort(-self.signs[name], axis=1)[:, :NEAREST]
            near[np.arange(len(near))[:, None], top] = True
        one, other = np.triu_indices(len(self.gold), 1)
        right = self.gold[one] == self.gold[other]
        close = (near | near.T)[one, other]
        kept = []
        for story in np.unique(self.gold):
            its = np.flatnonzero(right & (self.gold[one] == story))
            kept.append(drawn.choice(its, min(len(its), PER_STORY), replace=False))
        chosen = np.concatenate(kept)
        wrong = [np.flatnonzero(~right & close), np.flatnonzero(~right & ~close)]
        most = 2 * len(chosen) + 2000
        chosen = np.concatenate([chosen, *(drawn.choice(some, min(len(some), most), replace=False) for some in wrong)])
        if "dense" in self.names:
            chosen = chosen[self.seen[one[chosen], other[chosen]]]
        return self.rows(one[chosen], other[chosen]), right[chosen]


def read(shared: Path) -> dict[str, Set]:
    """Read the streams and the newswire."""
    found, embedder = {}, LocalEmbedder()
    for name in STREAMS:
        articles, gold = stream(shared, name)
        found[name] = candidates(articles, enrich_articles(articles, embedder)), gold
    found["newswire"] = newswire()
    return found


def half(one: Set, which: int) -> Set:
    """Give every other story of a stream, drawn by lot."""
    listed, gold = one
    stories = np.random.default_rng(0).permutation(sorted(set(gold)))[which::2]
    kept = [number for number, story in enumerate(gold) if story in stories]
    return [listed[number] for number in kept], [gold[number] for number in kept]


def fit(windows: Sequence[Window]) -> Table:
    """Fit logistic regression on pairs of these streams."""
    drawn = np.random.default_rng(0)
    data = [window.pairs(drawn) for window in windows]
    rows, right = np.concatenate([one for one, _ in data]), np.concatenate([one for _, one in data])
    weight = np.concatenate([np.full(len(one), 1.0 / len(one)) for _, one in data])
    spread = np.sqrt((rows**2).mean(axis=0)) + 1e-6
    fitted = _logistic(rows / spread, right, weight / weight.sum()) / spread
    table = {}
    for name, corners in zip((*windows[0].names, BASE), fitted.reshape(-1, 4), strict=True):
        two, full_two, one, full_one = (float(value) for value in corners)
        extra = HEADLINES if name == BASE else 0.0
        table[name] = (two, full_two - two, one - two + extra, full_one - full_two - one + two - extra)
    return table


def _logistic(rows: Matrix, right: Matrix, weight: Matrix) -> Matrix:
    """Fit by Newton's steps (iteratively reweighted least squares)."""
    fitted = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(rows @ fitted, -30, 30)))
        slope = rows.T @ (weight * (likely - right)) + PENALTY * fitted
        curve = (rows * (weight * likely * (1.0 - likely))[:, None]).T @ rows + PENALTY * np.eye(len(fitted))
        fitted -= np.linalg.solve(curve, slope)
    return fitted


def scored(window: Window, table: Table, shared: Path) -> tuple[float, float]:
    """Cluster a whole stream at once: BCubed and pairwise F1."""
    gold = window.gold.tolist()
    found = regroup(smoothed(weighed(table, window.signs, window.full, window.tongue))).tolist()
    return float(metrics(shared).bcubed(gold, found)["f1"]), float(metrics(shared).pairwise(gold, found)["f1"])


def held_back(sets: dict[str, Set], shared: Path) -> None:
    """Print how stories cluster by weights that never saw them, or never saw their stream."""
    for part in SIGNS:
        halves = {name: [Window(*half(one, which), part) for which in (0, 1)] for name, one in sets.items()}
        tables = [fit([pair[which] for pair in halves.values()]) for which in (0, 1)]
        for name, pair in halves.items():
            others = fit([one for other, two in halves.items() for one in two if other != name])
            for told, used in (("other stories", tables[::-1]), ("other streams", [others, others])):
                scores = np.mean([scored(one, table, shared) for one, table in zip(pair, used, strict=True)], axis=0)
                sys.stdout.write(f"{part}, {name}, by {told}: {scores[0]:.3f}/{scores[1]:.3f}\n")


def main() -> None:
    """Print the weights, or with --held-back the scores of stories they were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held-back", action="store_true")
    options = parser.parse_args()
    sets = read(options.shared)
    if options.held_back:
        held_back(sets, options.shared)
        return
    print("# Fitted by evals/fit_stories.py: alone, times fullness, times one language, times both.")
    for part in SIGNS:
        print(f"\n[{part}]")
        for name, row in fit([Window(*one, part) for one in sets.values()]).items():
            print(f"{name} = [{', '.join(f'{value:.4f}' for value in row)}]")


if __name__ == "__main__":
    main()
