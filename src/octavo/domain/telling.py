"""Telling: one outlet's account of a story, for those parts that read it closely; Passage: where words stand."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import ArticleId, PublisherId

HEADLINE = -2
STANDFIRST = -1
"""Parts of a telling that are no paragraph; paragraphs count from 0."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words in an article: characters `start` to `end` of its headline, standfirst or one paragraph.

    `part` is HEADLINE, STANDFIRST or the number of the paragraph; `text` is what stands there, byte for byte.
    """

    article_id: ArticleId
    part: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story with all its words.

    `at` is when it was published, or first seen where it is not `dated`. `source` is the agency it credits. `whole`
    says that the text is held whole: only then may it be said of it that something is missing. `names` holds
    (kind, name) of its entities, most important first.
    """

    id: ArticleId
    publisher_id: PublisherId
    publisher: str
    language: str
    at: datetime
    headline: str
    standfirst: str = ""
    paragraphs: tuple[str, ...] = ()
    owner: str = ""
    country: str = ""
    source: str = ""
    byline: str = ""
    dateline: str = ""
    genre: str = "news"
    dated: bool = True
    whole: bool = True
    names: tuple[tuple[str, str], ...] = ()
    fingerprint: tuple[int, ...] = ()

    def part(self, number: int) -> str:
        """Give the text of one part: HEADLINE, STANDFIRST or the number of a paragraph."""
        if number == HEADLINE:
            return self.headline
        return self.standfirst if number == STANDFIRST else self.paragraphs[number]

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts that hold any text, in the order of reading."""
        first = tuple(number for number in (HEADLINE, STANDFIRST) if self.part(number))
        return (*first, *(number for number, text in enumerate(self.paragraphs) if text))

    @property
    def wording(self) -> tuple[str, ...]:
        """All its words, part by part: what `text.versions.version_of` names."""
        return (self.headline, self.standfirst, *self.paragraphs)
