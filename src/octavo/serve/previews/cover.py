"""The picture of a podcast, square, as large as podcast apps ask for: the mark, the name, the edition's title."""

import io

from PIL import Image, ImageDraw

from octavo.serve import languages
from octavo.serve.previews import lines
from octavo.serve.previews.letters import Letters
from octavo.serve.previews.lines import Words

SIDE = 1400
_PAPER, _INK, _GREY, _ACCENT = (251, 249, 244), (28, 26, 21), (96, 91, 82), (160, 38, 24)
_EDGE = 140
_SIZES = (120, 96, 76, 60, 44)


def draw_cover(title: str, language: str, letters: Letters) -> bytes:
    """Draw a cover as JPEG. A title of which a letter cannot be set is left out; never boxes."""
    canvas = Image.new("RGB", (SIDE, SIDE), _PAPER)
    pen = ImageDraw.Draw(canvas)
    rtl = languages.direction(language) == "rtl"
    left = SIDE - _EDGE - 300 if rtl else _EDGE
    pen.rectangle((left, 240, left + 300, 660), fill=_INK)
    pen.line((left + 150, 240, left + 150, 660), fill=_PAPER, width=8)
    pen.ellipse((left + 215, 155, left + 385, 325), fill=_ACCENT, outline=_PAPER, width=16)
    name = lines.words(letters, "Octavo", 230, rtl=False, language="en")
    for line, y, colour in ((name, 930, _INK), (_fitting(letters, title, language, rtl=rtl), 1120, _GREY)):
        if line is not None:
            lines.draw(pen, line, (SIDE - _EDGE - lines.width(line) if rtl else _EDGE, y), colour)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _fitting(letters: Letters, title: str, language: str, *, rtl: bool) -> Words | None:
    """Set a title as large as it fits; None where it cannot be set."""
    for size in _SIZES:
        line = lines.words(letters, title, size, rtl=rtl, language=language)
        if line is None or lines.width(line) <= SIDE - 2 * _EDGE:
            return line
    return None
