"""What one worker does and no other: locks that end with their holder's process, on both queues."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from holder import another
from octavo.errors import StoreBusy
from octavo.pipeline.locks import Locks

from .test_jobs import until


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jobs.sqlite"
    server = request.getfixturevalue("postgres_server")
    name = f"locks_{time.monotonic_ns()}"
    server.run(f"CREATE DATABASE {name}")
    return str(server.url(name)).replace("+psycopg", "")


@contextmanager
def locks(url: str) -> Iterator[Locks]:
    made = Locks(url)
    yield made
    made.close()


def test_a_name_has_one_holder_and_is_free_once_that_is_killed(url: str) -> None:
    with locks(url) as own, another(url, "a", "b") as (holder, given):
        assert given == ["a", "b"]
        assert own.take(["a", "b", "c"]) == ["c"]
        assert own.take(["c"]) == [], "two jobs of one worker are two"
        holder.kill()
        until(lambda: own.take(["b"]) == ["b"])
        with another(url, "a", "b", "c") as (_, rest):
            assert rest == ["a"]
        own.leave(["b", "never had"])
        with another(url, "b", "c") as (_, rest):
            assert rest == ["b"]


def test_all_is_free_once_it_is_closed(url: str) -> None:
    with locks(url) as own:
        assert own.take(["a"]) == ["a"]
        own.close()
        with another(url, "a") as (_, given):
            assert given == ["a"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_locks_are_taken_again_where_the_server_forgot_them(url: str, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres_server")
    with locks(url) as own:
        assert own.take(["a", "b"]) == ["a", "b"]
        with server.connect(make_url(url).database or "") as session:
            session.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        own.leave(["b"])
        assert own.take(["c"]) == ["c"]
        with another(url, "a", "b") as (_, given):
            assert given == ["b"]


def test_a_server_that_does_not_answer_is_busy_and_asked_again_later(tmp_path: Path) -> None:
    own = Locks(f"postgresql://postgres@/nothing?host={tmp_path}")
    for _ in range(2):
        with pytest.raises(StoreBusy, match="does not answer"):
            own.take(["a"])
    own.leave(["a"])
    own.close()
