"""Kill -9 of every process, again and again, while the newswire is collected: nothing lost, nothing twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from octavo.adapters.newswire import server as newswire
from octavo.adapters.newswire.nouns import publishers_with_feeds
from running import PATIENCE_S

ROUNDS = 10
SEED = 20261124
"""Fixed, so that a failure can be had again; the moments still differ with the machine's speed."""


def octavo(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    settings = {
        "OCTAVO_DATA_DIR": str(folder / "data"),
        "OCTAVO_FETCH__DELAY_S": "0",
        "OCTAVO_FETCH__ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "OCTAVO_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "octavo", *arguments]
    return subprocess.Popen(command, env=os.environ | settings, start_new_session=True)


def rows(folder: Path, query: str) -> list[tuple[int, ...]]:
    with sqlite3.connect(folder / "data" / "octavo.sqlite", timeout=30) as connection:
        found: list[tuple[int, ...]] = connection.execute(query).fetchall()
    connection.close()
    return found


def finished(folder: Path) -> bool:
    """Everything the feeds named is an article or refused, and every change has been related."""
    waiting = rows(folder, "SELECT count(*) FROM pages WHERE state IN ('pending', 'fetched')")[0][0]
    unpolled = rows(folder, "SELECT count(*) FROM feeds WHERE last_success_at IS NULL")[0][0]
    behind = rows(
        folder,
        "SELECT (SELECT coalesce(max(seq), 0) FROM changes) - coalesce(min(seq), 0) FROM positions"
        " WHERE name IN ('enrich', 'relate')",
    )[0][0]
    articles = rows(folder, "SELECT count(*) FROM articles")[0][0]
    return waiting == 0 and unpolled == 0 and behind == 0 and articles > 0


@pytest.mark.slow
@pytest.mark.enable_socket
def test_kill_nine_at_random(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - chooses moments, guards nothing
    running = newswire.start(0, datetime.now(UTC))
    try:
        opml = tmp_path / "feeds.opml"
        opml.write_text(running.opml(), encoding="utf-8")
        assert octavo(tmp_path, "feeds", "import", str(opml)).wait(PATIENCE_S) == 0
        feeds = sum(len(own) for _, own in publishers_with_feeds(running))
        for _ in range(ROUNDS):
            worker = octavo(tmp_path, "work")
            time.sleep(chance.uniform(0.5, 6.0))
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        worker = octavo(tmp_path, "work")
        try:
            deadline = time.monotonic() + PATIENCE_S
            while not finished(tmp_path) and time.monotonic() < deadline:
                time.sleep(0.5)
            assert finished(tmp_path), "after ten kills the worker did not finish by itself"
        finally:
            worker.terminate()
            worker.wait(PATIENCE_S)
        check_whole(tmp_path, feeds, len(running.newsstand.library.articles))
    finally:
        running.stop()


def check_whole(folder: Path, feeds: int, written: int) -> None:
    assert rows(folder, "SELECT count(*) FROM feeds")[0][0] == feeds
    later = 10  # a few articles appear only after the newswire has run for a while
    articles = rows(folder, "SELECT count(*), count(DISTINCT url) FROM articles")[0]
    assert articles[0] == articles[1], "an article was saved twice"
    assert written - later <= articles[0] <= written
    lost = "SELECT count(*) FROM pages WHERE state = 'done' AND key NOT IN (SELECT page_key FROM articles)"
    assert rows(folder, lost)[0][0] == 0
    storyless = "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM story_articles)"
    assert rows(folder, storyless)[0][0] == 0
    twice = "SELECT count(*) FROM (SELECT article_id FROM story_articles GROUP BY 1 HAVING count(*) > 1)"
    assert rows(folder, twice)[0][0] == 0
    miscounted = (
        "SELECT count(*) FROM stories s WHERE article_count !="
        " (SELECT count(*) FROM story_articles a WHERE a.story_id = s.id)"
    )
    assert rows(folder, miscounted)[0][0] == 0
    assert rows(folder, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check != 'ok'")[0][0] == 0
