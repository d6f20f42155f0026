"""The text a feed carries itself, where its page shows only the beginning of it, or nothing that can be used."""

from octavo.domain.article import Block
from octavo.domain.entry import Entry
from octavo.extract.blocks import to_blocks
from octavo.extract.evidence import key
from octavo.extract.layout import Layout, Piece
from octavo.extract.walk import lay_out
from octavo.text.html import parse

_LEAST = 400  # characters of a text worth taking
_MOST = 2_000_000  # characters of a feed's HTML that are read
_LONGER = 1.3  # times the page's text: what a teaser leaves out is never less
_SENTENCE = 20  # letters
_SENTENCES = 200
_TEASER = 0.6  # of the page's sentences: with so many of them in the feed's text, the two are one
_USELESS = 0.5  # a page's promise below which it holds no article
_FEW = 60  # words of a page that shows next to nothing
_CUT_OFF = ("…", "...", "[…]", "[...]", "[&hellip;]")
_AGREED, _ALONE = 0.95, 0.85
"""The F1 such a text promises: where the page begins with the same words, and where nothing speaks for it but its
feed."""


def feed_blocks(entry: Entry | None, url: str) -> tuple[Block, ...]:
    """Set the longer of an entry's two texts in blocks; none when it is too short to be an article."""
    content = max((entry.content, entry.summary), key=len) if entry else ""
    if len(content) < _LEAST:
        return ()
    body = parse(content[:_MOST]).body
    if body is None:
        return ()
    layout = lay_out(body)
    chosen = _without_ends(layout)
    if sum(len(layout.pieces[number].text) for number in chosen) < _LEAST:
        return ()
    return to_blocks(layout, chosen, url)


def _without_ends(layout: Layout) -> list[int]:
    """The pieces between what only leads elsewhere, at the beginning and the end ("… appeared first on …")."""
    numbers = list(range(len(layout.pieces)))
    while numbers and _leads_away(layout.pieces[numbers[-1]]):
        numbers.pop()
    while numbers and _leads_away(layout.pieces[numbers[0]]):
        numbers.pop(0)
    return numbers


def _leads_away(piece: Piece) -> bool:
    return 2 * piece.linked > len(piece.text) or (piece.links > 1 and 3 * piece.linked > len(piece.text))


def promise_of_feed(shown: str, words: int, promised: float, carried: str) -> float:
    """Tell whether to take the text a feed carries for the one its page shows, and what F1 it promises; 0.0 for no.

    `words` counts what is shown, `promised` is the F1 its judges expect of it. The feed's is taken where it holds most
    sentences of the page's and goes on, and where the page shows nothing usable and the feed's text isn't cut off.
    """
    if carried.rstrip().endswith(_CUT_OFF):
        return 0.0
    if words < _FEW or promised < _USELESS:
        return _ALONE if len(carried) > _LONGER * len(shown) else 0.0
    if len(carried) < _LONGER * len(shown):
        return 0.0
    whole = key(carried)
    sentences = [key(part) for line in shown.split("\n") for part in line.split(". ")]
    long = [sentence for sentence in sentences if len(sentence) > _SENTENCE][:_SENTENCES]
    held = sum(sentence in whole for sentence in long)
    return _AGREED if long and held >= _TEASER * len(long) else 0.0
