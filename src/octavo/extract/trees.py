"""Decision trees, added up: what judges a piece of text by its evidence (gradient boosting, Friedman 2001)."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from octavo.extract.evidence import Matrix

_TREES = "data/body_trees.npz"
_ROWS = 512  # judged at once: bounds the memory of a page of thousands of pieces
_WORD = 64  # rows whose answers share a machine word
_QUESTIONS = 256  # asked at once: what they compare stays in the processor's cache

Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Questions:
    """What trees ask, each question once: is this column above this limit? `levels` has, for each level of all trees,
    the number of the question of each node; nodes stand so that the right children follow all of the left."""

    columns: Numbers
    limits: Matrix
    levels: tuple[Numbers, ...]

    def answers(self, rows: Matrix) -> Words:
        """One bit for each question and row. What no row of the page reaches is not asked."""
        count = -(-len(rows) // _WORD)
        asked = np.zeros((rows.shape[1], count * _WORD), np.float32)
        asked[:, : len(rows)] = rows.T
        found = np.zeros((len(self.columns), count), np.uint64)
        open_ = np.flatnonzero(asked.max(axis=1)[self.columns] > self.limits)
        for start in range(0, len(open_), _QUESTIONS):
            these = open_[start : start + _QUESTIONS]
            above = asked[self.columns[these]] > self.limits[these][:, None]
            found[these] = np.packbits(above, axis=1, bitorder="little").view(np.uint64)
        return found


@dataclass(frozen=True, slots=True)
class Trees:
    """Full binary trees of one depth, a row each; node n leads to 2n + 1 and 2n + 2. evals/fit_body.py grows them.

    `columns` and `limits` (trees x inner nodes): which column is asked, and up to which value the left branch is taken.
    `leaves` (trees x leaves): what is added to the log odds.
    """

    columns: npt.NDArray[np.uint16]
    limits: Matrix
    leaves: Matrix
    wide: int
    _questions: _Questions = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_questions", _asked(self.columns, self.limits))

    def log_odds(self, evidence: Matrix) -> npt.NDArray[np.float64]:
        """The log odds, for each row of evidence, that the piece is the article's."""
        found = np.empty(len(evidence), np.float64)
        for start in range(0, len(evidence), _ROWS):
            part = evidence[start : start + _ROWS]
            found[start : start + _ROWS] = self._descend(self._questions.answers(part))[: len(part)]
        return found

    def _descend(self, answers: Words) -> npt.NDArray[np.float64]:
        """Go down all trees at once, a level at a time, with the answers of 64 rows in each word."""
        levels = self._questions.levels
        here = np.full((1, len(self.leaves), answers.shape[1]), ~np.uint64(0))  # the rows that come to each node
        turns = np.empty((len(levels), *here.shape[1:]), np.uint64)
        for number, questions in enumerate(levels):
            right = answers[questions]
            right &= here
            np.bitwise_or.reduce(right, axis=0, out=turns[number])
            if number + 1 < len(levels):
                here ^= right
                here = np.concatenate([here, right])
        bits = np.unpackbits(turns.view(np.uint8), axis=2, bitorder="little")
        leaf = bits[0].astype(np.uint16)
        for turn in bits[1:]:
            leaf += leaf
            leaf += turn
        at = leaf + (np.arange(len(self.leaves)) * self.leaves.shape[1])[:, None]
        added: npt.NDArray[np.float64] = self.leaves.ravel().take(at).sum(axis=0, dtype=np.float64)
        return added


def _asked(columns: npt.NDArray[np.uint16], limits: Matrix) -> _Questions:
    """Number the questions of trees, alike ones the same."""
    both = np.rec.fromarrays([columns.ravel(), limits.ravel()])
    each, numbers = np.unique(both, return_inverse=True)
    numbers = numbers.reshape(columns.shape)
    nodes = np.zeros(1, np.int64)
    levels = []
    while nodes[-1] < columns.shape[1]:
        levels.append(np.ascontiguousarray(numbers[:, nodes].T))
        nodes = np.concatenate([2 * nodes + 1, 2 * nodes + 2])
    return _Questions(each["f0"].astype(np.int64), each["f1"].astype(np.float32), tuple(levels))


@cache
def trees() -> Trees:
    """Read the trees that come with the program."""
    with (files("octavo") / _TREES).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return Trees(
            columns=kept["columns"],
            limits=kept["limits"].astype(np.float32),
            leaves=kept["leaves"].astype(np.float32),
            wide=int(kept["wide"][0]),
        )
