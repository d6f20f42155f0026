"""Articles to rows and back."""

from collections.abc import Sequence
from typing import Any

from octavo.domain.article import Article, ArticleCard, Block, BlockKind, Byline, Dateline, Form, Genre, Image, Rights
from octavo.domain.ids import ArticleId, FeedId, PageKey, PublisherId, StoryId
from octavo.store.keys import clip, key_of

_BLOCK_PARTS = ("text", "level", "items", "rows", "url", "credit")


def blocks_json(blocks: Sequence[Block]) -> list[Any]:
    """Write a body: a paragraph as its text alone, any other block as an object without its empty parts."""
    return [_block_json(block) for block in blocks]


def _block_json(block: Block) -> Any:
    parts = {name: value for name in _BLOCK_PARTS if (value := getattr(block, name))}
    if block.kind is BlockKind.PARAGRAPH and parts.keys() == {"text"}:
        return block.text
    return {"kind": str(block.kind)} | parts


def json_blocks(stored: Sequence[Any]) -> tuple[Block, ...]:
    """Read back what `blocks_json` wrote."""
    return tuple(_json_block(one) for one in stored)


def _json_block(one: Any) -> Block:
    if isinstance(one, str):
        return Block(BlockKind.PARAGRAPH, one)
    return Block(
        kind=BlockKind(one["kind"]),
        text=one.get("text", ""),
        level=one.get("level", 0),
        items=tuple(one.get("items", ())),
        rows=tuple(tuple(row) for row in one.get("rows", ())),
        url=one.get("url", ""),
        credit=one.get("credit", ""),
    )


def article_row(article: Article) -> dict[str, Any]:
    """Write an article's own columns: everything but its body and the keys made from it."""
    return {
        "id": article.id,
        "url_key": key_of(article.url),
        "url": article.url,
        "publisher_id": article.publisher_id,
        "headline": article.headline,
        "language": article.language,
        "first_seen_at": article.first_seen_at,
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "page_key": article.page_key,
        "feed_id": article.feed_id,
        "external_key": key_of(article.external_id) if article.external_id else None,
        "external_id": article.external_id,
        "canonical_url": article.canonical_url,
        "standfirst": article.standfirst,
        "byline": article.byline.text,
        "people": list(article.byline.people),
        "source": article.source,
        "dateline": article.dateline.place,
        "section": clip(article.section),
        "image": _image_json(article.image),
        "genre": str(article.genre),
        "form": str(article.form),
        "rights": _rights_json(article.rights),
        "keywords": list(article.keywords),
        "correction": article.correction,
        "paywalled": article.paywalled,
        "complete": article.complete,
        "excerpt": article.excerpt,
        "word_count": article.word_count,
    }


def row_article(row: Any, blocks: Sequence[Any]) -> Article:
    """Read an article from its row and its body."""
    return Article(
        id=ArticleId(row.id),
        url=row.url,
        publisher_id=PublisherId(row.publisher_id),
        headline=row.headline,
        language=row.language,
        first_seen_at=row.first_seen_at,
        blocks=json_blocks(blocks),
        page_key=PageKey(row.page_key) if row.page_key is not None else None,
        feed_id=FeedId(row.feed_id) if row.feed_id is not None else None,
        external_id=row.external_id,
        canonical_url=row.canonical_url,
        standfirst=row.standfirst,
        byline=Byline(row.byline, tuple(row.people)),
        source=row.source,
        dateline=Dateline(row.dateline),
        section=row.section,
        published_at=row.published_at,
        modified_at=row.modified_at,
        image=_json_image(row.image),
        genre=Genre(row.genre),
        form=Form(row.form),
        rights=_json_rights(row.rights),
        keywords=tuple(row.keywords),
        correction=row.correction,
        paywalled=row.paywalled,
        complete=row.complete,
        excerpt=row.excerpt,
        word_count=row.word_count,
    )


def row_card(row: Any) -> ArticleCard:
    """Read a card: an article joined with its publisher and its story."""
    return ArticleCard(
        id=ArticleId(row.id),
        headline=row.headline,
        publisher_id=PublisherId(row.publisher_id),
        publisher_name=row.publisher_name,
        url=row.url,
        language=row.language,
        first_seen_at=row.first_seen_at,
        published_at=row.published_at,
        excerpt=row.excerpt,
        source=row.source,
        section=row.section,
        genre=Genre(row.genre),
        form=Form(row.form),
        rights=_json_rights(row.rights),
        image=_json_image(row.image),
        country=row.country,
        complete=row.complete,
        word_count=row.word_count,
        fictional=row.fictional,
        story_id=StoryId(row.story_id) if row.story_id is not None else None,
        story_size=row.story_size or 1,
        story_publishers=row.story_publishers or 1,
    )


def _image_json(image: Image | None) -> list[Any] | None:
    if image is None:
        return None
    return [image.url, image.caption, image.credit, image.alt, image.width, image.height]


def _json_image(stored: list[Any] | None) -> Image | None:
    return Image(*stored) if stored else None


def _rights_json(rights: Rights) -> dict[str, Any] | None:
    """Write what is said, in full words; None where nothing is."""
    said = {
        "licences": list(rights.licences),
        "holder": rights.holder,
        "tdm_policy": rights.tdm_policy,
        "robots": list(rights.robots),
    }
    written: dict[str, Any] = {name: value for name, value in said.items() if value}
    if rights.tdm_reserved is not None:
        written["tdm_reserved"] = rights.tdm_reserved
    return written or None


def _json_rights(stored: dict[str, Any] | None) -> Rights:
    if not stored:
        return Rights()
    return Rights(
        licences=tuple(stored.get("licences", ())),
        holder=stored.get("holder", ""),
        tdm_reserved=stored.get("tdm_reserved"),
        tdm_policy=stored.get("tdm_policy", ""),
        robots=tuple(stored.get("robots", ())),
    )
