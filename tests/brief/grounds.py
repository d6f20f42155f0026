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

BRIDGE = telling(
    2,
    "en",
    "Bridge at Ostrey",
    "At least 40 people were hurt when the old bridge at Ostrey collapsed on Monday, Ostrey Rescue Service (ORS) said.",
    "The contractor allegedly used weak steel. Engineer Lena Marsh inspected the bridge in 2019. She found 12 cracks.",
    "Lorries of 30 tonnes crossed it daily before the collapse. Inspectors from Scotland will examine the pillars.",
)
