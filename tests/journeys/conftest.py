"""For journeys, a browser and what it looks at: `octavo demo`, or a website on a store that the test writes."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, expect, sync_playwright

from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.store import arrivals, articles, changes, migrations_path, publishers
from running import PATIENCE_S, free_port

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync".split()
PATIENCE_MS = 120_000
SAMPLE = 100
"""Articles of the newswire at which a demo no longer just begins."""

STEPS = ("enrich", "relate", "digest", "settle", "lay_out")
"""What is done with an article until it stands on the front page as it will."""

REFUSED = ("Content Security Policy", "requires 'Trusted", "TrustedTypePolicy")
"""In what Chromium says when a content policy refuses something; frames of this site elsewhere are tried on purpose."""

# The demo is still reading its newswire while the first journeys run, and other tests have the other core.
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def violations() -> list[str]:
    """What the content policy refused in this module's pages, as the browser says it: nothing is expected to be."""
    return []


@pytest.fixture(scope="module")
def browser(violations: list[str]) -> Iterator[Browser]:
    """A Chromium, for one module: its driver keeps the thread's event loop, which other modules need."""

    def heard(said: ConsoleMessage) -> None:
        refused = any(words in said.text for words in REFUSED) and "frame-ancestors" not in said.text
        if said.type == "error" and refused:
            violations.append(f"{said.location.get('url')}: {said.text}")

    def watched(opened: BrowserContext) -> None:
        opened.set_default_timeout(PATIENCE_MS)
        opened.on("console", heard)

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE_MS)
        running.on("context", watched)
        yield running
        running.close()
    assert violations == []


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that has been collected and laid out."""
    folder: Path = tmp_path_factory.mktemp("demo")
    port = free_port()
    settings = {"OCTAVO_NEWSWIRE__PORT": str(free_port()), "OCTAVO_FETCH__DELAY_S": "0.05", "OCTAVO_LOG_LEVEL": "error"}
    settings |= {"OCTAVO_METRICS__NETWORKS": '["127.0.0.0/8"]'}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    command = [sys.executable, "-m", "octavo", "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=clean | settings, cwd=folder, start_new_session=True)
    try:
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE_S)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def read(address: str) -> str:
    """Read a page; "" while nobody answers."""
    asked = urllib.request.Request(address, headers={"Accept-Language": "en-GB"})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            page: str = answer.read().decode()
            return page
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if _collected(read(f"{address}/metrics")) and 'class="eight' in read(f"{address}/en-gb"):
            return
        time.sleep(0.3)
    raise AssertionError(f"{address} had not read its newswire within {PATIENCE_S:g} seconds")


def _collected(figures: str) -> bool:
    """Tell by an instance's figures whether its pages are read, its articles understood and its stories settled."""
    found = {name: int(value) for name, value in re.findall(r"^(octavo_\S+) (\d+)$", figures, re.MULTILINE)}
    waiting = [found.get(f'octavo_pages{{state="{state}"}}', 0) for state in ("pending", "fetched")]
    waiting += [found.get(f'octavo_backlog{{step="{step}"}}', 1) for step in STEPS]
    return found.get("octavo_articles", 0) >= SAMPLE and not any(waiting)


@dataclass
class Paper:
    """A website whose newsroom is the test: `arrive` lets an article in, understood and related."""

    address: str
    database: SqliteDatabase
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    count: int = 0
    settings: dict[str, str] = field(default_factory=dict)

    def start(self, source: Path | None = None) -> None:
        """Start the website, from another copy of the source if one is named."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
        port = self.address.rpartition(":")[2]
        settings = {"OCTAVO_WEB__PORT": port, "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
        settings |= {"OCTAVO_ACCOUNTS__SIGN_UP": "open", "OCTAVO_ACCOUNTS__PASSWORD_MEMORY_KIB": "7168"}
        settings |= {"OCTAVO_ACCOUNTS__SIGN_UP_SECONDS": "0"}
        settings |= self.settings
        copy = {"PYTHONPATH": str(source)} if source else {}
        command = [sys.executable, "-m", "octavo", "--data-dir", str(self.folder), "web"]
        self.process = subprocess.Popen(command, env=clean | settings | copy, cwd=self.folder)
        deadline = time.monotonic() + PATIENCE_S
        while not read(f"{self.address}/en-gb/latest"):
            assert time.monotonic() < deadline, "the website did not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the website without a farewell."""
        if self.process:
            self.process.kill()
            self.process.wait(20)

    def arrive(
        self,
        headline: str,
        publisher: str = "harbour",
        language: str = "en",
        tag: str = "Tide",
        body: tuple[str, ...] = (),
    ) -> None:
        """Let an article come in, a second newer than the one before."""
        self.count += 1
        words = f"{headline}. The harbour office said so on Monday, and showed the ledger to those who asked."
        body = body or (words,)
        new = Article(
            id=ArticleId(0),
            url=f"https://{publisher}.example/{self.count}",
            publisher_id=PublisherId(publisher),
            headline=headline,
            first_seen_at=self.began,
            published_at=self.began + timedelta(seconds=self.count - 3600),
            language=language,
            excerpt=body[0],
            word_count=90,
            blocks=tuple(Block(BlockKind.PARAGRAPH, one) for one in body),
        )
        with self.database.transaction() as tx:
            [saved] = articles.save(tx, [new], now=self.began)
            told = Enrichment(saved.id, language, hashtags=(Hashtag(tag.lower(), tag, 0.9),))
            articles.save_enrichments(tx, [told])
            changes.set_position(tx, arrivals.RELATED, changes.last_seq(tx))


@contextmanager
def open_paper(folder: Path, settings: dict[str, str] | None = None) -> Iterator[Paper]:
    """Open a website alone, on a store in this folder with articles of three publishers."""
    database = SqliteDatabase(folder / "octavo.sqlite", migrations_path())
    database.migrate()
    prepare_site(database)
    made = Paper(f"http://127.0.0.1:{free_port()}", database, folder, settings=settings or {})
    with database.transaction() as tx:
        for name in ("harbour", "ledger", "gull"):
            publishers.save(tx, [Publisher(PublisherId(name), f"The {name.title()} Example", "gb", ("en", "de"))])
    made.arrive("Ein Wal in der Bucht", language="de")
    for number in range(24):
        made.arrive(f"Ship number {number} enters the bay", ("harbour", "ledger", "gull")[number % 3])
    try:
        made.start()
        yield made
    finally:
        made.kill()
        database.close()


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    """A website alone, on a store the test writes."""
    with open_paper(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The same for all tests of a module, none of which writes."""
    with open_paper(tmp_path_factory.mktemp("standing")) as made:
        yield made
