"""Digest: what the articles of a story say, read closely: whose reports, which numbers, who said what, what when."""

from dataclasses import dataclass

from octavo.domain.difference import Difference
from octavo.domain.figure import LedgerRow
from octavo.domain.provenance import Provenance
from octavo.domain.quotation import Quotation
from octavo.domain.timeline import Moment

FORM = 1
"""Raised when the nouns below change so that digests kept before cannot be read any more: those are made again."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A story read closely. `articles` counts those read: of a long story the first and the newest."""

    articles: int
    provenance: Provenance
    ledger: tuple[LedgerRow, ...] = ()
    differences: tuple[Difference, ...] = ()
    timeline: tuple[Moment, ...] = ()
    quotations: tuple[Quotation, ...] = ()
