"""Figure: one number an article states, with its scope; LedgerRow: what the outlets of a story say of one scope."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Passage


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: of what, of whom, where, when, in what unit, according to whom, as of when.

    `quantity` is a key of the vocabulary ("killed"), or "word:" and the word it counts, which is compared within one
    language only. `low` and `high` are equal but for ranges and "dozens"; `grain` is the step it is printed to.
    `bound` is "", about, least, over, most, under or vague. `who` and `where` hold keys of groups and countries,
    `period` "m:9", "y:2025", "last_month". `former` marks the number something is compared with, `hedged` one said
    not to be sure, `step` one that says by how much something changed. `sentence` is where it stands, `passage` the
    number itself.
    """

    article_id: ArticleId
    publisher_id: PublisherId
    language: str
    quantity: str
    low: float
    high: float
    grain: float
    bound: str
    unit: str
    who: frozenset[str]
    where: frozenset[str]
    period: frozenset[str]
    events: frozenset[str]
    at: datetime
    passage: Passage
    sentence: Passage
    attribution: Passage | None = None
    former: bool = False
    hedged: bool = False
    step: bool = False

    @property
    def known(self) -> bool:
        """Whether the quantity is one of the vocabulary, the same in every language."""
        return not self.quantity.startswith("word:")

    @property
    def part(self) -> int:
        """The part of the article it stands in."""
        return self.passage.part


@dataclass(frozen=True, slots=True)
class Reported:
    """What one outlet says in a row of the ledger: its figures of that scope, the latest last."""

    publisher_id: PublisherId
    publisher: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One scope across outlets. `run` holds the values of a rising toll in order of time, and is empty otherwise."""

    quantity: str
    unit: str
    who: frozenset[str]
    where: frozenset[str]
    period: frozenset[str]
    outlets: tuple[Reported, ...]
    run: tuple[float, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the row."""
        return tuple(figure for outlet in self.outlets for figure in outlet.figures)
