"""One walk over a page lays it out: every piece of text it shows, and the boxes around each."""

from selectolax.lexbor import LexborNode

from octavo.extract.hints import STATED, Hint, hints_of
from octavo.extract.layout import TAG_BITS, Box, Layout, Marked, Media, Piece, Surroundings
from octavo.text.unseen import tidy

MAX_PIECES = 4_000
MAX_NODES = 400_000
MAX_MARKED = 400

_SKIPPED = frozenset(
    "script style template svg canvas object select option input textarea head noscript map audio math dialog datalist "
    "progress meter applet frameset -comment".split()
)
_INLINE = frozenset(
    "a span b strong em i u s sup sub small mark abbr cite q code time label font tt kbd samp var ins del bdi bdo wbr "
    "data dfn ruby rt rp big acronym strike nobr".split()
)
_EMPHASIS = frozenset({"b", "strong"})
_MEDIA = frozenset({"img", "iframe", "video", "picture", "source", "amp-img", "amp-iframe"})

_PLAYERS = frozenset({"amp-youtube", "amp-twitter", "amp-instagram", "lite-youtube"})
_NOTED = frozenset({"h1", "pre", "time"}) | _PLAYERS
_NAME, _PART, _SIGHT = 1, 2, 3  # what an attribute says of an element: a name, its part in the page, whether it shows
_TELLING = {
    **dict.fromkeys(("class", "id", "data-testid", "data-component", "data-qa"), _NAME),
    **dict.fromkeys(("itemprop", "role"), _PART),
    **dict.fromkeys(("hidden", "style"), _SIGHT),
}
_TEXT, _SKIP, _BREAK, _FRAME, _PLAIN = 1, 2, 3, 4, 5
_BOX, _PICTURE, _LINK, _BOLD = 6, 7, 8, 9  # what has an end to be noted
_ROLES = {
    **dict.fromkeys(_INLINE, _PLAIN),
    **dict.fromkeys(_EMPHASIS, _BOLD),
    **dict.fromkeys(_MEDIA, _FRAME),
    **dict.fromkeys(_SKIPPED, _SKIP),
    "a": _LINK,
    "br": _BREAK,
    "picture": _PICTURE,
    "-text": _TEXT,
}

_FACTS = Hint.BYLINE | Hint.DATE
_MARKING = _FACTS | Hint.EMBED
_LOCAL = 4  # a box with less than a quarter of the page's prose says something of its part only


def _role_of(tag: str) -> int:
    """What an element that is not known by name is: one of a page's own making stands in a line."""
    return _PLAIN if "-" in tag else _BOX


class _Walk:
    """The state of one walk; `run` fills `layout` and the columns of which its boxes are made."""

    __slots__ = (
        "bold", "bolded", "box", "buffer", "firsts", "held", "hints", "layout", "link", "linked", "links", "own",
        "parents", "tags",
    )  # fmt: skip

    def __init__(self) -> None:
        self.layout = Layout()
        self.buffer: list[str] = []
        self.parents: list[int] = []
        self.tags: list[str] = []
        self.hints: list[int] = []
        self.firsts: list[int] = []
        self.held: list[int] = []
        self.box = -1
        self.link = 0
        self.bold = 0
        self.linked = 0
        self.bolded = 0
        self.links = 0
        self.own = 0

    def run(self, root: LexborNode) -> Layout:
        """Visit every node under `root` in document order, without recursion."""
        stack: list[tuple[LexborNode, int, int]] = []
        node: LexborNode | None = root
        pieces, buffer = self.layout.pieces, self.buffer
        left = MAX_NODES
        while node is not None and left and len(pieces) <= MAX_PIECES:
            left -= 1
            tag = node.tag or ""
            role = _ROLES.get(tag) or _role_of(tag)
            if role == _TEXT:
                raw = node.text_content or ""
                if buffer or not raw.isspace():
                    self.text(raw)
            elif role != _SKIP:
                outer = self.box
                self.enter(role, tag, node)
                child = None if role == _FRAME else node.first_child
                if child is not None:
                    stack.append((node, role, outer))
                    node = child
                    continue
                if role >= _BOX:
                    self.leave(role, outer)
            following = node.next if stack else None
            while following is None and stack:
                node, role, outer = stack.pop()
                if role >= _BOX:
                    self.leave(role, outer)
                following = node.next if stack else None
            node = following
        self.flush()
        for _, role, outer in reversed(stack):
            self.leave(role, outer)
        return self.layout

    def text(self, raw: str) -> None:
        """Take in a text node; white space counts within a piece only."""
        self.buffer.append(raw)
        if self.link or self.bold:
            length = len(raw.strip())
            if self.link:
                self.linked += length
            if self.bold:
                self.bolded += length

    def enter(self, role: int, tag: str, node: LexborNode) -> None:
        """Begin an element."""
        if role == _BOX:
            if self.buffer or self.links or self.own:
                self.flush()
            self.open_box(tag, node.attributes, node)
        elif role == _BREAK:
            self.line_break()
        elif role in (_FRAME, _PICTURE):
            attributes = node.attributes
            self.layout.media.append(Media(tag, attributes, self.box, len(self.layout.pieces)))
            if role == _PICTURE:
                self.flush()
                self.open_box(tag, attributes, node)
        else:
            if role == _LINK:
                self.link += 1
                self.links += 1
            elif role == _BOLD:
                self.bold += 1
            self.inline(tag, node)

    def inline(self, tag: str, node: LexborNode) -> None:
        """Note what an inline element says of the text it starts."""
        attributes = node.attributes
        if not attributes and tag != "time":
            return
        name = attributes.get("class")
        hints = hints_of(name) if name else 0
        if hints and not self.buffer:
            self.own |= hints
        if hints & _FACTS or "itemprop" in attributes or "rel" in attributes or tag in _NOTED:
            self.mark(tag, hints, node, attributes)

    def open_box(self, tag: str, attributes: dict[str, str | None], node: LexborNode) -> None:
        """Begin a box."""
        hints = _stated(attributes) if attributes else 0
        self.parents.append(self.box)
        self.box = len(self.tags)
        self.tags.append(tag)
        self.hints.append(hints)
        self.firsts.append(len(self.layout.pieces))
        self.held.append(0)
        if hints & _MARKING or tag in _NOTED or "itemprop" in attributes or "rel" in attributes:
            self.mark(tag, hints, node, attributes)

    def mark(self, tag: str, hints: int, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """Remember an element that names a fact."""
        kind = "time" if tag == "time" else attributes.get("itemprop") or ""
        if not kind:
            if attributes.get("rel") == "author":
                kind = "author"
            elif tag == "h1":
                kind = "h1"
            elif tag == "pre":
                kind = "pre"
            elif tag in _PLAYERS or (tag == "blockquote" and hints & Hint.EMBED):
                kind = "embed"
            elif hints & _FACTS:
                kind = "byline" if hints & Hint.BYLINE else "date"
        if kind and len(self.layout.marked) < MAX_MARKED:
            self.layout.marked.append(Marked(kind, node, attributes, hints, self.box, len(self.layout.pieces)))

    def leave(self, role: int, outer: int) -> None:
        """End an element."""
        if role == _LINK:
            self.link -= 1
        elif role == _BOLD:
            self.bold -= 1
        elif role in (_BOX, _PICTURE):
            if self.buffer or self.links or self.own:
                self.flush()
            self.held[self.box] = len(self.layout.pieces) - self.firsts[self.box]
            self.box = outer

    def line_break(self) -> None:
        """Take in <br>: one is a space, two end the piece."""
        if self.buffer and self.buffer[-1] == "\n":
            self.flush()
        elif self.buffer:
            self.buffer.append("\n")

    def flush(self) -> None:
        """End the piece."""
        if self.buffer:
            text = tidy("".join(self.buffer))
            if text:
                prose = _is_prose(text, self.linked)
                self.layout.pieces.append(Piece(text, self.box, self.linked, self.bolded, self.links, self.own, prose))
            self.buffer.clear()
        self.linked = self.bolded = self.links = self.own = 0


def _stated(attributes: dict[str, str | None]) -> int:
    """Read what an element's names, parts and visibility say of it."""
    hints = 0
    for name, value in attributes.items():
        kind = _TELLING.get(name, 0)
        if kind == _NAME:
            if value:
                hints |= hints_of(value)
        elif kind == _PART:
            if value:
                hints |= STATED.get(value.lower(), 0)
        elif kind and (
            name == "hidden" or (value and "none" in value and "display:none" in value.replace(" ", "").lower())
        ):
            hints |= Hint.HIDDEN
    return hints


def lay_out(root: LexborNode) -> Layout:
    """Walk a page's body and count, for every box, what is in it."""
    walk = _Walk()
    layout = walk.run(root)
    chars, linked, prose = [0], [0], [0]
    for piece in layout.pieces:
        length = len(piece.text)
        chars.append(chars[-1] + length)
        linked.append(linked[-1] + piece.linked)
        prose.append(prose[-1] + length if piece.prose else prose[-1])
    ends = [first + held for first, held in zip(walk.firsts, walk.held, strict=True)]
    counted = (
        [sums[end] - sums[first] for first, end in zip(walk.firsts, ends, strict=True)]
        for sums in (chars, linked, prose)
    )
    columns = (walk.parents, walk.tags, walk.hints, walk.firsts, walk.held, *counted)
    layout.boxes = [*map(Box._make, zip(*columns, strict=True))]
    layout.around = _surroundings(layout.boxes)
    return layout


def _surroundings(boxes: list[Box]) -> Surroundings:
    """Gather what the boxes around every box say."""
    total = boxes[0].prose if boxes else 0
    local: list[int] = []
    broad: list[int] = []
    up: list[int] = []
    held: list[int] = []
    for number, (outer, tag, hints, _, pieces, _, _, prose) in enumerate(boxes):
        near, far = (local[outer], broad[outer]) if outer >= 0 else (0, 0)
        if prose * _LOCAL < total or not total:
            near |= hints | TAG_BITS.get(tag, 0)
        else:
            far |= hints | TAG_BITS.get(tag, 0)
        local.append(near)
        broad.append(far)
        held.append(pieces)
        if outer < 0:
            up.append(number)
        else:
            up.append(outer if held[outer] > pieces else up[outer])
    return Surroundings(local, broad, up)


_SENTENCE_MARKS = frozenset(".,;:!?。，、！？؟،।…")


def _is_prose(text: str, linked: int) -> bool:
    """Tell running text from labels and links: long enough, punctuated, mostly unlinked."""
    length = len(text)
    if length < 20 or linked * 2 > length:
        return False
    return length >= 80 or not _SENTENCE_MARKS.isdisjoint(text)
