"""One walk over a page: every piece of text it shows, and the boxes around each."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from octavo.extract.hints import STATED, Hint, hints_of
from octavo.text.html import tidy

MAX_PIECES = 4_000
MAX_NODES = 400_000
MAX_MARKED = 400
_LONG_MARK = 5_000

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

_REPLACED = _MEDIA - {"picture"}  # what they hold is shown only where they cannot be
_PLAYERS = frozenset({"amp-youtube", "amp-twitter", "amp-instagram", "lite-youtube"})
_NOTED = frozenset({"h1", "pre", "time"}) | _PLAYERS
_KNOWN_INLINE = _INLINE | _MEDIA | {"br"}
_NAMING = frozenset({"class", "id", "data-testid", "data-component", "data-qa"})
_STATING = frozenset({"itemprop", "role"})

_COUNTED = _EMPHASIS | {"a"}

_FACTS = Hint.BYLINE | Hint.DATE
_MARKING = _FACTS | Hint.EMBED
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


_AROUND = (
    "article", "main", "aside", "nav", "footer", "header", "form", "table", "ul", "ol", "blockquote", "figure",
    "button", "details", "section", "menu", "summary", "fieldset", "label", "address",
)  # fmt: skip
HINT_BITS = 36
TAG_BITS = {tag: 1 << (HINT_BITS + number) for number, tag in enumerate(_AROUND)}
BITS = HINT_BITS + len(_AROUND)
_LOCAL = 4  # a box with less than a quarter of the page's prose says something of its part only


@dataclass(slots=True)
class Box:
    """An element that holds blocks. `parent` is the number of the box around it, or -1; counts are of all in it.

    Its pieces are those from `first` on, in order, as many as `pieces` says.
    """

    parent: int
    tag: str
    hints: int
    first: int = 0
    chars: int = 0
    linked: int = 0
    prose: int = 0
    pieces: int = 0


@dataclass(slots=True)
class Piece:
    """A run of text between block boundaries. `linked` and `bold` count its characters inside links and bold type."""

    text: str
    box: int
    linked: int = 0
    bold: int = 0
    links: int = 0
    hints: int = 0
    prose: bool = False


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

    def table_of(self, box: int) -> int:
        """The innermost table around a box, when the box stands in a row of it; else -1."""
        row = False
        while box >= 0:
            tag = self.boxes[box].tag
            if tag == "table":
                return box if row else -1
            row = row or tag == "tr"
            box = self.boxes[box].parent
        return -1

    def chain(self, box: int) -> list[int]:
        """The boxes around a box, itself first."""
        found = []
        while box >= 0:
            found.append(box)
            box = self.boxes[box].parent
        return found


class _Walk:
    """The state of one walk; `run` fills `layout`."""

    __slots__ = ("bold", "bolded", "box", "buffer", "layout", "link", "linked", "links", "own")

    def __init__(self) -> None:
        self.layout = Layout()
        self.buffer: list[str] = []
        self.box = -1
        self.link = 0
        self.bold = 0
        self.linked = 0
        self.bolded = 0
        self.links = 0
        self.own = 0

    def run(self, root: LexborNode) -> Layout:
        """Visit every node under `root` in document order, without recursion."""
        stack: list[tuple[LexborNode, str, int]] = []
        node: LexborNode | None = root
        pieces = self.layout.pieces
        left = MAX_NODES
        while node is not None and left and len(pieces) <= MAX_PIECES:
            left -= 1
            tag = node.tag or ""
            if tag == "-text":
                self.text(node)
            elif tag not in _SKIPPED:
                outer = self.box
                self.enter(tag, node)
                child = None if tag in _REPLACED else node.first_child
                if child is not None:
                    stack.append((node, tag, outer))
                    node = child
                    continue
                if tag in _COUNTED or self.box != outer:
                    self.leave(tag, outer)
            following = node.next if stack else None
            while following is None and stack:
                node, tag, outer = stack.pop()
                if tag in _COUNTED or self.box != outer:
                    self.leave(tag, outer)
                following = node.next if stack else None
            node = following
        self.flush()
        for _, tag, outer in reversed(stack):
            self.leave(tag, outer)
        return self.layout

    def text(self, node: LexborNode) -> None:
        """Take in a text node; white space counts within a piece only."""
        raw = node.text_content or ""
        if not self.buffer and raw.isspace():
            return
        self.buffer.append(raw)
        if self.link or self.bold:
            length = len(raw.strip())
            if self.link:
                self.linked += length
            if self.bold:
                self.bolded += length

    def enter(self, tag: str, node: LexborNode) -> None:
        """Begin an element."""
        if tag not in _KNOWN_INLINE and "-" not in tag:
            if self.buffer or self.links or self.own:
                self.flush()
            self.open_box(tag, node)
        elif tag == "br":
            self.line_break()
        elif tag in _MEDIA:
            self.layout.media.append(Media(tag, node.attributes, self.box, len(self.layout.pieces)))
            if tag == "picture":
                self.flush()
                self.open_box(tag, node)
        else:
            if tag == "a":
                self.link += 1
                self.links += 1
            elif tag in _EMPHASIS:
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

    def open_box(self, tag: str, node: LexborNode) -> None:
        """Begin a box."""
        attributes = node.attributes
        hints = _stated(attributes) if attributes else 0
        boxes = self.layout.boxes
        boxes.append(Box(self.box, tag, hints, len(self.layout.pieces)))
        self.box = len(boxes) - 1
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

    def leave(self, tag: str, outer: int) -> None:
        """End an element."""
        if tag == "a":
            self.link -= 1
        elif tag in _EMPHASIS:
            self.bold -= 1
        if self.box != outer:
            if self.buffer or self.links or self.own:
                self.flush()
            left = self.layout.boxes[self.box]
            left.pieces = len(self.layout.pieces) - left.first
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
                self.layout.pieces.append(Piece(text, self.box, self.linked, self.bolded, self.links, self.own))
            self.buffer.clear()
        self.linked = self.bolded = self.links = self.own = 0


def _stated(attributes: dict[str, str | None]) -> int:
    """Read what an element's names, parts and visibility say of it."""
    if len(attributes) == 1 and (names := attributes.get("class")):
        return hints_of(names)
    hints = 0
    for name, value in attributes.items():
        if name in _NAMING:
            if value:
                hints |= hints_of(value)
        elif name in _STATING:
            if value:
                hints |= STATED.get(value.lower(), 0)
        elif name == "hidden" or (
            name == "style" and value and "none" in value and "display:none" in value.replace(" ", "").lower()
        ):
            hints |= Hint.HIDDEN
    return hints


def lay_out(root: LexborNode) -> Layout:
    """Walk a page's body and count, for every box, what is in it."""
    layout = _Walk().run(root)
    chars, linked, prose = [0], [0], [0]
    for piece in layout.pieces:
        length = len(piece.text)
        piece.prose = is_prose(piece)
        chars.append(chars[-1] + length)
        linked.append(linked[-1] + piece.linked)
        prose.append(prose[-1] + length if piece.prose else prose[-1])
    for box in layout.boxes:
        first, end = box.first, box.first + box.pieces
        if box.pieces:
            box.chars = chars[end] - chars[first]
            box.linked = linked[end] - linked[first]
            box.prose = prose[end] - prose[first]
    layout.around = _surroundings(layout.boxes)
    return layout


def _surroundings(boxes: list[Box]) -> Surroundings:
    """Gather what the boxes around every box say."""
    total = boxes[0].prose if boxes else 0
    local: list[int] = []
    broad: list[int] = []
    up: list[int] = []
    for number, box in enumerate(boxes):
        bits = box.hints | TAG_BITS.get(box.tag, 0)
        outer = box.parent
        near, far = (local[outer], broad[outer]) if outer >= 0 else (0, 0)
        if box.prose * _LOCAL < total or not total:
            near |= bits
        else:
            far |= bits
        local.append(near)
        broad.append(far)
        if outer < 0:
            up.append(number)
        else:
            up.append(outer if boxes[outer].pieces > box.pieces else up[outer])
    return Surroundings(local, broad, up)


_SENTENCE_MARKS = frozenset(".,;:!?。，、！？؟،।…")


def is_prose(piece: Piece) -> bool:
    """Tell running text from labels and links: long enough, punctuated, mostly unlinked."""
    length = len(piece.text)
    if length < 20 or piece.linked * 2 > length:
        return False
    return length >= 80 or not _SENTENCE_MARKS.isdisjoint(piece.text)
