"""What the website's code does for the worker: its words, addresses and feeds, brought in when first needed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from octavo.actions.opening import prepare_site
from octavo.config import Settings
from octavo.domain.bulletin import Bulletin
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.mail import Message
from octavo.domain.speech import Episode, Script
from octavo.domain.websub import TopicDocument
from octavo.errors import StoreError
from octavo.ports.database import Database, Read
from octavo.ports.letters import Letters as LettersPort
from octavo.ports.postings import Postings as PostingsPort
from octavo.ports.scripts import Scripts as ScriptsPort
from octavo.ports.tools import Tools
from octavo.ports.topics import Topics as TopicsPort


class Topics:
    """Our feeds, written for the hub as the website writes them: its code is brought in once somebody subscribed."""

    tools: Tools | None = None
    _written: TopicsPort | None = None

    def is_own(self, url: str) -> bool:
        """Tell whether one of our feeds calls just this address its own; see the port."""
        return self._open().is_own(url)

    def read(self, url: str) -> TopicDocument | None:
        """Write the feed at an address; see the port."""
        return self._open().read(url)

    def _open(self) -> TopicsPort:
        if self.tools is None:
            raise StoreError("a feed is asked for before the instance is open")
        if self._written is None:
            prepare_site(self.tools.database)
            written: TopicsPort = import_module("octavo.serve.topics").open_topics(self.tools)
            self._written = written
        return self._written


class Letters:
    """Writes letters with the website's words and templates, which are brought in when the first is written."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._writer: LettersPort | None = None

    def digest(self, bulletin: Bulletin) -> Message:
        """Write a digest."""
        if self._writer is None:
            prepare_site(self._database)
            writer: LettersPort = import_module("octavo.serve.bulletins").open_writer(self._settings, self._database)
            self._writer = writer
        return self._writer.digest(bulletin)


class Postings:
    """Writes articles with the website's addresses and pictures, which are brought in when the first is written."""

    def __init__(self, settings: Settings, database: Database, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._database = database
        self._now = now
        self._writer: PostingsPort | None = None

    def _open(self) -> PostingsPort:
        if self._writer is None:
            prepare_site(self._database)
            writer: PostingsPort = import_module("octavo.serve.federated").open_postings(
                self._settings, self._database, self._now
            )
            self._writer = writer
        return self._writer

    def plans(self) -> Mapping[EditionKey, EditionPlan]:
        """Give the editions there are."""
        return self._open().plans()

    def is_actor(self, view: Read, actor: str) -> bool:
        """Tell whether there is such an actor here."""
        return self._open().is_actor(view, actor)

    def notes(self, actor: str, ids: Sequence[ArticleId]) -> dict[ArticleId, Mapping[str, Any]]:
        """Write articles as an actor tells of them."""
        return self._open().notes(actor, ids)


class Scripts:
    """What a speaker says, in the website's words and within what it may show."""

    tools: Tools | None = None
    _writer: ScriptsPort | None = None

    def editions(self) -> tuple[EditionKey, ...]:
        """Give the editions that have a podcast; see the port."""
        return self._open().editions()

    def there(self, edition: EditionKey) -> datetime:
        """Tell the time where an edition is read; see the port."""
        return self._open().there(edition)

    def briefing(self, edition: EditionKey) -> Script | None:
        """Write an edition's briefing; see the port."""
        return self._open().briefing(edition)

    def article(self, article: ArticleId) -> Script | None:
        """Write an article; see the port."""
        return self._open().article(article)

    def stands(self, episode: Episode) -> bool:
        """Tell whether an episode may still be heard; see the port."""
        return self._open().stands(episode)

    def _open(self) -> ScriptsPort:
        if self.tools is None:
            raise StoreError("a script is asked for before the instance is open")
        if self._writer is None:
            prepare_site(self.tools.database)
            writer: ScriptsPort = import_module("octavo.serve.aloud").open_scripts(self.tools)
            self._writer = writer
        return self._writer
