"""What a story is part of, as its page shows it: the names it is about, how long it goes on, its latest stories."""

from octavo.domain.digest import Saga
from octavo.domain.story import Story
from octavo.serve.closely import Larger
from octavo.serve.visit import Visit
from octavo.store import reading, stories

_SHOWN = 6
"""Other stories that are listed: the newest."""

_LEAST = 3
"""Others from which there is something larger: some may have been folded into each other since."""


def larger(visit: Visit, story: Story, saga: Saga | None) -> Larger | None:
    """Bring a saga to the page; stories that are no longer kept, or became one, count no more."""
    if saga is None:
        return None
    kept = {one.id: one for one in stories.get_many(visit.view, saga.stories).values() if one.id != story.id}
    if len(kept) < _LEAST:
        return None
    newest = sorted(kept.values(), key=lambda one: (one.first_at, one.id), reverse=True)
    return Larger(
        about=[(key, _name(visit, key)) for key in saga.about],
        count=len(kept) + 1,
        since=saga.since,
        stories=newest[:_SHOWN],
    )


def _name(visit: Visit, key: str) -> str:
    name = reading.entity_name(visit.view, key)
    return visit.here.place_name(key, name) if key.startswith("place/") else name
