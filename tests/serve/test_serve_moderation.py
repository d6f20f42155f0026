"""The pages of moderation: reports, the queue and its bulk, the public log, appeals, rules; who sees which."""

import re
from collections.abc import Callable

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import accounts, comments
from octavo.actions.comments import Draft
from octavo.domain.account import Person, Role
from octavo.domain.comment import CommentState, under_article
from octavo.domain.ids import CommentId
from octavo.store import accounts as account_store
from octavo.store import discussion
from octavo.text.slugs import read_short_id, short_id

from .conftest import Reader, Visitor

QUICK = {"sign_up": "open", "password_memory_kib": 7_168, "sign_ups_an_hour": 100}


@pytest.fixture
def site(make_reader: Callable[..., Reader]) -> Reader:
    return make_reader(settings={"accounts": QUICK})


@pytest.fixture
def people(site: Reader) -> dict[str, Visitor]:
    """A reader, another one, a moderator, two editors."""
    found = {name: site.visitor().sign_up(name) for name in ("ada", "bo", "mo", "eve", "ed")}
    roles = {"mo": Role.MODERATOR, "eve": Role.EDITOR, "ed": Role.EDITOR}
    for name, role in roles.items():
        accounts.give_role(site.tools, OPERATOR, person(site, name).id, role)
    return found


def person(site: Reader, name: str) -> Person:
    with site.tools.database.read() as view:
        return Person(accounts.named(view, name))


def say(site: Reader, name: str, text: str) -> str:
    """Say something; gives how its address names it."""
    draft = Draft(text, under_article(site.ids["ledger"]))
    return short_id(comments.post(site.tools, person(site, name), draft).id)


def state(site: Reader, name: str) -> CommentState:
    with site.tools.database.read() as view:
        found = discussion.get(view, CommentId(read_short_id(name) or 0))
    assert found
    return found.state


def test_a_comment_is_reported_removed_appealed_and_shown_again(site: Reader, people: dict[str, Visitor]) -> None:
    said = say(site, "ada", "The <b>tide</b> was *late*.")
    page = people["bo"].get(f"/en-gb/comment/{said}/report").text
    assert "<em>late</em>" in page
    assert "<b>tide" not in page
    done = people["bo"].post(f"/en-gb/comment/{said}/report", {"reason": "false", "note": "It <i>was not</i>."})
    assert "Thank you" in done.text
    queue = people["mo"].get("/en-gb/moderation/queue").text
    assert "States what is false" in queue
    assert "It &lt;i&gt;was not&lt;/i&gt;." in queue
    no_reason = people["mo"].post("/en-gb/moderation/queue", {"decision": "remove", "comment": said, "reason": ""})
    assert no_reason.status_code == 422
    people["mo"].post("/en-gb/moderation/queue", {"decision": "remove", "comment": said, "reason": "false"})
    assert state(site, said) is CommentState.REMOVED
    log = site.get("/en-gb/moderation").text
    assert "A comment was removed" in log
    assert "ada" not in re.sub(r"<head>.*</head>", "", log, flags=re.DOTALL).replace("Canada", "")
    mine = people["ada"].get("/en-gb/moderation/mine").text
    act = re.search(r"/moderation/acts/(\d+)/appeal", mine)
    assert act
    path = f"/en-gb/moderation/acts/{act[1]}/appeal"
    assert people["bo"].post(path, {"text": "No!"}).status_code == 404
    assert people["ada"].post(path, {"text": "I was there."}).status_code == 303
    appeal = re.search(r"/moderation/appeals/(\d+)", people["eve"].get("/en-gb/moderation/queue").text)
    assert appeal
    answer = f"/en-gb/moderation/appeals/{appeal[1]}"
    assert people["mo"].post(answer, {"upheld": "yes", "note": "Right."}).status_code == 403
    assert people["eve"].post(answer, {"upheld": "yes", "note": "You were."}).status_code == 303
    assert state(site, said) is CommentState.LIVE
    assert "It was right." in people["ada"].get("/en-gb/moderation/mine").text


def test_a_flood_is_cleaned_in_three_clicks(site: Reader, people: dict[str, Visitor]) -> None:
    slipped: list[str] = []
    for n in range(30):
        site.visitor().sign_up(f"spam{n}x")
        if n < 4:
            slipped.append(say(site, f"spam{n}x", f"I like the tide at {'abcd'[n]}"))
        say(site, f"spam{n}x", f"Cheap pills at https://p{n}.pills.example/{n}")
    first = people["mo"].get("/en-gb/moderation/queue").text
    assert "30 comments wait" in first
    group = re.search(r'href="(/en-gb/moderation/queue\?why=[^"]+)"', first)
    assert group
    second = people["mo"].get(group[1]).text
    assert "Remove all of them" in second
    fields = {"why": "links", "reason": "spam", "authors": "ban", "decision": "remove", "others": "yes"}
    assert people["mo"].post("/en-gb/moderation/queue/alike", fields).status_code == 303
    assert "Nothing waits." in people["mo"].get("/en-gb/moderation/queue").text
    assert {state(site, one) for one in slipped} == {CommentState.REMOVED}
    with site.tools.database.read() as view:
        banned = account_store.named(view, "spam7x")
    assert banned
    assert banned.standing == "banned"


PAGES = {
    "moderation": "everybody",
    "moderation/mine": "ada",
    "moderation/queue": "mo",
    "moderation/rules": "mo",
    "moderation/account/1": "mo",
}
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "moderation/queue": ("mo", {"decision": "remove", "comment": "1", "reason": "spam"}),
    "moderation/queue/alike": ("mo", {"decision": "remove", "why": "links", "reason": "spam"}),
    "moderation/account/1/standing": ("mo", {"standing": "limited", "reason": "spam"}),
    "moderation/account/1/notes": ("mo", {"text": "Hm."}),
    "moderation/rules": ("eve", {"kind": "word", "pattern": "pills", "does": "hold"}),
    "moderation/rules/1/drop": ("eve", {}),
    "moderation/slow": ("eve", {"place": "site", "seconds": "5"}),
    "moderation/close": ("eve", {"place": "edition/en-gb", "note": "holidays"}),
    "moderation/reopen": ("eve", {"place": "edition/en-gb"}),
    "moderation/appeals/1": ("eve", {"upheld": "no", "note": "No."}),
}
LADDER = ("nobody", "ada", "mo", "eve")


def test_every_page_for_every_role(site: Reader, people: dict[str, Visitor]) -> None:
    for path, least in PAGES.items():
        for who in LADDER:
            visitor = people.get(who) or site.visitor()
            status = visitor.get(f"/en-gb/{path}").status_code
            allowed = least == "everybody" or (who != "nobody" and LADDER.index(who) >= LADDER.index(least))
            assert status == (200 if allowed else 401 if who == "nobody" else 403), (path, who)


def test_every_form_for_every_role(site: Reader, people: dict[str, Visitor]) -> None:
    for path, (least, fields) in FORMS.items():
        for who in LADDER:
            visitor = people.get(who) or site.visitor()
            status = visitor.post(f"/en-gb/{path}", fields).status_code
            if who == "nobody":
                assert status == 401, path
            elif LADDER.index(who) < LADDER.index(least):
                assert status == 403, (path, who)
            else:
                assert status in (303, 404), (path, who, status)
            assert visitor.post(f"/en-gb/{path}", {**fields, "token": "0" * 48}).status_code in (401, 403), path


def test_rules_are_made_and_shown_in_the_log(site: Reader, people: dict[str, Visitor]) -> None:
    made = {"kind": "host", "pattern": "pills.example", "does": "refuse", "note": "They know why."}
    assert people["eve"].post("/en-gb/moderation/rules", made).status_code == 303
    assert people["eve"].post("/en-gb/moderation/rules", made).status_code == 409
    assert "pills.example" in people["mo"].get("/en-gb/moderation/rules").text
    assert "A new rule: pills.example" in site.get("/en-gb/moderation").text
    number = re.search(r"/moderation/rules/(\d+)/drop", people["eve"].get("/en-gb/moderation/rules").text)
    assert number
    people["eve"].post(f"/en-gb/moderation/rules/{number[1]}/drop")
    assert "A rule less" in site.get("/en-gb/moderation").text


def test_what_is_said_of_an_account_is_for_moderators(site: Reader, people: dict[str, Visitor]) -> None:
    say(site, "ada", "Quite so, is it not")
    ada = person(site, "ada").id
    people["mo"].post(f"/en-gb/moderation/account/{ada}/notes", {"text": "Argues a lot."})
    page = people["mo"].get(f"/en-gb/moderation/account/{ada}").text
    assert "Argues a lot." in page
    assert "Quite so" in page
    limited = {"standing": "limited", "reason": "spam", "note": "pills"}
    assert people["mo"].post(f"/en-gb/moderation/account/{ada}/standing", limited).status_code == 303
    assert "An account was limited" in people["mo"].get(f"/en-gb/moderation/account/{ada}").text
    assert "limited" not in people["ada"].get("/en-gb/moderation/mine").text
