"""Fit what each sign of an answer counts, on the questions to the sample newswire that are there to tune on.

python evals/fit_ask.py > src/octavo/data/briefs/answering.toml

Logistic regression with a penalty over the passages that are weighed. The thresholds come from questions of events left
out in turn: SURE of what nobody answers stays below the one for an answer, CLOSE below the one for what is close. What
these questions reach is printed to standard error.
"""

import sys
from dataclasses import astuple, dataclass, fields

import numpy as np
from ask import Asked, newswire, questions, remembered, right
from numpy.typing import NDArray

from octavo.brief.asking import read_question
from octavo.brief.bearing import Nearness, Wording, nearness
from octavo.brief.questions import MOST, candidates, weighed

SURE, CLOSE = 0.87, 0.3
FOLDS, PENALTY, RIGHT = 10, 10.0, 6.0
"""RIGHT: how much more a right passage counts than a wrong one, of which there are so many more."""

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One question: the signs of its passages, by way of looking, and which of them are right."""

    asked: Asked
    signs: dict[str, Rows]
    right: NDArray[np.bool_]


def examples() -> list[Example]:
    """Weigh the passages of every question there is to tune on."""
    wire, sense = newswire(), remembered()
    among = candidates([telling for telling, _ in wire.values()])
    found = []
    for asked in (one for one in questions() if one.half == "tune"):
        question = read_question(asked.question, asked.language)
        shared = weighed(question, among)
        words = np.array([astuple(signs) for _, signs in shared])
        near = np.array([astuple(one) for one in nearness(question, [one for one, _ in shared], sense)])
        held = [
            bool(asked.about) and right(asked, wire[one.own.telling.id][1], one.line.passage.text) for one, _ in shared
        ]
        found.append(Example(asked, {"words": words, "meaning": np.hstack([words, near])}, np.array(held)))
    return found


def fitted(given: list[Example], way: str) -> Rows:
    """Fit the weights and, last, the base, by Newton's method on standardised signs."""
    signs, held = np.vstack([one.signs[way] for one in given]), np.concatenate([one.right for one in given])
    middle, spread = signs.mean(0), signs.std(0) + 1e-6
    rows = np.c_[(signs - middle) / spread, np.ones(len(signs))]
    counts, found = np.where(held, RIGHT, 1.0), np.zeros(rows.shape[1])
    penalty = np.append(np.full(signs.shape[1], 2 * PENALTY), 1e-6)
    for _ in range(30):
        told = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (counts * (told - held)) + penalty * found
        bend = (rows * (counts * told * (1 - told))[:, None]).T @ rows + np.diag(penalty)
        found -= np.linalg.solve(bend, slope)
    plain = found[:-1] / spread
    return np.append(plain, found[-1] - plain @ middle)


def left_out(given: list[Example], way: str) -> list[tuple[Example, Rows]]:
    """Give each question with the likelihoods of its passages, by weights of other events."""
    events = sorted({one.asked.about or one.asked.question for one in given})
    np.random.default_rng(0).shuffle(events)
    found = []
    for fold in range(FOLDS):
        out = set(events[fold::FOLDS])
        mine = [one for one in given if (one.asked.about or one.asked.question) in out]
        weights = fitted([one for one in given if (one.asked.about or one.asked.question) not in out], way)
        found += [(one, 1 / (1 + np.exp(-one.signs[way] @ weights[:-1] - weights[-1]))) for one in mine]
    return found


def main() -> None:
    """Print the weights of both ways."""
    given = examples()
    names = [one.name for one in fields(Wording)] + [f"near_{one.name}" for one in fields(Nearness)]
    print("# Fitted by evals/fit_ask.py: what speaks for it that a passage answers a question.")
    for way in ("words", "meaning"):
        seen = left_out(given, way)
        nobody = [worth.max() for one, worth in seen if not one.asked.about]
        sure, close = np.quantile(nobody, SURE), np.quantile(nobody, CLOSE)
        reach = [(one.right[np.argsort(-worth)[:MOST]].any(), worth.max()) for one, worth in seen if one.asked.about]
        shares = [np.mean([there and best > bar for there, best in reach]) for bar in (sure, close, 0)]
        print(f"{way}: right {shares[0]:.3f}, close {shares[1]:.3f}, at any bar {shares[2]:.3f}", file=sys.stderr)
        weights = fitted(given, way)
        print(f"\n[{way}]\nbase = {weights[-1]:.4f}\nsure = {sure:.4f}\nnear = {close:.4f}\n\n[{way}.signs]")
        for name, weight in zip(names, weights[:-1], strict=False):
            print(f"{name} = {weight:.4f}")


if __name__ == "__main__":
    main()
