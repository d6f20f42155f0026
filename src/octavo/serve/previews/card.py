"""One picture for link previews, 1200 × 630 pixels: masthead, headline, source; the lead picture beside them."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from octavo.serve.previews import lines
from octavo.serve.previews.letters import Letters
from octavo.serve.previews.lines import Words

SIZE = (1200, 630)

_PAPER, _INK, _GREY, _ACCENT, _RULE = (251, 249, 244), (28, 26, 21), (96, 91, 82), (160, 38, 24), (221, 215, 204)
_EDGE = 64
_BESIDE = 470  # pixels of a picture's width beside words
_SIZES = (104, 90, 76, 68, 60, 54, 48, 42, 36)
_LINES = 6
_LONGEST = 180  # characters of a headline that are set
_LEADING = {True: 1.42, False: 1.14}  # Arabic letters reach higher and deeper
_FLOOR = 520  # where the foot's rule is, pixels from above


@dataclass(frozen=True, slots=True)
class Said:
    """What a preview says: the headline and who reports it, in a language; `picture` is bytes of ours, or none."""

    headline: str
    language: str
    rtl: bool
    source: str
    note: str = ""
    picture: bytes = b""


def draw_card(said: Said, letters: Letters) -> bytes:
    """Draw a preview as JPEG. Where a letter cannot be set it has no words but the masthead's; never boxes."""
    canvas = Image.new("RGB", SIZE, _PAPER)
    picture = Image.open(io.BytesIO(said.picture)).convert("RGB") if said.picture else None
    free = SIZE[0] - 2 * _EDGE - (_BESIDE if picture else 0)
    headline = _headline(said, letters, free)
    if headline is None:
        if picture is not None:
            canvas.paste(ImageOps.fit(picture, (SIZE[0], _FLOOR), Image.Resampling.LANCZOS), (0, 0))
        _masthead(ImageDraw.Draw(canvas), letters, (_EDGE, 585), rtl=False, to=SIZE[0] - _EDGE)
        return _written(canvas)
    left = _EDGE
    if picture is not None:
        fitted = ImageOps.fit(picture, (_BESIDE, SIZE[1]), Image.Resampling.LANCZOS)
        canvas.paste(fitted, (0 if said.rtl else SIZE[0] - _BESIDE, 0))
        left += _BESIDE if said.rtl else 0
    pen = ImageDraw.Draw(canvas)
    right = left + free - (_EDGE // 2 if picture is not None else 0)
    _masthead(pen, letters, (left, 96), rtl=said.rtl, to=right)
    step = round(headline[0].size * _LEADING[said.rtl])
    y = 150 + headline[0].size
    for line in headline:
        _put(pen, line, (left, y), right, _INK)
        y += step
    pen.line((left, _FLOOR, right, _FLOOR), fill=_RULE, width=2)
    _foot(pen, said, letters, (left, right))
    return _written(canvas)


def _headline(said: Said, letters: Letters, free: int) -> list[Words] | None:
    """Set the headline as large as it fits; None where a letter of it cannot be set."""
    text = said.headline if len(said.headline) <= _LONGEST else f"{said.headline[:_LONGEST].rstrip()}…"
    for size in _SIZES:
        whole = lines.words(letters, text, size, rtl=said.rtl, language=said.language)
        if whole is None:
            return None
        room = (_FLOOR - 150 - size // 3) // round(size * _LEADING[said.rtl])
        found = lines.broken(whole, free - _EDGE // 2, min(_LINES, room))
        if found:
            return found
    return None


def _masthead(pen: ImageDraw.ImageDraw, letters: Letters, at: tuple[int, int], *, rtl: bool, to: int) -> None:
    name = lines.words(letters, "Octavo", 46, rtl=False, language="en")
    if name is None:
        return
    wide = lines.width(name)
    x = to - wide - 52 if rtl else at[0]
    pen.rectangle((x, at[1] - 36, x + 28, at[1]), fill=_INK)
    pen.ellipse((x + 18, at[1] - 42, x + 34, at[1] - 26), fill=_ACCENT, outline=_PAPER, width=3)
    lines.draw(pen, name, (x + 46, at[1]), _INK)


def _foot(pen: ImageDraw.ImageDraw, said: Said, letters: Letters, ends: tuple[int, int]) -> None:
    """Name the source, and say what there is to say of it, below it; what cannot be set is left out."""
    for text, size, y, colour in ((said.source, 30, 562, _INK), (said.note, 26, 602, _GREY)):
        set_ = lines.words(letters, text, size, rtl=said.rtl, language=said.language) if text else None
        if set_ is not None and lines.width(set_) <= ends[1] - ends[0]:
            _put(pen, set_, (ends[0], y), ends[1], colour)


def _put(pen: ImageDraw.ImageDraw, line: Words, at: tuple[int, int], right: int, colour: tuple[int, int, int]) -> None:
    x = right - lines.width(line) if line.rtl else at[0]
    lines.draw(pen, line, (x, at[1]), colour)


def _written(canvas: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=86, subsampling=0, optimize=True)
    return out.getvalue()
