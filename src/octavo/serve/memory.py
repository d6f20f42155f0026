"""What pages made from one state of the store, within one minute, need again: cards, headlines, publishers."""

from octavo.domain.article import ArticleCard
from octavo.domain.headline import TranslatedHeadline
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher

MOST = 2000
"""Cards that are remembered of one state: some four megabytes."""


class Memory:
    """Cards as they may be shown, and publishers, of one state; it goes when the pages made from it go.

    Safe to use from many threads: what one of them misses it reads.
    """

    def __init__(self, stamp: str, minute: int) -> None:
        self.of = (stamp, minute)
        self.cards: dict[ArticleId, ArticleCard] = {}
        self.headlines: dict[tuple[str, ArticleId], TranslatedHeadline | None] = {}
        self.publishers: dict[PublisherId, Publisher | None] = {}
