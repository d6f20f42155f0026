"""octavo publishers, story, jobs, storage, log: the desk's acts from the command line."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer

from octavo import app as wiring
from octavo.actions import accounts, comments
from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.cli.main import app
from octavo.config import load
from octavo.domain.account import Person
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.comment import under_article
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.ports.tools import Tools
from octavo.serve import desk, moderating
from octavo.serve.site import open_site
from octavo.store import articles, moderation, publishers, stories
from octavo.text.slugs import read_short_id, short_id

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


COMMANDS = {
    "/desk/feeds": "feeds add",
    "/desk/feeds/import": "feeds import",
    "/desk/feeds/many": "feeds pause|resume|remove",
    "/desk/feeds/{feed}/check": "feeds check",
    "/desk/feeds/{feed}/pause": "feeds pause",
    "/desk/feeds/{feed}/resume": "feeds resume",
    "/desk/feeds/{feed}/remove": "feeds remove",
    "/desk/newsletters": "newsletters add",
    "/desk/newsletters/{feed}/accept": "newsletters accept",
    "/desk/newsletters/{feed}/refuse": "newsletters refuse",
    "/desk/fediverse/allow": "fediverse allow",
    "/desk/fediverse/block": "fediverse block",
    "/desk/fediverse/forget": "fediverse forget",
    "/desk/publishers/{publisher}/facts": "publishers facts",
    "/desk/publishers/{publisher}/policy": "publishers policy",
    "/desk/publishers/{publisher}/note": "publishers note",
    "/desk/publishers/{publisher}/withdraw": "publishers withdraw",
    "/desk/publishers/{publisher}/readmit": "publishers readmit",
    "/desk/stories/{number}/pin": "editions pin",
    "/desk/stories/{number}/bury": "editions bury",
    "/desk/stories/{number}/release": "editions release",
    "/desk/stories/{number}/merge": "story merge",
    "/desk/stories/{number}/split": "story split",
    "/desk/stories/{number}/let-go": "story let-go",
    "/desk/hashtags/merge": "hashtags merge",
    "/desk/hashtags/mute": "hashtags mute",
    "/desk/hashtags/restore": "hashtags restore",
    "/desk/briefs/{brief}/withdraw": "briefs withdraw",
    "/desk/jobs/retry": "jobs retry",
    "/desk/storage/measure": "storage",
    "/desk/webhooks": "webhooks add",
    "/desk/webhooks/{hook}/test": "webhooks test",
    "/desk/webhooks/{hook}/again": "webhooks again",
    "/desk/webhooks/{hook}/pause": "webhooks pause",
    "/desk/webhooks/{hook}/resume": "webhooks resume",
    "/desk/webhooks/{hook}/remove": "webhooks remove",
    "/desk/accounts/invite": "accounts invite",
    "/desk/accounts/uninvite": "accounts uninvite",
    "/desk/accounts/{account}/role": "accounts promote",
    "/desk/accounts/{account}/reset": "accounts reset",
    "/comment/{comment}/lock": "moderation lock",
    "/comment/{comment}/unlock": "moderation lock",
    "/moderation/queue": "moderation decide",
    "/moderation/queue/alike": "moderation decide",
    "/moderation/appeals/{number}": "moderation judge",
    "/moderation/account/{account}/standing": "moderation standing",
    "/moderation/account/{account}/notes": "moderation note",
    "/moderation/rules": "moderation rule",
    "/moderation/rules/{number}/drop": "moderation rule",
    "/moderation/slow": "moderation slow",
    "/moderation/close": "moderation close",
    "/moderation/reopen": "moderation reopen",
}
"""The command that does what each form of the desk and of moderation does."""

READERS = {"/comment/{comment}/report", "/moderation/acts/{number}/appeal"}
"""Forms of readers, who have no command line."""


def test_each_form_of_the_desk_has_its_command(
    octavo: Octavo, sqlite_database: SqliteDatabase, recorded_tools: Tools
) -> None:
    octavo("--help")  # which brings the commands in
    prepare_site(sqlite_database)
    site = open_site(recorded_tools)
    forms = {one.path.removeprefix("/{edition}") for one in (*desk.posts(site), *moderating.posts(site))}
    assert forms == set(COMMANDS) | READERS
    top = typer.main.get_command(app)
    for said in COMMANDS.values():
        group, _, names = said.partition(" ")
        found = getattr(top, "commands", {})[group]
        for name in names.split("|") if names else ():
            assert name in getattr(found, "commands", {}), said


@pytest.mark.usefixtures("kept")
def test_several_feeds_are_paused_and_removed(octavo: Octavo, tmp_path: Path) -> None:
    listed = "".join(f'<outline text="x" xmlUrl="https://paper{n}.example/feed"/>' for n in range(3))
    (tmp_path / "some.opml").write_text(f'<opml version="2.0"><body>{listed}</body></opml>')
    assert octavo("feeds", "import", tmp_path / "some.opml").code == 0
    assert octavo("feeds", "pause", "1", "2", "--note", "Strike").code == 0
    states = [one["state"] for one in json.loads(octavo("feeds", "list", "--json").out)]
    assert sorted(states) == ["active", "paused", "paused"]
    assert octavo("feeds", "remove", "1", "2", "3").code == 0
    assert json.loads(octavo("feeds", "list", "--json").out) == []


@pytest.mark.usefixtures("kept")
def test_comments_are_locked_and_accounts_noted(octavo: Octavo, kept: list[str]) -> None:
    assert octavo("accounts", "add", "ada", "--password", "a lamp in the harbour").code == 0
    with wiring.open_tools(load()) as tools:
        with tools.database.read() as view:
            ada = Person(accounts.named(view, "ada"))
        article = read_short_id(kept[1])
        assert article
        said = comments.post(tools, ada, comments.Draft("Well.", under_article(ArticleId(article))))
    assert octavo("moderation", "lock", short_id(said.id), "--note", "Enough").code == 0
    assert octavo("moderation", "lock", short_id(said.id), "--off").code == 0
    assert octavo("moderation", "lock", "!!").code != 0
    assert octavo("moderation", "note", "ada", "A friend of the house").code == 0
    with wiring.open_tools(load()) as tools, tools.database.read() as view:
        assert [str(one.act) for one in moderation.log(view, 5)] == ["unlocked", "locked"]
        assert [text for _, _, text in moderation.notes_on(view, ada.id)] == ["A friend of the house"]
