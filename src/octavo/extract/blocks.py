"""Chosen pieces of a page become the blocks of an article's body: plain text, never markup."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from octavo.domain.article import Block, BlockKind
from octavo.extract.embeds import of_frame, of_post
from octavo.extract.evidence import key
from octavo.extract.figures import PICTURES, of_picture
from octavo.extract.hints import Hint
from octavo.extract.layout import HEADINGS, Layout, Marked, Piece
from octavo.text.unseen import visible

_LIST_LINE = 400  # characters; a longer list entry is set as a paragraph
_ENTRY_PIECES = 3
_CELL = 120  # characters; a table of longer cells holds the page's prose, not figures
_COLUMNS = 40
_BOLD_HEAD = 90
_PICTURES = 40
_ECHO = 25  # letters; a shorter quotation that a paragraph holds is no pull quote
_QUOTED = 4  # pieces; a larger box named for a quotation holds more than that
_CODE_LINE = 200  # characters; where lines are longer it is prose that is set in <pre>
_LONGEST_CODE = 20_000
_NOT_OURS = (
    Hint.RELATED | Hint.ADVERT | Hint.SHARE | Hint.COMMENTS | Hint.NAVIGATION | Hint.FOOTER | Hint.SIGNUP | Hint.BIO
    | Hint.BYLINE | Hint.SIDEBAR | Hint.CARDS | Hint.HIDDEN | Hint.PROMO | Hint.PRODUCT
)  # fmt: skip


_PLACES = {
    "li": "entry",
    "blockquote": "quote",
    "tr": "row",
    "table": "table",
    "td": "cell",
    "th": "cell",
    "pre": "code",
}


class _Place(NamedTuple):
    """Where a piece stands: the nearest list entry, quotation, table, row, cell, code; box numbers, -1 for none."""

    entry: int = -1
    quote: int = -1
    table: int = -1
    row: int = -1
    cell: int = -1
    code: int = -1


@dataclass(frozen=True, slots=True)
class _Body:
    """The chosen pieces and where each stands; how many of them each list entry holds."""

    layout: Layout
    places: dict[int, _Place]
    entries: Counter[int]

    def tag(self, number: int) -> str:
        return self.layout.boxes[self.layout.pieces[number].box].tag

    def text(self, numbers: Iterator[int]) -> str:
        return " ".join(self.layout.pieces[number].text for number in numbers)


def to_blocks(layout: Layout, chosen: Sequence[int], base: str) -> tuple[Block, ...]:
    """Make body blocks of the pieces chosen by number, with the pictures and frames that stand between them."""
    if not chosen:
        return ()
    media, posts = _between(layout, chosen, base)
    kept = [number for number in chosen if not posts or not posts.intersection(layout.chain(layout.pieces[number].box))]
    known: dict[int, _Place] = {}
    places = {}
    for number in kept:
        box = layout.pieces[number].box
        places[number] = _place(layout, box, known)
    body = _Body(layout, places, Counter(place.entry for place in places.values()))
    blocks: list[Block] = []
    for (kind, group), run in groupby(kept, key=lambda number: _group(body, number)):
        numbers = list(run)
        blocks += _taken(media, numbers[0])
        blocks += _run_blocks(body, kind, group, numbers)
    return _without_echoes([*blocks, *_taken(media, chosen[-1])])


def _place(layout: Layout, box: int, known: dict[int, _Place]) -> _Place:
    """Where a box stands: where the one around it does, and what it is itself."""
    inwards = []
    while box >= 0 and box not in known:
        inwards.append(box)
        box = layout.boxes[box].parent
    place = known[box] if box >= 0 else _Place()
    for number in reversed(inwards):
        around = layout.boxes[number]
        name = _PLACES.get(around.tag)
        if name is None and around.hints & Hint.QUOTE and around.pieces <= _QUOTED:
            name = "quote"
        place = place._replace(**{name: number}) if name else place
        known[number] = place
    return place


def _group(body: _Body, number: int) -> tuple[str, int]:
    """What consecutive pieces share when they make one block."""
    place = body.places[number]
    if place.table >= 0 and place.row >= 0:
        return "table", place.table
    if place.code >= 0:
        return "code", place.code
    if body.tag(number) in HEADINGS:
        return "head", number
    if place.entry >= 0 and _is_entry(body, number):
        return "list", _outermost(body.layout, place.entry)
    return "text", number


def _is_entry(body: _Body, number: int) -> bool:
    few = body.entries[body.places[number].entry] <= _ENTRY_PIECES
    return few and len(body.layout.pieces[number].text) <= _LIST_LINE


def _outermost(layout: Layout, entry: int) -> int:
    """The list an entry belongs to; for an entry of a list within an entry, the outermost."""
    boxes = layout.boxes
    found = boxes[entry].parent
    while found >= 0 and boxes[found].parent >= 0 and boxes[boxes[found].parent].tag == "li":
        found = boxes[boxes[found].parent].parent
    return found


def _run_blocks(body: _Body, kind: str, group: int, numbers: list[int]) -> list[Block]:
    if kind == "table":
        return _table(body, numbers)
    if kind == "code":
        return _code(body, group, numbers)
    if kind == "list":
        entries = groupby(numbers, key=lambda number: body.places[number].entry)
        return [Block(BlockKind.LIST, items=tuple(body.text(entry) for _, entry in entries))]
    return _singles(body, numbers)


def _singles(body: _Body, numbers: list[int]) -> list[Block]:
    return [_single(body.layout.pieces[number], body.tag(number), body.places[number]) for number in numbers]


def _single(piece: Piece, tag: str, place: _Place) -> Block:
    text = piece.text
    if tag in HEADINGS:
        return Block(BlockKind.SUBHEAD, text, level=min(4, max(2, int(tag[1]))))
    if place.quote >= 0:
        return Block(BlockKind.QUOTE, text)
    if piece.bold >= 0.9 * len(text) and len(text) < _BOLD_HEAD and text[-1] not in ".,:;。，":
        return Block(BlockKind.SUBHEAD, text, level=3)
    return Block(BlockKind.PARAGRAPH, text)


def _code(body: _Body, box: int, numbers: list[int]) -> list[Block]:
    """Set code with its line ends and indents; prose that is set as code for no reason as paragraphs."""
    node = next((mark.node for mark in body.layout.marked if mark.kind == "pre" and mark.box == box), None)
    text = node.text() if node is not None else body.text(iter(numbers))
    lines = [line.rstrip() for line in visible(text[:_LONGEST_CODE]).strip("\r\n").split("\n")]
    written = [len(line) for line in lines if line]
    if not written or sum(written) > _CODE_LINE * len(written):
        return _singles(body, numbers)
    return [Block(BlockKind.CODE, "\n".join(lines))]


def _table(body: _Body, numbers: list[int]) -> list[Block]:
    """Set cells in rows; a table used to lay out a page is set as the paragraphs it holds."""
    places = body.places
    rows = []
    for row, inside in groupby(numbers, key=lambda number: places[number].row):
        cells = {cell: body.text(one) for cell, one in groupby(inside, key=lambda number: places[number].cell)}
        rows.append([cells.get(cell, "") for cell in _cells(body.layout, row, cells)])
    filled = max(sum(map(bool, row)) for row in rows)
    longest = max(len(cell) for row in rows for cell in row)
    if filled < 2 or (longest > _CELL and len(rows) * longest > 20 * _CELL) or len(rows) < 2:
        return _singles(body, numbers)
    width = max(number + 1 for row in rows for number, cell in enumerate(row) if cell)
    return [Block(BlockKind.TABLE, rows=tuple(tuple(row[:width]) for row in rows))]


def _cells(layout: Layout, row: int, filled: dict[int, str]) -> list[int]:
    """The cells of a row, the empty ones too, so that what stands below each other stays so."""
    boxes = layout.boxes
    found: list[int] = []
    for number in range(row + 1, len(boxes)):
        parent = boxes[number].parent
        if parent < row or len(found) >= _COLUMNS:
            break
        if parent == row and boxes[number].tag in ("td", "th"):
            found.append(number)
    return found if set(filled) <= set(found) else sorted(filled)


def _between(layout: Layout, chosen: Sequence[int], base: str) -> tuple[list[tuple[int, Block]], set[int]]:
    """Pictures, frames and posts among the chosen pieces, each with the piece it stands before; the boxes of posts."""
    first, last = chosen[0], chosen[-1]
    found: list[tuple[int, Block]] = []
    for number, media in enumerate(layout.media):
        if not first < media.before <= last or len(found) >= _PICTURES or _is_elsewhere(layout, media.box):
            continue
        block = of_picture(layout, number, base) if media.tag in PICTURES else of_frame(media, base)
        if block:
            found.append((media.before, block))
    posts: set[int] = set()
    for mark in layout.marked:
        if mark.kind == "embed" and first < mark.piece <= last and not _is_elsewhere(layout, mark.box):
            block = of_post(mark, base)
            if block:
                found.append((mark.piece, block))
                posts |= _own_box(layout, mark)
    seen: dict[str, tuple[int, Block]] = {}
    for before, block in sorted(found, key=lambda one: one[0]):
        seen.setdefault(block.url, (before, block))
    return list(seen.values()), posts


def _own_box(layout: Layout, mark: Marked) -> set[int]:
    return {mark.box} if layout.boxes[mark.box].tag == "blockquote" else set()


def _is_elsewhere(layout: Layout, box: int) -> bool:
    return box < 0 or any(layout.boxes[number].hints & _NOT_OURS for number in layout.chain(box)[:4])


def _taken(media: list[tuple[int, Block]], number: int) -> Iterator[Block]:
    while media and media[0][0] <= number:
        yield media.pop(0)[1]


def _without_echoes(blocks: list[Block]) -> tuple[Block, ...]:
    """Drop pull quotes: what a paragraph says, said again in large type."""
    if not any(block.kind is BlockKind.QUOTE for block in blocks):
        return tuple(blocks)
    said = "\n".join(key(block.text) for block in blocks if block.kind is BlockKind.PARAGRAPH)
    return tuple(block for block in blocks if block.kind is not BlockKind.QUOTE or not _is_echo(block.text, said))


def _is_echo(text: str, said: str) -> bool:
    plain = key(text)
    return len(plain) > _ECHO and plain in said
