"""One walk over a page: every piece of text it shows, and the boxes around each."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from octavo.extract.hints import STATED, Hint, hints_of
from octavo.text.html import tidy

MAX_PIECES = 4_000
MAX_NODES = 400_000

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

_NAMING = ("class", "id", "data-testid", "data-component", "data-qa")

NAVIGATION_TAGS = frozenset({"nav", "footer", "menu", "button"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Box:
    """An element that holds blocks. `parent` is the number of the box around it, or -1; counts are of all in it."""

    parent: int
    tag: str
    depth: int
    hints: int
    name: str
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
    href: str = ""
    order: int = 0


@dataclass(slots=True)
class Media:
    """A picture or frame and where it stands: before piece `before`."""

    tag: str
    attributes: dict[str, str | None]
    box: int
    before: int


@dataclass(slots=True)
class Marked:
    """An element that says what it is: <time>, itemprop, rel=author, h1, or a class that names a byline or date."""

    kind: str
    node: LexborNode
    attributes: dict[str, str | None]
    hints: int
    box: int
    piece: int

    @property
    def text(self) -> str:
        """What the element shows."""
        return tidy(self.node.text(separator=" "))


@dataclass(slots=True)
class Layout:
    """All a page shows, in order."""

    boxes: list[Box] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)

    def chain(self, box: int) -> list[int]:
        """The boxes around a box, itself first."""
        found = []
        while box >= 0:
            found.append(box)
            box = self.boxes[box].parent
        return found


class _Walk:
    """The state of one walk; `run` fills `layout`."""

    __slots__ = ("bold", "bolded", "box", "buffer", "href", "layout", "link", "linked", "links", "own")

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
        self.href = ""

    def run(self, root: LexborNode) -> Layout:
        """Visit every node under `root` in document order, without recursion."""
        stack: list[tuple[LexborNode, str, int]] = []
        node: LexborNode | None = root
        seen = 0
        while node is not None:
            seen += 1
            tag = node.tag or ""
            child = None
            if tag == "-text":
                self.text(node.text_content or "")
            elif tag not in _SKIPPED:
                outer = self.box
                self.enter(tag, node)
                child = node.first_child
                if child is not None:
                    stack.append((node, tag, outer))
                    node = child
                    continue
                self.leave(tag, outer)
            following = node.next
            while following is None and stack:
                node, tag, outer = stack.pop()
                self.leave(tag, outer)
                following = node.next
            node = following
            if seen > MAX_NODES or len(self.layout.pieces) > MAX_PIECES:
                break
        self.flush()
        return self.layout

    def text(self, raw: str) -> None:
        """Take in a text node."""
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
        if tag == "br":
            self.line_break()
            return
        if tag in _MEDIA:
            self.layout.media.append(Media(tag, node.attributes, self.box, len(self.layout.pieces)))
            if tag != "picture":
                return
        if tag == "a":
            self.link += 1
            self.links += 1
            if not self.href:
                self.href = node.attributes.get("href") or ""
        elif tag in _EMPHASIS:
            self.bold += 1
        if tag in _INLINE or "-" in tag:
            self.inline(tag, node)
            return
        self.flush()
        self.open_box(tag, node)

    def inline(self, tag: str, node: LexborNode) -> None:
        """Note what an inline element says of the text it starts."""
        attributes = node.attributes
        name = attributes.get("class") or ""
        if name and not self.buffer:
            self.own |= hints_of(name)
        self.mark(tag, name, node, attributes)

    def open_box(self, tag: str, node: LexborNode) -> None:
        """Begin a box."""
        attributes = node.attributes
        name, hints = _stated(attributes) if attributes else ("", 0)
        boxes = self.layout.boxes
        depth = boxes[self.box].depth + 1 if self.box >= 0 else 0
        boxes.append(Box(self.box, tag, depth, hints, name))
        self.box = len(boxes) - 1
        self.mark(tag, name, node, attributes)

    def mark(self, tag: str, name: str, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """Remember an element that names a fact."""
        hints = hints_of(name) if name else 0
        kind = "time" if tag == "time" else attributes.get("itemprop") or ""
        if not kind and (attributes.get("rel") or "") == "author":
            kind = "author"
        if not kind and tag == "h1":
            kind = "h1"
        if not kind and name:
            kind = "byline" if hints & Hint.BYLINE else "date" if hints & Hint.DATE else ""
        if kind and len(self.layout.marked) < 400:
            self.layout.marked.append(Marked(kind, node, attributes, hints, self.box, len(self.layout.pieces)))

    def leave(self, tag: str, outer: int) -> None:
        """End an element."""
        if tag == "a":
            self.link -= 1
        elif tag in _EMPHASIS:
            self.bold -= 1
        if self.box != outer:
            self.flush()
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
                pieces = self.layout.pieces
                pieces.append(
                    Piece(text, self.box, self.linked, self.bolded, self.links, self.own, self.href, len(pieces))
                )
            self.buffer.clear()
        self.linked = self.bolded = self.links = self.own = 0
        self.href = ""


def _stated(attributes: dict[str, str | None]) -> tuple[str, int]:
    """Read an element's names and what they say of it."""
    name = " ".join(filter(None, map(attributes.get, _NAMING)))
    hints = hints_of(name) if name else 0
    for stated in ("itemprop", "role"):
        value = attributes.get(stated)
        if value:
            hints |= STATED.get(value.lower(), 0)
    return name, hints | Hint.HIDDEN if _hidden(attributes) else hints


def _hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and "display" in style:
        return "display:none" in style.replace(" ", "").lower()
    return False


def lay_out(root: LexborNode) -> Layout:
    """Walk a page's body and count, for every box, what is in it."""
    layout = _Walk().run(root)
    boxes = layout.boxes
    for piece in layout.pieces:
        if piece.box < 0:
            continue
        box = boxes[piece.box]
        box.chars += len(piece.text)
        box.linked += piece.linked
        box.pieces += 1
        if is_prose(piece):
            box.prose += len(piece.text)
    for box in reversed(boxes):
        if box.parent >= 0:
            outer = boxes[box.parent]
            outer.chars += box.chars
            outer.linked += box.linked
            outer.pieces += box.pieces
            outer.prose += box.prose
    return layout


_SENTENCE_MARKS = frozenset(".,;:!?。，、！？؟،।…")


def is_prose(piece: Piece) -> bool:
    """Tell running text from labels and links: long enough, punctuated, mostly unlinked."""
    length = len(piece.text)
    if length < 20 or piece.linked * 2 > length:
        return False
    return length >= 80 or any(mark in _SENTENCE_MARKS for mark in piece.text)
