"""Story, Placement: articles by many publishers about one event."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class Story:
    """What many publishers report about one event. `headline` is chosen from its articles, never written."""

    id: StoryId
    headline: str
    language: str
    first_at: datetime
    last_at: datetime
    lead_article_id: ArticleId
    article_count: int = 1
    publisher_count: int = 1
    report_count: int = 1
    """Independent reports: agency copies and duplicates count once, publishers of one owner once."""
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """The decision that an article belongs to a story; `story_id` None asks for a new one."""

    article_id: ArticleId
    story_id: StoryId | None
    score: float
    reasons: tuple[str, ...] = ()
    merged: tuple[StoryId, ...] = ()
    """Other stories this article shows to be the same one; they are folded into `story_id`."""
