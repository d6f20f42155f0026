"""Decision trees, added up: what judges a piece of text by its evidence (gradient boosting, Friedman 2001)."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from octavo.extract.evidence import Matrix

_TREES = "data/body_trees.npz"
_ROWS = 512  # judged at once: bounds the memory of a page of thousands of pieces


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

    def log_odds(self, evidence: Matrix) -> npt.NDArray[np.float64]:
        """The log odds, for each row of evidence, that the piece is the article's."""
        found = np.empty(len(evidence), np.float64)
        for start in range(0, len(evidence), _ROWS):
            part = np.ascontiguousarray(evidence[start : start + _ROWS].T)
            found[start : start + _ROWS] = self._descend(part)
        return found

    def _descend(self, asked: Matrix) -> npt.NDArray[np.float64]:
        """Go down all trees at once, a level at a time. `asked` has a row for each column of evidence."""
        trees, inner = self.columns.shape
        rows = asked.shape[1]
        flat, order = asked.ravel(), np.arange(rows)
        columns, limits = self.columns.ravel().astype(np.int64) * rows, self.limits.ravel()
        base = (np.arange(trees) * inner)[:, None]
        node = np.zeros((trees, rows), np.int64)
        for _ in range((inner + 1).bit_length() - 1):
            at = base + node
            right = flat.take(columns.take(at) + order) > limits.take(at)
            node = 2 * node + 1 + right
        leaf = node - inner + (np.arange(trees) * (inner + 1))[:, None]
        added: npt.NDArray[np.float64] = self.leaves.ravel().take(leaf).sum(axis=0, dtype=np.float64)
        return added


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
