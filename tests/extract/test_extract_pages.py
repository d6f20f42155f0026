"""Every page in tests/cases/pages against the file beside it: a new case needs no Python.

A case is NAME.html and NAME.expected.toml. The second gives `url`, and of the article whatever the case is about;
`never` lists what must stand nowhere in it, `begins` and `ends_within` parts of the first and last lines of its text.
"""

import json
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from octavo.domain.article import Article, BlockKind
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article

CASES = Path(__file__).resolve().parent.parent / "cases" / "pages"
NAMES = sorted(path.stem for path in CASES.glob("*.html"))
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def _block(article: Article, kind: BlockKind) -> Any:
    return next(block for block in article.blocks if block.kind is kind)


FIELDS: dict[str, Callable[[Article], object]] = {
    "headline": lambda article: article.headline,
    "standfirst": lambda article: article.standfirst,
    "authors": lambda article: list(article.byline.people),
    "published": lambda article: article.published_at and article.published_at.isoformat(),
    "modified": lambda article: article.modified_at and article.modified_at.isoformat(),
    "language": lambda article: article.language,
    "source": lambda article: article.source,
    "dateline": lambda article: article.dateline.place,
    "section": lambda article: article.section,
    "keywords": lambda article: list(article.keywords),
    "image": lambda article: article.image.url if article.image else "",
    "image_credit": lambda article: article.image.credit if article.image else "",
    "canonical": lambda article: article.canonical_url,
    "genre": lambda article: article.genre.value,
    "correction": lambda article: article.correction,
    "paywalled": lambda article: article.paywalled,
    "kinds": lambda article: [block.kind.value for block in article.blocks],
    "figure_url": lambda article: _block(article, BlockKind.FIGURE).url,
    "figure_credit": lambda article: _block(article, BlockKind.FIGURE).credit,
    "embed_url": lambda article: _block(article, BlockKind.EMBED).url,
}
OTHERS = {"url", "refused", "text", "never", "begins", "ends_within", "complete_at_least", "complete_at_most"}


def _read(name: str) -> tuple[dict[str, Any], PageSource]:
    wanted = tomllib.loads((CASES / f"{name}.expected.toml").read_text(encoding="utf-8"))
    return wanted, PageSource(url=wanted["url"], html=(CASES / f"{name}.html").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    wanted, source = _read(name)
    assert set(wanted) <= {*FIELDS, *OTHERS}, "the case asks for something no test looks at"
    if wanted.get("refused"):
        with pytest.raises(NotAnArticle):
            extract_article(source, now=NOW)
        return
    article = extract_article(source, now=NOW)
    found = {field: look(article) for field, look in FIELDS.items() if field in wanted}
    assert found == {field: wanted[field] for field in found}
    if "text" in wanted:
        assert article.text == wanted["text"].strip()
    lines = article.text.split("\n")
    assert lines[0].startswith(wanted.get("begins", ""))
    assert wanted.get("ends_within", "") in lines[-1]
    everything = json.dumps(asdict(article), ensure_ascii=False, default=str)
    assert [words for words in wanted.get("never", []) if words in everything] == []
    assert wanted.get("complete_at_least", 0.0) <= article.complete <= wanted.get("complete_at_most", 1.0)


def test_every_expectation_has_its_page() -> None:
    assert sorted(path.name.removesuffix(".expected.toml") for path in CASES.glob("*.toml")) == NAMES
    assert len(NAMES) >= 12
