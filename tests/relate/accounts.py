"""Fictional tellings: articles as those stages see them that read them closely."""

from datetime import UTC, datetime, timedelta
from typing import Any

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
"""A Wednesday."""


def telling(number: int, *paragraphs: str, language: str = "en", **more: Any) -> Telling:
    """Make a telling of one publisher for each number, published at noon unless told otherwise."""
    facts: dict[str, Any] = {
        "at": NOW - timedelta(hours=3) + timedelta(minutes=number),
        "publisher": f"Paper {number}",
        "headline": "Water tops Harrow dam",
    }
    return Telling(
        id=ArticleId(number),
        publisher_id=PublisherId(f"p{number}"),
        language=language,
        paragraphs=paragraphs,
        **{**facts, **more},
    )
