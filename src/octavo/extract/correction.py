"""The publisher's own correction of what it published before."""

import re
from collections.abc import Iterable

from octavo.extract.hints import Hint
from octavo.extract.layout import Layout

_LABEL = re.compile(
    r"^(?:corrections?|correction note|editor[’']s note|clarification|berichtigung|korrektur(?:hinweis)?|"
    r"anmerkung der redaktion|transparenzhinweis|correctif|rectificatif|erratum|corrección|fe de erratas|rectificación|"
    r"errata corrige|rettifica|correção|errata|rectificatie|rättelse|rettelse|korjaus|sprostowanie|düzeltme|"
    r"исправление|уточнение|виправлення|виправлено|уточнення|تصحيح|تصويب|更正|訂正|정정)"
    r"(?:\s?[(:：.—–-]|\s\w{1,10}\s?[:：]|$)",
    re.IGNORECASE,
)
_LONGEST = 900  # characters
_FAR = 12  # pieces behind the body


def find_correction(layout: Layout, chosen: Iterable[int]) -> tuple[str, frozenset[int]]:
    """The correction's text without its label, and the pieces that hold it; the body may hold them too."""
    numbers = sorted(chosen)
    if not numbers:
        return "", frozenset()
    for number in range(max(0, numbers[0] - _FAR), min(numbers[-1] + _FAR, len(layout.pieces))):
        piece = layout.pieces[number]
        label = _LABEL.match(piece.text) if len(piece.text) <= _LONGEST else None
        if not label:
            continue
        text = piece.text[label.end() :].lstrip(" :：.)—–-")
        if len(text) > len(label.group()):
            return text, frozenset({number})
        following = layout.pieces[number + 1] if number + 1 < len(layout.pieces) else None
        if following and _belongs(layout, number) and len(following.text) <= _LONGEST:
            return following.text, frozenset({number, number + 1})
    return "", frozenset()


def _belongs(layout: Layout, number: int) -> bool:
    """Tell a label that stands with the next piece in a small box from a heading of a page about corrections."""
    first, second = layout.pieces[number].box, layout.pieces[number + 1].box
    shared = next((box for box in layout.chain(first) if box in layout.chain(second)), -1)
    return shared >= 0 and (layout.boxes[shared].pieces <= 4 or bool(layout.boxes[shared].hints & Hint.COPYRIGHT))
