"""SearchIndex: full-text search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from octavo.domain.ids import ArticleId, PublisherId
from octavo.ports.database import Transaction


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What of an article is searched. Tokens are folded by the adapter; any script must be findable.

    `facets` are those of domain.facets beside the publisher's and the language's, which the adapter adds.
    """

    id: ArticleId
    headline: str
    text: str
    tags: tuple[str, ...]
    publisher: PublisherId
    language: str
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for. Every condition must hold; a query that asks for nothing finds nothing.

    `text` holds a reader's words. `any_word` asks for documents with any of them (for related), otherwise all are
    needed; quoted phrases stay together. `any_form` lets a word of five letters or more stand for all that begin as it
    does (its first seven letters). Of each group in `either` one is enough; nothing in `without` may stand in the
    document. `facets` are those of domain.facets: one of each group is needed, none of `without_facets` may be.
    `since`/`until` bound the article's time (both included), and `among`, where there are any, names the only documents
    that may be found. `newest` asks for the newest first, as is always so where
    nothing is asked that finds could be weighed by.
    """

    text: str
    limit: int = 20
    offset: int = 0
    any_word: bool = False
    any_form: bool = False
    language: str = ""
    publisher: str = ""  # its id
    since: datetime | None = None
    until: datetime | None = None
    either: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()
    without_facets: tuple[str, ...] = ()
    newest: bool = False
    among: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One find: higher `score` is better; comparable within one answer only."""

    id: ArticleId
    score: float


class SearchIndex(Protocol):
    """Full-text search over articles. Updating is idempotent; an id already there is replaced."""

    def update(self, tx: Transaction, documents: Sequence[SearchDocument]) -> None:
        """Add or replace documents."""
        ...

    def remove(self, tx: Transaction, ids: Sequence[ArticleId]) -> None:
        """Forget documents; unknown ids are no error."""
        ...

    def search(self, query: SearchQuery) -> list[SearchHit]:
        """Find documents, best first. A query that means nothing finds nothing; it never raises for its words."""
        ...
