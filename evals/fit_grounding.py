"""Fit what tells whether a written sentence is borne out, on sentences of a summariser that people judged, one half.

The other half is measured (evals/grounding.py). Prints src/octavo/data/grounding/weights.toml.

python evals/fit_grounding.py --shared ../shared > src/octavo/data/grounding/weights.toml
"""

import argparse
import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from grounding import JUDGED, area, one_telling
from retold import half, rows

from octavo.brief.entailment import Signs
from octavo.brief.grounding import Grounds, measured

PENALTY = 0.1
STEPS, STEP = 6000, 0.5


def examples(shared: Path, which: str) -> tuple[np.ndarray, np.ndarray]:
    """Give the signs of the judged sentences of one half, and what people found."""
    ready: dict[str, Grounds] = {}
    found, judged = [], []
    for row in rows(shared, JUDGED):
        source = str(row["source"])
        if half(source) != which:
            continue
        if source not in ready:
            ready[source] = Grounds([one_telling(source)])
        signs = measured(str(row["claim"]), ready[source], "en")
        if signs is not None:
            found.append(astuple(signs))
            judged.append(float(str(row["ok"])))
    return np.array(found), np.array(judged)


def fitted(given: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """Fit weights and, last, the base: logistic regression with a penalty, by descent on standardised signs."""
    middle, spread = given.mean(0), given.std(0) + 1e-6
    standard = np.c_[(given - middle) / spread, np.ones(len(given))]
    weights = np.zeros(standard.shape[1])
    for _ in range(STEPS):
        missed = 1 / (1 + np.exp(-standard @ weights)) - judged
        slope = standard.T @ missed / len(judged)
        slope[:-1] += PENALTY * weights[:-1]
        weights -= STEP * slope
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ middle)


def main() -> None:
    """Print the weights; how well they rank either half goes to standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    given, judged = examples(shared, "tune")
    weights = fitted(given, judged)
    for which in ("tune", "report"):
        signs, labels = examples(shared, which)
        ranked = area(list(signs @ weights[:-1]), list(map(int, labels)))
        print(f"{which}: {len(labels)} sentences, area {ranked:.3f}", file=sys.stderr)
    print("# Fitted by evals/fit_grounding.py: what each sign of a sentence that is borne out weighs.")
    print(f"base = {weights[-1]:.4f}\n\n[signs]")
    for field, weight in zip(fields(Signs), weights, strict=False):
        print(f"{field.name} = {weight:.4f}")


if __name__ == "__main__":
    main()
