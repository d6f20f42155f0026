"""What was said lately: a kept page that shows a discussion no longer holds once something was said in it.

The store's stamp knows nothing of comments: ten a second would throw away every page of the site each time. Threads
have a number that grows with each change (`threads.seq`). A page remembers the last one there was when it was made, and
the one discussion it shows; this remembers which discussions changed since.
"""

import re
import threading
from dataclasses import dataclass

from octavo.domain.comment import Venue
from octavo.ports.database import Read
from octavo.store import discussion
from octavo.text.slugs import short_id

_SHOWS = re.compile(r"^/[^/]+/((?:article|story)/[a-z0-9]{1,12})(?:[/.]|$)")
_MOST = 20_000
"""Discussions remembered; then pages that show any are all made anew."""

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Shows:
    """The discussion a page shows, "" for none, and the last change of any when it was made."""

    talk: str = ""
    seq: int = 0


NONE = Shows()


class Heard:
    """Discussions by when they changed last. Safe to use from many threads."""

    def __init__(self) -> None:
        self.seq = -1
        """The last change that is known of; -1 before the first look."""
        self._changed: dict[str, int] = {}
        self._before = 0
        """When those changed last that are not remembered."""
        self._lock = threading.Lock()

    def holds(self, shows: Shows) -> bool:
        """Tell whether nothing was said in the discussion a page shows since it was made."""
        return not shows.talk or self.changed(shows.talk) <= shows.seq

    def changed(self, talk: str) -> int:
        """Give the number of the last change of a discussion, as far as is known."""
        return self._changed.get(talk, self._before)

    def look(self, read: Read) -> None:
        """Learn what was said since the last look."""
        if self.seq < 0:
            self._forget(discussion.heard(read))
            return
        found = discussion.changed(read, self.seq, _AT_ONCE + 1)
        if not found:
            return
        if len(found) > _AT_ONCE or len(self._changed) > _MOST:
            self._forget(found[0].seq)
            return
        with self._lock:
            for one in found:
                for talk in _shown_in(one):
                    self._changed[talk] = max(one.seq, self._changed.get(talk, 0))
            self.seq = max(self.seq, found[0].seq)

    def _forget(self, seq: int) -> None:
        """From here on every page that shows a discussion is one from before."""
        with self._lock:
            self._before = seq
            self._changed = {}
            self.seq = seq


def talk_of(path: str) -> str:
    """Name the discussion that a page shows, by its path; "" for none."""
    found = _SHOWS.match(path)
    return found.group(1) if found else ""


def talk_about(venue: Venue) -> str:
    """Name the discussion of an article or a story."""
    return f"{venue.kind}/{short_id(venue.id)}"


def _shown_in(one: discussion.Changed) -> list[str]:
    """What is said about an article is shown in its story, too."""
    found = [talk_about(one.venue)]
    return [*found, f"story/{short_id(one.story_id)}"] if one.story_id is not None else found
