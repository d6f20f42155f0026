"""An editor's word on what is one story: fold two into one, take one apart, let the machine see to it again."""

from collections.abc import Iterable, Sequence

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record, short_note
from octavo.actions.editions import number_of
from octavo.domain.account import Person
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.story import Story
from octavo.errors import InputError, NotFound
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.relate.headline import choose_lead
from octavo.relate.provenance import independent_reports
from octavo.store import articles as article_store
from octavo.store import digests
from octavo.store import stories as story_store
from octavo.text.slugs import read_short_id, short_id

SPOKESMEN = 40
"""Newest articles of a story that its headline is chosen from."""


def merge(tools: Tools, person: Person | None, story: str, into: str, note: str = "") -> StoryId:
    """Fold a story into another, and hold that one. Raises NotAllowed, NotFound, InputError."""
    who, said, now = demand(person, Act.EDIT_STORIES), short_note(note), tools.now()
    with tools.database.transaction() as tx:
        old, new = found(tx, story), found(tx, into)
        if old.id == new.id:
            raise InputError("these are one story already")
        story_store.merge(tx, old.id, new.id, now)
        _describe(tx, [new.id])
        told = f"{short_id(old.id)} “{old.headline}”. {said}".strip()
        record(tx, who, "stories merged", f"story/{new.id}", told, now)
    return new.id


def split(tools: Tools, person: Person | None, story: str, articles: Sequence[str], note: str = "") -> StoryId:
    """Make a story of its own of some of a story's articles, and hold both. Raises NotAllowed, NotFound, InputError."""
    who, said, now = demand(person, Act.EDIT_STORIES), short_note(note), tools.now()
    with tools.database.transaction() as tx:
        old = found(tx, story)
        moved = sorted({_article(one) for one in articles})
        inside = set(story_store.article_ids(tx, old.id))
        if not moved or not inside.issuperset(moved):
            raise InputError("choose articles of this story")
        if len(moved) == len(inside):
            raise InputError("leave at least one article where it is")
        made = story_store.split(tx, old.id, moved, now)
        _describe(tx, [old.id, made])
        record(tx, who, "story split", f"story/{old.id}", f"{short_id(made)}. {said}".strip(), now)
    return made


def let_go(tools: Tools, person: Person | None, story: str) -> StoryId:
    """Let the machine see to a story again that was merged or split. Raises NotAllowed, NotFound."""
    who, now = demand(person, Act.EDIT_STORIES), tools.now()
    with tools.database.transaction() as tx:
        one = found(tx, story)
        if not story_store.held(tx, [one.id]):
            raise NotFound("no editor holds this story")
        story_store.hold(tx, one.id, None)
        record(tx, who, "story let go", f"story/{one.id}", "", now)
    return one.id


def found(read: Read, said: str) -> Story:
    """Give a story by its address or id. Raises NotFound, InputError."""
    one = story_store.get(read, number_of(said))
    if one is None:
        raise NotFound("no story is kept under {story}", story=said)
    return one


def _article(said: str) -> ArticleId:
    """Read an article's short id, or its address on this site. Raises InputError."""
    parts = said.strip().strip("/").split("/")
    short = parts[parts.index("article") + 1] if "article" in parts[:-1] else parts[-1]
    number = read_short_id(short)
    if number is None or number >= 2**62:
        raise InputError("{article} is no article's address", article=said)
    return ArticleId(number)


def _describe(tx: Transaction, ids: Iterable[StoryId]) -> None:
    """Choose headlines anew, count reports anew, and forget what was read of the stories closely."""
    for story_id in ids:
        members = article_store.candidates(tx, story_store.article_ids(tx, story_id)[:SPOKESMEN])
        if members:
            lead = choose_lead(members)
            story_store.describe(tx, story_id, lead=lead.id, reports=len(independent_reports(members)))
    digests.forget(tx, ids)
