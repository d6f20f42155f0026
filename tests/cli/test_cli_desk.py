"""octavo publishers, story, jobs, storage, log: the desk's acts from the command line."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from octavo import app as wiring
from octavo.config import load
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.store import articles, publishers, stories
from octavo.text.slugs import short_id

from .conftest import Octavo


@pytest.fixture
def kept(octavo: Octavo) -> list[str]:
    """A story of three articles; gives its id and theirs, as they are typed."""
    assert octavo("migrate").code == 0
    now = datetime.now(UTC)
    with wiring.open_tools(load()) as tools, tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("bay"), "The Bay", hosts=("bay.example",))])
        made = [
            Article(
                ArticleId(0), f"https://bay.example/{n}", PublisherId("bay"), f"Ferry {n}", "en",
                now - timedelta(hours=n), (Block(BlockKind.PARAGRAPH, "Words."),),
            )
            for n in range(3)
        ]  # fmt: skip
        ids = [one.id for one in articles.save(tx, made, now=now)]
        story = stories.place(tx, Placement(ids[0], None, 1.0), now)
        for one in ids[1:]:
            stories.place(tx, Placement(one, story, 1.0), now)
    return [short_id(story), *map(short_id, ids)]


def test_stories_are_split_and_merged(octavo: Octavo, kept: list[str]) -> None:
    story, *ids = kept
    done = octavo("story", "split", story, ids[2], "--note", "Another ferry.")
    made = done.out.split()[3]
    assert done.code == 0
    assert octavo("story", "merge", made, story).out == f"both are story {story} now\n"
    assert octavo("story", "let-go", story).code == 0
    assert octavo("story", "let-go", story).code == 4
    told = json.loads(octavo("log", "--json").out)
    assert [one["act"] for one in told] == ["story let go", "stories merged", "story split"]
    assert "Another ferry." in octavo("log").out


@pytest.mark.usefixtures("kept")
def test_publishers_are_written_about(octavo: Octavo) -> None:
    assert octavo("publishers", "facts", "bay", "owner=Bay Trust", "contact=desk@bay.example").code == 0
    assert octavo("publishers", "policy", "bay.example", "excerpt", "--note", "By letter.").out == "The Bay: excerpt\n"
    assert octavo("publishers", "note", "bay", "Readers asked for it.").code == 0
    assert octavo("publishers", "note", "bay", "Who asked.", "--private", "--kind", "objection").code == 0
    assert octavo("publishers", "withdraw", "bay").code == 0
    assert octavo("publishers", "policy", "bay", "full").code == 2
    assert octavo("publishers", "readmit", "bay").code == 0
    entries = json.loads(octavo("publishers", "ledger", "bay", "--json").out)
    assert [one["kind"] for one in entries] == ["decision", "removal", "objection", "reason", "policy"]
    assert [one["public"] for one in entries] == [False, True, False, True, True]


@pytest.mark.usefixtures("kept")
def test_the_queue_and_the_room_are_shown(octavo: Octavo) -> None:
    assert json.loads(octavo("jobs", "failed", "--json").out) == []
    assert octavo("jobs", "list").code == 0
    assert octavo("jobs", "retry").out == "0 jobs to be done again\n"
    assert octavo("jobs", "retry", "none").code == 4
    told = json.loads(octavo("storage", "--json").out)
    assert told["counts"]["articles"] == 3
    assert told["bytes"]["database"] > 0


def test_invitations_are_listed_and_taken_back(octavo: Octavo) -> None:
    assert octavo("accounts", "invite", "--note", "for Ada").code == 0
    (one,) = json.loads(octavo("accounts", "invitations", "--json").out)
    assert (one["role"], one["note"]) == ("reader", "for Ada")
    assert octavo("accounts", "uninvite", one["name"]).code == 0
    assert json.loads(octavo("accounts", "invitations", "--json").out) == []
