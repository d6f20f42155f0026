"""What speaks for and against each piece of a page's text, as numbers for the weights that judge it."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from octavo.extract.context import beside, gather_context
from octavo.extract.hints import Hint
from octavo.extract.layout import BITS, HEADINGS, HINT_BITS, TAG_BITS, Layout, Surroundings
from octavo.extract.phrases import NAMES, phrases_of
from octavo.text.unseen import tidy

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
_LOWERED = bytes(range(256)).lower()
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_NO_LETTERS_OR_ENDS = _NO_LETTERS.replace(b"\n", b"")
_TELLING = (1, 2, 4, 5, 15, 16, 17)  # columns of `_looks` whose mean tells what a box is: links, ends, bold, length
_LONG_SUMMARY = 700  # characters
_IN_BODY = 22  # the column of `_looks` that tells whether a piece stands in the body the page states
_STOP, _END, _COLON, _QUESTION, _BULLET, _BAR, _WIDE, _DIGIT, _LETTER, _LINE_END = (1 << number for number in range(10))
_MARKS = {
    _STOP: ".,!?;。，、！？؟،।",
    _END: '.!?。！？؟।…"”»」',
    _COLON: ":",
    _QUESTION: "?？؟",
    _BULLET: "-–—•*→›»>▶",
    _BAR: "|·•",
}
_WIDE_RANGES = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF))  # written without spaces
_NO_DIGITS, _NO_LETTERS_FROM = 0x20000, 0x40000  # planes from here on hold none
_FLAGS = (2, 8, 9, 12, 13, 14, 18)  # columns of `_shape` that say yes or no


@dataclass(frozen=True, slots=True)
class Known:
    """What the page states elsewhere, as letters and digits only: its titles, its summaries, its body."""

    titles: frozenset[str] = frozenset()
    summaries: tuple[str, ...] = ()
    body: str = ""


def key(text: str) -> str:
    """A text's letters and digits, lower case: what stays the same when it is set in type differently."""
    if text.isascii():  # the same by table, twenty times as fast
        return text.encode("ascii").translate(_LOWERED, _NO_LETTERS).decode("ascii")
    return _NOT_WORD.sub("", text.lower())


def _keys(texts: list[str]) -> list[str]:
    """The keys of many texts, none with line ends, together by table: ten times as fast."""
    if not texts:
        return []
    whole = "\n".join(texts)
    if whole.isascii():
        return whole.encode("ascii").translate(_LOWERED, _NO_LETTERS_OR_ENDS).decode("ascii").split("\n")
    codes = _codes(whole.lower())
    kept = codes[_classes()[codes] & (_LETTER | _LINE_END) > 0]
    return kept.tobytes().decode("utf-32-le", "surrogatepass").split("\n")


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def gather(layout: Layout, known: Known) -> Matrix:
    """Give one row of evidence for each piece, in order."""
    around = layout.around
    pieces = layout.pieces
    under = _under_pictures(layout)
    arrays = layout.arrays
    box = arrays.box
    looks = _looks(layout, known)
    local = np.array(around.local, "<u8")[box]
    places = _places(layout, local, box)
    good = arrays.prose.astype(np.float32)
    good[(local & np.uint64(_AGAINST)) > 0] = 0.0
    sizes = arrays.size.astype(np.float32)
    region = _region(layout, around, box, good * sizes)
    heads = [mark for mark in layout.marked if mark.kind == "h1" and mark.piece < len(pieces)]
    titled = [mark for mark in heads if key(mark.text) in known.titles]
    start = (titled or heads)[0].piece if heads else 0
    flow = _flow(good * sizes, start, titled=bool(titled), heads=bool(heads))
    near = _near(np.column_stack([good, looks[:, 1:4]]), box, arrays.up[box])
    page = _page(layout, looks, good, sizes)
    context = gather_context(layout, looks[:, _TELLING], looks[:, -len(NAMES) :], good * sizes, start)
    return beside([looks, under, places, good, region, flow, near, page, context])


def _looks(layout: Layout, known: Known) -> Matrix:
    """How each piece looks by itself."""
    texts = [piece.text for piece in layout.pieces]
    seen: set[str] = set()
    again = []
    for text in texts:
        again.append(text in seen)
        seen.add(text)
    phrases = _bits(np.array(phrases_of(texts), "<u8"), len(NAMES))
    return beside([_shape(layout, texts), _stated(texts, known), np.array(again), phrases])


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


def _shape(layout: Layout, texts: list[str]) -> Matrix:
    """Length, links, boldness, punctuation, first and last character, script."""
    arrays = layout.arrays
    size = arrays.size
    ends = np.cumsum(size)
    starts = ends - size
    classes = _classes()[_codes("".join(texts))]

    def count(kind: int, within: int) -> npt.NDArray[np.int64]:
        places = np.flatnonzero(classes & kind)
        rows = np.searchsorted(ends, places, side="right")
        if within < len(classes):
            rows = rows[places - starts[rows] < within]
        return np.bincount(rows, minlength=len(texts))

    stops = count(_STOP, len(classes))
    first, last = classes[starts], classes[ends - 1]
    columns = [
        np.minimum(count(_WIDE, 50) / 25, 1.0),
        np.minimum(1.0, arrays.linked / size),
        last & _END,
        np.log1p(size) / 6,
        np.minimum(1.0, arrays.bold / size),
        np.minimum(arrays.links, 5) / 5,
        np.minimum(stops / 8, 1.0),
        np.minimum(10 * stops / size, 1.0),
        last & _COLON,
        last & _QUESTION,
        np.array([text[0].islower() for text in texts]),
        np.array([text.isupper() for text in texts]),
        first & _BULLET,
        count(_BAR, len(classes)),
        count(_DIGIT, 40),
        size < 25,
        size < 60,
        size > 160,
        np.array([piece.hints & _AGAINST for piece in layout.pieces]),
    ]
    for number in _FLAGS:
        columns[number] = columns[number] > 0
    return beside(columns)


@cache
def _classes() -> npt.NDArray[np.uint16]:
    """What each character of Unicode is to `_shape`, as bits."""
    table = np.zeros(0x110000, np.uint16)
    for kind, marks in _MARKS.items():
        table[[ord(mark) for mark in marks]] |= kind
    for first, last in _WIDE_RANGES:
        table[first : last + 1] |= _WIDE
    for kind, pattern, end in ((_DIGIT, r"\d+", _NO_DIGITS), (_LETTER, r"[^\W_]+", _NO_LETTERS_FROM)):
        for found in re.finditer(pattern, "".join(map(chr, range(end)))):
            table[found.start() : found.end()] |= kind
    table[ord("\n")] |= _LINE_END
    return table


def _stated(texts: list[str], known: Known) -> Matrix:
    """Whether the page says the same elsewhere: as a title, in a summary, in the body it states."""
    found = np.zeros((len(texts), 4), np.float32)
    found[:, 2] = bool(known.body)
    shortest = min(map(len, known.titles), default=_LONG_SUMMARY)
    least = 0 if known.body else min(shortest, 21 if known.summaries else _LONG_SUMMARY)
    told = [
        row
        for row, text in enumerate(texts)
        if known.body or (8 < len(text) < _LONG_SUMMARY and (len(text) >= least or not text.isascii()))
    ]  # a key is no longer than its text
    for row, plain in zip(told, _keys([texts[row] for row in told]), strict=True):
        if 8 < len(texts[row]) < _LONG_SUMMARY:
            found[row, 0] = plain in known.titles
            found[row, 1] = len(plain) > 20 and any(plain in said or said in plain for said in known.summaries)
        found[row, 3] = bool(known.body) and plain in known.body
    return found


def _bits(values: npt.NDArray[np.uint64], count: int) -> npt.NDArray[np.uint8]:
    packed = values.view(np.uint8).reshape(len(values), 8)
    return np.unpackbits(packed, axis=1, bitorder="little", count=count)


def _places(layout: Layout, local: npt.NDArray[np.uint64], box: npt.NDArray[np.int64]) -> Matrix:
    """What the page calls the place each piece stands in."""
    boxes = layout.boxes
    tags = np.zeros((len(box), len(_TAGS) + 1), np.float32)
    tags[np.arange(len(box)), np.array([_TAG_COLUMN.get(one.tag, -1) for one in boxes])[box]] = 1.0
    broad = np.array(layout.around.broad, "<u8")[box]
    own = np.array([one.hints for one in boxes], "<u8")[box]
    return beside([tags[:, :-1], _bits(local, BITS), _bits(broad, BITS), _bits(own, HINT_BITS)])


def _region(layout: Layout, around: Surroundings, box: npt.NDArray[np.int64], prose: Matrix) -> Matrix:
    """How much of the page's prose stands with each piece, from its own box outwards; how linked those boxes are."""
    arrays = layout.arrays
    kinds: dict[tuple[object, ...], int] = {}
    signs: dict[int, int] = {}
    for number in set(box.tolist()):
        one, outer = layout.boxes[number], layout.boxes[around.up[number]]
        signs[number] = kinds.setdefault((one.tag, one.hints, outer.tag, outer.hints), len(kinds))
    kind = np.array([signs[number] for number in box.tolist()])
    alike = np.bincount(kind, prose, len(kinds))[kind]
    before = np.concatenate([[0.0], np.cumsum(prose, dtype=np.float64)])
    held = before[arrays.first + arrays.held] - before[arrays.first]
    total = max(held[0], 1.0) if len(held) else 1.0
    chars = np.maximum(arrays.chars_in, 1).astype(np.float32)
    linked = arrays.linked_in.astype(np.float32) / chars
    counts = np.log1p(arrays.held.astype(np.float32)) / 6
    dense = held / chars
    up = arrays.up
    columns = [alike / total]
    level = box
    for _ in range(_LEVELS):
        columns += [held[level] / total, linked[level], counts[level], dense[level]]
        level = up[level]
    return beside(columns)


def _flow(prose: Matrix, start: int, *, titled: bool, heads: bool) -> Matrix:
    """Where each piece stands in the order of the page: against its prose, and against its headline."""
    count = len(prose)
    before = np.cumsum(prose) - prose
    total = max(float(prose.sum()), 1.0)
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
            np.full(count, float(titled)),
            np.full(count, float(heads)),
        ]
    )


def _near(values: Matrix, box: npt.NDArray[np.int64], up: npt.NDArray[np.int64]) -> Matrix:
    """The looks of the pieces before and after each piece, and whether they share its box or the next larger one."""
    columns: list[npt.NDArray[np.generic]] = []
    for offset in _NEIGHBOURS:
        columns.append(shifted(values, offset))
        columns.append((shifted(box, offset) == box) & (box >= 0))
        columns.append(shifted(up, offset) == up)
    return beside(columns)


def shifted(values: npt.NDArray[np.generic], offset: int) -> npt.NDArray[np.generic]:
    """Rows moved so that row i holds what stood at i + offset; zeros beyond the ends."""
    moved = np.zeros_like(values)
    if abs(offset) < len(values):
        if offset > 0:
            moved[:-offset] = values[offset:]
        else:
            moved[-offset:] = values[:offset]
    return moved


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
