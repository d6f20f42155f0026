"""What apps change, by the same actions as the pages: read, starred, subscribed, followed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from octavo.actions import bookmarks, follows, reading, searches, subscriptions
from octavo.domain.account import Person
from octavo.domain.edition import EditionPlan
from octavo.domain.follow import Follow, FollowKind, SavedSearch
from octavo.domain.ids import ArticleId, FeedId
from octavo.serve.clients.asked import Asked
from octavo.store import subscriptions as kept


class Marks:
    """What one person's app may change. Every method raises NotAllowed where its token only reads."""

    def __init__(self, asked: Asked, person: Person) -> None:
        self._tools = asked.site.tools
        self._person = person
        self._plan: EditionPlan = asked.site.plan_for("")

    def mark(self, ids: Sequence[ArticleId], *, read: bool) -> None:
        """Mark articles as read, or as unread."""
        reading.mark(self._tools, self._person, self._plan, ids, read=read)

    def mark_until(self, until: datetime | None, feeds: Iterable[FeedId] | None) -> None:
        """Mark all of these feeds, or of every feed, as read that came in by a moment."""
        reading.mark_until(self._tools, self._person, self._plan, until, feeds)

    def star(self, ids: Sequence[ArticleId]) -> None:
        """Save articles, as far as there is room."""
        bookmarks.save_many(self._tools, self._person, ids)

    def unstar(self, ids: Sequence[ArticleId]) -> None:
        """Save articles no longer."""
        bookmarks.remove(self._tools, self._person, ids)

    def subscribe(self, feed: FeedId, title: str = "", folder: str = "") -> None:
        """Read a feed."""
        subscriptions.subscribe(self._tools, self._person, feed, title, folder)

    def rename(self, feed: FeedId, title: str | None, folder: str | None) -> None:
        """Give a feed that is read another title or folder; what is None stays."""
        with self._tools.database.read() as view:
            now = kept.choices(view, self._person.id).get(feed)
        before = (now.title, now.folder) if now is not None else ("", "")
        given = [old if new is None else new for old, new in zip(before, (title, folder), strict=True)]
        subscriptions.subscribe(self._tools, self._person, feed, *given)

    def leave(self, feed: FeedId) -> None:
        """Read a feed no longer."""
        subscriptions.leave(self._tools, self._person, feed)

    def follow(self, kind: FollowKind, key: str) -> Follow:
        """Follow something."""
        return follows.follow(self._tools, self._person, kind, key)

    def search(self, line: str, name: str = "") -> SavedSearch:
        """Keep a search."""
        return searches.save(self._tools, self._person, line, name)

    def rename_search(self, one: SavedSearch, name: str) -> None:
        """Call a search something else."""
        searches.rename(self._tools, self._person, one.id, name)

    def forget_search(self, one: SavedSearch) -> None:
        """Keep a search no longer."""
        searches.remove(self._tools, self._person, one.id)

    def unfollow(self, kind: FollowKind, key: str) -> None:
        """Follow something no longer."""
        follows.leave(self._tools, self._person, kind, key)
