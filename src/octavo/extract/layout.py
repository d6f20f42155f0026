"""What a page shows, laid out: its pieces of text in order, and the boxes around each."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborNode

from octavo.text.unseen import tidy

Numbers = npt.NDArray[np.int64]

_LONG_MARK = 5_000

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


_AROUND = (
    "article", "main", "aside", "nav", "footer", "header", "form", "table", "ul", "ol", "blockquote", "figure",
    "button", "details", "section", "menu", "summary", "fieldset", "label", "address",
)  # fmt: skip
HINT_BITS = 36
TAG_BITS = {tag: 1 << (HINT_BITS + number) for number, tag in enumerate(_AROUND)}
BITS = HINT_BITS + len(_AROUND)


class Box(NamedTuple):
    """An element that holds blocks. `parent` is the number of the box around it, or -1; counts are of all in it.

    Its pieces are those from `first` on, in order, as many as `pieces` says.
    """

    parent: int
    tag: str
    hints: int
    first: int
    pieces: int
    chars: int
    linked: int
    prose: int


class Piece(NamedTuple):
    """A run of text between block boundaries. `linked` and `bold` count its characters inside links and bold type."""

    text: str
    box: int
    linked: int
    bold: int
    links: int
    hints: int
    prose: bool


_OF_PIECES = (1, 2, 3, 4, 6)  # the columns of Piece and of Box that are numbers
_OF_BOXES = (0, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Arrays:
    """The numbers of all pieces, and of all boxes, a row each: the same as in Piece and Box."""

    size: Numbers
    box: Numbers
    linked: Numbers
    bold: Numbers
    links: Numbers
    prose: Numbers
    parent: Numbers
    first: Numbers
    held: Numbers
    chars_in: Numbers
    linked_in: Numbers
    prose_in: Numbers
    up: Numbers


@dataclass(slots=True)
class Media:
    """A picture or frame and where it stands: before piece `before`."""

    tag: str
    attributes: dict[str, str | None]
    box: int
    before: int


@dataclass(slots=True)
class Marked:
    """An element that says what it is: <time>, itemprop, rel=author, h1, pre, an embedded post or player, or a class
    that names a byline or date."""

    kind: str
    node: LexborNode
    attributes: dict[str, str | None]
    hints: int
    box: int
    piece: int
    _shown: str | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """What the element shows, at its longest some thousand characters: it may hold half the page."""
        if self._shown is None:
            self._shown = self._read()
        return self._shown

    def _read(self) -> str:
        shown: list[str] = []
        size = 0
        for part in self.node.traverse(include_text=True):
            if part.tag == "-text":
                shown.append(part.text_content or "")
                size += len(shown[-1])
                if size > _LONG_MARK:
                    break
        return tidy(" ".join(shown))


@dataclass(slots=True)
class Surroundings:
    """For every box: bits of it and around it, on small boxes and on large ones; the next larger box."""

    local: list[int] = field(default_factory=list)
    broad: list[int] = field(default_factory=list)
    up: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """All a page shows, in order."""

    boxes: list[Box] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    around: Surroundings = field(default_factory=Surroundings)
    _arrays: Arrays | None = None
    _lowered: str | None = None
    _tables: list[tuple[int, int]] | None = None

    @property
    def arrays(self) -> Arrays:
        """The numbers of pieces and boxes as arrays, made once."""
        if self._arrays is None:
            self._arrays = _arrays(self)
        return self._arrays

    @property
    def lowered(self) -> str:
        """All texts, lower case, one a line; read once."""
        if self._lowered is None:
            self._lowered = "\n".join([piece.text for piece in self.pieces]).lower()
        return self._lowered

    def table_of(self, box: int) -> int:
        """The innermost table around a box, when the box stands in a row of it; else -1."""
        if self._tables is None:
            self._tables = _tables(self.boxes)
        return self._tables[box][0] if box >= 0 else -1

    def chain(self, box: int) -> list[int]:
        """The boxes around a box, itself first."""
        found = []
        while box >= 0:
            found.append(box)
            box = self.boxes[box].parent
        return found


def _arrays(layout: Layout) -> Arrays:
    pieces, boxes = layout.pieces, layout.boxes
    of_pieces = [[piece[column] for piece in pieces] for column in _OF_PIECES]
    of_boxes = [[box[column] for box in boxes] for column in _OF_BOXES]
    columns = [[len(piece.text) for piece in pieces], *of_pieces, *of_boxes, layout.around.up]
    return Arrays(*(np.array(column, np.int64) for column in columns))


def _tables(boxes: list[Box]) -> list[tuple[int, int]]:
    """For each box the innermost table around it: where it stands in a row of it, else -1; and in any case."""
    found: list[tuple[int, int]] = []
    for number, (outer, tag, *_) in enumerate(boxes):
        in_row, any_ = found[outer] if outer >= 0 else (-1, -1)
        if tag == "table":
            found.append((-1, number))
        else:
            found.append((any_, any_) if tag == "tr" else (in_row, any_))
    return found
