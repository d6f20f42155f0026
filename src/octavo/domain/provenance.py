"""Provenance: whose reporting a story rests on, in how many outlets, and what shows it."""

from dataclasses import dataclass
from enum import StrEnum

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Passage


class Sign(StrEnum):
    """What shows where a text comes from.

    Those from COPY on say something about two texts; SENTENCE and QUOTATION are shown and decide nothing.
    """

    SOURCE = "source"  # the page names the agency as its source or author
    LINE = "line"  # a line of the text does
    COPY = "copy"  # the text is another's
    OWNER = "owner"  # another outlet of its owner speaks already
    PUBLISHER = "publisher"  # the outlet itself does
    SENTENCE = "sentence"  # a sentence stands in both, word for word
    QUOTATION = "quotation"  # the same, and it is somebody's words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign. `name` is the agency, the owner or the publisher it points to, "" for agencies without a name.

    `other_id` is the text it is compared with and `share` how much of the shorter one stands in the longer. `passages`
    are the words that show it: here first, then in the other text.
    """

    sign: Sign
    name: str = ""
    other_id: ArticleId | None = None
    share: float = 0.0
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Carrier:
    """One article and what it rests on.

    `mixed` says that the outlet's own reporting has an agency's in it. `later` says that its text is known to have come
    out after the one it is a copy of; without that the two are only the same text.
    """

    article_id: ArticleId
    publisher_id: PublisherId
    publisher: str
    evidence: tuple[Evidence, ...] = ()
    mixed: bool = False
    later: bool = False

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies it credits, each once."""
        signs = (Sign.SOURCE, Sign.LINE)
        return tuple(dict.fromkeys(one.name for one in self.evidence if one.sign in signs and one.name))


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent report: who speaks (an agency, an owner of several outlets, an outlet) and all who carry it.

    `carriers` has the head's first, then by time.
    """

    name: str
    carriers: tuple[Carrier, ...]
    agency: bool = False
    owner: bool = False

    @property
    def head(self) -> ArticleId:
        """The article that speaks for it."""
        return self.carriers[0].article_id

    @property
    def outlets(self) -> int:
        """How many outlets carry it."""
        return len({one.publisher_id for one in self.carriers})


@dataclass(frozen=True, slots=True)
class Provenance:
    """A story's voices, the most carried first. `first_id` is the earliest text whose time is known, None if none is.

    An outlet stands in several voices where it has an agency's text and a report of its own.
    """

    outlets: int
    voices: tuple[Voice, ...]
    first_id: ArticleId | None = None

    @property
    def independent(self) -> int:
        """How many independent reports there are."""
        return len(self.voices)

    @property
    def agencies(self) -> tuple[Voice, ...]:
        """Agencies' reports."""
        return tuple(one for one in self.voices if one.agency)

    @property
    def own(self) -> tuple[Voice, ...]:
        """Outlets' own reports."""
        return tuple(one for one in self.voices if not one.agency)
