"""notifications -> a bulletin: what one reader's digest tells, each story once, nothing that is no longer there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from octavo.domain.article import ArticleCard
from octavo.domain.bulletin import Bulletin, Item, Said, Section
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import CommentId, EditionKey, StoryId
from octavo.domain.notification import Notification, Why
from octavo.ports.database import Read
from octavo.store import articles, discussion, notifications, starter, stories
from octavo.store.wishes import Due
from octavo.text.words import clip

MOST_TOLD = 500
"""Notifications a digest is made of."""

MOST_STORIES = 40
MOST_OF_ONE = 8
"""Stories in one digest, and in one section of it."""

MOST_SAID = 10
_LOOKED_AT = 40
_LONGEST = 300
_TALK = frozenset({Why.REPLY, Why.MENTION, Why.WATCHED, Why.LIST})

Shown = dict[tuple[StoryId, tuple[str, ...]], Item | None]
"""Stories that were looked up for readers of these languages: many readers follow the same."""


@dataclass(slots=True)
class Gathering:
    """One round of digests; what is looked up for one reader serves the next."""

    plans: Mapping[EditionKey, EditionPlan]
    shown: Shown = field(default_factory=dict)

    def bulletin(self, view: Read, due: Due, until: datetime) -> Bulletin:
        """Gather what is new to one reader from their last digest until then, and not read on the site meanwhile."""
        told = notifications.for_digest(view, due.account_id, due.told_until, until, MOST_TOLD)
        unread = [one for one in told if one.read_at is None]
        plan = self.plans.get(due.wishes.edition)
        languages = (plan.languages or (plan.language,)) if plan else ()
        return Bulletin(
            account_id=due.account_id,
            name=due.name,
            address=due.address,
            edition=due.wishes.edition,
            zone=due.wishes.zone,
            rhythm=due.wishes.digest.rhythm,
            since=due.told_until,
            until=until,
            said=_said(view, [one for one in unread if one.why in _TALK]),
            sections=self._sections(view, [one for one in unread if "story" in one.given], languages),
            pictures=due.wishes.digest.pictures,
        )

    def _sections(self, view: Read, told: Sequence[Notification], languages: tuple[str, ...]) -> list[Section]:
        """Put stories under what they are followed for: those followed themselves first, then by the newest."""
        grouped: dict[str, list[Notification]] = {}
        for one in sorted(told, key=lambda one: one.why is not Why.STORY):
            grouped.setdefault(str(Why.STORY) if one.why is Why.STORY else one.topic, []).append(one)
        found: list[Section] = []
        listed: set[StoryId] = set()
        room = MOST_STORIES
        for some in grouped.values():
            items = self._items(view, some, languages, listed)
            listed |= {one.story_id for one in items}
            shown = items[: min(room, MOST_OF_ONE)]
            room -= len(shown)
            if items:
                key, name = str(some[0].given.get("key", "")), str(some[0].given.get("name", ""))
                found.append(Section(some[0].why, key, name, shown, len(items) - len(shown)))
        return found

    def _items(
        self, view: Read, told: Sequence[Notification], languages: tuple[str, ...], listed: set[StoryId]
    ) -> list[Item]:
        items: dict[StoryId, Item] = {}
        for one in told:
            item = self._item(view, StoryId(int(one.given["story"])), languages)
            if item is not None and item.story_id not in listed:
                items.setdefault(item.story_id, item)
        return list(items.values())

    def _item(self, view: Read, story_id: StoryId, languages: tuple[str, ...]) -> Item | None:
        key = (story_id, languages)
        if key not in self.shown:
            self.shown[key] = _look_up(view, story_id, languages)
        return self.shown[key]


def _look_up(view: Read, story_id: StoryId, languages: tuple[str, ...]) -> Item | None:
    """Give a story as readers of these languages see it: by its lead if they can read it, else its newest they can."""
    story = stories.get(view, story_id)
    if story is None:
        return None
    newest = stories.newest_articles(view, [story.id], _LOOKED_AT).get(story.id, [])
    cards = articles.cards(view, list(dict.fromkeys((story.lead_article_id, *newest))))
    readable = [one for one in cards if not languages or starter.reads(languages, one.language)]
    best: ArticleCard | None = next(iter(readable or cards), None)
    return Item(story.id, story.report_count, best) if best else None


def _said(view: Read, told: Sequence[Notification]) -> list[Said]:
    ids = [CommentId(int(one.given["comment"])) for one in told if "comment" in one.given]
    live = {one.id: one for one in discussion.get_many(view, ids) if one.live} if ids else {}
    found: list[Said] = []
    for one in told[:MOST_SAID]:
        comment = live.get(CommentId(int(one.given.get("comment", 0))))
        if "comment" in one.given and comment is None:
            continue
        words = comment.text if comment else str(one.given.get("about", ""))
        name, path = str(one.given.get("name", "")), str(one.given.get("path", ""))
        found.append(Said(one.why, name, clip(words, _LONGEST), path, one.at))
    return found


def is_empty(bulletin: Bulletin) -> bool:
    """Tell whether there is nothing to tell."""
    return not bulletin.said and not bulletin.sections
