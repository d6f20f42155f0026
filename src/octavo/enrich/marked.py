"""One article's text with all that was found in it: what labels and topics are chosen from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from octavo.domain.enrichment import Mention
from octavo.domain.entity import Entity
from octavo.enrich.themes import Theme
from octavo.enrich.words import Word


@dataclass(frozen=True, slots=True)
class Marked:
    """`text` is headline, newline, body; `found` its words; the headline stops at offset `headline_end`."""

    text: str
    found: Sequence[Word]
    language: str
    headline_end: int
    mentions: Sequence[Mention] = ()
    entities: Sequence[Entity] = ()
    themes: Mapping[str, Theme] | None = None
