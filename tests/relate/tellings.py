"""Fictional tellings of fictional events, for the tests of figures and differences."""

from datetime import UTC, datetime, timedelta
from typing import Any

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
PADDING = (
    "The harbour wall at Millbrook was raised after an earlier storm, and the town has argued about its cost ever "
    "since, said the mayor, who has called a meeting of the council to hear from people who live along the river.",
    "Crews from the neighbouring valley came with pumps and sandbags, while the school gymnasium was opened to "
    "families who could not go home. Buses ran late, and the bridge by the mill stayed closed to lorries.",
)


def telling(number: int, headline: str, *paragraphs: str, **more: Any) -> Telling:
    """Make a telling by an outlet of its own, an hour after the one before it unless `hours` says otherwise."""
    language = more.pop("language", "en")
    hours = more.pop("hours", number)
    padded = (*paragraphs, *PADDING) if language == "en" and more.pop("padded", True) else paragraphs
    more.pop("padded", None)
    return Telling(
        id=ArticleId(number),
        publisher_id=PublisherId(more.pop("publisher", f"p{number}")),
        publisher=f"Outlet {number}",
        language=language,
        at=NOW + timedelta(hours=hours),
        headline=headline,
        paragraphs=padded,
        **more,
    )
