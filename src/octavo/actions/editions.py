"""An editor's word on a front page: what stands first, what never stands there; taken back as easily."""

from urllib.parse import urlsplit

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record, short_note
from octavo.domain.account import Person
from octavo.domain.edition import EditionPlan, Pin, Stance
from octavo.domain.ids import EditionKey, StoryId
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import pins as pin_store
from octavo.store import starter, stories
from octavo.text.slugs import read_short_id

MOST = 8
"""Stories that can stand first on one page: there are no more places."""


def pin(tools: Tools, person: Person | None, edition: str, story: str, note: str = "") -> StoryId:
    """Let a story stand on an edition's front page, after those pinned before. Raises NotFound, InputError."""
    return _decide(tools, demand(person, Act.EDIT_STORIES), (edition, story), Stance.PINNED, note)


def bury(tools: Tools, person: Person | None, edition: str, story: str, note: str = "") -> StoryId:
    """Keep a story off an edition's front page. Raises NotFound, InputError."""
    return _decide(tools, demand(person, Act.EDIT_STORIES), (edition, story), Stance.BURIED, note)


def release(tools: Tools, person: Person | None, edition: str, story: str) -> StoryId:
    """Take back what was decided on a story. Raises NotFound when nothing was."""
    who, plan, number = demand(person, Act.EDIT_STORIES), plan_of(tools, edition), number_of(story)
    with tools.database.transaction() as tx:
        if not pin_store.release(tx, plan.key, number):
            raise NotFound(f"nothing was decided on this story in {plan.key}")
        record(tx, who, "released", f"story/{number}", plan.key, tools.now())
    return number


def pins(tools: Tools, edition: str) -> list[Pin]:
    """Give what was decided for an edition. Raises NotFound."""
    plan = plan_of(tools, edition)
    with tools.database.read() as view:
        return pin_store.listed(view, plan.key)


def _decide(tools: Tools, who: Person, what: tuple[str, str], stance: Stance, note: str) -> StoryId:
    """Pin or bury; `what` names the edition and the story."""
    plan, said, now = plan_of(tools, what[0]), short_note(note), tools.now()
    number = _story(tools, what[1])
    with tools.database.transaction() as tx:
        pinned = pin_store.of(tx, plan.key).pinned
        if stance is Stance.PINNED and number not in pinned and len(pinned) >= MOST:
            raise InputError("{n} stories are pinned already: let one go first", n=MOST)
        pin_store.decide(tx, plan.key, Pin(number, stance, now, said))
        record(tx, who, str(stance), f"story/{number}", f"{plan.key}. {said}".strip(), now)
    return number


def plan_of(tools: Tools, edition: str) -> EditionPlan:
    """Give an edition's plan by its key. Raises NotFound, naming those there are."""
    known = starter.read(tools.settings.data_dir).editions
    key = EditionKey(edition.strip().lower())
    if key not in known:
        raise NotFound(f"there is no edition {edition}: there are {', '.join(sorted(known))}")
    return known[key]


def _story(tools: Tools, said: str) -> StoryId:
    number = number_of(said)
    with tools.database.read() as view:
        found = stories.get(view, number)
    if found is None:
        raise NotFound(f"no story is kept under {said}")
    return found.id


def number_of(said: str) -> StoryId:
    """Read a story's address, /en-gb/story/ID/words, or the ID alone. Raises InputError."""
    parts = urlsplit(said).path.strip("/").split("/")
    short = parts[parts.index("story") + 1] if "story" in parts[:-1] else parts[-1]
    number = read_short_id(short)
    if number is None or number >= 2**62:
        raise InputError(f"{said!r} is no story's address")
    return StoryId(number)
