"""Two wordings set side by side: by sentences, and by words for showing the difference."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from octavo.domain.edit import Piece
from octavo.text.words import sentences

SENTENCES = 800
"""Sentences of a text that are compared; what lies behind them counts as one."""

_TOKENS = 1_200
"""Words of a passage that are compared one by one; a longer one is shown whole, gone and new."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\s+|[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’.,-][^\W{_UNSPACED}]+)*|[^\w\s]")

Block = tuple[str, int, int, int, int]


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each sentence of a text stands, in order."""
    found: list[tuple[int, int]] = []
    end = 0
    for sentence in sentences(text):
        start = text.find(sentence, end)
        if start < 0:
            continue
        end = start + len(sentence)
        found.append((start, end))
    if len(found) > SENTENCES:
        found[SENTENCES - 1 :] = [(found[SENTENCES - 1][0], found[-1][1])]
    return found


def blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    """Compare two sequences: (kind, start, end, start, end) of each run, as difflib names them; equal ends first."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    if head:
        yield "equal", 0, head, 0, head
    middle = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False)
    for kind, start, end, other, until in middle.get_opcodes():
        yield kind, start + head, end + head, other + head, until + head
    if tail:
        yield "equal", len(before) - tail, len(before), len(after) - tail, len(after)


def word_diff(before: str, after: str) -> tuple[tuple[str, Piece], ...]:
    """Give the pieces of two texts for showing what changed; SAME and GONE make up `before`, SAME and NEW `after`."""
    old, new = _chunks(before), _chunks(after)
    found: list[tuple[str, Piece]] = []
    for kind, start, end, other, until in blocks(old, new):
        gone, came = "".join(old[start:end]), "".join(new[other:until])
        found += [(gone, Piece.SAME)] if kind == "equal" else _by_words(gone, came)
    return tuple(_joined(found))


def _chunks(text: str) -> list[str]:
    """Cut a text before each sentence; nothing is lost."""
    starts = [start for start, _ in spans(text)]
    edges = [0, *starts[1:], len(text)]
    return [text[start:end] for start, end in pairwise(edges) if start < end]


def _by_words(gone: str, came: str) -> list[tuple[str, Piece]]:
    old, new = tokens(gone), tokens(came)
    if not old or not new or max(len(old), len(new)) > _TOKENS:
        return [(gone, Piece.GONE), (came, Piece.NEW)]
    found: list[tuple[str, Piece]] = []
    for kind, start, end, other, until in blocks(old, new):
        if kind == "equal":
            found.append(("".join(old[start:end]), Piece.SAME))
        else:
            found += [("".join(old[start:end]), Piece.GONE), ("".join(new[other:until]), Piece.NEW)]
    return found


def tokens(text: str) -> list[str]:
    """Cut a text into words, spaces and marks; in scripts without spaces into characters. Nothing is lost."""
    return _TOKEN.findall(text)


def _joined(pieces: Sequence[tuple[str, Piece]]) -> Iterator[tuple[str, Piece]]:
    """Put together what is alike and adjoins; a space alone between two changes is part of them."""
    kept: list[tuple[str, Piece]] = []
    for text, kind in pieces:
        if not text:
            continue
        if kept and kept[-1][1] is kind:
            kept[-1] = (kept[-1][0] + text, kind)
        else:
            kept.append((text, kind))
    yield from kept
