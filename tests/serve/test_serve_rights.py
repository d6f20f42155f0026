"""What a publisher allows to be shown of its article outside the article's own page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from octavo.domain.article import Article, ArticleCard, Block, BlockKind, Image, Rights
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import DisplayPolicy
from octavo.serve.display import Display, excerpt_of, shown_article, snippet

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = "The winter ferry keeps its seven crossings. The council decided so on Monday after a long and open debate."
ID, GAZETTE = ArticleId(1), PublisherId("gazette.example")
IMAGE = Image("https://gazette.example/ferry.jpg")


def _card(*robots: str) -> ArticleCard:
    url = "https://gazette.example/1"
    card = ArticleCard(ID, "Ferry stays", GAZETTE, "Gazette", url, "en", NOON, excerpt=WORDS, image=IMAGE)
    return Display(DisplayPolicy.FULL, {}).card(replace(card, rights=Rights(robots=robots)))


def test_a_card_of_which_nothing_is_said_is_as_it_was() -> None:
    assert (_card().excerpt, _card().image) == (WORDS, IMAGE)
    assert _card("noarchive", "max-snippet:5000").excerpt == WORDS


@pytest.mark.parametrize("limit", [0, 1, 2, 20, 50, 80, 105])
def test_a_card_says_no_more_than_is_allowed(limit: int) -> None:
    excerpt = _card(f"max-snippet:{limit}").excerpt
    assert len(excerpt) <= limit
    assert excerpt or limit < 20


def test_no_snippet_and_no_picture() -> None:
    assert _card("nosnippet").excerpt == ""
    assert _card("nosnippet").image == IMAGE
    assert _card("max-image-preview:none").image is None


def test_an_excerpt_in_place_of_the_article_keeps_to_it_too() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, WORDS),)
    article = Article(ID, "https://gazette.example/1", GAZETTE, "Ferry stays", "en", NOON, blocks, image=IMAGE)
    bound = replace(article, rights=Rights(robots=("max-snippet:50", "noimageindex")))
    assert excerpt_of(article, DisplayPolicy.EXCERPT) == WORDS
    assert excerpt_of(bound, DisplayPolicy.EXCERPT) == "The winter ferry keeps its seven crossings."
    assert shown_article(bound, DisplayPolicy.EXCERPT).image is None
    assert shown_article(bound, DisplayPolicy.FULL).image == IMAGE, "its own page, shown in full, is no snippet"


def test_a_snippet_is_as_short_as_asked_and_as_allowed() -> None:
    assert snippet(WORDS, Rights(), 50) == "The winter ferry keeps its seven crossings."
    assert snippet(WORDS, Rights(robots=("max-snippet:500",)), 50) == "The winter ferry keeps its seven crossings."
