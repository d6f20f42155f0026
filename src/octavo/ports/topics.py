"""Topics: our own feeds by their addresses, as readers get them; the worker itself writes no feeds."""

from typing import Protocol

from octavo.domain.websub import TopicDocument


class Topics(Protocol):
    """Writes the feeds that a hub brings to others."""

    def is_own(self, url: str) -> bool:
        """Tell whether one of our feeds calls just this address its own."""
        ...

    def read(self, url: str) -> TopicDocument | None:
        """Write the feed that is, or was, at this address; None where no feed of ours is."""
        ...


class NoTopics:
    """For programs that publish nothing."""

    def is_own(self, url: str) -> bool:
        """Know no feed."""
        return False

    def read(self, url: str) -> TopicDocument | None:
        """Find no feed."""
        return None
