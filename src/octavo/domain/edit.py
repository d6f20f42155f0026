"""Edit: what became of an article between two of its wordings, and what kind of change each is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Worded(Protocol):
    """A wording of an article: a Revision is one, and so is an Article."""

    @property
    def headline(self) -> str:
        """The headline."""

    @property
    def text(self) -> str:
        """The body as plain text, one paragraph a line."""


class EditKind(StrEnum):
    """Kinds of change, the gravest first.

    RETRACTED: the publisher says that it withdrew the article. CORRECTION: it says that it corrected it. FIGURE: a
    number became another. SOFTENED: a statement became less certain, or lost a name or an accusation; HARDENED the
    other way. DELETED: passages are gone. UPDATE: passages were added, or say something new. STYLE: the same in other
    words. TYPO: spelling, marks, spaces.
    """

    RETRACTED = "retracted"
    CORRECTION = "correction"
    FIGURE = "figure"
    SOFTENED = "softened"
    HARDENED = "hardened"
    DELETED = "deleted"
    UPDATE = "update"
    STYLE = "style"
    TYPO = "typo"


GRAVITY = tuple(EditKind)
"""The kinds in the order of their gravity."""

HEADLINE_PLACE = -1


@dataclass(frozen=True, slots=True)
class Change:
    """One passage that changed. `before` and `after` are sentences as they stood; one is "" where it was added or gone.

    `place` is where `after` (or what is left of it) begins in the later text, HEADLINE_PLACE for the headline.
    """

    kind: EditKind
    before: str
    after: str
    place: int


@dataclass(frozen=True, slots=True)
class Edit:
    """All that changed between two wordings, in the order of the later text, the headline first."""

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def kinds(self) -> tuple[EditKind, ...]:
        """The kinds of its changes, each once, the gravest first."""
        held = {change.kind for change in self.changes}
        return tuple(kind for kind in GRAVITY if kind in held)

    @property
    def kind(self) -> EditKind | None:
        """The gravest kind; None where nothing changed."""
        return next(iter(self.kinds), None)

    @property
    def headline_changed(self) -> bool:
        """Whether the headline says something else, or the same in other words; a typo in it is none."""
        return any(one.place == HEADLINE_PLACE and one.kind is not EditKind.TYPO for one in self.changes)


class Piece(StrEnum):
    """What became of a piece of text: for showing what changed."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
