"""octavo publishers lines: what was learned of a publisher, shown and overruled, on the sample newswire."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from octavo.adapters.newswire import server as newswire

from .conftest import Octavo

pytestmark = [pytest.mark.enable_socket, pytest.mark.slow]

BOX = "One careful letter about science, every Sunday."
PAPER = "orbit-and-field.localhost"


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[newswire.RunningNewswire]:
    monkeypatch.setenv("OCTAVO_FETCH__ALLOW_NETWORKS", '["127.0.0.0/8"]')
    monkeypatch.setenv("OCTAVO_FETCH__DELAY_S", "0")
    running = newswire.start(0, datetime.now(UTC))
    yield running
    running.stop()


def shown(octavo: Octavo, *words: str) -> dict[str, dict[str, object]]:
    done = octavo("publishers", "lines", PAPER, "--json", *words)
    assert done.code == 0, done.err
    return {line["line"]: line for line in json.loads(done.out)}


def carrying(octavo: Octavo) -> int:
    return sum(BOX in json.loads(line)["text"] for line in octavo("export").out.splitlines())


def test_lines_are_shown_kept_and_dropped(octavo: Octavo, wire: newswire.RunningNewswire) -> None:
    assert octavo("feeds", "add", f"http://{PAPER}:{wire.port}/").code == 0
    assert octavo("fetch").code == 0
    line = shown(octavo)[BOX]
    assert (line["status"], line["pages"], line["of_pages"]) == ("dropped", 9, 9)
    assert carrying(octavo) == 0

    assert "are read again" in octavo("publishers", "lines", PAPER, "--keep", line["key"]).out
    assert shown(octavo)[BOX]["status"] == "kept by you"
    assert octavo("fetch").code == 0
    assert carrying(octavo) > 0

    table = octavo("publishers", "lines", PAPER, "--drop", BOX.upper())
    assert f"{line['key']}  9/9    dropped by you  {BOX}" in table.out
    assert octavo("fetch").code == 0
    assert carrying(octavo) == 0
    assert len(shown(octavo, "--all")) >= len(shown(octavo))


def test_a_publisher_that_is_not_known_is_one_sentence(octavo: Octavo) -> None:
    done = octavo("publishers", "lines", "nobody.example")
    assert (done.code, "there is no publisher nobody.example" in done.sentence) == (4, True)
