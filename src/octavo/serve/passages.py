"""The address of a passage: the article's page at its paragraph, which is shown marked.

A paragraph's id is "p" and its number. No text fragment (WICG "URL Fragment Text Directives") is added: browsers go to
the first place that has the words, and an article's page has its chosen sentences above the text they are from.
"""

from octavo.domain.article import ArticleCard
from octavo.domain.telling import Passage
from octavo.serve.visit import Visit


def path_to(visit: Visit, card: ArticleCard, passage: Passage) -> str:
    """Give the address of an article's page that opens at a passage."""
    return f"{visit.here.card(card)}#{_anchor(passage)}"


def _anchor(passage: Passage) -> str:
    return f"p{passage.part}" if passage.part >= 0 else "content"
