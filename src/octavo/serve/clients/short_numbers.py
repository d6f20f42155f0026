"""Articles' numbers as some apps hold them: newsboat 2.21 keeps 32 bits of Miniflux's, with a sign.

Those bits are the number's tie-breaker and twelve more: among a reader's newest articles no two share them, but by a
chance of one in billions.
"""

from collections.abc import Iterable

from octavo.domain.ids import ArticleId
from octavo.serve.clients import streams
from octavo.serve.clients.shelf import Shelf
from octavo.serve.clients.streams import Stream, Wanted

_BITS = 2**32
_NEWEST = 20_000
_FOLLOWED = 500


def full_numbers(shelf: Shelf, said: Iterable[int]) -> list[ArticleId]:
    """Give the numbers of articles that are meant; one cut to 32 bits is looked up among the reader's newest."""
    given = list(dict.fromkeys(said))
    short = any(one < _BITS for one in given)
    known = _by_short(shelf) if short else {}
    found = [known.get(one % _BITS) if one < _BITS else ArticleId(one) for one in given]
    return [one for one in found if one is not None and one < 2**53]


def _by_short(shelf: Shelf) -> dict[int, ArticleId]:
    ids = streams.page(shelf, Stream(), Wanted(), _NEWEST)
    for one in shelf.sources:
        if one.feed is None:
            ids += streams.page(shelf, Stream((one,)), Wanted(), _FOLLOWED)
    return {one % _BITS: one for one in reversed(ids)}
