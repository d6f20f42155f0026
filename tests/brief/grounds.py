"""Fictional tellings to hold sentences to."""

from datetime import UTC, datetime
from typing import Any

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling

AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
"""A Wednesday."""


def telling(number: int, language: str, headline: str, *paragraphs: str, **more: Any) -> Telling:
    """Make a telling written on 4 March 2026."""
    return Telling(
        ArticleId(number), PublisherId(f"p{number}"), f"Outlet {number}", language, AT, headline, "", paragraphs, **more
    )


HARBOUR = telling(
    1,
    "en",
    "Harbour at Millbrook reopens",
    "The harbour at Millbrook reopened on Tuesday after engineers cleared 14,230 tonnes of sand in nine days.",
    "“We did not sleep,” said Ada Corrigan, the port director. She said ferries to Ostrey would sail again on Friday.",
    "Mayor Paul Roche denied that the council had paid 2 million euros. Profits rose by 12% last year.",
)
