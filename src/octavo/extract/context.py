"""What the places around a piece of text say of it: how alike its neighbours are, how near the headline it stands."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from octavo.extract.layout import HEADINGS, Layout
from octavo.extract.phrases import NAMES

Matrix = npt.NDArray[np.float32]

_RELATED, _COMMENTS, _CONSENT = (NAMES.index(name) for name in ("related", "comments", "consent"))
_FAR = 12  # boxes deeper or shallower than the prose; farther is the same
_SHORT = 120  # characters of a line that opens a part of the page
_LEVELS = 2
_NEAR = (-2, -1, 1, 2)
_WINDOW = 4


def beside(blocks: Sequence[npt.NDArray[np.generic]]) -> Matrix:
    """Set blocks of columns side by side, as plain numbers."""
    found = np.empty((len(blocks[0]), sum(1 if block.ndim == 1 else block.shape[1] for block in blocks)), np.float32)
    column = 0
    for block in blocks:
        if block.ndim == 1:
            found[:, column] = block
            column += 1
        else:
            found[:, column : column + block.shape[1]] = block
            column += block.shape[1]
    return found


class Spans:
    """For every box of a page, the run of pieces inside it: boxes and pieces are both in the order of the page."""

    def __init__(self, layout: Layout) -> None:
        arrays = layout.arrays
        self.first = arrays.first
        self.held = arrays.held
        self.parent = np.maximum(arrays.parent, 0)
        self.up = arrays.up

    def means(self, values: Matrix, box: npt.NDArray[np.int64]) -> Matrix:
        """The mean of each column over all pieces in the given boxes."""
        sums = np.zeros((len(values) + 1, values.shape[1]))
        np.cumsum(values, axis=0, out=sums[1:])
        start, held = self.first[box], self.held[box]
        means: Matrix = ((sums[start + held] - sums[start]) / np.maximum(held, 1)[:, None]).astype(np.float32)
        return means


def gather_context(layout: Layout, looks: Matrix, phrases: Matrix, prose: Matrix, start: int) -> Matrix:
    """Give one row for each piece. `prose` is the length of its running text, `start` the number of the headline.

    `looks` and `phrases` have a row for each piece: how it looks, and which kinds of phrase it holds.
    """
    spans = Spans(layout)
    arrays = layout.arrays
    box = arrays.box
    logs = (np.log1p(arrays.size.astype(np.float32)) / 6)[:, None]
    values = beside([looks, phrases, logs, logs**2])
    columns: list[npt.NDArray[np.generic]] = [
        _depth(layout, box, prose),
        _nearest(layout, box, prose, start),
        _since(layout, phrases),
    ]
    level = spans.parent[box]
    for _ in range(_LEVELS):
        means = spans.means(values, level)
        spread = np.sqrt(np.maximum(means[:, -1] - means[:, -2] ** 2, 0))
        columns += [means[:, :-1], spread, np.log1p(spans.held[level]) / 6]
        level = spans.up[level]
    return beside(columns)


def _depth(layout: Layout, box: npt.NDArray[np.int64], prose: Matrix) -> Matrix:
    """How much deeper or shallower each piece stands than most of the prose."""
    depths: list[int] = []
    for parent in layout.arrays.parent.tolist():
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
    own = np.array(depths)[box]
    usual = int(np.argmax(np.bincount(own, weights=prose)))
    off = np.clip(own - usual, -_FAR, _FAR) / 6
    return np.column_stack([off, np.abs(off), own == usual])


def _nearest(layout: Layout, box: npt.NDArray[np.int64], prose: Matrix, start: int) -> Matrix:
    """How large the least box is that holds a piece and the headline; how much prose its <article> holds."""
    boxes = layout.boxes
    held, pieces = layout.arrays.prose_in.astype(np.float64), layout.arrays.held.astype(np.float64)
    total = max(float(held[0]), 1.0)
    shared: list[int] = []
    article: list[int] = []
    line = set(layout.chain(layout.pieces[start].box))
    for number, (outer, tag, *_) in enumerate(boxes):
        shared.append(number if number in line else shared[outer] if outer >= 0 else 0)
        article.append(number if tag == "article" else article[outer] if outer >= 0 else -1)
    least, around = np.array(shared)[box], np.array(article)[box]
    inside = around >= 0
    return np.column_stack(
        [
            held[least] / total,
            pieces[least] / pieces[0],
            np.log1p(pieces[least]) / 6,
            inside,
            np.where(inside, held[around] / total, 0.0),
        ]
    )


def _since(layout: Layout, phrases: Matrix) -> Matrix:
    """What short lines and headings before each piece announced, and how long ago."""
    count = len(layout.pieces)
    order = np.arange(count)
    short = layout.arrays.size < _SHORT
    heading = np.array([layout.boxes[piece.box].tag in HEADINGS for piece in layout.pieces])
    columns = []
    for kind in (_RELATED, _COMMENTS, _CONSENT):
        said = short & (phrases[:, kind] > 0)
        columns += [np.log1p(np.cumsum(said)) / 3, np.exp(-(order - _last(said)) / 6)]
    last = _last(heading)
    told = np.where((last >= 0)[:, None], phrases[np.maximum(last, 0)][:, (_RELATED, _COMMENTS)], 0.0)
    return np.column_stack([*columns, np.exp(-(order - last) / 6), told])


def _last(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For each row the number of the last marked row before it or itself; far away when there is none."""
    order = np.arange(len(marked))
    found: npt.NDArray[np.int64] = np.maximum.accumulate(np.where(marked, order, -1000))
    return found
