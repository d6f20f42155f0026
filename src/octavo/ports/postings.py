"""Postings: articles as the actors here tell of them; the worker itself knows no pages and no pictures."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from octavo.domain.edition import EditionPlan
from octavo.domain.ids import ArticleId, EditionKey
from octavo.ports.database import Read


class Postings(Protocol):
    """Writes articles as objects of ActivityPub."""

    def plans(self) -> Mapping[EditionKey, EditionPlan]:
        """Give the editions there are: each is an actor."""
        ...

    def is_actor(self, view: Read, actor: str) -> bool:
        """Tell whether there is such an actor here."""
        ...

    def notes(self, actor: str, ids: Sequence[ArticleId]) -> dict[ArticleId, Mapping[str, Any]]:
        """Write articles as an actor tells of them; those that are not there are left out."""
        ...


class NoPostings:
    """For programs that tell nobody anything."""

    def plans(self) -> Mapping[EditionKey, EditionPlan]:
        """Give none."""
        return {}

    def is_actor(self, view: Read, actor: str) -> bool:
        """Know nobody."""
        return False

    def notes(self, actor: str, ids: Sequence[ArticleId]) -> dict[ArticleId, Mapping[str, Any]]:
        """Write none."""
        return {}
