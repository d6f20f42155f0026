"""Fit what each sign of an answer counts, on the questions to the sample newswire that are there to tune on.

python evals/fit_ask.py > src/octavo/data/briefs/answering.toml

Logistic regression with a penalty: over the passages that are looked at, by words alone ("words") and with their
meaning ("meaning"); then over the likeliest of these, with what is seen closely ("close"). The thresholds come from
questions of events left out in turn: SURE of what nobody answers stays below the one for an answer, CLOSE below the one
for what is close. What these questions reach is printed to standard error.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, field

import numpy as np
from ask import Asked, newswire, questions, remembered, right
from numpy.typing import NDArray

from octavo.brief.asking import Question, read_question
from octavo.brief.nearness import Look, Sense, closeness, look, near_headlines
from octavo.brief.questions import CLOSELY, MOST, SIGNS, Weighed, candidates, meant, weighed

SURE, CLOSE = 0.9, 0.3
FOLDS = 10
PENALTY = {"words": 10.0, "meaning": 10.0, "close": 30.0}
RIGHT = {"words": 6.0, "meaning": 6.0, "close": 1.0}
"""How much more a right passage counts than a wrong one, of which there are so many more."""

Rows = NDArray[np.float64]


@dataclass
class Example:
    """One question: the signs of its passages, by way of looking, which are right, and which have no measure asked."""

    asked: Asked
    question: Question
    shared: dict[str, list[Weighed]]
    seen: Look
    signs: dict[str, Rows]
    right: dict[str, NDArray[np.bool_]]
    barred: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """What is left out together."""
        return self.asked.about or self.asked.question


def examples(sense: Sense) -> list[Example]:
    """Weigh the passages of every question there is to tune on."""
    wire = newswire()
    among = candidates([telling for telling, _ in wire.values()])
    found = []
    for asked in (one for one in questions() if one.half == "tune"):
        question = read_question(asked.question, asked.language)
        near = near_headlines(question, among, sense)
        shared = {"words": weighed(question, among), "meaning": weighed(question, among, near)}
        seen = look(question, [one.passage for one in shared["meaning"]], sense) or sys.exit("the model tells nothing")
        signs = {
            "words": np.array([astuple(one.wording) for one in shared["words"]]),
            "meaning": np.array([meant(one, seen, row, near) for row, one in enumerate(shared["meaning"])]),
        }
        held = {
            way: np.array([
                bool(asked.about) and right(asked, wire[one.passage.own.telling.id][1], one.passage.line.passage.text)
                for one in ways
            ])
            for way, ways in shared.items()
        }  # fmt: skip
        barred = {way: np.array([bool(one.wording.unmeasured) for one in ways]) for way, ways in shared.items()}
        found.append(Example(asked, question, shared, seen, signs, held, barred))
    return found


def look_closely(given: Sequence[Example], odds: Sequence[Rows], sense: Sense) -> None:
    """Add what is seen of each question's likeliest passages."""
    for one, likely in zip(given, odds, strict=True):
        rows = np.argsort(-likely, kind="stable")[:CLOSELY].tolist()
        chosen = [one.shared["meaning"][row] for row in rows]
        told = [
            (each.passage, each.shares, each.wording, float(likely[row]))
            for each, row in zip(chosen, rows, strict=True)
        ]
        one.signs["close"] = np.array([astuple(each) for each in closeness(one.question, one.seen, told, rows, sense)])
        one.right["close"], one.barred["close"] = one.right["meaning"][rows], one.barred["meaning"][rows]


def fitted(given: Sequence[Example], way: str) -> Rows:
    """Fit the weights and, last, the base, by Newton's method on standardised signs."""
    signs, held = np.vstack([one.signs[way] for one in given]), np.concatenate([one.right[way] for one in given])
    middle, spread = signs.mean(0), signs.std(0) + 1e-6
    rows = np.c_[(signs - middle) / spread, np.ones(len(signs))]
    counts, found = np.where(held, RIGHT[way], 1.0), np.zeros(rows.shape[1])
    penalty = np.append(np.full(signs.shape[1], 2 * PENALTY[way]), 1e-6)
    for _ in range(12):
        told = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (counts * (told - held)) + penalty * found
        bend = (rows * (counts * told * (1 - told))[:, None]).T @ rows + np.diag(penalty)
        found -= np.linalg.solve(bend, slope)
    plain = found[:-1] / spread
    return np.append(plain, found[-1] - plain @ middle)


def left_out(given: Sequence[Example], way: str, seed: int) -> list[Rows]:
    """Give the log odds of each question's passages, by weights of other events."""
    events = sorted({one.about for one in given})
    np.random.default_rng(seed).shuffle(events)
    found: list[Rows] = [np.zeros(0)] * len(given)
    for fold in range(FOLDS):
        out = set(events[fold::FOLDS])
        weights = fitted([one for one in given if one.about not in out], way)
        for place, one in enumerate(given):
            if one.about in out:
                found[place] = one.signs[way] @ weights[:-1] + weights[-1]
    return found


def bars(given: Sequence[Example], way: str, odds: Sequence[Rows], say: Callable[[str], object]) -> tuple[float, float]:
    """Give the likelihoods from which a passage answers, and is close."""
    worths = [1 / (1 + np.exp(-one)) for one in odds]
    able = [np.where(one.barred[way], 0.0, worth) for one, worth in zip(given, worths, strict=True)]
    nobody = [one for one, each in enumerate(given) if not each.asked.about]
    sure = float(np.quantile([able[one].max() for one in nobody], SURE))
    close = float(np.quantile([worths[one].max() for one in nobody], CLOSE))
    asked = [one for one, each in enumerate(given) if each.asked.about]
    reach = [(given[one].right[way][np.argsort(-able[one])[:MOST]].any(), able[one].max()) for one in asked]
    first = np.mean([given[one].right[way][np.argmax(able[one])] for one in asked])
    shares = [np.mean([there and best > bar for there, best in reach]) for bar in (sure, close, -1)]
    say(f"{way}: right {shares[0]:.3f}, close {shares[1]:.3f}, at any bar {shares[2]:.3f}, first of all {first:.3f}\n")
    return sure, close


def main() -> None:
    """Print the weights."""
    sense = remembered()
    given = examples(sense)
    look_closely(given, left_out(given, "meaning", 0), sense)
    print("# Fitted by evals/fit_ask.py: what speaks for it that a passage answers a question.")
    for way, names in SIGNS.items():
        sure, close = bars(given, way, left_out(given, way, 1), sys.stderr.write)
        weights = fitted(given, way)
        print(f"\n[{way}]\nbase = {weights[-1]:.4f}\nsure = {sure:.4f}\nnear = {close:.4f}\n\n[{way}.signs]")
        for name, weight in zip(names, weights[:-1], strict=True):
            print(f"{name} = {weight:.4f}")


if __name__ == "__main__":
    main()
