"""digest_story: the articles of one story read closely, part by part."""

from collections.abc import Sequence
from datetime import datetime

from octavo.domain.digest import Digest
from octavo.domain.telling import Telling
from octavo.relate.differences import differences_of
from octavo.relate.figures import figures
from octavo.relate.ledger import ledger_of
from octavo.relate.provenance import provenance
from octavo.relate.quotations import quotations
from octavo.relate.timeline import timeline

ROWS = 24
DIFFERENCES = 24
QUOTATIONS = 30
"""What a story's page has room for, the most important first."""


def digest_story(tellings: Sequence[Telling], now: datetime) -> Digest:
    """Read a story's articles closely; `now` tells past days from those to come."""
    found = {telling.id: figures(telling) for telling in tellings}
    rows = ledger_of(tellings, found)
    return Digest(
        articles=len(tellings),
        provenance=provenance(tellings),
        ledger=rows[:ROWS],
        differences=differences_of(tellings, rows, found)[:DIFFERENCES],
        timeline=timeline(tellings, now),
        quotations=quotations(tellings)[:QUOTATIONS],
    )
