"""Quotation: something somebody said, and how each outlet gives it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import ArticleId
from octavo.domain.telling import Passage


class Wording(StrEnum):
    """How an outlet's wording stands to the fullest one.

    CUT: words are missing that the outlet does not give elsewhere in the article either. PART: words are missing, and
    we do not hold the whole article. ALTERED: words differ. TRANSLATED: the same said in another language.
    """

    WHOLE = "whole"
    CUT = "cut"
    PART = "part"
    ALTERED = "altered"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Variant:
    """One outlet's wording. `words` is what was said, without what stands between: "A," she said, "B" is "A, B".

    `passage` runs from the first quotation mark to the last, marks outside. `speaker` is a name, `role` what the text
    calls the person; both are empty where the text does not say for sure. `changes` holds (words of the fullest
    wording, words here) where they differ, for ALTERED only.
    """

    article_id: ArticleId
    publisher: str
    at: datetime
    language: str
    passage: Passage
    words: str
    speaker: str = ""
    role: str = ""
    wording: Wording = Wording.WHOLE
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation across outlets: `head` is the fullest wording, of several the earliest; `others` by time."""

    head: Variant
    others: tuple[Variant, ...] = ()

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Every wording, the first seen first."""
        return tuple(sorted((self.head, *self.others), key=lambda one: (one.at, one.article_id)))

    @property
    def first(self) -> Variant:
        """Where and when it was first seen."""
        return self.variants[0]

    @property
    def speaker(self) -> str:
        """Who said it: the longest name any outlet gives, "" where none does."""
        return max((one.speaker for one in (self.head, *self.others)), key=len)

    @property
    def role(self) -> str:
        """What the speaker is called: the head's word, else the first other's."""
        return next((one.role for one in (self.head, *self.others) if one.role), "")

    @property
    def publishers(self) -> tuple[str, ...]:
        """The outlets that give it, each once."""
        return tuple(dict.fromkeys(one.publisher for one in self.variants))
