"""Scripts: what is said aloud, written by the website's code: it knows what may be shown, and the editions' words."""

from datetime import datetime
from typing import Protocol

from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.speech import Episode, Script


class Scripts(Protocol):
    """Writes what a speaker says."""

    def editions(self) -> tuple[EditionKey, ...]:
        """Give the editions that have a podcast."""
        ...

    def there(self, edition: EditionKey) -> datetime:
        """Tell the time where an edition is read."""
        ...

    def briefing(self, edition: EditionKey) -> Script | None:
        """Write an edition's briefing as it is now; None where there is nothing to say."""
        ...

    def article(self, article: ArticleId) -> Script | None:
        """Write an article, as much of it as its page shows; None where there is none."""
        ...

    def stands(self, episode: Episode) -> bool:
        """Tell whether every article of an episode is still there, may be quoted, and says what is said of it."""
        ...


class NoScripts:
    """For programs that record nothing."""

    def editions(self) -> tuple[EditionKey, ...]:
        """Give none."""
        return ()

    def there(self, edition: EditionKey) -> datetime:
        """Be asked by nobody."""
        raise NotImplementedError

    def briefing(self, edition: EditionKey) -> Script | None:
        """Write nothing."""
        return None

    def article(self, article: ArticleId) -> Script | None:
        """Write nothing."""
        return None

    def stands(self, episode: Episode) -> bool:
        """Know of none."""
        return False
