"""The desk's pages of stories, hashtags, and what readers reported of AI features."""

from octavo.accounts.permissions import Act
from octavo.actions import briefs, hashtags
from octavo.actions import stories as actions
from octavo.domain.ids import StoryId
from octavo.domain.story import Story
from octavo.serve.desked import DeskBriefsPage, DeskHashtagsPage, DeskStoriesPage, DeskStoryPage
from octavo.serve.pages.desking import deed, enter, frame, tabs
from octavo.serve.visit import Moved, Visit
from octavo.store import audit, pins, reading, stories
from octavo.text.slugs import short_id

_RISING, _ACTS, _DEEDS, _MOST = 20, 300, 12, 120


def load_stories(visit: Visit) -> DeskStoriesPage | Moved:
    """Give what was decided; a story that was typed leads to its page. Raises SignInRequired, NotAllowed, NotFound."""
    enter(visit, Act.EDIT_STORIES)
    typed = visit.query.get("story", "").strip()
    if typed and not visit.problem:
        return Moved(f"/{visit.plan.key}/desk/stories/{short_id(actions.found(visit.view, typed).id)}", for_good=False)
    return DeskStoriesPage(
        frame=frame(visit, visit.t("Stories"), "stories"),
        problem=visit.problem,
        tabs=tabs(visit, "stories"),
        pins=[
            (one, story)
            for one in pins.listed(visit.view, visit.plan.key)
            if (story := stories.get(visit.view, one.story_id))
        ],
        held=_held(visit),
        given=typed,
    )


def _held(visit: Visit) -> list[Story]:
    """Give the stories editors hold, from what they did of late."""
    touched = [StoryId(int(key)) for one in audit.shown(visit.view, _ACTS) if (key := _story_in(one.subject))]
    held = stories.held(visit.view, touched)
    return [story for one in dict.fromkeys(touched) if one in held and (story := stories.get(visit.view, one))]


def _story_in(subject: str) -> str:
    kind, _, key = subject.partition("/")
    return key if kind == "story" and key.isdecimal() else ""


def load_story(visit: Visit) -> DeskStoryPage | Moved:
    """Give one story. Raises SignInRequired, NotAllowed, NotFound."""
    enter(visit, Act.EDIT_STORIES)
    story = actions.found(visit.view, visit.names["number"])
    name = short_id(story.id)
    if name != visit.names["number"]:
        return Moved(f"/{visit.plan.key}/desk/stories/{name}")
    decided = {one.story_id: one for one in pins.listed(visit.view, visit.plan.key)}
    return DeskStoryPage(
        frame=frame(visit, story.headline, f"stories/{name}"),
        problem=visit.problem,
        tabs=tabs(visit, "stories"),
        story=story,
        name=name,
        cards=visit.cards(reading.story_ids(visit.view, story.id, _MOST)),
        pin=decided.get(story.id),
        held=bool(stories.held(visit.view, [story.id])),
        deeds=[deed(visit, one, named=True) for one in audit.of_subject(visit.view, f"story/{story.id}", _DEEDS)],
        given=visit.given,
    )


def load_hashtags(visit: Visit) -> DeskHashtagsPage:
    """Give what was decided on hashtags. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.EDIT_STORIES)
    return DeskHashtagsPage(
        frame=frame(visit, visit.t("Hashtags"), "hashtags"),
        problem=visit.problem,
        tabs=tabs(visit, "hashtags"),
        rules=hashtags.rules(visit.site.tools),
        rising=hashtags.rising(visit.site.tools, _RISING),
        given=visit.given,
    )


def load_briefs(visit: Visit) -> DeskBriefsPage:
    """Give what readers reported. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.EDIT_STORIES)
    return DeskBriefsPage(
        frame=frame(visit, visit.t("Reported sentences"), "briefs"),
        problem=visit.problem,
        tabs=tabs(visit, "briefs"),
        briefs=briefs.reported(visit.site.tools),
    )
