"""A database that programs here ask directly: SQLite's file, or a PostgreSQL of their own that may be killed."""

import os
import pwd
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from octavo.text.slugs import short_id

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import postgres

VOTES = "SELECT accounts.name, votes.comment_id, votes.value FROM votes JOIN accounts ON accounts.id = votes.account_id"
SAVES = "SELECT accounts.name, bookmarks.article_id FROM bookmarks JOIN accounts ON accounts.id = bookmarks.account_id"
WRONG = {
    "articles twice": "SELECT count(*) FROM (SELECT url FROM articles GROUP BY url HAVING count(*) > 1) AS x",
    "pages without their article": (
        "SELECT count(*) FROM pages WHERE state = 'done' AND key NOT IN (SELECT page_key FROM articles)"
    ),
    "articles in two stories": (
        "SELECT count(*) FROM (SELECT article_id FROM story_articles GROUP BY 1 HAVING count(*) > 1) AS x"
    ),
    "stories miscounted": (
        "SELECT count(*) FROM stories s WHERE article_count !="
        " (SELECT count(*) FROM story_articles a WHERE a.story_id = s.id)"
    ),
    "threads miscounted": (
        "SELECT count(*) FROM threads t WHERE comments != (SELECT count(*) FROM comments c"
        " WHERE c.thread_id = t.id AND c.state = 'live')"
    ),
    "votes miscounted": (
        "SELECT count(*) FROM comments c WHERE ups != (SELECT count(*) FROM votes v"
        " WHERE v.comment_id = c.id AND v.value > 0)"
    ),
}
"""Questions whose answer is 0 while all is whole."""

PATIENCE_S = 60.0


def short(number: int) -> str:
    """Write an id as addresses do."""
    return short_id(number)


@dataclass
class Kept:
    """SQLite's file of a demo."""

    folder: Path
    url: str = ""

    def rows(self, query: str) -> list[Any]:
        """Ask; waits for a database that is away."""
        file = self.folder / "octavo-data" / "demo" / "octavo.sqlite"
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            return connection.execute(query).fetchall()

    def workers(self) -> set[str]:
        """The workers that said they are there."""
        return {row[0] for row in self.rows("SELECT process FROM vitals WHERE kind = 'work'")}

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong."""
        found = [row[0] for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"refers to nothing: {row}" for row in self.rows("PRAGMA foreign_key_check")]

    def victims(self) -> dict[str, int]:
        """Processes of the database that can be killed."""
        return {}

    def start_again(self) -> None:
        """Start what was killed."""


@dataclass
class KeptByPostgres(Kept):
    """A PostgreSQL that keeps what it says it keeps: fsync, and a commit that waits for it."""

    programs: Path = Path()

    def order(self, *words: object) -> None:
        """Run one of its programs."""
        postgres._as_owner(self.folder / "pg", *words)

    def start(self) -> None:
        """Start it and wait."""
        socket = self.folder / "pg"
        options = f"-c unix_socket_directories={socket} -c listen_addresses= -c max_connections=200"
        self.order(self.programs / "pg_ctl", "-D", socket / "data", "-l", socket / "log", "-o", options, "-w", "start")

    def start_again(self) -> None:
        """Start it once the old one's processes are gone."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                self.start()
                return
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def rows(self, query: str) -> list[Any]:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    return connection.execute(query.encode()).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def damage(self) -> list[str]:
        """Every table and index is read through (amcheck where it is there, else each table whole)."""
        names = [row[0] for row in self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for name in names:
            self.rows(f"SELECT count(*) FROM (SELECT * FROM {name}) AS x")  # noqa: S608 - names of our own tables
        return []

    def victims(self) -> dict[str, int]:
        pid = (self.folder / "pg" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
        backends = self.rows(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid != pg_backend_pid()"
        )
        found = {"postgres": int(pid)}
        return found | ({"backend": backends[0][0]} if backends else {})


@contextmanager
def kept(kind: str, folder: Path) -> Iterator[Kept]:
    """A database of one kind."""
    if kind == "sqlite":
        yield Kept(folder)
        return
    place = folder / "pg"
    place.mkdir()
    folder.chmod(0o755)
    if os.geteuid() == 0:
        account = pwd.getpwnam(postgres.NOBODY)
        os.chown(place, account.pw_uid, account.pw_gid)
    made = KeptByPostgres(folder, f"postgresql://postgres@/octavo?host={place}", postgres._programs(place))
    made.order(made.programs / "initdb", "-D", place / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
    made.start()
    try:
        with psycopg.connect(f"postgresql://postgres@/postgres?host={place}", autocommit=True) as connection:
            connection.execute("CREATE DATABASE octavo")
        yield made
    finally:
        made.order(made.programs / "pg_ctl", "-D", place / "data", "-m", "immediate", "-w", "stop")
