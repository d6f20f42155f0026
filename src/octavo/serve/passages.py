"""The address of a passage: the article's page, its paragraph, and the very words.

A paragraph's id is "p" and its number. The words are a text fragment (WICG "URL Fragment Text Directives"), which
browsers that know it highlight; it is no part of the id for them, and others are few.
"""

from urllib.parse import quote

from octavo.domain.article import ArticleCard
from octavo.domain.telling import Passage
from octavo.serve.visit import Visit

_AT_ENDS = 6
"""Words at either end that stand for a long passage."""

_UNSPACED_MOST = 120


def path_to(visit: Visit, card: ArticleCard, passage: Passage) -> str:
    """Give the address of an article's page that opens at a passage."""
    return f"{visit.here.card(card)}#{_anchor(passage)}:~:text={_directive(passage.text)}"


def _anchor(passage: Passage) -> str:
    return f"p{passage.part}" if passage.part >= 0 else "content"


def _directive(text: str) -> str:
    words = text.split()
    if len(words) <= 2 * _AT_ENDS:
        return _escaped(" ".join(words)[:_UNSPACED_MOST] if len(words) == 1 else " ".join(words))
    return f"{_escaped(' '.join(words[:_AT_ENDS]))},{_escaped(' '.join(words[-_AT_ENDS:]))}"


def _escaped(text: str) -> str:
    """Escape what has a meaning in a directive: comma and ampersand, as in any query, and the dash."""
    return quote(text, safe="").replace("-", "%2D")
