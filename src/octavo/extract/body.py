"""The main text, as blocks."""

from octavo.domain.article import Block, BlockKind
from octavo.extract.blocks import HEADINGS, NAVIGATION_TAGS, Layout, Piece, is_prose
from octavo.extract.hints import Hint

_NEGATIVE = (
    Hint.RELATED | Hint.ADVERT | Hint.SHARE | Hint.COMMENTS | Hint.NAVIGATION | Hint.FOOTER | Hint.SIGNUP | Hint.BIO
    | Hint.PROMO | Hint.TAGS | Hint.CONSENT | Hint.SIDEBAR | Hint.HIDDEN | Hint.POPUP | Hint.CAPTION | Hint.BYLINE | Hint.DATE  # noqa: E501
)  # fmt: skip


def inherit(layout: Layout) -> list[int]:
    """For every box, the bits of it and of the boxes around it, leaving out boxes that hold most of the page's prose."""  # noqa: E501
    total = sum(len(piece.text) for piece in layout.pieces if is_prose(piece)) or 1
    found: list[int] = []
    for box in layout.boxes:
        outer = found[box.parent] if box.parent >= 0 else 0
        own = box.hints if box.prose < 0.6 * total else 0
        if box.tag in NAVIGATION_TAGS:
            own |= Hint.NAVIGATION
        if box.tag == "aside":
            own |= Hint.SIDEBAR
        if box.tag in ("figure", "figcaption"):
            own |= Hint.CAPTION
        found.append(outer | own)
    return found


def choose(layout: Layout) -> list[Piece]:
    """The pieces of the article's body, in order."""
    bits = inherit(layout)
    scores = [0.0] * len(layout.boxes)
    good = [is_prose(p) and not (p.box >= 0 and bits[p.box] & _NEGATIVE) for p in layout.pieces]
    for piece, fine in zip(layout.pieces, good, strict=True):
        if not fine or piece.box < 0:
            continue
        weight = float(len(piece.text))
        for box in layout.chain(piece.box)[:6]:
            scores[box] += weight
            weight *= 0.8
    if not any(scores):
        return []
    best = max(range(len(scores)), key=scores.__getitem__)
    inside = [best in layout.chain(piece.box) for piece in layout.pieces]
    marked = [i for i, fine in enumerate(good) if fine and inside[i]]
    if not marked:
        return []
    first, last = marked[0], marked[-1]
    return [
        p for i, p in enumerate(layout.pieces)
        if first <= i <= last and inside[i] and (good[i] or (not bits[p.box] & _NEGATIVE and p.linked * 2 < len(p.text)))  # noqa: E501
    ]  # fmt: skip


def to_blocks(layout: Layout, chosen: list[Piece]) -> tuple[Block, ...]:
    """Make body blocks of chosen pieces."""
    blocks: list[Block] = []
    for piece in chosen:
        tag = layout.boxes[piece.box].tag if piece.box >= 0 else "p"
        if tag in HEADINGS:
            blocks.append(Block(BlockKind.SUBHEAD, piece.text, level=min(4, max(2, int(tag[1])))))
        elif tag == "li" and blocks and blocks[-1].kind is BlockKind.LIST:
            blocks[-1] = Block(BlockKind.LIST, items=(*blocks[-1].items, piece.text))
        elif tag == "li":
            blocks.append(Block(BlockKind.LIST, items=(piece.text,)))
        else:
            blocks.append(Block(BlockKind.PARAGRAPH, piece.text))
    return tuple(blocks)
