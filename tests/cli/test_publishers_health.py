"""octavo publishers health, repair, settle: the queue seen and worked off from the command line."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from octavo import app as wiring
from octavo.config import load
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.store import articles, publishers

from .conftest import Octavo


@pytest.fixture
def filled(octavo: Octavo, tmp_path: Path) -> None:
    """Two publishers: eight doubtful articles of one, eight good ones of the other."""
    assert octavo("migrate").code == 0
    now = datetime.now(UTC)
    with wiring.open_tools(load()) as tools, tools.database.transaction() as tx:
        for key, complete in (("bad", 0.2), ("good", 0.9)):
            publishers.save(tx, [Publisher(PublisherId(key), f"The {key}", hosts=(f"{key}.example",))])
            made = [
                Article(
                    ArticleId(0), f"https://{key}.example/{n}", PublisherId(key), f"Headline {n}", "en",
                    now - timedelta(hours=n), (Block(BlockKind.PARAGRAPH, "Words."),), complete=complete,
                )
                for n in range(8)
            ]  # fmt: skip
            articles.save(tx, made)


@pytest.mark.usefixtures("filled")
def test_health_shows_who_is_queued_first(octavo: Octavo) -> None:
    done = octavo("publishers", "health")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[1].split()[0] == "bad"
    assert lines[1].split()[-1] == "queued"
    assert "100%" in lines[1]
    assert lines[2].split()[0] == "good"
    rows = json.loads(octavo("publishers", "health", "--json").out)
    assert [(row["publisher"], row["articles"], row["below"], row["queued"]) for row in rows] == [
        ("bad", 8, 8, True),
        ("good", 8, 0, False),
    ]
    assert [row["publisher"] for row in json.loads(octavo("publishers", "health", "--queued", "--json").out)] == ["bad"]
    one = json.loads(octavo("publishers", "health", "good.example", "--json").out)
    assert [row["publisher"] for row in one] == ["good"]
    assert octavo("publishers", "health", "nobody").code == 4


@pytest.mark.usefixtures("filled")
def test_the_owner_settles_and_doctor_agrees(octavo: Octavo) -> None:
    def finding() -> dict[str, object]:
        found = {one["name"]: one for one in json.loads(octavo("doctor", "--json").out)}
        kept: dict[str, object] = found["publishers to repair"]
        return kept

    assert (finding()["well"], finding()["found"]) == (False, "1 queued")
    done = octavo("publishers", "settle", "bad.example")
    assert (done.code, done.out) == (0, "The bad is off the queue until new articles say otherwise\n")
    assert finding()["well"]
    assert octavo("publishers", "settle", "nobody").code == 4


@pytest.mark.usefixtures("filled")
def test_repair_says_before_and_after(octavo: Octavo) -> None:
    done = json.loads(octavo("publishers", "repair", "bad", "--json").out)
    assert (done["publisher"], done["pages"]) == ("bad", 0)
    assert done["before"]["below"] == done["after"]["below"] == 8
    said = octavo("publishers", "repair", "bad", "--days", 3).out
    assert "0 pages of The bad were read again" in said
    assert said.splitlines()[-1].split()[0] == "after"
    row = json.loads(octavo("publishers", "health", "bad", "--json").out)[0]
    assert row["read_again_at"]
