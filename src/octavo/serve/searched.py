"""What templates are given of a search: finds, the conditions understood, what eases them, what is offered."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.domain.article import ArticleCard
from octavo.serve.fields import shown


@dataclass(frozen=True, slots=True)
class Found:
    """One find of a search."""

    card: ArticleCard = shown("The article.")
    headline: Sequence[tuple[str, bool]] = shown("The headline in pieces; True marks a piece that was searched for.")
    alike: bool = shown("Whether it only means what was asked, in other words or another language.")
    snippet: Sequence[tuple[str, bool]] = shown("A piece of the text, in the same form.")


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of a search."""

    label: str = shown("What kind of condition it is, in the page's language; empty for a word.")
    value: str = shown("What it asks for.")
    wanted: bool = shown("Whether it must be met; else it may not be.")
    path: str = shown("Path of the search without it.")


@dataclass(frozen=True, slots=True)
class Ease:
    """A condition or word that a search without finds is better put without."""

    label: str = shown("What is left out, as written.")
    path: str = shown("Path of the search without it.")
    count: str = shown("How many articles that finds, in words.")


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could be meant by what is being typed."""

    kind: str = shown("tag, place, person, organisation, source, section, language or story.")
    text: str = shown("What it is called.")
    path: str = shown("Where it leads.")
