"""The classifier that learns from what moderators decided here, and what any classifier is asked about a comment."""

from collections.abc import Callable
from datetime import datetime

from octavo.discuss.learning import Learned, learn
from octavo.domain.comment import NOBODY, CommentState, Venue
from octavo.domain.ids import CommentId
from octavo.domain.moderation import Decided, Opinion, Said
from octavo.ports.database import Database, Read
from octavo.store import articles, discussion, moderation, stories

MOST_DECISIONS = 3_000
"""The newest decisions it learns from."""

_Known = tuple[tuple[int, str], Learned | None]


class DecisionsLearned:
    """Learns from the comments moderators removed or let stand, as long as their words are kept.

    It learns anew after each decision, and once an hour: what its author deleted is soon forgotten here, too.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._known: _Known = ((-1, ""), None)

    @property
    def on(self) -> bool:
        """It can always be asked."""
        return True

    def judge(self, said: Said) -> Opinion | None:
        """Say what it thinks; None while there are too few decisions. See the port."""
        with self._database.read() as view:
            key = (moderation.newest_decision(view), f"{self._now():%Y-%m-%d %H}")
            known, learned = self._known
            if known != key:
                learned = learn(decided(view))
                self._known = (key, learned)
        return learned.judge(said) if learned else None


def decided(read: Read) -> list[Decided]:
    """List what people decided on comments that still have their words, the newest first.

    What counts is how a comment stands now: one an appeal brought back stands.
    """
    known = dict(reversed(moderation.decisions(read, MOST_DECISIONS)))  # of several on one comment the newest is kept
    found = discussion.get_many(read, sorted(known, reverse=True))
    removed = {one.id: known[one.id] for one in found if one.state is CommentState.REMOVED}
    return [
        Decided(one.text, removed.get(one.id, ""))
        for one in found
        if (one.state is CommentState.LIVE) or removed.get(one.id)
    ]


def asked(read: Read, text: str, venue: Venue | None, parent_id: CommentId) -> Said:
    """Give what a classifier is asked: the words, and what they stand under or answer."""
    parent = discussion.get(read, parent_id) if parent_id != NOBODY else None
    if parent is not None:
        thread = discussion.thread(read, parent.thread_id)
        venue = thread.venue if thread else venue
    return Said(text, "\n".join(one for one in (_about(read, venue), parent.text if parent else "") if one))


def _about(read: Read, venue: Venue | None) -> str:
    if venue is None:
        return ""
    if venue.article_id is not None:
        article = articles.get(read, venue.article_id)
        return f"{article.headline}\n{article.standfirst}" if article else ""
    story = stories.get(read, venue.story_id) if venue.story_id is not None else None
    return story.headline if story else ""
