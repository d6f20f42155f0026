"""octavo doctor finds the usual mistakes: each is made here, and found."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.cli import doctor, mistakes
from octavo.config import AiSettings, Settings, WebSettings
from octavo.domain.feed import Feed, PollState
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.mail import Message
from octavo.domain.vitals import Vitals
from octavo.domain.web import Response
from octavo.errors import TranslatorError, VectorsAway
from octavo.ports.translator import Pair
from octavo.store import mail_outbox, migrations_path, vitals
from translators import apertium_here

from .conftest import Octavo
from .stream import row, write

LATER = datetime(2100, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://harbour.example/feed.xml"


def feed(**poll: Any) -> Feed:
    return Feed(FeedId(1), URL, PublisherId("harbour"), poll=PollState(**poll))


def process(kind: Any, ago: float, **figures: float) -> Vitals:
    return Vitals(f"{kind}@here:1", kind, NOW, NOW - timedelta(seconds=ago), figures)


Examined = Callable[[], dict[str, dict[str, Any]]]


@pytest.fixture
def examined(octavo: Octavo) -> Examined:
    """Run the doctor; gives its findings by name."""

    def examine() -> dict[str, dict[str, Any]]:
        done = octavo("doctor", "--json")
        assert done.code in (0, 1), done.err
        return {one["name"]: one for one in json.loads(done.out)}

    return examine


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")


@ROOT
def test_a_data_folder_that_cannot_be_written_to(
    octavo: Octavo, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = octavo("--data-dir", small_disk / "data", "doctor", "--json")
    assert done.code == 1, done.err
    [found] = [one for one in json.loads(done.out) if one["name"] == "data folder"]
    assert not found["well"]
    assert "Read-only file system" in found["found"]


@ROOT
def test_little_room_on_the_disk(octavo: Octavo, small_disk: Path) -> None:
    found = {one.name: one for one in mistakes.machine(Settings(data_dir=small_disk))}
    assert (found["data folder"].well, found["disk"].well) == (True, False)
    assert found["disk"].found == "0.0 GB free"


def test_secrets_that_others_may_read(tmp_path: Path) -> None:
    secrets, data = tmp_path / "secrets", tmp_path / "data"
    secrets.mkdir()
    data.mkdir(mode=0o700)
    (secrets / "smtp").write_text("a password")
    (secrets / "smtp").chmod(0o600)
    settings = Settings(data_dir=data, secrets_dir=str(secrets))
    assert mistakes.secret_files(settings).well
    (secrets / "smtp").chmod(0o644)
    found = mistakes.secret_files(settings)
    assert (found.well, found.advice) == (False, f"chmod o-rwx {secrets / 'smtp'}")
    (secrets / "smtp").chmod(0o600)
    data.chmod(0o755)
    assert str(data) in mistakes.secret_files(settings).found


def test_a_new_data_folder_is_for_its_owner_alone(octavo: Octavo, tmp_path: Path) -> None:
    octavo("migrate")
    assert (tmp_path / "octavo-data").stat().st_mode & 0o777 == 0o700


def test_a_clock_that_is_off() -> None:
    answers = {URL: Response(URL, 200, {"date": "Sun, 01 Mar 2026 12:00:30 GMT"}, b"")}
    fetcher = RecordedFetcher(answers)
    assert mistakes.clock(fetcher, [feed()], [], NOW).well
    off = mistakes.clock(fetcher, [feed()], [], NOW + timedelta(hours=1))
    assert (off.well, off.found) == (False, "differs from a publisher's by 3570 s")
    back = mistakes.clock(RecordedFetcher({}), [feed(last_attempt_at=NOW + timedelta(days=1))], [], NOW)
    assert (back.well, "2026-03-02" in back.found) == (False, True)
    assert not mistakes.clock(RecordedFetcher({}), [], [process("work", -600)], NOW).well
    assert mistakes.clock(RecordedFetcher({}), [feed()], [], NOW).well, "nobody answered: nothing is known"
    nonsense = RecordedFetcher({URL: Response(URL, 200, {"date": "yesterday"}, b"")})
    assert mistakes.clock(nonsense, [feed()], [], NOW).well


def test_a_public_address_that_is_missing() -> None:
    assert mistakes.public_address(Settings(), 0).well
    assert not mistakes.public_address(Settings(), 3).well
    open_to_all = Settings(web=WebSettings(host="0.0.0.0"))  # noqa: S104
    assert not mistakes.public_address(open_to_all, 0).well
    named = Settings(web=WebSettings(host="0.0.0.0", public_url="https://news.example"))  # noqa: S104
    assert mistakes.public_address(named, 3).well


def test_a_proxy_that_settings_know_nothing_of() -> None:
    seen, none = [process("web", 5, proxied_total=7)], [process("web", 5, proxied_total=0)]
    found = mistakes.proxy(Settings(), seen, NOW)
    assert (found.well, "7 requests" in found.found) == (False, True)
    assert mistakes.proxy(Settings(), none, NOW).well
    assert mistakes.proxy(Settings(web=WebSettings(public_url="https://news.example")), seen, NOW).well


def test_a_worker_that_does_not_run() -> None:
    assert mistakes.worker([process("work", 5)], 3, NOW).well
    assert not mistakes.worker([process("work", 500), process("web", 1)], 3, NOW).well
    assert not mistakes.worker([], 3, NOW).well
    assert mistakes.worker([], 0, NOW).well


def test_no_network() -> None:
    failing = feed(last_attempt_at=NOW, failures=2, last_error="no route to host")
    well = replace(feed(last_attempt_at=NOW), url="https://other.example/feed")
    found = mistakes.network([failing, failing])
    assert (found.well, "no route to host" in found.found) == (False, True)
    assert mistakes.network([failing, well]).well
    assert mistakes.network([feed()]).well, "never tried"


def test_backups_that_are_old(octavo: Octavo, examined: Examined, tmp_path: Path) -> None:
    assert examined()["backups"]["well"], "nothing to lose yet"
    octavo("import", write(tmp_path / "a.ndjson", [row(1)]))
    assert examined()["backups"]["found"] == "none was ever made"
    assert octavo("backup", tmp_path / "kept.tar").code == 0
    assert examined()["backups"]["well"]
    last = (NOW - timedelta(days=8)).isoformat()
    assert not mistakes.backups(last, 7, 1, NOW).well
    assert mistakes.backups(last, 9, 1, NOW).well
    assert mistakes.backups("", 0, 1, NOW).well


def test_a_mail_server_that_refuses(octavo: Octavo, examined: Examined, tmp_path: Path, monkeypatch: Any) -> None:
    for name, value in {"SERVER": "127.0.0.1", "PORT": "9", "TLS": "none", "SENDER": "news@news.example"}.items():
        monkeypatch.setenv(f"OCTAVO_MAIL__{name}", value)
    monkeypatch.setenv("OCTAVO_WEB__PUBLIC_URL", "https://news.example")
    assert examined()["mail"]["well"]
    database = SqliteDatabase(tmp_path / "octavo-data" / "octavo.sqlite", migrations_path())
    with database.transaction() as tx:
        mail_outbox.add(tx, Message("ada@reader.example", "Hello", "Words", "hello 1"), datetime.now(UTC), LATER)
        [waiting] = mail_outbox.due(tx, datetime.now(UTC) + timedelta(seconds=1), 1)
        mail_outbox.later(tx, waiting.id, "554 your address is on a list")
    database.close()
    found = examined()["mail"]
    assert (found["well"], found["advice"]) == (False, "the server says: 554 your address is on a list")


def test_a_model_that_is_missing(examined: Examined, tmp_path: Path) -> None:
    (tmp_path / "octavo.toml").write_text(
        '[[models.order]]\nname = "small"\naddress = "http://127.0.0.1:9/v1"\nmodel = "small"\n'
    )
    assert not examined()["model small"]["well"]


@pytest.mark.skipif(not apertium_here(), reason="Apertium and its Spanish and Portuguese are not on this machine")
def test_translators_are_listed_with_their_languages_and_where_they_work(examined: Examined, tmp_path: Path) -> None:
    assert examined()["translators"]["found"] == "none"
    (tmp_path / "octavo.toml").write_text('[ai]\ntranslators = ["apertium"]\n')
    [one] = [found for name, found in examined().items() if name.startswith("translator Apertium 3.")]
    assert one["well"]
    assert "es-pt" in one["found"]
    assert one["found"].endswith("on this machine: nothing leaves it")


@dataclass
class Mute:
    """A translator with one pair, of which nothing comes back; `broken` is raised instead."""

    broken: Exception | None = None
    pairs: Mapping[Pair, str] = field(default_factory=lambda: {("en", "pt"): "Mute 1.0"})

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        if self.broken:
            raise self.broken
        return ["" for _ in sentences]


@pytest.mark.parametrize(
    ("translator", "name", "said"),
    [
        (Mute(), "translator Mute 1.0", "it says nothing: en-pt"),
        (Mute(TranslatorError("killed")), "translators", "see docs/howto/translators.md"),
        (Mute(pairs={}), "translators", "a pair of languages is to be installed"),
    ],
)
def test_a_translator_that_does_not_work_is_found(translator: Mute, name: str, said: str) -> None:
    settings = Settings(ai=AiSettings(translators=("mute",)))
    tools: Any = SimpleNamespace(settings=settings, translator=translator)
    [found] = doctor.translators(tools)
    assert (found.name, found.well) == (name, False)
    assert said in found.advice


@dataclass
class Away:
    """An engine of vectors that does not answer, or does."""

    told: int = 0

    @property
    def position(self) -> int:
        if not self.told:
            raise VectorsAway("the engine at http://vectors.example does not answer")
        return self.told


@pytest.mark.parametrize(("told", "found"), [(0, "vectors.example does not answer"), (7, "milvus, told of 7 changes")])
def test_an_engine_of_vectors_is_asked_whether_it_is_there(told: int, found: str) -> None:
    tools: Any = SimpleNamespace(settings=Settings(vector_index="milvus"), vector_index=Away(told))
    [one] = doctor.vectors(tools)
    assert (one.name, one.well) == ("vectors", told > 0)
    assert found in one.found
    tools.settings = Settings()
    assert list(doctor.vectors(tools)) == []


def test_what_was_heard_of_processes_reaches_the_doctor(octavo: Octavo, examined: Examined, tmp_path: Path) -> None:
    octavo("migrate")
    now = datetime.now(UTC)
    database = SqliteDatabase(tmp_path / "octavo-data" / "octavo.sqlite", migrations_path())
    with database.transaction() as tx:
        vitals.save(tx, Vitals("work@here:1", "work", now, now))
        vitals.save(tx, Vitals("web@here:2", "web", now, now, {"proxied_total": 4}))
    database.close()
    found = examined()
    assert found["worker"]["found"] == "runs"
    assert not found["proxy"]["well"]


def test_a_machine_that_is_well_says_what_was_looked_at(examined: Examined) -> None:
    began = time.monotonic()
    found = examined()
    expected = {"data folder", "disk", "secrets", "public address", "proxy", "worker", "network", "clock", "backups"}
    assert expected <= set(found)
    assert {name for name in expected if not found[name]["well"]} == set()
    assert time.monotonic() - began < 60
