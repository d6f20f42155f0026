"""SVG elements as text, and the frame every picture here has: a name, a description, its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from octavo.serve.fields import shown


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture and the table that says the same: `head` names its columns, the first cell of a row names the row."""

    svg: Markup = shown("The picture, named and described.")
    title: str = shown("What it is called, in the page's language.")
    head: Sequence[str] = shown("What the columns of its table are called.")
    rows: Sequence[Sequence[str]] = shown("Its rows.")


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a picture is drawn on: its key is unique in the page, `height` is in CSS pixels, 0 leaves it to the style.

    Everything across is told in percent of the width, so that words keep their size on every screen.
    """

    key: str
    title: str
    description: str
    height: int = 0
    attributes: Mapping[str, object] = field(default_factory=dict)

    def draw(self, *inside: str) -> Markup:
        """Write the picture: an image to programs, whose name and description stand in it (SVG-AAM 1.0)."""
        name, told = f"plot-{self.key}-name", f"plot-{self.key}-told"
        sized = {"height": self.height} if self.height else {}
        return element(
            "svg",
            element("title", self.title, id=name),
            element("desc", self.description, id=told),
            *inside,
            class_=f"plot plot-{self.key.split('-')[0]}",
            width="100%",
            role="img",
            aria_labelledby=f"{name} {told}",
            **sized,
            **self.attributes,
        )


def element(name: str, *inside: str, **attributes: object) -> Markup:
    """Write one element: `_` in names of attributes stands for "-", one at the end for nothing; words are escaped.

    Numbers are written as short as they can be.
    """
    told = "".join(
        [f' {key.rstrip("_").replace("_", "-")}="{escape(short(value))}"' for key, value in attributes.items()]
    )
    body = "".join([escape(one) for one in inside])
    # Every part of it was escaped, but for names, which are ours.
    return Markup(f"<{name}{told}>{body}</{name}>" if inside else f"<{name}{told}/>")  # noqa: S704


def short(value: object) -> str:
    """Write a number without what says nothing: 12, 12.5; anything else as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def percent(value: float) -> str:
    """Write a share of the width."""
    return f"{short(float(value))}%"


def line(x: tuple[float, float], y: tuple[float, float], look: str) -> Markup:
    """Draw a line: x in percent of the width, y in pixels."""
    return element("line", x1=percent(x[0]), x2=percent(x[1]), y1=y[0], y2=y[1], class_=look)


def words(text: str, x: float, y: float, anchor: str, look: str) -> Markup:
    """Write words at a point; `anchor` is start, middle or end, in the direction the page is read."""
    return element("text", text, x=percent(x), y=y, text_anchor=anchor, class_=look)


def clipped(text: str, width: int) -> str:
    """Shorten a name to about so many letters; one of Chinese, Japanese or Korean takes the room of two."""
    room = width
    for place, char in enumerate(text):
        room -= 2 if is_broad(char) else 1
        if room < 0:
            return f"{text[:place].rstrip()}…"
    return text


def is_broad(char: str) -> bool:
    """Tell whether a letter takes the room of two: one of Chinese, Japanese or Korean."""
    return "\u1100" <= char <= "\uffdc" and not "\u2000" <= char <= "\u2dff"
