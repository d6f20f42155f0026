"""Revision: an earlier wording of an article."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import ArticleId


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier wording, kept when a publisher's text changed; `number` starts at 1, `seen_at` is when it was new."""

    article_id: ArticleId
    number: int
    headline: str
    text: str
    seen_at: datetime
