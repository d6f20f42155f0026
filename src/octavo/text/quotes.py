"""Direct speech in a paragraph: where quotation marks of any style, or a dialogue dash, open and close it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 40
"""Quotations of one paragraph."""

_PAIRS = {
    "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "”": "”", "‹": "›", "‘": "’", "‚": "‘’",
    "〝": "〟", '"': '"', "'": "'",
}  # fmt: skip
"""Marks that open, with those that may close what each opens; which may open depends on what stands before."""

_MARK = re.compile("[“„«»「『”‹‘‚〝\"']")
_EITHER_WAY = frozenset("»”\"'’‘")
"""Marks that both open and close: they open where a word may begin."""

_LETTERS = re.compile(r"[^\W_]")
_APOSTROPHES = frozenset("’'‘")
_DASH = re.compile(r"\s{0,2}[—–―-]\s{0,2}(?=[^\W\d_]|[¿¡«\"“])")
_DASHES = re.compile(
    r"(?:(?<=[,.!?…»])\s{0,2}|(?<=[^\W\d_])\s)[—–―-]\s{0,2}(?=[^\W_])|(?<=[^\W_])[—–―][.,;:…]\s{1,2}(?=[^\W_])"
)
_EASTERN = frozenset("「『")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two marks: characters `start` to `end` of a text, the marks outside.

    `mark` is the one that opens, "—" for a line of dialogue. `closed` is False where speech goes on in the next
    paragraph, which repeats the opening mark.
    """

    start: int
    end: int
    mark: str
    closed: bool = True


def find_quoted(text: str) -> list[Quoted]:
    """List what a paragraph quotes, outermost only, in order."""
    if not _MARK.search(text):
        return []
    found: list[Quoted] = []
    place = 0
    while len(found) < MOST:
        opening = _MARK.search(text, place)
        if opening is None:
            break
        place = opening.end()
        if not _opens(text, opening.start()):
            continue
        quoted = _closed(text, opening.start())
        if quoted:
            found.append(quoted)
            place = quoted.end + 1
            while place < len(text) and text[place - 1].isspace():
                place += 1
    return found


def _opens(text: str, place: int) -> bool:
    """Tell an opening mark from a closing one or an apostrophe: a word begins behind it and none ends before it."""
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if not after or after.isspace():
        return mark == "«"  # French sets a space inside
    if mark in _EASTERN or mark in "“„«":
        return True
    return not (_LETTERS.match(before) or before in ".,;:!?…)%") or not before


def _closed(text: str, place: int) -> Quoted | None:
    """Find where the quotation that opens here ends; marks of the same kind inside it are counted."""
    mark = text[place]
    closing = _PAIRS[mark]
    depth = 0
    for end in range(place + 1, len(text)):
        char = text[end]
        if char == mark and char not in closing and mark not in _EITHER_WAY:
            depth += 1
        elif char in closing and _closes(text, end, mark):
            if not depth:
                return _trimmed(text, place, end, mark)
            depth -= 1
    if mark in _APOSTROPHES or mark in "‚»" or (mark in _EITHER_WAY and text[:place].strip()):
        return None
    return Quoted(place + 1, len(text.rstrip()), mark, closed=False)


def _closes(text: str, place: int, mark: str) -> bool:
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char == "“" and mark == "„":
        return True
    if char in _APOSTROPHES:
        return (
            not before.isspace() and not _LETTERS.match(after) and (not _LETTERS.match(before) or _ended(text, place))
        )
    if char in _EITHER_WAY:
        return not before.isspace() or char == "»"
    return True


def _ended(text: str, place: int) -> bool:
    """Tell a closing single mark from the apostrophe of "the ministers' plan": punctuation or an end follows."""
    return text[place - 1] != "s" or text[place + 1 : place + 2] in {"", ",", ".", ";", ":", "!", "?", ")"}


def _trimmed(text: str, place: int, end: int, mark: str) -> Quoted | None:
    inside = text[place + 1 : end]
    start = place + 1 + len(inside) - len(inside.lstrip())
    return Quoted(start, start + len(inside.strip()), mark) if inside.strip() else None


def find_dialogue(text: str) -> Iterator[tuple[int, int, bool]]:
    """Cut a line of dialogue at its dashes: (start, end, whether spoken); nothing where no dash opens the paragraph.

    Speech and who speaks it take turns: "— Speech, — says X. — More."
    """
    opening = _DASH.match(text)
    if opening is None:
        return
    start, spoken = opening.end(), True
    for dash in _DASHES.finditer(text, start):
        yield start, dash.start(), spoken
        start, spoken = dash.end(), not spoken
    yield start, len(text), spoken
