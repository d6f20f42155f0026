"""The editor's desk: every page and form by every role, without a token, from another site; and what each does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import accounts, sources
from octavo.domain.account import Role
from octavo.domain.edition import Edition, Slot
from octavo.domain.ids import EditionKey, PublisherId
from octavo.domain.newsletter import Noted, NotedMail, Sender
from octavo.serve.desk import posts
from octavo.serve.routes import DESK
from octavo.serve.site import open_site
from octavo.store import accounts as account_store
from octavo.store import audit, editions, feeds, newsletters, pins, publishers, stories
from octavo.text.slugs import short_id

from .conftest import ATTACK, NOW, Reader, Visitor

PASSWORD = "a lamp in the harbour"
OPEN = {"accounts": {"sign_up": "open", "password_memory_kib": 7_168}, "fediverse": {"on": True}}
NAMES = {Role.OWNER: "olga", Role.EDITOR: "eddy", Role.MODERATOR: "mona", Role.READER: "rita"}
OWNER, EDITOR, MODERATOR, READER, NOBODY = "owner", "editor", "moderator", "reader", "nobody"
EDITORS = (OWNER, EDITOR)
ALONE = (OWNER,)


@dataclass
class Desk:
    """A newspaper with somebody of every role."""

    site: Reader
    people: dict[str, Visitor]

    def path(self, path: str) -> str:
        """Fill in what an address names."""
        return "/en-gb" + path.format(
            feed=1,
            publisher="harbour",
            number=short_id(self.site.story),
            brief="abc",
            account=self.account("rita"),
            hook=1,
        )

    def account(self, name: str) -> int:
        with self.site.tools.database.read() as view:
            return accounts.named(view, name).id

    def shown(self, path: str) -> str:
        """Give a page as readers see it some seconds later: what is believed of the store holds for one."""
        self.site.clock.now += timedelta(seconds=2)
        return self.site.get(path).text

    def acts(self) -> list[str]:
        with self.site.tools.database.read() as view:
            return [one.act for one in audit.newest(view, 100)]


@pytest.fixture
def desk(make_reader: Callable[..., Reader]) -> Desk:
    site = make_reader(settings=OPEN)
    people = {NOBODY: site.visitor()}
    for role in Role:
        people[str(role)] = site.visitor().sign_up(NAMES[role])
        with site.tools.database.transaction() as tx:
            made = accounts.named(tx, NAMES[role])
            account_store.set_role(tx, made.id, role)
    return Desk(site, people)


PAGES: dict[str, tuple[str, ...]] = {path.removeprefix("/{edition}"): EDITORS for path, _ in DESK}
PAGES["/desk/webhooks"] = ALONE
"""Every page of the desk, and the roles that may see it."""

FORMS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "/desk/feeds": (EDITORS, {"address": "https://nowhere.example/"}),
    "/desk/feeds/import": (EDITORS, {}),
    "/desk/feeds/many": (EDITORS, {"act": "pause", "feed": "1"}),
    "/desk/feeds/{feed}/check": (EDITORS, {}),
    "/desk/feeds/{feed}/pause": (EDITORS, {}),
    "/desk/feeds/{feed}/resume": (EDITORS, {}),
    "/desk/feeds/{feed}/remove": (EDITORS, {}),
    "/desk/newsletters": (EDITORS, {"site": "gull.example", "title": "The Gull Weekly"}),
    "/desk/newsletters/{feed}/accept": (EDITORS, {"sender": "a@gull.example"}),
    "/desk/newsletters/{feed}/refuse": (EDITORS, {"sender": "a@gull.example"}),
    "/desk/fediverse/allow": (EDITORS, {"host": "social.example"}),
    "/desk/fediverse/block": (EDITORS, {"host": "social.example"}),
    "/desk/fediverse/forget": (EDITORS, {"host": "social.example"}),
    "/desk/publishers/{publisher}/facts": (EDITORS, {"name": "The Harbour"}),
    "/desk/publishers/{publisher}/policy": (EDITORS, {"policy": "excerpt"}),
    "/desk/publishers/{publisher}/note": (EDITORS, {"kind": "reason", "note": "It is near."}),
    "/desk/publishers/{publisher}/withdraw": (EDITORS, {"sure": "yes"}),
    "/desk/publishers/{publisher}/readmit": (EDITORS, {}),
    "/desk/stories/{number}/pin": (EDITORS, {}),
    "/desk/stories/{number}/bury": (EDITORS, {}),
    "/desk/stories/{number}/release": (EDITORS, {}),
    "/desk/stories/{number}/merge": (EDITORS, {"other": "zzz"}),
    "/desk/stories/{number}/split": (EDITORS, {}),
    "/desk/stories/{number}/let-go": (EDITORS, {}),
    "/desk/hashtags/merge": (EDITORS, {"tag": "archives", "into": "tide"}),
    "/desk/hashtags/mute": (EDITORS, {"tag": "tide"}),
    "/desk/hashtags/restore": (EDITORS, {"tag": "tide"}),
    "/desk/briefs/{brief}/withdraw": (EDITORS, {}),
    "/desk/jobs/retry": (ALONE, {}),
    "/desk/storage/measure": (EDITORS, {}),
    "/desk/accounts/invite": (EDITORS, {}),
    "/desk/accounts/uninvite": (EDITORS, {"name": "000000000000"}),
    "/desk/accounts/{account}/role": (ALONE, {"role": "moderator"}),
    "/desk/accounts/{account}/reset": (ALONE, {}),
    "/desk/webhooks": (ALONE, {"address": "https://desk.example/in"}),
    "/desk/webhooks/{hook}/test": (ALONE, {}),
    "/desk/webhooks/{hook}/again": (ALONE, {"message": "1"}),
    "/desk/webhooks/{hook}/pause": (ALONE, {}),
    "/desk/webhooks/{hook}/resume": (ALONE, {}),
    "/desk/webhooks/{hook}/remove": (ALONE, {}),
}
"""Every form of the desk: who may send it, and something it takes."""


def test_the_table_names_every_form(desk: Desk) -> None:
    named = {post.path.removeprefix("/{edition}") for post in posts(open_site(desk.site.tools))}
    assert named == set(FORMS)


@pytest.mark.parametrize("role", [NOBODY, *map(str, Role)])
def test_each_page_is_for_those_who_may(desk: Desk, role: str) -> None:
    who = desk.people[role]
    for path, roles in PAGES.items():
        answer = who.get(desk.path(path))
        wanted = 200 if role in roles else 401 if role == NOBODY else 403
        assert answer.status_code == wanted, (role, path, answer.text[-500:])
        if wanted == 200:
            assert answer.headers["cache-control"].startswith("private")
            assert 'content="noindex' in answer.text


@pytest.mark.parametrize("role", [NOBODY, *map(str, Role)])
def test_each_form_is_for_those_who_may(desk: Desk, role: str) -> None:
    who = desk.people[role]
    for path, (roles, fields) in FORMS.items():
        before = desk.acts()
        answer = who.post(desk.path(path), fields)
        if role in roles:
            assert answer.status_code not in (401, 403, 500), (role, path, answer.text[-700:])
        else:
            assert answer.status_code == (401 if role == NOBODY else 403), (role, path)
            assert desk.acts() == before, (role, path)


def test_no_form_is_taken_without_its_token_or_from_another_site(desk: Desk) -> None:
    olga = desk.people[OWNER]
    before = desk.acts()
    for path, (_, fields) in FORMS.items():
        assert olga.post(desk.path(path), {"token": "", **fields}).status_code == 403, path
        assert olga.post(desk.path(path), {"token": desk.people[EDITOR].token(), **fields}).status_code == 403, path
        elsewhere = olga.post(desk.path(path), fields, sec_fetch_site="cross-site", origin="https://evil.example")
        assert elsewhere.status_code == 403, path
    assert desk.acts() == before


def test_a_pin_is_told_with_its_note(desk: Desk) -> None:
    eddy, story = desk.people[EDITOR], desk.site.story
    path = desk.path("/desk/stories/{number}")
    assert eddy.post(f"{path}/pin", {"note": "The vote <b>is</b> tonight."}).status_code == 303
    with desk.site.tools.database.transaction() as tx:
        assert pins.of(tx, EditionKey("en-gb")).pinned == (story,)
        slot = Slot(story, desk.site.ids["ledger"], 2.0, ("pinned", "reports:2"))
        editions.save(tx, Edition(EditionKey("en-gb"), NOW, (slot,)))
    front = desk.shown("/en-gb")
    assert "Pinned by an editor: The vote &lt;b&gt;is&lt;/b&gt; tonight." in front
    decided = desk.shown("/en-gb/decisions")
    assert "Pinned to a front page" in decided
    assert "The vote &lt;b&gt;is&lt;/b&gt; tonight." in decided
    assert "eddy" not in decided, "readers are not told which editor it was"
    assert "eddy" in eddy.get("/en-gb/desk/log").text
    told = desk.site.get(f"/en-gb/story/{short_id(story)}/tide-ledger-found-in-drowned-archive").text
    assert "Pinned to a front page" in told
    assert eddy.post(f"{path}/release").status_code == 303
    assert "Pin or burial taken back" in desk.shown("/en-gb/decisions")


def test_a_policy_holds_at_once_and_is_told(desk: Desk) -> None:
    eddy = desk.people[EDITOR]
    path = desk.path("/desk/publishers/{publisher}")
    assert "shown here in full" in desk.shown("/en-gb/source/harbour")
    assert eddy.post(f"{path}/policy", {"policy": "headline", "note": "As they wrote."}).status_code == 303
    page = desk.shown("/en-gb/source/harbour")
    assert "Only its headlines" in page
    assert "the headline alone" not in page
    assert "As they wrote." in page
    eddy.post(f"{path}/note", {"kind": "objection", "note": "By telephone."})
    eddy.post(f"{path}/note", {"kind": "decision", "note": "We asked them.", "public": "yes"})
    page = desk.shown("/en-gb/source/harbour")
    assert "We asked them." in page
    assert "By telephone." not in page, "what is for editors alone"
    assert "By telephone." in eddy.get(path).text


def test_who_asks_to_be_left_out_is(desk: Desk) -> None:
    eddy = desk.people[EDITOR]
    path = desk.path("/desk/publishers/{publisher}")
    assert "tick the box" in eddy.post(f"{path}/withdraw", {"note": "A letter."}).text.lower()
    assert eddy.post(f"{path}/withdraw", {"note": "A letter.", "sure": "yes"}).status_code == 303
    with desk.site.tools.database.read() as view:
        found = publishers.get(view, PublisherId("harbour"))
        (feed,) = feeds.all(view)
    assert found is not None
    assert found.withdrawn_at == NOW
    assert feed.state == "retired"
    assert "The harbour office of Varn" not in desk.shown("/en-gb/source/harbour")


def test_several_feeds_are_acted_on_at_once(desk: Desk) -> None:
    eddy, path = desk.people[EDITOR], "/en-gb/desk/feeds/many"
    listed = "".join(f'<outline text="x" xmlUrl="https://paper{n}.example/feed"/>' for n in range(2))
    sources.bring(desk.site.tools, OPERATOR, f'<opml version="2.0"><body>{listed}</body></opml>'.encode())
    with desk.site.tools.database.read() as view:
        numbers = [str(one.id) for one in feeds.all(view)]
    assert len(numbers) == 3

    def states() -> set[str]:
        with desk.site.tools.database.read() as view:
            return {str(one.state) for one in feeds.all(view)}

    assert eddy.post(path, {"feed": numbers, "act": "pause", "note": "Strike"}).status_code == 303
    assert states() == {"paused"}
    assert desk.acts()[:3] == ["feed paused"] * 3, "each is written down by itself"
    assert eddy.post(path, {"feed": numbers, "act": "resume"}).status_code == 303
    assert states() == {"active"}
    assert eddy.post(path, {"feed": numbers[:2], "act": "remove"}).status_code == 422, "the box is not ticked"
    assert eddy.post(path, {"act": "pause"}).status_code == 422
    assert eddy.post(path, {"feed": numbers, "act": "burn"}).status_code == 422
    gone = {"feed": [*numbers[:2], "999999"], "act": "remove", "sure": "yes"}
    assert eddy.post(path, gone).status_code == 303
    with desk.site.tools.database.read() as view:
        assert [str(one.id) for one in feeds.all(view)] == numbers[2:]


def test_facts_are_written_down(desk: Desk) -> None:
    eddy = desk.people[EDITOR]
    path = desk.path("/desk/publishers/{publisher}")
    wrong = eddy.post(f"{path}/facts", {"name": "Harbour", "country": "Britain", "owner": "Harbour Trust"})
    assert wrong.status_code == 422
    assert "A country is two letters" in wrong.text
    assert 'value="Harbour Trust"' in wrong.text, "what was typed is still there"
    fields = {"name": "Harbour", "country": "gb", "owner": "Harbour Trust", "contact": "secret@harbour.example"}
    assert eddy.post(f"{path}/facts", fields).status_code == 303
    public = desk.shown("/en-gb/source/harbour")
    assert "Harbour Trust" in public
    assert "secret@harbour.example" not in public


def test_stories_are_taken_apart_and_put_together(desk: Desk) -> None:
    eddy, ids = desk.people[EDITOR], desk.site.ids
    path = desk.path("/desk/stories/{number}")
    apart = eddy.post(f"{path}/split", {"article": [short_id(ids["copy"])], "note": "Another ledger."})
    made = apart.headers["location"].rpartition("/")[2]
    assert made != short_id(desk.site.story)
    page = eddy.get(path).text
    assert "Editors hold this story" in page
    assert "Another ledger." in page
    assert (
        eddy.get(f"/en-gb/desk/stories?story=http://reader.test/en-gb/story/{made}/x")
        .headers["location"]
        .endswith(made)
    )
    assert eddy.post(f"{path}/merge", {"other": made}).status_code == 303
    with desk.site.tools.database.read() as view:
        assert len(stories.article_ids(view, desk.site.story)) == 3
    assert desk.acts()[:2] == ["stories merged", "story split"]
    assert "At least one" not in eddy.post(f"{path}/split", {}).text
    held = eddy.get("/en-gb/desk/stories").text
    assert "Tide ledger found" in held


def test_hashtags_are_merged_and_let_be(desk: Desk) -> None:
    eddy = desk.people[EDITOR]
    assert (
        eddy.post("/en-gb/desk/hashtags/merge", {"tag": "archives", "into": "tide", "note": "One."}).status_code == 303
    )
    assert "#tide" in eddy.get("/en-gb/desk/hashtags").text
    wrong = eddy.post("/en-gb/desk/hashtags/merge", {"tag": "nothing", "into": "tide"})
    assert wrong.status_code == 404
    assert 'value="nothing"' in wrong.text
    assert eddy.post("/en-gb/desk/hashtags/restore", {"tag": "archives"}).status_code == 303


def test_accounts_are_invited_and_given_roles(desk: Desk) -> None:
    olga = desk.people[OWNER]
    made = olga.post("/en-gb/desk/accounts/invite", {"note": "for Ida", "role": "editor"})
    assert made.status_code == 200
    assert "/en-gb/sign-up?ticket=" in made.text
    assert made.headers["cache-control"] == "private, no-store"
    assert "for Ida" in desk.people[EDITOR].get("/en-gb/desk/accounts").text
    assert desk.people[EDITOR].post("/en-gb/desk/accounts/invite", {"role": "editor"}).status_code == 403
    assert "<h3><bdi>olga" not in desk.people[EDITOR].get("/en-gb/desk/accounts").text, (
        "editors invite, and see no list"
    )
    reader = desk.account("rita")
    assert olga.post(f"/en-gb/desk/accounts/{reader}/role", {"role": "moderator"}).status_code == 303
    with desk.site.tools.database.read() as view:
        assert accounts.named(view, "rita").role is Role.MODERATOR
    assert "/en-gb/reset?ticket=" in olga.post(f"/en-gb/desk/accounts/{reader}/reset").text
    last = olga.post(f"/en-gb/desk/accounts/{desk.account('olga')}/role", {"role": "reader"})
    assert last.status_code == 403


def test_what_is_grave_asks_once_more_who_it_is(desk: Desk) -> None:
    olga = desk.people[OWNER]
    path = f"/en-gb/desk/accounts/{desk.account('rita')}/role"
    desk.site.clock.now = NOW.replace(hour=13)
    answer = olga.post(path, {"role": "editor", "back": "desk/accounts"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/en-gb/account/verify?back=desk%2Faccounts"


def test_the_desk_says_what_needs_attention(desk: Desk) -> None:
    page = desk.people[EDITOR].get("/en-gb/desk").text
    assert "1 feed brought nothing for a day." in page
    assert "fetch.contact is empty" in page
    assert "Editor’s desk" in desk.people[EDITOR].get("/en-gb/account").text
    assert "Editor’s desk" not in desk.people[READER].get("/en-gb/account").text
    listed = desk.people[EDITOR].get("/en-gb/desk/feeds?show=silent&q=HARBOUR").text
    assert "https://harbour.example/feed.xml" in listed
    assert "https://harbour.example/feed.xml" not in desk.people[EDITOR].get("/en-gb/desk/feeds?show=paused").text


def test_the_log_names_accounts_as_people_do(desk: Desk) -> None:
    made = accounts.add(desk.site.tools, OPERATOR, accounts.Wanted("wanda", "a lamp in the harbour"), Role.READER)
    for edition in ("en-gb", "ar-ae"):
        log = desk.people[EDITOR].get(f"/{edition}/desk/log").text
        assert "<bdi>wanda</bdi>" in log
        assert f"account {made.id}" not in log


def test_the_log_is_paged(desk: Desk) -> None:
    for _ in range(35):
        accounts.invite(desk.site.tools, OPERATOR, Role.READER, "many")
        accounts.uninvite(desk.site.tools, OPERATOR, accounts.invitations(desk.site.tools, OPERATOR)[0].key.hex()[:12])
    first = desk.people[EDITOR].get("/en-gb/desk/log").text
    assert first.count('class="deed-when"') == 60
    assert "the command line" in first
    arabic = desk.people[EDITOR].get("/ar-ae/desk/log").text
    assert arabic.count("سطر الأوامر") == 60
    assert "the command line" not in arabic
    older = first.split('href="/en-gb/desk/log?before=')[1].partition('"')[0]
    assert desk.people[EDITOR].get(f"/en-gb/desk/log?before={older}").text.count('class="deed-when"') == 10


def test_nothing_of_the_desk_is_offered_to_readers(desk: Desk) -> None:
    for path in ("/en-gb", "/en-gb/source/harbour", "/en-gb/decisions"):
        assert "/en-gb/desk" not in desk.people[READER].get(path).text


def test_newsletters_are_subscribed_to_and_their_senders_decided_on(make_reader: Callable[..., Reader]) -> None:
    site = make_reader(settings=OPEN | {"newsletters": {"domain": "in.news.example"}})
    editor = site.visitor().sign_up("eddy")
    with site.tools.database.transaction() as tx:
        account_store.set_role(tx, accounts.named(tx, "eddy").id, Role.EDITOR)
    made = editor.post("/en-gb/desk/newsletters", {"site": "gull.example", "title": f"Gull {ATTACK}"})
    assert made.status_code == 303, made.text
    with site.tools.database.transaction() as tx:
        [one] = newsletters.all(tx)
        asked = NotedMail(Noted.CONFIRMATION, NOW, "a@gull.example", ATTACK, ("https://gull.example/confirm?t=1",))
        newsletters.note(tx, one.feed_id, asked)
        newsletters.note(tx, one.feed_id, NotedMail(Noted.REFUSED, NOW, "b@gull.example", "Two"))
        newsletters.remember(tx, one.feed_id, Sender("a@gull.example", confirmed=False, since=NOW))
    page = editor.get("/en-gb/desk/newsletters").text
    assert f"{one.local}@in.news.example" in page
    assert "https://gull.example/confirm?t=1</code>" in page
    assert 'href="https://gull.example/confirm' not in page, "text, no link"
    assert ATTACK not in page
    for act, sender in (("accept", "a@gull.example"), ("accept", "b@gull.example"), ("refuse", "a@gull.example")):
        answer = editor.post(f"/en-gb/desk/newsletters/{one.feed_id}/{act}", {"sender": sender})
        assert answer.status_code == 303
    with site.tools.database.read() as view:
        assert [(who.address, who.confirmed) for who in newsletters.senders(view, one.feed_id)] == [
            ("b@gull.example", True)
        ]
    site.clock.now += timedelta(seconds=2)
    for path in ("/feeds.opml", "/en-gb/sources", "/en-gb/decisions", "/api/v1/feeds"):
        assert one.local not in site.get(path).text, path
    assert "newsletter:" not in site.get("/feeds.opml").text
