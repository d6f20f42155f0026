"""An editor's word on a front page: what stands first, what never stands there; taken back as easily."""

from dataclasses import replace
from urllib.parse import urlsplit

from octavo.domain.edition import EditionPlan, Pins
from octavo.domain.ids import EditionKey, StoryId
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import pins as pin_store
from octavo.store import starter, stories
from octavo.text.slugs import read_short_id

MOST = 8
"""Stories that can stand first on one page: there are no more places."""


def pin(tools: Tools, edition: str, story: str) -> StoryId:
    """Let a story stand on an edition's front page, after those pinned before. Raises NotFound, InputError."""
    plan = plan_of(tools, edition)
    number = _story(tools, story)
    with tools.database.transaction() as tx:
        kept = pin_store.of(tx, plan.key)
        pinned = tuple(dict.fromkeys((*kept.pinned, number)))
        if len(pinned) > MOST:
            raise InputError(f"{MOST} stories are pinned already: let one go first with `octavo editions release`")
        pin_store.save(tx, plan.key, Pins(pinned, kept.buried - {number}))
    return number


def bury(tools: Tools, edition: str, story: str) -> StoryId:
    """Keep a story off an edition's front page. Raises NotFound, InputError."""
    plan = plan_of(tools, edition)
    number = _story(tools, story)
    with tools.database.transaction() as tx:
        kept = pin_store.of(tx, plan.key)
        pinned = tuple(one for one in kept.pinned if one != number)
        pin_store.save(tx, plan.key, Pins(pinned, kept.buried | {number}))
    return number


def release(tools: Tools, edition: str, story: str) -> StoryId:
    """Take back what was decided on a story. Raises NotFound when nothing was."""
    plan = plan_of(tools, edition)
    number = _number(story)
    with tools.database.transaction() as tx:
        kept = pin_store.of(tx, plan.key)
        if number not in (*kept.pinned, *kept.buried):
            raise NotFound(f"nothing was decided on this story in {plan.key}")
        pinned = tuple(one for one in kept.pinned if one != number)
        pin_store.save(tx, plan.key, replace(kept, pinned=pinned, buried=kept.buried - {number}))
    return number


def pins(tools: Tools, edition: str) -> Pins:
    """Give what was decided for an edition. Raises NotFound."""
    plan = plan_of(tools, edition)
    with tools.database.read() as view:
        return pin_store.of(view, plan.key)


def plan_of(tools: Tools, edition: str) -> EditionPlan:
    """Give an edition's plan by its key. Raises NotFound, naming those there are."""
    known = starter.read(tools.settings.data_dir).editions
    key = EditionKey(edition.strip().lower())
    if key not in known:
        raise NotFound(f"there is no edition {edition}: there are {', '.join(sorted(known))}")
    return known[key]


def _story(tools: Tools, said: str) -> StoryId:
    number = _number(said)
    with tools.database.read() as view:
        found = stories.get(view, number)
    if found is None:
        raise NotFound(f"no story is kept under {said}")
    return found.id


def _number(said: str) -> StoryId:
    """Read a story's address, /en-gb/story/ID/words, or the ID alone."""
    parts = urlsplit(said).path.strip("/").split("/")
    short = parts[parts.index("story") + 1] if "story" in parts[:-1] else parts[-1]
    number = read_short_id(short)
    if number is None or number >= 2**62:
        raise InputError(f"{said!r} is no story's address")
    return StoryId(number)
