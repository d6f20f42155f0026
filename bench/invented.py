"""An archive of invented articles, as large as asked for and always the same: words, names, vectors, events.

Words are English ones, used as often as they are in English (wordfreq); names are made of syllables, a few of them in
every tenth article and most in one event alone. An event has a dozen articles of several publishers within some days.
So many articles a day, whatever their number: a larger archive goes further back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId, StoryId, first_article_id

END = datetime(2026, 3, 31, tzinfo=UTC)
A_DAY = 3334
"""So that 100,000 articles are thirty days."""

DIMENSIONS, WORDS, PUBLISHERS, TOPICS, PER_EVENT = 512, 300, 400, 300, 12
MODEL = "invented"
SYLLABLES = "ka lo mi ran tel vo sha dur pen ost bri nem gar ulo fes tin".split()
NAMES = 40_000
COMMON_NAMES = 2_000


@dataclass(frozen=True, slots=True)
class Made:
    """One article with what enriching and relating would have found."""

    article: Article
    story: StoryId
    names: tuple[str, ...]
    tags: tuple[str, ...]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Event:
    """What a dozen articles report: words and names of its own, and where its vectors lie."""

    names: tuple[str, ...]
    themes: tuple[str, ...]
    middle: NDArray[np.float32]


class Archive:
    """The words and names all articles are made of, and the events, one made when its first article comes."""

    def __init__(self, count: int, seed: int = 0) -> None:
        self._drawn = np.random.default_rng(seed)
        self.count = count
        self.words, weights = vocabulary()
        self._use = np.cumsum(weights / weights.sum())
        self.names = names(self._drawn)
        self._topics = self._drawn.standard_normal((TOPICS, DIMENSIONS)).astype(np.float32)
        self._events: dict[int, Event] = {}

    def made(self) -> Iterator[Made]:
        """Make every article, oldest first."""
        stories: dict[int, StoryId] = {}
        begun = END - timedelta(days=self.count / A_DAY)
        seconds = np.sort(self._drawn.integers(0, int(self.count / A_DAY * 86_400), self.count))
        newest = max(1, self.count // PER_EVENT)
        # Within A_DAY / PER_EVENT events before and after: an event's articles come within a day or two.
        apart = max(2, A_DAY // PER_EVENT)
        for number in range(self.count):
            middle = number * newest // self.count
            event = int(np.clip(self._drawn.integers(middle - apart, middle + apart), 0, newest - 1))
            at = begun + timedelta(seconds=int(seconds[number]))
            article_id = ArticleId(first_article_id(int(at.timestamp())) + number % (1 << 20))
            story = stories.setdefault(event, StoryId(int(article_id)))
            yield self._article(article_id, story, self._event(event), at)
            if len(self._events) > 4 * apart:
                for old in [one for one in self._events if one < event - 2 * apart]:
                    del self._events[old]

    def _event(self, number: int) -> Event:
        if number not in self._events:
            drawn = self._drawn
            common = self.names[drawn.integers(0, COMMON_NAMES, 2)]
            rare = self.names[drawn.integers(COMMON_NAMES, NAMES, 3)]
            middle = 0.6 * self._topics[int(drawn.integers(TOPICS))]
            self._events[number] = Event(
                tuple(str(one) for one in (*common, *rare)),
                tuple(str(one) for one in self.words[drawn.integers(300, 6000, 10)]),
                middle + 0.8 * drawn.standard_normal(DIMENSIONS).astype(np.float32),
            )
        return self._events[number]

    def _article(self, article_id: ArticleId, story: StoryId, event: Event, at: datetime) -> Made:
        drawn = self._drawn
        words = self.words[np.searchsorted(self._use, drawn.random(WORDS)).clip(max=len(self.words) - 1)].tolist()
        own = [event.names[place].title() for place in drawn.integers(0, len(event.names), 12)]
        themes = [event.themes[place] for place in drawn.integers(0, len(event.themes), 14)]
        for place, word in zip(drawn.integers(0, WORDS, 26).tolist(), [*own, *themes], strict=True):
            words[place] = word
        headline = f"{' '.join(own[:2])} {' '.join(themes[:4])} {' '.join(words[:3])}"
        vector = event.middle + 0.5 * drawn.standard_normal(DIMENSIONS).astype(np.float32)
        number = article_id % (1 << 20)
        article = Article(
            id=article_id,
            url=f"https://paper{number % PUBLISHERS}.example/{article_id}",
            publisher_id=PublisherId(f"paper{number % PUBLISHERS}"),
            headline=headline,
            language="en",
            first_seen_at=at,
            published_at=at,
            blocks=tuple(
                Block(BlockKind.PARAGRAPH, " ".join(words[start : start + 60])) for start in range(0, WORDS, 60)
            ),
            excerpt=" ".join(words[:40]),
            word_count=WORDS,
            complete=1.0,
        )
        return Made(article, story, event.names[:4], event.themes[:3], vector / np.linalg.norm(vector))


def vocabulary() -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """List English words, the plainest first, with how often each is used."""
    wordfreq = import_module("wordfreq")
    rows = wordfreq.read_cBpack(str(wordfreq.available_languages("large")["en"]))
    pairs = [(word, 10.0 ** (-place / 100.0)) for place, some in enumerate(rows) for word in some if word.isalpha()]
    pairs = pairs[:60_000]
    return np.array([word for word, _ in pairs]), np.array([use for _, use in pairs])


def names(drawn: np.random.Generator) -> NDArray[np.str_]:
    """Make names of two to four syllables."""
    found: dict[str, None] = {}
    while len(found) < NAMES:
        found["".join(drawn.choice(SYLLABLES, int(drawn.integers(2, 5))))] = None
    return np.array(list(found))
