"""Fit the weights by which a window's stories are settled, on pairs of articles of the labelled streams.

Every stream counts the same. Of each story so many pairs are taken, or one long story would say it all; of articles
that are of two stories, those near each other and others alike. Prints data/stories/weights.toml, and with --without
how each stream clusters by weights fitted on the others alone.

python evals/fit_stories.py --shared ../shared
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from stories import STREAMS, candidates, metrics, newswire, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.relate.profile import profile
from octavo.relate.regroup import regroup
from octavo.relate.window import context, evidence

Matrix = np.ndarray
Weights = Mapping[str, tuple[float, float, float, float]]

PENALTY = 0.02
"""Inverse strength: held small, as there are few streams for so many kinds of evidence."""

PER_STORY, NEAREST = 150, 30
HEADLINES = 1.0
"""Added for two headlines of one language: in the labelled streams every one has a story, in the world few do."""

BY_LIKENESS = ("dense", "words", "sounds")
WHOLE = ("seen", "heard", "full", "tongue", "both")
"""Evidence that is not weighed apart for whole texts and for one language."""


class Window:
    """A stream's evidence, all articles at once, and what is of one story."""

    def __init__(self, listed: Sequence[Candidate], gold: Sequence[str]) -> None:
        made = [profile(one) for one in listed]
        self.gold = np.unique(np.array(gold), return_inverse=True)[1]
        self.full, self.tongue = context(made)
        self.signs = {name: rows.astype(np.float16) for name, rows in evidence(made)}
        self.signs |= {"full": self.full, "tongue": self.tongue, "both": self.full * self.tongue}

    def rows(self, one: Matrix, other: Matrix) -> Matrix:
        """Give the signs of some pairs: alone, then times fullness, times one language, times both."""
        alone = np.stack([rows[one, other].astype(np.float32) for rows in self.signs.values()], axis=1)
        core = alone[:, [name not in WHOLE for name in self.signs]]
        full, tongue = self.full[one, other][:, None], self.tongue[one, other][:, None]
        return np.concatenate([alone, core * full, core * tongue, core * full * tongue], axis=1)

    def pairs(self, drawn: np.random.Generator) -> tuple[Matrix, Matrix]:
        """Draw pairs of one story and of two; gives their signs and which are of one."""
        near = np.zeros(self.full.shape, bool)
        for name in BY_LIKENESS:
            top = np.argsort(-self.signs[name].astype(np.float32), axis=1)[:, :NEAREST]
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
        return self.rows(one[chosen], other[chosen]), right[chosen]


def read(shared: Path) -> dict[str, Window]:
    """Read the streams and the newswire."""
    found, embedder = {}, LocalEmbedder()
    for name in STREAMS:
        articles, gold = stream(shared, name)
        found[name] = Window(candidates(articles, enrich_articles(articles, embedder)), gold)
    found["newswire"] = Window(*newswire())
    return found


def fit(windows: Sequence[Window]) -> Weights:
    """Fit logistic regression on pairs of these streams."""
    drawn = np.random.default_rng(0)
    data = [window.pairs(drawn) for window in windows]
    rows, right = np.concatenate([one for one, _ in data]), np.concatenate([one for _, one in data])
    weight = np.concatenate([np.full(len(one), 1.0 / len(one)) for _, one in data])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    model.fit((rows - middle) / spread, right, sample_weight=weight / weight.mean())
    fitted = model.coef_[0] / spread
    names = list(windows[0].signs)
    core = [name for name in names if name not in WHOLE]
    parts = np.split(fitted[len(names) :], 3)
    table = {"base": (float(model.intercept_[0] - fitted @ middle), 0.0, 0.0, 0.0)}
    for place, name in enumerate(names):
        more = [float(part[core.index(name)]) for part in parts] if name in core else [0.0, 0.0, 0.0]
        table[name] = (float(fitted[place]), more[0], more[1], more[2])
    table["tongue"] = (table["tongue"][0] + HEADLINES, 0.0, 0.0, 0.0)
    table["both"] = (table["both"][0] - HEADLINES, 0.0, 0.0, 0.0)
    return table


def clustered(window: Window, weights: Weights) -> list[int]:
    """Cluster a whole stream at once."""
    full, tongue = window.full, window.tongue
    total = np.full(full.shape, weights["base"][0], np.float32)
    for name, rows in window.signs.items():
        alone, in_full, in_one, in_both = (np.float32(value) for value in weights[name])
        total += rows.astype(np.float32) * (alone + in_full * full + in_one * tongue + in_both * full * tongue)
    return regroup(total).tolist()


def main() -> None:
    """Print the weights; with --without, each stream's scores by weights that never saw it, beside the fitted ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--without", action="store_true")
    options = parser.parse_args()
    windows, measures = read(options.shared), metrics(options.shared)
    weights = fit(list(windows.values()))
    print("# Fitted by evals/fit_stories.py: alone, times fullness, times one language, times both.")
    for name, row in weights.items():
        print(f"{name} = [{', '.join(f'{value:.4f}' for value in row)}]")
    for name, window in windows.items() if options.without else ():
        others = fit([one for other, one in windows.items() if other != name])
        for told, used in (("fitted", weights), ("without", others)):
            gold, found = window.gold.tolist(), clustered(window, used)
            both = measures.bcubed(gold, found)["f1"], measures.pairwise(gold, found)["f1"]
            sys.stdout.write(f"# {name} {told} {both[0]:.3f}/{both[1]:.3f}\n")


if __name__ == "__main__":
    main()
