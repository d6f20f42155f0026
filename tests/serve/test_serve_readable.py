"""How much of an article may be quoted: by its publisher's word."""

from datetime import UTC, datetime

import pytest

from octavo.domain.article import ArticleCard, Rights
from octavo.domain.brief import Brief, BriefKind, Citation, Statement
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Passage, Telling
from octavo.serve.readable import Readable, most_of, within_limits

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rights", "most"),
    [
        (Rights(), None),
        (Rights(robots=("max-snippet:50",)), 50),
        (Rights(robots=("nosnippet",)), 0),
        (Rights(tdm_reserved=True), 300),
        (Rights(robots=("noai",)), 300),
        (Rights(robots=("noai", "max-snippet:80")), 80),
    ],
)
def test_the_publisher_s_limit(rights: Rights, most: int | None) -> None:
    assert most_of(rights) == most


def _read(number: int, most: int | None) -> Readable:
    telling = Telling(ArticleId(number), PublisherId("p"), "P", "en", NOW, "Headline", paragraphs=("x" * 90,))
    card = ArticleCard(ArticleId(number), "Headline", PublisherId("p"), "P", "https://p.example", "en", NOW)
    return Readable(telling, card, most)


def _said(number: int, size: int) -> Statement:
    passage = Passage(ArticleId(number), 0, 0, size, "x" * size)
    return Statement(passage.text, (Citation(passage, "v"),))


def test_statements_beyond_the_limit_are_left_out() -> None:
    brief = Brief(BriefKind.SUMMARY, "en", (_said(1, 40), _said(2, 60), _said(1, 30), _said(1, 10)), NOW)
    kept = within_limits(brief, [_read(1, 50), _read(2, None)]).statements
    assert [(one.citations[0].passage.article_id, len(one.text)) for one in kept] == [(1, 40), (2, 60), (1, 10)]
