"""What of an article is searched. All texts are fictional."""

from dataclasses import replace
from datetime import UTC, datetime

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.ids import ArticleId, PublisherId
from octavo.pipeline.search_document import search_document

ARTICLE = Article(
    id=ArticleId(7), url="https://paper.example/7", publisher_id=PublisherId("paper"), headline="Bridge reopens",
    language="en", first_seen_at=datetime(2026, 3, 1, tzinfo=UTC),
    standfirst="After two years.", excerpt="The old bridge.",
    blocks=(Block(BlockKind.PARAGRAPH, "Mayor Brandt walked across."),), complete=0.9,
)  # fmt: skip
FOUND = Enrichment(ArticleId(7), "en", hashtags=(Hashtag("IlseBrandt", "Ilse Brandt", 1.0),))


def test_a_whole_text_is_searched() -> None:
    made = search_document(ARTICLE, FOUND, 0.5)
    assert made.text == "After two years.\nMayor Brandt walked across."
    assert (made.id, made.headline, made.tags, made.language) == (7, "Bridge reopens", ("Ilse Brandt",), "en")


def test_of_a_text_in_doubt_only_the_excerpt_is_searched() -> None:
    assert search_document(replace(ARTICLE, complete=0.4), FOUND, 0.5).text == "After two years.\nThe old bridge."
    assert search_document(replace(ARTICLE, complete=0.5), FOUND, 0.5).text.endswith("walked across.")
    assert search_document(replace(ARTICLE, complete=0.0), FOUND, 0.0).text.endswith("walked across.")
