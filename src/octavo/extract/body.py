"""The main text: every piece of a page is judged by fitted weights, and the likeliest whole is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from octavo.extract.evidence import Known, Matrix, gather
from octavo.extract.hints import Hint
from octavo.extract.layout import Layout
from octavo.extract.network import Network, network
from octavo.extract.others import of_others
from octavo.extract.phrases import is_pitch, placeholders
from octavo.extract.trees import Trees, trees
from octavo.text.unseen import tidy

_REPEATED = 40  # characters from which a repeated piece is a copy, not a refrain
_CELL = 160  # characters; a table of longer cells lays out prose
_DOUBTFUL = 0.05
_NOTICES = (
    ("cookie", "consent", "einwillig", "opt-out", "opting out", "opting-out", "куки"),
    ("republish", "reprint", "creative commons", "wiederveröffentlich", "republier", "republicar", "ripubblica"),
)
_TOLD, _MOST = 2, 0.8  # pieces of a box that speak of it; and the share of the prose that is no notice any more
_FIRST, _LAST = 2, 5  # pieces at the beginning and the end of a body
_SURE = -4.0  # log odds
_LOST = 0.5  # an expected F1 below which what is chosen is as likely something else
_ENOUGH = 400  # characters of running text that make an article
_HEADING = (
    60  # characters of what stands over a box; with more than _TOLD pieces that speak of the same, it is a notice
)
_OF_PIECES, _OF_CELLS = (
    3,
    6,
)  # one in so many of a box's pieces, of a table's cells (a row: name, duration, use), is enough
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
    return settle(layout, judge(gather(layout, known), network(), trees()), known.titles)


def judge(evidence: Matrix, by_network: Network, by_trees: Trees) -> npt.NDArray[np.float64]:
    """The probability, for each row of evidence, that the piece is the article's: what both say, in the middle.

    Trees judge pages of sites unseen better, the network pages unlike those it learned from; together beats either.
    Trees are not asked about what the network is sure to be none, more than half of a page: no piece was ever chosen
    of which it was.
    """
    odds = by_network.log_odds(evidence)
    open_ = np.flatnonzero(odds > _SURE)
    odds[open_] = (odds[open_] + by_trees.log_odds(evidence[open_])) / 2
    likely: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return likely


def settle(layout: Layout, likely: npt.NDArray[np.float64], titles: frozenset[str] = frozenset()) -> Body:
    """Choose by how likely each piece belongs; tables and lists are judged as one, placeholders and captions go, and
    what readers or another article say. `titles` are what the page calls its article, as letters and digits."""
    doubtful = np.flatnonzero(likely > _DOUBTFUL).tolist()
    found = placeholders([layout.pieces[number].text for number in doubtful])
    likely[[doubtful[number] for number in found]] = 0.0
    for apart in (*_captions(layout), *_notices(layout), *of_others(layout, titles)):
        likely[apart] = 0.0
    _settle_tables(layout, likely)
    _settle_lists(layout, likely)
    sizes = np.array([len(piece.text) for piece in layout.pieces], np.float64)
    chosen, expected = likeliest(likely, sizes)
    if expected < _LOST or sizes[chosen].sum() < _ENOUGH:
        under = _under_headline(layout)
        if under and (expected < _LOST or not set(under).intersection(chosen)):
            chosen, expected = under, _LOST
    return Body(_once(layout, _unasked(layout, chosen)), likely, expected)


def _unasked(layout: Layout, chosen: list[int]) -> list[int]:
    """Leave out what asks readers to sign up, subscribe or give, where a body begins and ends."""
    ends = {*chosen[:_FIRST], *chosen[-_LAST:]} if len(chosen) > _FIRST + _LAST else set()
    return [number for number in chosen if number not in ends or not is_pitch(layout.pieces[number].text)]


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
    """Find pieces of a notice on cookies or on who may print the text again.

    There are none on a page whose headline speaks of the same: that is an article on it.
    """
    whole = layout.lowered
    for words in _NOTICES:
        if not _speaks(whole, words):
            continue
        lines = enumerate(whole.split("\n"))
        found = set(_notice(layout, {number for number, line in lines if _speaks(line, words)}))
        heads = [mark for mark in layout.marked if mark.kind == "h1" and mark.piece not in found]
        if not any(_speaks(mark.text.lower(), words) for mark in heads):
            yield from found


def _notice(layout: Layout, speaking: set[int]) -> Iterator[int]:
    """The pieces of boxes and tables that speak of little else, or that speak of it in a box named for it."""
    together: dict[tuple[str, int], list[int]] = {}
    for number, piece in enumerate(layout.pieces):
        table = layout.table_of(piece.box)
        place = ("table", table) if table >= 0 else ("box", layout.around.up[piece.box])
        together.setdefault(place, []).append(number)
    for (kind, _), numbers in together.items():
        share = _OF_CELLS if kind == "table" else _OF_PIECES
        these = speaking.intersection(numbers)
        size = sum(len(layout.pieces[number].text) for number in numbers)
        if len(these) >= _TOLD and share * len(these) >= len(numbers) and size < _MOST * layout.boxes[0].prose:
            yield from numbers
        else:
            yield from (n for n in these if layout.around.local[layout.pieces[n].box] & Hint.CONSENT)
    for number in speaking:
        box = layout.boxes[layout.around.up[layout.pieces[number].box]]
        within = range(box.first, box.first + box.pieces)
        headed = (
            number <= box.first + 1 and len(layout.pieces[number].text) < _HEADING and not layout.pieces[number].prose
        )
        if headed and len(speaking.intersection(within)) > _TOLD and 2 * box.prose < layout.boxes[0].prose:
            yield from within


def _speaks(lowered: str, words: tuple[str, ...]) -> bool:
    return any(word in lowered for word in words)


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


def _under_headline(layout: Layout) -> list[int]:
    """The running text of the first <article> with a headline: what is left where all seems doubtful or little."""
    heads = (mark for mark in layout.marked if mark.kind == "h1")
    around = (box for mark in heads for box in layout.chain(mark.box) if layout.boxes[box].tag == "article")
    for box in (layout.boxes[number] for number in around):
        if box.prose >= _ENOUGH:
            return [number for number in range(box.first, box.first + box.pieces) if layout.pieces[number].prose]
    return []


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
