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
from types import ModuleType

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

PENALTY, APART = 1e-3, 0.05
"""Strength by which weights are held small, of signs of one size, and those of each corner near what all have in
common: what is fitted on few streams alone holds for no other."""

WRONG = 20.0
"""Strength by which a sign is kept from telling the contrary of what it means."""

STEPS = 25

PER_STORY, NEAREST = 100, 30
LEVELS = np.arange(-1.0, 2.6, 0.25)
"""Tried as what is added for headlines, and for texts: pairs are drawn, so their share of right ones tells nothing."""

BY_WORDS = ("words", "near_words", "sounds", "near_sounds", "keys", "days")
SIGNS = {"vectors": ("nearer", "near", *BY_WORDS), "words": BY_WORDS}
MEANS = {"days": -1.0, BASE: 0.0}
"""What more of a sign tells: of one event unless said otherwise; the base tells nothing."""

BY_LIKENESS = ("dense", "words", "sounds")

ROUNDS = (0.5, 0.0, -0.5, 0.0)
"""Added to the levels of headlines in two languages, texts, headlines in one, and texts: a stream that is settled round
by round (evals/stories.py) joins fewer across languages, and more within one, than one that is clustered whole."""


class Window:
    """A stream's evidence, all articles at once, and what is of one story; with vectors, or as if there were none."""

    def __init__(self, listed: Sequence[Candidate], gold: Sequence[str], part: str, scores: ModuleType) -> None:
        shown = listed if part == "vectors" else [replace(one, vector=b"", model="") for one in listed]
        made = [profile(one) for one in shown]
        self.gold = np.unique(np.array(gold), return_inverse=True)[1]
        self.full, self.tongue = context(made)
        self.seen, self.signs = evidence(made)
        self.names, self.scores = SIGNS[part], scores

    def kind(self) -> tuple[bool, bool]:
        """Tell whether it is mostly of whole texts; of headlines also whether they are mostly in one language."""
        texts = bool(self.full.mean() > 0.5)
        return texts, not texts and bool(self.tongue.mean() > 0.5)

    def rows(self, one: Matrix, other: Matrix) -> Matrix:
        """Give the signs of some pairs, and 1: all, then by corner: headlines and texts in two languages, then in one.

        Of shape pairs x 5 x signs.
        """
        full, tongue = self.full[one, other], self.tongue[one, other]
        corners = (
            np.ones_like(full),
            (1 - full) * (1 - tongue),
            full * (1 - tongue),
            (1 - full) * tongue,
            full * tongue,
        )
        shown = np.stack([*(self.signs[name][one, other] for name in self.names), np.ones_like(full)], axis=1)
        return shown[:, None, :] * np.stack(corners, axis=1)[:, :, None]

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
        if "nearer" in self.names:
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


def fit(windows: Sequence[Window], rounds: Sequence[float] = (0.0, 0.0, 0.0, 0.0)) -> Table:
    """Fit logistic regression on pairs of these streams, then the levels from which stories cluster best."""
    drawn = np.random.default_rng(0)
    data = [window.pairs(drawn) for window in windows]
    rows, right = np.concatenate([one for one, _ in data]), np.concatenate([one for _, one in data])
    weight = np.concatenate([np.full(len(one), 1.0 / len(one)) for _, one in data])
    spread = np.sqrt((rows[:, 0] ** 2).mean(axis=0)) + 1e-6
    names = (*windows[0].names, BASE)
    means = np.array([MEANS.get(name, 1.0) for name in names])
    fitted = _logistic(rows / spread, right, weight / weight.sum(), means)
    corners = (fitted[0] + fitted[1:]) / spread
    corners[(corners * means < 0.0)] = 0.0
    table = {name: _row(corners[:, number]) for number, name in enumerate(names)}
    corners[:, -1] += np.add(_levels(windows, table), rounds)
    return table | {BASE: _row(corners[:, -1])}


def _row(corners: Matrix) -> tuple[float, float, float, float]:
    """Turn weights of four corners into one that stands alone and what fullness, one language and both add."""
    two, full_two, one, full_one = (float(value) for value in corners)
    return two, full_two - two, one - two, full_one - full_two - one + two


def _logistic(rows: Matrix, right: Matrix, weight: Matrix, means: Matrix) -> Matrix:
    """Fit by Newton's steps (iteratively reweighted least squares), no sign against what it means: 5 x signs."""
    flat = rows.reshape(len(rows), -1)
    signs = rows.shape[2]
    held = np.repeat([PENALTY, *[APART] * 4], signs)
    held[signs - 1] = 0.0
    total = np.concatenate([np.tile(np.eye(signs), (4, 1)), np.eye(4 * signs)], axis=1)
    fitted = np.zeros(flat.shape[1])
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(flat @ fitted, -30, 30)))
        corner = total @ fitted
        wrong = corner * np.tile(means, 4) < 0.0
        slope = flat.T @ (weight * (likely - right)) + held * fitted + WRONG * (total[wrong].T @ corner[wrong])
        curve = (flat * (weight * likely * (1.0 - likely))[:, None]).T @ flat
        fitted -= np.linalg.solve(curve + np.diag(held + 1e-7) + WRONG * total[wrong].T @ total[wrong], slope)
    return fitted.reshape(5, signs)


def _levels(windows: Sequence[Window], table: Table) -> tuple[float, float, float, float]:
    """Choose what is added for headlines in two languages, texts, headlines in one, and texts again.

    Each by the streams that are mostly of these.
    """
    found = {}
    for texts, one_language in ((False, False), (False, True), (True, False)):
        some = [one for one in windows if one.kind() == (texts, one_language)]
        plain = [weighed(table, one.signs, one.full, one.tongue) for one in some]
        scores = [
            sum(sum(clustered(one, raw + level)) for one, raw in zip(some, plain, strict=True)) for level in LEVELS
        ]
        found[texts, one_language] = float(LEVELS[int(np.argmax(scores))]) if some else None
    heads = [found[False, False], found[False, True]]
    known = [level for level in heads if level is not None]
    two, one = (level if level is not None else sum(known) / max(1, len(known)) for level in heads)
    return two, found[True, False] or 0.0, one, found[True, False] or 0.0


def clustered(window: Window, closeness: Matrix) -> tuple[float, float]:
    """Cluster a whole stream at once: BCubed and pairwise F1."""
    gold, found = window.gold.tolist(), regroup(smoothed(closeness.astype(np.float32))).tolist()
    return float(window.scores.bcubed(gold, found)["f1"]), float(window.scores.pairwise(gold, found)["f1"])


def scored(window: Window, table: Table) -> tuple[float, float]:
    """Say how well a stream is clustered by these weights."""
    return clustered(window, weighed(table, window.signs, window.full, window.tongue))


def held_back(sets: dict[str, Set], scores: ModuleType) -> None:
    """Print how stories cluster by weights that never saw them, or never saw their stream."""
    for part in SIGNS:
        halves = {name: [Window(*half(one, which), part, scores) for which in (0, 1)] for name, one in sets.items()}
        tables = [fit([pair[which] for pair in halves.values()]) for which in (0, 1)]
        for name, pair in halves.items():
            others = fit([one for other, two in halves.items() for one in two if other != name])
            for told, used in (("other stories", tables[::-1]), ("other streams", [others, others])):
                both = np.mean([scored(one, table) for one, table in zip(pair, used, strict=True)], axis=0)
                sys.stdout.write(f"{part}, {name}, by {told}: {both[0]:.3f}/{both[1]:.3f}\n")


def main() -> None:
    """Print the weights, or with --held-back the scores of stories they were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held-back", action="store_true")
    options = parser.parse_args()
    sets, scores = read(options.shared), metrics(options.shared)
    if options.held_back:
        held_back(sets, scores)
        return
    print("# Fitted by evals/fit_stories.py: alone, times fullness, times one language, times both.")
    for part in SIGNS:
        print(f"\n[{part}]")
        for name, row in fit([Window(*one, part, scores) for one in sets.values()], ROUNDS).items():
            print(f"{name} = [{', '.join(f'{value:.4f}' for value in row)}]")


if __name__ == "__main__":
    main()
