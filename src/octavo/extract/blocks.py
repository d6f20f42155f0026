"""Chosen pieces of a page become the blocks of an article's body: plain text, never markup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from octavo.domain.article import Block, BlockKind
from octavo.extract.hints import Hint
from octavo.extract.images import absolute, is_picture, split_credit
from octavo.extract.layout import HEADINGS, Layout, Media, Piece

_LIST_LINE = 400  # characters; a longer list entry is set as a paragraph
_CELL = 120  # characters; a table of longer cells holds the page's prose, not figures
_BOLD_HEAD = 90
_PICTURES = 40
_SMALL = 120  # pixels; a smaller picture is an icon or a portrait
_NOT_OURS = (
    Hint.RELATED | Hint.ADVERT | Hint.SHARE | Hint.COMMENTS | Hint.NAVIGATION | Hint.FOOTER | Hint.SIGNUP | Hint.BIO
    | Hint.BYLINE | Hint.SIDEBAR | Hint.CARDS | Hint.HIDDEN | Hint.PROMO | Hint.PRODUCT
)  # fmt: skip


_PLACES = {"li": "entry", "blockquote": "quote", "tr": "row", "table": "table", "td": "cell", "th": "cell"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece stands: the nearest list entry, quotation, table and row around it, by box number, -1 for none."""

    tag: str
    entry: int = -1
    quote: int = -1
    table: int = -1
    row: int = -1
    cell: int = -1
    code: bool = False


def to_blocks(layout: Layout, chosen: Sequence[int], base: str) -> tuple[Block, ...]:
    """Make body blocks of the pieces chosen by number, with the pictures and frames that stand between them."""
    if not chosen:
        return ()
    media = _media_between(layout, chosen, base)
    places = {number: _place(layout, layout.pieces[number]) for number in chosen}
    blocks: list[Block] = []
    waiting = list(chosen)
    for _, run in groupby(waiting, key=lambda number: (places[number].table, _group(layout, places[number], number))):
        numbers = list(run)
        blocks += _media_before(media, numbers[0])
        blocks += _run_blocks(layout, numbers, places)
    return tuple(blocks)


def _place(layout: Layout, piece: Piece) -> _Place:
    tag = layout.boxes[piece.box].tag
    found: dict[str, int] = {}
    code = False
    for number in layout.chain(piece.box):
        around = layout.boxes[number].tag
        code = code or around == "pre"
        name = _PLACES.get(around)
        if name and name not in found:
            found[name] = number
    if "row" not in found:
        found.pop("table", None)
    return _Place(tag, **found, code=code)


def _group(layout: Layout, place: _Place, number: int) -> tuple[str, int]:
    """What consecutive pieces share when they make one block."""
    if place.table >= 0:
        return "table", place.table
    if place.code:
        return "code", 0
    if place.tag in HEADINGS:
        return "head", number
    if place.entry >= 0 and _is_entry(layout, place, number):
        return "list", layout.boxes[place.entry].parent
    return "text", number


def _is_entry(layout: Layout, place: _Place, number: int) -> bool:
    entry = layout.boxes[place.entry]
    return entry.pieces <= 3 and len(layout.pieces[number].text) <= _LIST_LINE


def _run_blocks(layout: Layout, numbers: list[int], places: dict[int, _Place]) -> list[Block]:
    first = places[numbers[0]]
    kind, _ = _group(layout, first, numbers[0])
    texts = [layout.pieces[number].text for number in numbers]
    if kind == "table":
        return _table(layout, numbers, places)
    if kind == "code":
        return [Block(BlockKind.CODE, "\n".join(texts))]
    if kind == "list":
        entries = [
            " ".join(layout.pieces[number].text for number in entry)
            for _, entry in groupby(numbers, key=lambda number: places[number].entry)
        ]
        return [Block(BlockKind.LIST, items=tuple(entries))]
    return [_single(layout.pieces[number], places[number]) for number in numbers]


def _single(piece: Piece, place: _Place) -> Block:
    text = piece.text
    if place.tag in HEADINGS:
        return Block(BlockKind.SUBHEAD, text, level=min(4, max(2, int(place.tag[1]))))
    if place.quote >= 0:
        return Block(BlockKind.QUOTE, text)
    if piece.bold >= 0.9 * len(text) and len(text) < _BOLD_HEAD and text[-1] not in ".,:;。，":
        return Block(BlockKind.SUBHEAD, text, level=3)
    return Block(BlockKind.PARAGRAPH, text)


def _table(layout: Layout, numbers: list[int], places: dict[int, _Place]) -> list[Block]:
    """Set cells in rows; a table used to lay out a page is set as the paragraphs it holds."""
    rows = []
    for _, row in groupby(numbers, key=lambda number: places[number].row):
        cells = [
            " ".join(layout.pieces[number].text for number in cell)
            for _, cell in groupby(row, key=lambda number: places[number].cell)
        ]
        rows.append(tuple(cells))
    longest = max(len(cell) for row in rows for cell in row)
    if max(map(len, rows)) < 2 or (longest > _CELL and len(rows) * longest > 20 * _CELL) or len(rows) < 2:
        return [_single(layout.pieces[number], places[number]) for number in numbers]
    return [Block(BlockKind.TABLE, rows=tuple(rows))]


def _media_between(layout: Layout, chosen: Sequence[int], base: str) -> list[tuple[int, Block]]:
    """The pictures and frames among the chosen pieces, each with the piece it stands before."""
    first, last = chosen[0], chosen[-1]
    found: list[tuple[int, Block]] = []
    seen: set[str] = set()
    for media in layout.media:
        if not first < media.before <= last or len(found) >= _PICTURES or media.box < 0:
            continue
        if any(layout.boxes[number].hints & _NOT_OURS for number in layout.chain(media.box)[:4]):
            continue
        block = _figure(layout, media, base) if media.tag in ("img", "amp-img") else _embed(media, base)
        if block and block.url not in seen:
            seen.add(block.url)
            found.append((media.before, block))
    return found


def _media_before(media: list[tuple[int, Block]], number: int) -> Iterator[Block]:
    while media and media[0][0] <= number:
        yield media.pop(0)[1]


def _figure(layout: Layout, media: Media, base: str) -> Block | None:
    attributes = media.attributes
    address = ""
    for name in ("data-src", "data-lazy-src", "data-original", "src"):
        address = absolute(base, attributes.get(name) or "")
        if address:
            break
    if not address or not is_picture(address) or _too_small(attributes):
        return None
    caption, credit = split_credit(_caption(layout, media))
    return Block(BlockKind.FIGURE, caption or (attributes.get("alt") or "").strip()[:300], url=address, credit=credit)


def _too_small(attributes: dict[str, str | None]) -> bool:
    return any(0 < int(side) < _SMALL for side in map(attributes.get, ("width", "height")) if side and side.isdecimal())


def _caption(layout: Layout, media: Media) -> str:
    """The text of the figure the picture stands in."""
    figure = next((number for number in layout.chain(media.box) if layout.boxes[number].tag == "figure"), -1)
    if figure < 0:
        return ""
    lines = []
    for piece in layout.pieces[media.before : media.before + 3]:
        if figure in layout.chain(piece.box):
            lines.append(piece.text)
    return " ".join(lines)[:500]


def _embed(media: Media, base: str) -> Block | None:
    if media.tag not in ("iframe", "amp-iframe", "video"):
        return None
    address = absolute(base, media.attributes.get("src") or media.attributes.get("data-src") or "")
    return Block(BlockKind.EMBED, (media.attributes.get("title") or "").strip()[:200], url=address) if address else None
