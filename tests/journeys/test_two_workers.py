"""Two workers on one PostgreSQL, one of them killed: nothing is lost, no page fetched and no article kept twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from octavo.adapters.newswire import server as newswire
from postgres import PostgresServer, Reused
from running import PATIENCE_S

UNDONE = """
    SELECT (SELECT count(*) FROM pages WHERE state IN ('pending', 'fetched'))
         + (SELECT count(*) FROM feeds WHERE last_success_at IS NULL)
         + (SELECT coalesce(max(seq), 0) FROM changes) - (SELECT coalesce(min(seq), 0) FROM positions
            WHERE name IN ('enrich', 'relate'))
         + (SELECT CASE WHEN count(*) < 20 THEN 1 ELSE 0 END FROM articles)
"""
WRONG = {
    "articles twice": "SELECT count(*) - count(DISTINCT url) FROM articles",
    "pages fetched more than once": (
        "SELECT count(*) FROM (SELECT subject_key FROM journal WHERE step = 'fetch_page' AND outcome LIKE 'fetched %'"
        " GROUP BY subject_key HAVING count(*) > 1) AS twice"
    ),
    "pages without their article": (
        "SELECT count(*) FROM pages WHERE state = 'done' AND key NOT IN (SELECT page_key FROM articles)"
    ),
    "articles in no story": "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM story_articles)",
    "articles in two stories": "SELECT count(*) - count(DISTINCT article_id) FROM story_articles",
    "stories miscounted": (
        "SELECT count(*) FROM stories s WHERE article_count !="
        " (SELECT count(*) FROM story_articles a WHERE a.story_id = s.id)"
    ),
    "revisions of what was read once": "SELECT count(*) FROM revisions",
}


@pytest.mark.slow
@pytest.mark.enable_socket
def test_two_workers_share_one_database(tmp_path: Path, postgres_databases: Reused) -> None:
    server, name = postgres_databases.server, postgres_databases.take()
    running = newswire.start(0, datetime.now(UTC))
    workers: list[subprocess.Popen[bytes]] = []
    try:
        opml = tmp_path / "feeds.opml"
        opml.write_text(running.opml(), encoding="utf-8")
        assert octavo(server, name, tmp_path / "one", "feeds", "import", str(opml)).wait(PATIENCE_S) == 0
        workers += [octavo(server, name, tmp_path / one, "work") for one in ("one", "two")]
        wait_until(server, name, "SELECT CASE WHEN count(*) > 2 THEN 0 ELSE 1 END FROM articles")
        os.killpg(workers[0].pid, signal.SIGKILL)
        workers.append(octavo(server, name, tmp_path / "one", "work"))
        wait_until(server, name, UNDONE)
        found = {told: asked(server, name, query) for told, query in WRONG.items()}
        assert found == dict.fromkeys(found, 0)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        running.stop()
        postgres_databases.drop()


def octavo(server: PostgresServer, name: str, folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    settings = {
        "OCTAVO_DATA_DIR": str(folder),
        "OCTAVO_DATABASE_URL": server.url(name).replace("+psycopg", ""),
        "OCTAVO_BLOBS": "database",
        "OCTAVO_FETCH__DELAY_S": "0",
        "OCTAVO_FETCH__ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "OCTAVO_WORK__JOBS": "1",
        "OCTAVO_LOG_LEVEL": "error",
    }
    return subprocess.Popen([sys.executable, "-m", "octavo", *words], env=os.environ | settings, start_new_session=True)


def asked(server: PostgresServer, name: str, query: str) -> int:
    with server.connect(name) as session:
        row = session.execute(query.encode()).fetchone()
    assert row
    return int(row[0])


def wait_until(server: PostgresServer, name: str, query: str) -> None:
    """Wait until the answer is 0."""
    deadline = time.monotonic() + PATIENCE_S
    while asked(server, name, query):
        assert time.monotonic() < deadline, f"{asked(server, name, query)} left, in vain"
        time.sleep(0.5)
