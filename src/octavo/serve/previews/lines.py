"""A text in lines: broken where its language breaks, set in several fonts, in either direction."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PIL import ImageDraw, features

from octavo.serve.previews.letters import Face, Letters, font

_NOT_FIRST = frozenset("、。，．・：；？！」』）】〉》〕”’…ー々ゃゅょっャュョッ,.:;!?)]}»%")
_NOT_LAST = frozenset("「『（【〈《〔“‘([{«")
_WIDE = frozenset("WF")
_RTL = frozenset(("R", "AL"))


@dataclass(frozen=True, slots=True)
class Words:
    """A text to set: which way it runs, its language, a font for each character, its size in pixels."""

    text: str
    faces: Sequence[Face]
    size: int
    rtl: bool
    language: str

    def part(self, start: int, end: int) -> "Words":
        """Cut out a part, without the blanks at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Words(self.text[start:end], self.faces[start:end], self.size, self.rtl, self.language)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font and direction that stand side by side."""

    text: str
    face: Face
    rtl: bool


def words(letters: Letters, text: str, size: int, *, rtl: bool, language: str) -> Words | None:
    """Choose fonts for a text; None where a letter of it cannot be set."""
    clean = " ".join(text.split())
    faces = letters.for_text(clean, language)
    return Words(clean, faces, size, rtl, language) if faces is not None else None


def runs(line: Words) -> list[Run]:
    """Cut a line into runs in the order they stand in, from the left (UAX #9 for one level of embedding)."""
    found: list[Run] = []
    start = 0
    for face, same in groupby(line.faces):
        end = start + len(list(same))
        text = line.text[start:end]
        found.append(Run(text, face, _runs_left(text, rtl=line.rtl)))
        start = end
    if not line.rtl:
        return found
    placed: list[Run] = []
    for rtl, group in groupby(reversed(found), key=lambda run: run.rtl):
        together = list(group)
        placed += together if rtl else together[::-1]
    return placed


def _runs_left(text: str, *, rtl: bool) -> bool:
    """Tell whether a run goes leftwards: by its strong letters, else as the line does."""
    strong = [kind for char in text if (kind := unicodedata.bidirectional(char)) in (*_RTL, "L")]
    return strong[0] in _RTL if strong else rtl


def width(line: Words) -> float:
    """Measure a line, in pixels."""
    return sum(font(run.face, line.size).getlength(run.text, **_how(run, line)) for run in runs(line))


def _how(run: Run, line: Words) -> dict[str, Any]:
    """Tell the shaper the direction and language; without one, letters are set one after the other."""
    if not features.check("raqm"):
        return {}
    return {"direction": "rtl" if run.rtl else "ltr", "language": line.language}


def broken(text: Words, most: float, lines: int) -> list[Words] | None:
    """Break a text into at most `lines` lines of at most `most` pixels; None where it does not fit."""
    made: list[Words] = []
    start = 0
    places = [*_breaks(text.text), len(text.text)]
    while start < len(text.text):
        fitting = [place for place in places if place > start and width(text.part(start, place)) <= most]
        if not fitting or len(made) == lines:
            return None
        made.append(text.part(start, fitting[-1]))
        start = fitting[-1]
    return made


def _breaks(text: str) -> Iterator[int]:
    """Give the places where a line may end: after a blank, and between letters of scripts that write none."""
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if before.isspace():
            yield place
        elif after.isspace() or after in _NOT_FIRST or before in _NOT_LAST:
            continue
        elif unicodedata.east_asian_width(before) in _WIDE or unicodedata.east_asian_width(after) in _WIDE:
            yield place


def draw(canvas: ImageDraw.ImageDraw, line: Words, at: tuple[float, float], colour: tuple[int, int, int]) -> None:
    """Draw a line with its left end, on the baseline, at a place in pixels."""
    x, y = at
    for run in runs(line):
        opened, how = font(run.face, line.size), _how(run, line)
        canvas.text((x, y), run.text, fill=colour, font=opened, anchor="ls", **how)
        x += opened.getlength(run.text, **how)
