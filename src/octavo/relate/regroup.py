"""Articles of a window into events, all at once: the two closest groups are joined until none are close enough."""

import numpy as np
from numpy.typing import NDArray

from octavo.relate.grams import Matrix

ENOUGH = 0.0
"""Mean log-odds between two groups, with what size adds, from which they report one event."""

SIZE = 0.1
"""What the smaller group's size adds, by its logarithm: a mean over many pairs is surer than one pair."""

_NEVER = -1e9


def regroup(closeness: Matrix, *, enough: float = ENOUGH) -> NDArray[np.int64]:
    """Give each article's group: the number of one of its members. Average linkage (Sokal and Michener 1958)."""
    groups = _Groups(closeness)
    while True:
        one = int(np.argmax(groups.best))
        if groups.best[one] < enough:
            return groups.label
        groups.join(one, int(groups.partner[one]))


class _Groups:
    """Groups while they are being joined: mean closeness of each two, and each one's best partner."""

    def __init__(self, closeness: Matrix) -> None:
        size = len(closeness)
        self.mean = closeness.astype(np.float32)
        np.fill_diagonal(self.mean, _NEVER)
        self.size = np.ones(size, np.float32)
        self.alive = np.ones(size, bool)
        self.label = np.arange(size)
        self.partner = self.mean.argmax(axis=1) if size else np.zeros(0, np.int64)
        self.best = self.mean[np.arange(size), self.partner] if size else np.full(1, _NEVER, np.float32)

    def join(self, one: int, other: int) -> None:
        """Join two groups under the number of the first, and look again for those whose partner either was."""
        both = self.size[one] + self.size[other]
        joined = (self.size[one] * self.mean[one] + self.size[other] * self.mean[other]) / both
        joined[one] = _NEVER
        joined[~self.alive] = _NEVER
        joined[other] = _NEVER
        self.mean[one], self.mean[:, one] = joined, joined
        self.mean[other], self.mean[:, other] = _NEVER, _NEVER
        self.size[one], self.alive[other] = both, False
        self.label[self.label == other] = one
        self.best[other] = _NEVER
        nearness = self._nearness(one)
        nearer = (nearness > self.best) & self.alive
        again = self.alive & ((self.partner == one) | (self.partner == other)) & ~nearer
        self.partner[nearer], self.best[nearer] = one, nearness[nearer]
        again[one] = True
        for group in np.flatnonzero(again):
            near = self._nearness(int(group))
            self.partner[group] = int(near.argmax())
            self.best[group] = near[self.partner[group]]

    def _nearness(self, one: int) -> Matrix:
        """Give how near every group is to one; nothing is near a group that is gone, or itself."""
        near: Matrix = self.mean[one] + SIZE * np.log(np.minimum(self.size, self.size[one]))
        return near
