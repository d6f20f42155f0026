"""A small network that judges a piece of text by its evidence: smoother than trees on pages unlike any seen."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from octavo.extract.evidence import Matrix

_WEIGHTS = "data/body_weights.npz"
_ROWS = 8  # multiplied at once: larger products wake BLAS threads, which then spin and cost more than they save

_MANY = 64  # the same, of products with one column


@dataclass(frozen=True, slots=True)
class Network:
    """A network of one hidden layer over the first columns of evidence; evals/fit_body.py fits it."""

    mean: Matrix
    scale: Matrix
    hidden: Matrix
    hidden_bias: Matrix
    out: Matrix
    out_bias: float

    def log_odds(self, evidence: Matrix) -> npt.NDArray[np.float64]:
        """The log odds, for each row of evidence, that the piece is the article's."""
        rows = (evidence[:, : len(self.mean)] - self.mean) * self.scale
        inner = np.empty((len(rows), self.hidden.shape[1]), np.float32)
        for start in range(0, len(rows), _ROWS):
            np.matmul(rows[start : start + _ROWS], self.hidden, out=inner[start : start + _ROWS])
        inner += self.hidden_bias
        np.maximum(inner, 0, out=inner)
        said = np.empty(len(rows), np.float64)
        for start in range(0, len(rows), _MANY):
            said[start : start + _MANY] = inner[start : start + _MANY] @ self.out
        return said + self.out_bias


@cache
def network() -> Network:
    """Read the weights that come with the program."""
    with (files("octavo") / _WEIGHTS).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        arrays = {name: kept[name].astype(np.float32) for name in kept.files}
    return Network(
        mean=arrays["mean"],
        scale=arrays["scale"],
        hidden=arrays["hidden"],
        hidden_bias=arrays["hidden_bias"],
        out=arrays["out"],
        out_bias=float(arrays["out_bias"][0]),
    )
