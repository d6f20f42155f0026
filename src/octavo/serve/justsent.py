"""What was sent a moment ago, sent again to those who ask the same: nothing is weighed anew for each of them.

An answer holds as long as nobody looks at the store again: until the watcher learns its stamp, something is heard in
the discussions, or the minute ends. Then the kept pages decide (octavo.serve.kept).
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from octavo.serve.watching import EARLY, Watcher

_MINUTE = timedelta(minutes=1)
_MOST = 500
"""Answers that are remembered: each is one that is kept as well."""

Question = tuple[str, str, str, str]
"""Path, query, Accept-Encoding and If-None-Match, as they came."""


class Sent(NamedTuple):
    """An answer as RSGI sends it."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes


class JustSent:
    """Answers by their questions; belongs to one event loop."""

    def __init__(self, watcher: Watcher) -> None:
        self.times = 0
        """How often something was sent again."""
        self._watcher = watcher
        self._sent: dict[Question, Sent] = {}
        self._known: tuple[str, datetime] | None = None
        self._seq = -1
        self._from = self._until = datetime.max.replace(tzinfo=UTC)

    def get(self, question: Question, now: datetime) -> Sent | None:
        """Give the answer that was sent a moment ago, where nothing was learnt since. No I/O."""
        sent = self._sent.get(question) if self._holds(now) else None
        self.times += sent is not None
        return sent

    def begin(self, now: datetime) -> None:
        """To be called before an answer is looked for: what is learnt after this keeps it from being remembered."""
        if self._holds(now):
            return
        self._sent.clear()
        self._seq, known = self._watcher.heard.seq, self._watcher.known
        self._known = known
        if known is not None:
            ends = now.replace(second=0, microsecond=0) + _MINUTE
            self._from, self._until = now, min(known[1] + EARLY, ends)

    def keep(self, question: Question, sent: Sent, now: datetime) -> None:
        """Remember an answer that holds."""
        if self._holds(now) and len(self._sent) < _MOST:
            self._sent[question] = sent

    def _holds(self, now: datetime) -> bool:
        return (
            self._known is not None
            and self._known is self._watcher.known
            and self._seq == self._watcher.heard.seq
            and self._from <= now < self._until
        )
