"""Fit what tells whether two figures are of one occasion, on pairs of headlines that people rated for likeness.

Pairs rated 2.4 or more count as one occasion, 2.2 or less as two; pairs of the labelled set that is measured are left
out. Prints the weights for relate/occasion.py.

python evals/fit_figures.py --shared ../shared
"""

import argparse
import json
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from octavo.domain.figure import Figure
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.relate.figures import figures
from octavo.relate.occasion import Signs, signs

ONE, TWO = 2.4, 2.2
PENALTY = 0.005
UNDATED = datetime(2024, 1, 1, tzinfo=UTC)
STEPS, STEP = 3000, 0.5


def told(text: str) -> tuple[Figure, ...]:
    """Read the figures of a headline."""
    return figures(Telling(ArticleId(0), PublisherId(""), "", "en", UNDATED, text))


def examples(shared: Path) -> tuple[np.ndarray, np.ndarray]:
    """Give the signs of every pair that shares a quantity, and whether people took it for one occasion."""
    folder = shared / "data" / "labelled"
    measured = {
        (row["a"], row["b"])
        for row in map(json.loads, (folder / "numeric_conflict.dev.jsonl").read_text(encoding="utf-8").splitlines())
    }
    found, rated = [], []
    for row in map(json.loads, (folder / "pairs_stsb_news.train.jsonl").read_text(encoding="utf-8").splitlines()):
        if (row["a"], row["b"]) in measured or TWO < row["score"] < ONE:
            continue
        mine, theirs = told(row["a"]), told(row["b"])
        pairs = [
            (one, other) for one in mine for other in theirs if (one.quantity, one.unit) == (other.quantity, other.unit)
        ]
        if pairs:
            found.append(astuple(signs(*pairs[0], mine, theirs)))
            rated.append(row["score"] >= ONE)
    return np.array(found), np.array(rated, dtype=float)


def main() -> None:
    """Print the weights and the bias."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    given, rated = examples(parser.parse_args().shared)
    rows = np.c_[given, np.ones(len(given))]
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        guess = 1.0 / (1.0 + np.exp(-rows @ weights))
        weights -= STEP * (rows.T @ (guess - rated) / len(rated) + PENALTY * np.r_[weights[:-1], 0.0])
    print(len(rated), "pairs,", int(rated.sum()), "of one occasion")
    for name, weight in zip([*Signs.__dataclass_fields__, "bias"], weights, strict=True):
        print(f"{name:16}{weight:7.2f}")


if __name__ == "__main__":
    main()
