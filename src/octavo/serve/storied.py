"""What templates are given of who tells a story: its articles, by whose report they carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.domain.article import ArticleCard
from octavo.serve.fields import shown


@dataclass(frozen=True, slots=True)
class Told:
    """One article of a story, and whose report it is."""

    card: ArticleCard = shown("The article.")
    kind: str = shown("own (the outlet's own report), agency (an agency's, at its own place) or copy (carried).")
    why: Sequence[str] = shown("What shows that it is carried, in the page's language.")


@dataclass(frozen=True, slots=True)
class Tellers:
    """One independent report that several outlets carry; or the outlets that each have one of their own."""

    name: str = shown("Who speaks: an agency, an owner, an outlet; empty for outlets with reports of their own.")
    kind: str = shown("agency, owner, outlet, or own for outlets with reports of their own.")
    outlets: int = shown("How many outlets.")
    leads: Sequence[Told] = shown("Articles shown large, with the beginning of their text.")
    rest: Sequence[Told] = shown("The others.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to see fewer of a story's articles."""

    label: str = shown("The language in the page's language, or the outlet; for all of them, a word that says so.")
    path: str = shown("Address of the page that shows these.")
    articles: int = shown("How many there are.")
    chosen: bool = shown("Whether they are shown now.")


PARTS = (Told, Tellers, Choice)
