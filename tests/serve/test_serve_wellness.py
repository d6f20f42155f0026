"""Whether an instance is well: /healthz, /readyz, /metrics, for those who may ask."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from octavo.domain.vitals import Vitals
from octavo.errors import StoreBusy
from octavo.ports.database import Read
from octavo.ports.meter import Meter
from octavo.serve.metrics import HELP, written
from octavo.store import vitals

from .conftest import NOW, Reader

Make = Callable[..., Reader]
TOKEN = "a-token-that-nobody-guesses"


class Away:
    """A database that cannot be reached."""

    dialect = "sqlite"

    @contextmanager
    def read(self) -> Iterator[Read]:
        raise StoreBusy("gone for a while")
        yield

    def schema(self) -> tuple[str, str]:
        raise StoreBusy("gone for a while")


def heard(reader: Reader, process: str, kind: Any, ago: float, figures: dict[str, float] | None = None) -> None:
    moment = NOW - timedelta(seconds=ago)
    with reader.tools.database.transaction() as tx:
        vitals.save(tx, Vitals(process, kind, moment, moment, figures or {}))


def without_store(reader: Reader) -> Reader:
    """The same site once its store is away: opened before."""
    reader.site()
    site = reader.app._app.routes[0].endpoint.args[0]
    site.tools = replace(site.tools, database=Away())
    return reader


def test_a_process_that_lives_says_so_whatever_becomes_of_its_store(reader: Reader) -> None:
    answer = without_store(reader).get("/healthz")
    assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (200, "ok", "no-store")


def test_ready_names_what_is_stale(reader: Reader) -> None:
    answer = reader.get("/readyz")
    assert answer.status_code == 200
    assert answer.text == "store: ok\nschema: ok\nworker: stale, none is heard of\n"
    heard(reader, "work@a:1", "work", 5)
    assert reader.get("/readyz").text.endswith("worker: ok\n")
    reader.clock.now += timedelta(minutes=12)
    assert reader.get("/readyz").text.endswith("worker: stale, not heard of for 12 minutes\n")


def test_not_ready_without_a_store_or_with_another_schema(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(reader.tools.database), "schema", lambda _: ("0001", "0002"))
    answer = reader.get("/readyz")
    assert answer.status_code == 503
    assert "schema: not the one this program knows" in answer.text
    monkeypatch.undo()
    gone = without_store(reader).get("/readyz")
    assert (gone.status_code, gone.text) == (503, "store: not reachable\n")


def test_there_are_no_figures_unless_somebody_may_read_them(reader: Reader) -> None:
    assert reader.get("/metrics").status_code == 404


def test_figures_are_for_a_network_and_never_by_what_a_proxy_says(make_reader: Make) -> None:
    inside = make_reader(settings={"metrics": {"networks": ["127.0.0.0/8"]}})
    assert inside.get("/metrics").status_code == 200, "the tests' client connects from 127.0.0.1"
    for name in ("x_forwarded_for", "forwarded", "x_real_ip", "via"):
        assert inside.get("/metrics", **{name: "127.0.0.1"}).status_code == 404, name
    outside = make_reader(settings={"metrics": {"networks": ["10.0.0.0/8"]}})
    assert outside.get("/metrics").status_code == 404
    assert outside.get("/metrics", x_forwarded_for="10.0.0.1").status_code == 404


def test_figures_are_for_who_knows_the_token(make_reader: Make) -> None:
    settings = {"metrics": {"token": TOKEN}}
    reader = make_reader(settings=settings, metrics_token=TOKEN)
    assert reader.get("/metrics").status_code == 404
    assert reader.get("/metrics", authorization="Bearer wrong").status_code == 404
    assert reader.get("/metrics", authorization="Bearer ").status_code == 404
    answer = reader.get("/metrics", authorization=f"Bearer {TOKEN}", x_forwarded_for="198.51.100.7")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


LINE = re.compile(r'octavo_([a-z_]+)(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? (-?[0-9.e+-]+)')


def test_figures_are_in_the_form_prometheus_reads(make_reader: Make) -> None:
    reader = make_reader(settings={"metrics": {"networks": ["127.0.0.0/8"]}})
    reader.get("/en-gb")
    reader.get("/en-gb")
    reader.get("/nowhere/at/all", x_forwarded_for="198.51.100.7")
    text = reader.get("/metrics").text
    told, lines = set[str](), list[str]()
    for line in text.splitlines():
        if line.startswith("# "):
            told.add(line.split()[2])
            continue
        found = LINE.fullmatch(line)
        assert found, line
        assert f"octavo_{found[1]}" in told, line
        lines.append(line)
    assert len(lines) == len({line.rpartition(" ")[0] for line in lines}), "a figure stands there twice"
    here = 'process="here"'
    for expected in (
        "octavo_store_up 1",
        "octavo_articles 7",
        'octavo_feeds{state="active"} 1',
        f'octavo_requests_total{{{here},status="200"}} 2',
        f'octavo_requests_total{{{here},status="404"}} 1',
        f"octavo_requests_from_memory_total{{{here}}} 1",
        f"octavo_proxied_total{{{here}}} 1",
    ):
        assert expected in lines, text


def test_figures_of_several_processes_add_up(make_reader: Make) -> None:
    reader = make_reader(settings={"metrics": {"networks": ["127.0.0.0/8"]}})
    waiting = 'jobs_waiting{kind="tidy",state="waiting"}'
    heard(reader, "web@b:1", "web", 5, {'requests_total{status="200"}': 40.0})
    heard(reader, "work@a:1", "work", 9, {waiting: 7.0, 'jobs_total{kind="tidy",outcome="done"}': 3.0})
    heard(reader, "work@a:2", "work", 4, {waiting: 6.0, 'jobs_total{kind="tidy",outcome="done"}': 2.0})
    heard(reader, "web@gone:1", "web", 600, {'requests_total{status="200"}': 999.0})
    text = reader.get("/metrics").text
    assert 'octavo_requests_total{process="web@b:1",status="200"} 40\n' in text
    done = re.findall(r'octavo_jobs_total\{process="(\S+?)",kind="tidy",outcome="done"\} ([0-9.]+)', text)
    assert dict(done) == {"work@a:1": "3", "work@a:2": "2"}
    assert re.findall(r"octavo_jobs_waiting\{.*", text) == ['octavo_jobs_waiting{kind="tidy",state="waiting"} 6'], (
        "they share one queue: what was said of it last"
    )
    assert "web@gone" not in text
    assert "octavo_worker_silent_seconds 4\n" in text


def test_own_figures_are_there_when_the_store_is_not(make_reader: Make) -> None:
    reader = without_store(make_reader(settings={"metrics": {"networks": ["127.0.0.0/8"]}}))
    text = reader.get("/metrics").text
    assert "octavo_store_up 0\n" in text
    assert 'octavo_proxied_total{process="here"} 0' in text
    assert "octavo_articles" not in text


def test_every_figure_that_is_counted_is_explained() -> None:
    meter = Meter()
    with meter.job("tidy"):
        meter.count("errors_total", code="Gone")
        names = {key.partition("{")[0] for key in meter.figures()}
    assert names <= set(HELP)


def test_figures_tell_nothing_of_readers(make_reader: Make) -> None:
    reader = make_reader(settings={"metrics": {"networks": ["127.0.0.0/8"]}, "accounts": {"sign_up": "open"}})
    reader.visitor().sign_up("ada-quill")
    reader.get("/en-gb/search?q=tide+tables", x_forwarded_for="198.51.100.7")
    text = written(reader.tools)
    assert not [word for word in ("ada-quill", "tide", "198.51.100.7", "search") if word in text]
