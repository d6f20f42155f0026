"""Weights of the evidence between two articles, fitted on pairs of neighbours in the labelled streams.

Every stream counts the same; of each article its nearest by vectors, words and sounds are taken, and some others.
Each pair is taken with its vectors and as if it had none. Prints the tables of relate/similarity.py.
python evals/fit_pairs.py --shared ../shared
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import log1p
from pathlib import Path

import numpy as np
from fit_stories import Set, read
from sklearn.linear_model import LogisticRegression

from octavo.relate.profile import profile
from octavo.relate.similarity import MANY, Evidence, compare
from octavo.relate.window import evidence

PENALTY, MOST = 0.02, 6000
NEAREST, OTHERS = {"dense": 10, "words": 5, "sounds": 5}, 10
SIGNS = ("base", "dense", "sparse", "sound", "rare")
TABLES = {
    "_SAME_LANGUAGE": ("base", "dense", "sparse", "rare"),
    "_TWO_LANGUAGES": ("base", "dense", "sound", "rare"),
    "_UNHEARD": ("base", "dense"),
    "_WORDS_ONLY": ("base", "sparse", "rare"),
    "_TWO_WORDS_ONLY": ("base", "sound", "rare"),
}
COMMON = ("_NAMES", "_NAME_SHARE", "_SAME_NUMBERS", "_OTHER_NUMBERS")


def table_of(found: Evidence) -> str:
    """Name the table that weighs a pair."""
    if found.dense is None:
        return "_WORDS_ONLY" if found.same_language else "_TWO_WORDS_ONLY"
    return "_SAME_LANGUAGE" if found.same_language else "_TWO_LANGUAGES" if found.heard else "_UNHEARD"


def columns() -> list[tuple[str, str, str]]:
    """List what is fitted: table, sign, and whether for headlines or for whole texts."""
    named = [(table, sign) for table, signs in TABLES.items() for sign in signs] + [(name, "") for name in COMMON]
    return [("_AGE", "", ""), *((table, sign, size) for table, sign in named for size in ("brief", "full"))]


def signs(found: Evidence) -> Iterator[tuple[tuple[str, str, str], float]]:
    """Give what a pair shows, by column."""
    table = table_of(found)
    shown = dict(
        zip(SIGNS, (1.0, found.dense or 0.0, found.sparse, found.sound, log1p(found.rare)), strict=True),
    )
    every = [((table, sign), shown[sign]) for sign in TABLES[table]]
    common = (log1p(len(found.names)), found.name_share, min(found.same_numbers, MANY), min(found.other_numbers, MANY))
    every += [((name, ""), float(value)) for name, value in zip(COMMON, common, strict=True)]
    yield ("_AGE", "", ""), -log1p(found.hours / 24.0)
    for (name, sign), value in every:
        yield (name, sign, "brief"), value * (1.0 - found.fullness)
        yield (name, sign, "full"), value * found.fullness


def pairs(one: Set) -> list[tuple[Evidence, bool]]:
    """Compare each article with those near it."""
    listed, gold = one
    made = [profile(each) for each in listed]
    _, shown = evidence(made)
    chosen: set[tuple[int, int]] = set()
    for name, count in NEAREST.items():
        apart = shown[name] - 9.0 * np.eye(len(made), dtype=np.float32)
        for left, row in enumerate(np.argsort(-apart, axis=1)[:, :count].tolist()):
            chosen |= {(min(left, right), max(left, right)) for right in row}
    lot = np.random.default_rng(0)
    others = lot.integers(0, len(made), (len(made), OTHERS))
    chosen |= {(min(left, right), max(left, right)) for left, row in enumerate(others.tolist()) for right in row}
    drawn = lot.permutation(sorted(pair for pair in chosen if pair[0] != pair[1]))[:MOST]
    bare = [profile(replace(each, vector=b"", model="")) for each in listed]
    return [
        (compare(some[left], some[right]), gold[left] == gold[right]) for left, right in drawn for some in (made, bare)
    ]


def fit(sets: Mapping[str, Set]) -> dict[tuple[str, str, str], float]:
    """Fit logistic regression on the neighbours of these streams."""
    place = {column: number for number, column in enumerate(columns())}
    data = [pairs(one) for one in sets.values()]
    rows = np.zeros((sum(map(len, data)), len(place)), np.float32)
    every = [(found, right, 1.0 / len(some)) for some in data for found, right in some]
    for row, (found, _, _) in zip(rows, every, strict=True):
        for column, value in signs(found):
            row[place[column]] = value
    spread = np.sqrt((rows**2).mean(axis=0)) + 1e-6
    weight = np.array([share for _, _, share in every])
    model = LogisticRegression(C=PENALTY, max_iter=2000, fit_intercept=False)
    model.fit(rows / spread, [right for _, right, _ in every], sample_weight=weight / weight.mean())
    return dict(zip(place, (model.coef_[0] / spread).tolist(), strict=True))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    fitted = fit(read(parser.parse_args().shared))
    sys.stdout.write(f"_AGE = {fitted['_AGE', '', '']:.2f}\n")
    for name, kept in TABLES.items():
        sides = [", ".join(f"{sign}={fitted[name, sign, size]:.2f}" for sign in kept) for size in ("brief", "full")]
        sys.stdout.write(f"{name} = Table(Weights({sides[0]}), Weights({sides[1]}))\n")
    for name in COMMON:
        sys.stdout.write(f"{name} = ({fitted[name, '', 'brief']:.2f}, {fitted[name, '', 'full']:.2f})\n")


if __name__ == "__main__":
    main()
