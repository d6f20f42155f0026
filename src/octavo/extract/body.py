"""The main text: every piece of a page is judged by fitted weights, and the likeliest whole is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from octavo.extract.evidence import Known, Matrix, gather
from octavo.extract.hints import Hint
from octavo.extract.layout import Layout
from octavo.extract.network import Network, network
from octavo.extract.phrases import placeholders
from octavo.extract.trees import Trees, trees
from octavo.text.html import tidy

_REPEATED = 40  # characters from which a repeated piece is a copy, not a refrain
_CELL = 160  # characters; a table of longer cells lays out prose
_DOUBTFUL = 0.05
_COOKIE_WORDS = ("cookie", "consent", "einwillig", "opt-out", "opting out", "opting-out", "куки")
_TOLD, _MOST = 2, 0.8  # pieces of a box that speak of cookies; and the share of the prose that is no notice any more
_SAID, _CREDIT = 15, 60  # characters of a picture's alternative text that are no accident; of a credit after it


@dataclass(frozen=True, slots=True)
class Body:
    """The pieces chosen, by number; how likely each piece of the page is to belong; the F1 to be expected."""

    chosen: tuple[int, ...] = ()
    likely: npt.NDArray[np.float64] | None = None
    expected: float = 0.0


def choose(layout: Layout, known: Known) -> Body:
    """Choose the pieces of the article's body: the set whose expected F1 against the true body is highest.

    Pieces are taken from the likeliest down; where to stop is weighed by what either side would lose, so there is no
    threshold to tune.
    """
    if not layout.pieces:
        return Body()
    return settle(layout, judge(gather(layout, known), network(), trees()))


def judge(evidence: Matrix, by_network: Network, by_trees: Trees) -> npt.NDArray[np.float64]:
    """The probability, for each row of evidence, that the piece is the article's: what both say, in the middle.

    Trees judge pages of sites unseen better, the network pages unlike those it learned from; together beats either.
    """
    odds = np.clip((by_network.log_odds(evidence) + by_trees.log_odds(evidence)) / 2, -30, 30)
    likely: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return likely


def settle(layout: Layout, likely: npt.NDArray[np.float64]) -> Body:
    """Choose by how likely each piece belongs; tables and lists are judged as one, placeholders and captions go."""
    doubtful = np.flatnonzero(likely > _DOUBTFUL).tolist()
    found = placeholders([layout.pieces[number].text for number in doubtful])
    likely[[doubtful[number] for number in found]] = 0.0
    for apart in (*_captions(layout), *_notices(layout)):
        likely[apart] = 0.0
    _settle_tables(layout, likely)
    _settle_lists(layout, likely)
    chosen, expected = likeliest(likely, np.array([len(piece.text) for piece in layout.pieces], np.float64))
    return Body(_once(layout, chosen), likely, expected)


def _captions(layout: Layout) -> Iterator[int]:
    """Find pieces right below a picture that say what it says for those who cannot see it, and perhaps its credit."""
    for media in layout.media:
        said = tidy(media.attributes.get("alt") or "")
        if len(said) < _SAID or media.before >= len(layout.pieces):
            continue
        below = layout.pieces[media.before].text
        if below.startswith(said) and len(below) <= len(said) + _CREDIT:
            yield media.before


def _notices(layout: Layout) -> Iterator[int]:
    """Find pieces of a notice on cookies: in a box named for it, or in one that speaks of little else.

    There are none on a page whose headline speaks of them: that is an article on privacy.
    """
    if not _speaks_of_cookies("\n".join([piece.text for piece in layout.pieces])):
        return
    if any(mark.kind == "h1" and _speaks_of_cookies(mark.text) for mark in layout.marked):
        return
    together: dict[int, list[int]] = {}
    for number, piece in enumerate(layout.pieces):
        together.setdefault(layout.around.up[piece.box], []).append(number)
    for numbers in together.values():
        speaking = [number for number in numbers if _speaks_of_cookies(layout.pieces[number].text)]
        size = sum(len(layout.pieces[number].text) for number in numbers)
        if len(speaking) >= _TOLD and 3 * len(speaking) >= len(numbers) and size < _MOST * layout.boxes[0].prose:
            yield from numbers
        else:
            yield from (n for n in speaking if layout.around.local[layout.pieces[n].box] & Hint.CONSENT)


def _speaks_of_cookies(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in _COOKIE_WORDS)


def _settle_tables(layout: Layout, likely: npt.NDArray[np.float64]) -> None:
    """Judge a table as one: its cells are too short to be judged alone, and half a table says nothing."""
    if not any(box.tag == "tr" for box in layout.boxes):
        return
    cells: dict[int, list[int]] = {}
    for number, piece in enumerate(layout.pieces):
        table = layout.table_of(piece.box)
        if table >= 0:
            cells.setdefault(table, []).append(number)
    for numbers in cells.values():
        around = [likely[number] for number in (numbers[0] - 1, numbers[-1] + 1) if 0 <= number < len(likely)]
        inside = float(np.mean(likely[numbers]))
        if max(len(layout.pieces[number].text) for number in numbers) <= _CELL:
            likely[numbers] = (inside + sum(around)) / (1 + len(around))


def _settle_lists(layout: Layout, likely: npt.NDArray[np.float64]) -> None:
    """Let the entries of a list speak for each other: lists are the article's or not, rarely in part."""
    boxes = layout.boxes
    lists = [boxes[piece.box].parent if boxes[piece.box].tag == "li" else -1 for piece in layout.pieces]
    numbers = [number for number, one in enumerate(lists) if one >= 0]
    if not numbers:
        return
    of = [lists[number] for number in numbers]
    means = np.bincount(of, likely[numbers]) / np.maximum(np.bincount(of), 1)
    likely[numbers] = (likely[numbers] + means[of]) / 2


def likeliest(likely: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> tuple[list[int], float]:
    """The set of highest expected F1, and that F1, given how likely each piece belongs and how long it is."""
    order = np.argsort(-likely, kind="stable")
    right = np.cumsum((likely * sizes)[order])
    taken = np.cumsum(sizes[order])
    scores = 2 * right / (taken + right[-1])
    best = int(np.argmax(scores))
    return sorted(int(number) for number in order[: best + 1]), float(scores[best])


def _once(layout: Layout, chosen: list[int]) -> tuple[int, ...]:
    """Leave out pieces that repeat a chosen one: pages carry a text twice, for two widths of screen."""
    seen: set[str] = set()
    kept = []
    for number in chosen:
        text = layout.pieces[number].text
        if len(text) > _REPEATED and text in seen:
            continue
        seen.add(text)
        kept.append(number)
    return tuple(kept)
