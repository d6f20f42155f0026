"""What speaks for and against each piece of a page's text, as numbers for the weights that judge it."""

import math
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from octavo.extract.hints import Hint
from octavo.extract.layout import BITS, HEADINGS, HINT_BITS, TAG_BITS, Layout, Piece, Surroundings
from octavo.extract.phrases import NAMES, phrases_in
from octavo.text.html import tidy

Matrix = npt.NDArray[np.float32]

_TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "th", "blockquote", "pre", "dd", "dt", "figcaption", "section")
_TAG_COLUMN = {tag: number for number, tag in enumerate(_TAGS)}
_AGAINST = (
    Hint.RELATED | Hint.ADVERT | Hint.SHARE | Hint.COMMENTS | Hint.NAVIGATION | Hint.FOOTER | Hint.SIGNUP | Hint.BIO
    | Hint.PROMO | Hint.TAGS | Hint.CONSENT | Hint.SIDEBAR | Hint.HIDDEN | Hint.POPUP | Hint.CAPTION | Hint.BYLINE
    | Hint.DATE | TAG_BITS["aside"] | TAG_BITS["nav"] | TAG_BITS["footer"] | TAG_BITS["figure"]
)  # fmt: skip
_NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
_LEVELS = 5
_NOT_WORD = re.compile(r"[\W_]+")
_ENDS = '.!?。！？؟।…"”»」'
_DIGIT = re.compile(r"\d")
_LONG_SUMMARY = 700  # characters
_IN_BODY = 22  # the column of `_looks` that tells whether a piece stands in the body the page states
_STOPS = ".,!?;。，、！？؟،।"
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Known:
    """What the page states elsewhere, as letters and digits only: its titles, its summaries, its body."""

    titles: frozenset[str] = frozenset()
    summaries: tuple[str, ...] = ()
    body: str = ""


def key(text: str) -> str:
    """A text's letters and digits, lower case: what stays the same when it is set in type differently."""
    return _NOT_WORD.sub("", text.lower())


def gather(layout: Layout, known: Known) -> Matrix:
    """Give one row of evidence for each piece, in order."""
    around = layout.around
    pieces = layout.pieces
    under = _under_pictures(layout)
    box = np.array([piece.box for piece in pieces])
    looks = _looks(pieces, known)
    places = _places(layout, around, box)
    good = np.array([piece.prose for piece in pieces], np.float32)
    good[_any_bits(around.local, box, _AGAINST)] = 0.0
    sizes = np.array([len(piece.text) for piece in pieces], np.float32)
    region = _region(layout, around, box, good * sizes)
    flow = _flow(layout, known, good * sizes)
    near = _near(np.column_stack([good, looks[:, 1:4]]), box, np.array(around.up)[box])
    page = _page(layout, looks, good, sizes)
    return np.hstack([looks, under, places, good[:, None], region, flow, near, page]).astype(np.float32)


def _looks(pieces: list[Piece], known: Known) -> Matrix:
    """How each piece looks by itself."""
    seen: set[str] = set()
    rows = []
    for piece in pieces:
        rows.append((*_shape(piece), *_stated(piece.text, known), float(piece.text in seen)))
        seen.add(piece.text)
    phrases = _bits([phrases_in(piece.text) for piece in pieces], len(NAMES))
    return np.hstack([np.array(rows, np.float32).reshape(len(pieces), -1), phrases])


def _under_pictures(layout: Layout) -> Matrix:
    """Whether a picture stands right above each piece; and whether the piece is what a picture says for the blind."""
    found = np.zeros((len(layout.pieces), 2), np.float32)
    described = set()
    for media in layout.media:
        if media.before < len(found):
            found[media.before, 0] = 1.0
        described.add(tidy(media.attributes.get("alt") or ""))
    for number, piece in enumerate(layout.pieces):
        found[number, 1] = piece.text in described
    return found


def _shape(piece: Piece) -> tuple[float, ...]:
    """Length, links, boldness, punctuation, first and last character, script."""
    text = piece.text
    size = len(text)
    first, last = text[0], text[-1]
    stops = sum(map(text.count, _STOPS))
    return (
        0.0 if text.isascii() else min(len(_WIDE.findall(text[:50])) / 25, 1.0),
        min(1.0, piece.linked / size),
        last in _ENDS,
        math.log1p(size) / 6,
        min(1.0, piece.bold / size),
        min(piece.links, 5) / 5,
        min(stops / 8, 1.0),
        min(10 * stops / size, 1.0),
        last == ":",
        last in "?？؟",
        first.islower(),
        text.isupper(),
        first in "-–—•*→›»>▶",
        "|" in text or "·" in text or "•" in text,
        _DIGIT.search(text, 0, 40) is not None,
        size < 25,
        size < 60,
        size > 160,
        piece.hints & _AGAINST != 0,
    )


def _stated(text: str, known: Known) -> tuple[float, ...]:
    """Whether the page says the same elsewhere: as a title, in a summary, in the body it states."""
    size = len(text)
    short = 8 < size < _LONG_SUMMARY
    plain = key(text) if known.body or short else ""
    return (
        short and plain in known.titles,
        short and len(plain) > 20 and any(plain in summary or summary in plain for summary in known.summaries),
        bool(known.body),
        bool(known.body) and plain in known.body,
    )


def _bits(values: list[int], count: int) -> Matrix:
    packed = np.array(values, "<u8").view(np.uint8).reshape(len(values), 8)
    return np.unpackbits(packed, axis=1, bitorder="little")[:, :count].astype(np.float32)


def _any_bits(values: list[int], box: npt.NDArray[np.int64], mask: int) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (np.array(values, "<u8")[box] & np.uint64(mask)) > 0
    return found


def _places(layout: Layout, around: Surroundings, box: npt.NDArray[np.int64]) -> Matrix:
    """What the page calls the place each piece stands in."""
    boxes = layout.boxes
    tags = np.zeros((len(box), len(_TAGS)), np.float32)
    for row, number in enumerate(box):
        column = _TAG_COLUMN.get(boxes[number].tag)
        if column is not None:
            tags[row, column] = 1.0
    local = _bits([around.local[number] for number in box], BITS)
    broad = _bits([around.broad[number] for number in box], BITS)
    own = _bits([boxes[number].hints for number in box], HINT_BITS)
    return np.hstack([tags, local, broad, own])


def _region(layout: Layout, around: Surroundings, box: npt.NDArray[np.int64], prose: Matrix) -> Matrix:
    """How much of the page's prose stands with each piece, from its own box outwards; how linked those boxes are."""
    boxes = layout.boxes
    held = np.zeros(len(boxes))
    np.add.at(held, box, prose)
    alike: dict[tuple[object, ...], float] = {}
    signatures = []
    for number, size in zip(box, prose, strict=True):
        one, outer = boxes[number], boxes[around.up[number]]
        signature = (one.tag, one.hints, outer.tag, outer.hints)
        signatures.append(signature)
        alike[signature] = alike.get(signature, 0.0) + float(size)
    for number in range(len(boxes) - 1, 0, -1):
        held[boxes[number].parent] += held[number]
    total = max(held[0], 1.0) if len(held) else 1.0
    chars = np.array([max(one.chars, 1) for one in boxes], np.float32)
    linked = np.array([one.linked for one in boxes], np.float32) / chars
    counts = np.log1p(np.array([one.pieces for one in boxes], np.float32)) / 6
    dense = held / chars
    up = np.array(around.up)
    columns = [np.array([alike[signature] for signature in signatures]) / total]
    level = box
    for _ in range(_LEVELS):
        columns += [held[level] / total, linked[level], counts[level], dense[level]]
        level = up[level]
    return np.column_stack(columns)


def _flow(layout: Layout, known: Known, prose: Matrix) -> Matrix:
    """Where each piece stands in the order of the page: against its prose, and against its headline."""
    count = len(prose)
    before = np.cumsum(prose) - prose
    total = max(float(prose.sum()), 1.0)
    heads = [mark.piece for mark in layout.marked if mark.kind == "h1"]
    titled = [mark.piece for mark in layout.marked if mark.kind == "h1" and key(mark.text) in known.titles]
    start = min((titled or heads or [0])[0], count - 1)
    order = np.arange(count)
    since = order - start
    return np.column_stack(
        [
            before / total,
            order / count,
            (since < 0).astype(np.float32),
            np.log1p(np.maximum(since, 0)) / 5,
            np.log1p(np.maximum(before - before[start], 0)) / 10,
            np.log1p(np.maximum(total - before - prose, 0)) / 10,
            np.full(count, float(bool(titled))),
            np.full(count, float(bool(heads))),
        ]
    )


def _near(values: Matrix, box: npt.NDArray[np.int64], up: npt.NDArray[np.int64]) -> Matrix:
    """The looks of the pieces before and after each piece, and whether they share its box or the next larger one."""
    columns = []
    for offset in _NEIGHBOURS:
        columns.append(shifted(values, offset))
        columns.append(((shifted(box, offset) == box) & (box >= 0)).astype(np.float32)[:, None])
        columns.append((shifted(up, offset) == up).astype(np.float32)[:, None])
    return np.hstack(columns)


def shifted(values: npt.NDArray[np.generic], offset: int) -> Matrix:
    """Rows moved so that row i holds what stood at i + offset; zeros beyond the ends."""
    moved = np.zeros_like(values)
    if abs(offset) < len(values):
        if offset > 0:
            moved[:-offset] = values[offset:]
        else:
            moved[-offset:] = values[:offset]
    return moved.astype(np.float32)


def _page(layout: Layout, looks: Matrix, good: Matrix, sizes: Matrix) -> Matrix:
    """What holds for the page as a whole, the same in every row."""
    count = len(sizes)
    headings = sum(layout.boxes[piece.box].tag in HEADINGS for piece in layout.pieces)
    values = [
        np.log1p(float((good * sizes).sum())) / 10,
        np.log1p(count) / 6,
        float((good * sizes).sum() / sizes.sum()),
        headings / count,
        float(looks[:, 1].mean()),
        float((looks[:, _IN_BODY] * sizes).sum() / sizes.sum()),
    ]
    return np.tile(np.array(values, np.float32), (count, 1))
