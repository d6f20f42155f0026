"""How much of an article is shown here: what its publisher, or this instance, allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from octavo.domain.article import Article, ArticleCard, Block, BlockKind, Rights
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import DisplayPolicy
from octavo.text.words import clip

EXCERPT = 300
"""Characters of an excerpt, at most."""


@dataclass(frozen=True, slots=True)
class Display:
    """The publishers' own policies, the instance's for all others, and the bar below which no text is shown.

    What is fictional belongs to nobody else.
    """

    default: DisplayPolicy
    own: Mapping[PublisherId, DisplayPolicy]
    bar: float = 0.0

    def doubts(self, complete: float) -> bool:
        """Tell whether a text this surely whole and clean (0 to 1) lies below the bar, and is not shown."""
        return complete < self.bar

    def of(self, publisher: PublisherId, *, fictional: bool = False) -> DisplayPolicy:
        """Give a publisher's policy."""
        return DisplayPolicy.FULL if fictional else self.own.get(publisher, self.default)

    def card(self, card: ArticleCard) -> ArticleCard:
        """Leave on a card only what may be shown of it."""
        if self.of(card.publisher_id, fictional=card.fictional) is DisplayPolicy.HEADLINE:
            return replace(card, excerpt="", image=None)
        image = card.image if card.rights.pictures else None
        return replace(card, excerpt=snippet(card.excerpt, card.rights), image=image)


def snippet(text: str, rights: Rights, most: int = EXCERPT) -> str:
    """Cut words that stand for an article outside it to `most` characters, or to the fewer its publisher allows."""
    limit = rights.longest_snippet
    if limit is None or limit >= most:
        return clip(text, most)
    return clip(text, limit - 1) if limit > 1 else ""


def web_address(url: str) -> str:
    """Give an address readers may be led to; "" for one that is not of the web, such as javascript:."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def shown_blocks(article: Article, policy: DisplayPolicy) -> Sequence[Block]:
    """Give as much of an article's body as a policy lets us show."""
    if policy is DisplayPolicy.FULL:
        return tuple(replace(block, url=web_address(block.url)) if block.url else block for block in article.blocks)
    text = excerpt_of(article, policy)
    return (Block(BlockKind.PARAGRAPH, text),) if text else ()


def excerpt_of(article: Article, policy: DisplayPolicy) -> str:
    """Give the few sentences that may stand for an article outside it; "" when none may."""
    if policy is DisplayPolicy.HEADLINE:
        return ""
    return snippet(article.excerpt or article.standfirst or article.text[: 4 * EXCERPT], article.rights)


def shown_article(article: Article, policy: DisplayPolicy) -> Article:
    """Leave in an article only what a policy lets us show, so that no template can show more by mistake."""
    if policy is DisplayPolicy.FULL:
        return replace(article, blocks=tuple(shown_blocks(article, policy)))
    image = article.image if policy is not DisplayPolicy.HEADLINE and article.rights.pictures else None
    blocks = tuple(shown_blocks(article, policy))
    return replace(
        article, blocks=blocks, excerpt=excerpt_of(article, policy), standfirst="", correction="", image=image
    )
