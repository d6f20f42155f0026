"""Spoken, Script, Recording, Episode: what is said aloud, how it sounds, and what is kept of a day's briefing."""

from dataclasses import dataclass
from datetime import date, datetime

from octavo.domain.ids import ArticleId, EditionKey

_NONE = ArticleId(0)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that is said in one breath: plain text in one language.

    `article_id` is the article it is about, 0 for words of our own; `quoted`: they are the article's own words, byte
    for byte. `chapter` is the title of what begins with it; `pause_s` is the silence after it.
    """

    text: str
    language: str
    article_id: ArticleId = _NONE
    quoted: bool = False
    chapter: str = ""
    pause_s: float = 0.4


@dataclass(frozen=True, slots=True)
class Script:
    """What is said, from beginning to end."""

    title: str
    language: str
    lines: tuple[Spoken, ...]

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """The articles it rests on, in order."""
        return tuple(dict.fromkeys(one.article_id for one in self.lines if one.article_id))


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples of 16 bits, one channel, little-endian, `rate` of them a second."""

    rate: int
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class Recording:
    """A script as it was spoken: a file, and the second each line begins at."""

    data: bytes
    media_type: str
    seconds: float
    starts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """A day's briefing as it is kept: its audio lies among the blobs under `blob`, `size` bytes of it.

    `day` is that of the edition's own place; `starts` the second each line of the script begins at.
    """

    edition: EditionKey
    day: date
    made_at: datetime
    script: Script
    starts: tuple[float, ...]
    seconds: float
    media_type: str
    blob: str
    size: int
    voice: str
