"""RepeatedLine: a line of text that several pages of one publisher carry, and what speaks for its being theirs."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import PublisherId


@dataclass(frozen=True, slots=True)
class Topic:
    """What a page is about, as small hashes of words: those of its headline, and a sample of its text's."""

    headline: frozenset[int] = frozenset()
    text: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """One line, however its numbers change, among the pages of its publisher that were read.

    `pages` of the `of_pages` read since it came up first carry it; `since` is the publisher's count of pages before
    that. `text` is the latest wording, "" until a second page has it. `likely` is the mean probability that it belongs
    to the body, judged by the pages alone; `about` the mean share of its telling words that stand elsewhere in the
    article; `heads` on how many pages it opened a part of the text. `topics` are those of some pages that carry it, no
    two of them about the same. `learned` is the machine's verdict, `kept` the owner's word, which outweighs it: True
    to keep the line in articles, False to drop it, None while nothing was said.
    """

    publisher_id: PublisherId
    key: int
    text: str
    pages: int
    of_pages: int
    first_seen_at: datetime
    last_seen_at: datetime
    kept: bool | None = None
    learned: bool = False
    since: int = 0
    likely: float = 0.0
    about: float = 0.0
    heads: int = 0
    topics: tuple[Topic, ...] = ()

    @property
    def dropped(self) -> bool:
        """Whether articles are read without it."""
        return self.learned if self.kept is None else not self.kept
