"""A real server on the tests' newspaper, in a process of its own."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from octavo.accounts.tokens import fever_key, new_api_token, token_key
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.account import Account, ApiToken, Role, Scope
from octavo.domain.ids import AccountId, ArticleId, StoryId, TokenId
from octavo.domain.webhook import CHOSEN, Webhook
from octavo.store import accounts, migrations_path, sessions, webhooks
from octavo.text.signatures import new_secret
from octavo.text.slugs import short_id
from running import PATIENCE_S, free_port
from serve.conftest import fill


@dataclass(frozen=True)
class Newspaper:
    """A newspaper on disk, and where it is served."""

    folder: Path
    address: str
    ids: dict[str, ArticleId]
    story_id: StoryId
    token: str
    """An owner's, made for webhooks."""

    def id(self, name: str) -> str:
        """The id of an article of the tests."""
        return short_id(self.ids[name])

    @property
    def story(self) -> str:
        """The id of the story of the tests."""
        return short_id(self.story_id)


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """Serve the newspaper in a folder; gives its address."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    fixed = {"OCTAVO_WEB__PORT": str(port), "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "octavo", "--data-dir", str(folder), "web"]
    process = subprocess.Popen(command, env=clean | fixed | settings, cwd=folder)
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + PATIENCE_S
        while not _answers(f"{address}/healthz"):
            assert time.monotonic() < deadline, "the website did not start"
            assert process.poll() is None, "the website ended"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def owners_token(database: SqliteDatabase) -> str:
    """Let there be an owner with a token for webhooks, and one webhook."""
    now, token = datetime.now(UTC), new_api_token()
    with database.transaction() as tx:
        owner = accounts.add(tx, Account(AccountId(0), "olga", Role.OWNER, now), "")
        scopes = frozenset({Scope.READ, Scope.WEBHOOKS})
        kept = ApiToken(TokenId(0), owner.id, "program", scopes, token[:11], now)
        sessions.add_token(tx, token_key(token), fever_key("olga", token), kept)
        webhooks.add(tx, Webhook("https://desk.example/", CHOSEN, now, search="tide", secret=new_secret()))
    return token


@pytest.fixture(scope="session")
def newspaper(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    """A newspaper of fictional articles, served to programs of every kind."""
    folder = tmp_path_factory.mktemp("newspaper")
    shutil.copy(sqlite_template, folder / "octavo.sqlite")
    database = SqliteDatabase(folder / "octavo.sqlite", migrations_path())
    ids, story = fill(database, SqliteSearch(database))
    token = owners_token(database)
    database.close()
    with served(folder, OCTAVO_MCP__HTTP="true") as address:
        yield Newspaper(folder, address, ids, story, token)
