"""story -> the stories that are about the same names, and what it is part of with them."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from octavo.domain.digest import Saga
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.story import Story
from octavo.ports.database import Read
from octavo.relate.sagas import Chapter, saga_of
from octavo.store import articles, enrichments, reading, stories

_NAMES = 6
_PER_NAME = 200
"""Articles about each of the names a story is mostly about that are looked at: the newest."""

_SHARED = 2
_AT_MOST = 60
"""Stories that are compared: those that move nearest to this one in time."""

_BACK = timedelta(days=90)

_Said = TypeVar("_Said", bound=Hashable)


def gather_saga(view: Read, story: Story, read: Sequence[ArticleId]) -> Saga | None:
    """Tell what a story is part of; `read` are its articles."""
    own = reading.about_keys(view, read, ())
    keys = _most(own, read)[:_NAMES]
    if len(keys) < _SHARED:
        return None
    found = {one for key in keys for one in reading.about_ids(view, key, None, _PER_NAME)}
    homes = {article: home for article, home in stories.stories_of(view, sorted(found)).items() if home.id != story.id}
    near = _near(story, homes.values(), reading.about_keys(view, sorted(homes), keys), homes)
    chapters = _chapters(view, [story, *near])
    return saga_of(chapters[0], chapters[1:]) if chapters and chapters[0].story_id == story.id else None


def _near(
    story: Story,
    homes: Iterable[Story],
    about: Mapping[ArticleId, tuple[str, ...]],
    home_of: Mapping[ArticleId, Story],
) -> list[Story]:
    """Choose the stories of the same weeks that two of the names are in."""
    named: dict[StoryId, set[str]] = {}
    for article, keys in about.items():
        named.setdefault(home_of[article].id, set()).update(keys)
    close = {
        home.id: home
        for home in homes
        if len(named.get(home.id, ())) >= _SHARED and abs(home.first_at - story.first_at) <= _BACK
    }
    return sorted(close.values(), key=lambda home: (abs(home.first_at - story.first_at), home.id))[:_AT_MOST]


def _chapters(view: Read, chosen: Sequence[Story]) -> list[Chapter]:
    """Read what each of these stories is mostly about; one whose lead is gone is left out."""
    newest = stories.newest_articles(view, [story.id for story in chosen], 8)
    ids = sorted({one for some in newest.values() for one in some})
    about, topics = reading.about_keys(view, ids, ()), enrichments.topics_of(view, ids)
    codes = {article: tuple(topic.code for topic in some) for article, some in topics.items()}
    leads = {one.id: one for one in articles.candidates(view, [story.lead_article_id for story in chosen])}
    return [
        Chapter(
            story_id=story.id,
            first_at=story.first_at,
            about=tuple(_most(about, newest.get(story.id, ()))),
            topics=frozenset(_most(codes, newest.get(story.id, ()))),
            lead=leads[story.lead_article_id],
        )
        for story in chosen
        if story.lead_article_id in leads
    ]


def _most(said: Mapping[ArticleId, tuple[_Said, ...]], ids: Sequence[ArticleId]) -> list[_Said]:
    """Give what at least half of these articles say, what most say first."""
    counts = Counter(one for article in ids for one in said.get(article, ()))
    return [one for one, count in counts.most_common() if 2 * count >= len(ids)]
