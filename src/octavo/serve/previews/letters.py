"""Fonts for every script: the house type for Latin letters, the system's for others, letter by letter."""

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont, features

_HOUSE = ("newsreader-display.woff2", "newsreader-display-latin.woff2", "newsreader-display-ext.woff2")
_PLAIN = ("NotoSerif-Bold.ttf", "NotoSerif-SemiBold.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSans-Bold.ttf")
_CJK = ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-hans": 2, "zh-hant": 3, "zh-tw": 3, "zh-hk": 4}
_NO_GLYPH = "\U0010fffe"
"""A code point no font has: what is drawn for it is what is drawn for a missing letter."""

_NAMES = {
    "ARABIC": ("NotoNaskhArabic-Bold.ttf", "NotoSansArabic-Bold.ttf", "Amiri-Bold.ttf", "DejaVuSans-Bold.ttf"),
    "HEBREW": ("NotoSerifHebrew-Bold.ttf", "NotoSansHebrew-Bold.ttf", "DejaVuSans-Bold.ttf"),
    "DEVANAGARI": ("NotoSerifDevanagari-Bold.ttf", "NotoSansDevanagari-Bold.ttf", "Lohit-Devanagari.ttf"),
    "CJK": _CJK,
    "HIRAGANA": _CJK,
    "KATAKANA": _CJK,
    "HANGUL": _CJK,
}
_SIMPLE = frozenset("LATIN CYRILLIC GREEK ARMENIAN GEORGIAN CJK HIRAGANA KATAKANA HANGUL".split())
"""Scripts whose letters may be set one after the other, with no shaping."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font: a file's bytes or path, and its number in the file."""

    path: str
    index: int = 0
    house: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts there are, by file name."""

    found: Mapping[str, str]

    def faces(self, text: str, language: str) -> Sequence[Face]:
        """List the fonts to try for a text, best first."""
        tag = language.lower()
        number = _CJK_FACES.get(tag, _CJK_FACES.get(tag.split("-")[0], 0))
        names: list[str] = []
        for script in scripts(text):
            names += _NAMES.get(script, ()) or (
                f"NotoSerif{script.title()}-Bold.ttf",
                f"NotoSans{script.title()}-Bold.ttf",
            )
        names += _PLAIN
        if any(script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") for script in scripts(text)):
            names += _CJK
        there = [
            Face(self.found[name], number if name.endswith(".ttc") else 0)
            for name in dict.fromkeys(names)
            if name in self.found
        ]
        house = [Face(name, house=True) for name in _HOUSE]
        mainly_latin = next(iter(scripts(text)), "LATIN") == "LATIN"
        return [*house, *there] if mainly_latin else [*there[:1], *house, *there[1:]]

    def for_text(self, text: str, language: str) -> Sequence[Face] | None:
        """Choose a font for every character; None where a letter has none, or this machine cannot shape its script."""
        if not features.check("raqm") and not set(scripts(text)) <= _SIMPLE:
            return None
        faces = self.faces(text, language)
        chosen: list[Face | None] = []
        for char in text:
            if char.isspace() or unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf", "Cc"):
                chosen.append(None)
                continue
            face = next((one for one in faces if has(one, char)), None)
            if face is None:
                return None
            chosen.append(face)
        return _filled(text, chosen, faces[0])


def _filled(text: str, chosen: Sequence[Face | None], first: Face) -> list[Face]:
    """Give marks the font of their letter, and blanks that of both their neighbours, or the text's first."""
    made: list[Face] = []
    following: list[Face | None] = [None] * len(chosen)
    coming: Face | None = None
    for place in range(len(chosen) - 1, -1, -1):
        coming = chosen[place] or coming
        following[place] = coming
    for place, face in enumerate(chosen):
        before = made[-1] if made else first
        if face is None:
            face = (before if before == following[place] else first) if text[place].isspace() else before
        made.append(face)
    return made


def scripts(text: str) -> Sequence[str]:
    """Name the scripts of a text's letters, the commonest first, by the first word of their Unicode names."""
    counted: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            script = unicodedata.name(char, "?").split()[0].split("-")[0]
            counted[script] = counted.get(script, 0) + 1
    return sorted(counted, key=lambda script: -counted[script])


def find_letters(folders: Iterable[Path]) -> Letters:
    """Look for fonts in these folders and below."""
    found: dict[str, str] = {}
    for folder in folders:
        for pattern in ("**/*.ttf", "**/*.ttc", "**/*.otf"):
            for path in sorted(folder.glob(pattern)):
                found.setdefault(path.name, str(path))
    return Letters(found)


@lru_cache(maxsize=64)
def font(face: Face, size: int, *, shaped: bool = True) -> ImageFont.FreeTypeFont:
    """Open a font in a size, in pixels."""
    engine = ImageFont.Layout.RAQM if shaped and features.check("raqm") else ImageFont.Layout.BASIC
    source = io.BytesIO(_house(face.path)) if face.house else face.path
    return ImageFont.truetype(source, size, index=face.index, layout_engine=engine)


@cache
def _house(name: str) -> bytes:
    return (files("octavo.serve") / "static" / "fonts" / name).read_bytes()


@lru_cache(maxsize=32_768)
def has(face: Face, char: str) -> bool:
    """Tell whether a font has a letter: whether what it draws is not what it draws for a missing one."""
    opened = font(face, 24, shaped=False)
    return bytes(opened.getmask(char)) != bytes(opened.getmask(_NO_GLYPH))
