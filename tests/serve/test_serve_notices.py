"""What people are told, on its page and in the masthead; marking it as read; choosing the ways. Nobody sees others'."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from octavo.actions import comments, lists
from octavo.actions.comments import Draft
from octavo.domain.account import Person, Standing
from octavo.domain.comment import Comment, under_article
from octavo.domain.follow import Follow, FollowKind
from octavo.domain.ids import AccountId, CommentId
from octavo.domain.notification import EVERYWHERE, Channel, Rhythm, Told, Why
from octavo.domain.push import Quiet
from octavo.store import accounts, follows, mail_outbox, notifications, wishes

from .conftest import ATTACK, Reader, Visitor

QUICK = {"password_memory_kib": 7_168}
MAIL = {"server": "127.0.0.1", "port": 2525, "tls": "none", "sender": "news@news.example"}
Make = Callable[..., Reader]


@pytest.fixture
def site(make_reader: Make) -> Reader:
    """A newspaper where anybody may make an account."""
    return make_reader(settings={"accounts": {"sign_up": "open", **QUICK}, "mail": MAIL})


def whose(site: Reader, name: str) -> Person:
    with site.tools.database.read() as view:
        found = accounts.named(view, name)
    assert found is not None
    return Person(found)


def tell(site: Reader, who: str, why: Why, subject: str, **given: object) -> None:
    topic = str(given.pop("topic", subject))
    with site.tools.database.transaction() as tx:
        notifications.add(tx, [Told(whose(site, who).id, why, subject, topic, given)], site.clock.now)


def follow(site: Reader, name: str, kind: FollowKind, key: str, called: str) -> None:
    with site.tools.database.transaction() as tx:
        follows.save(tx, whose(site, name).id, Follow(kind, key, called, site.clock.now))


def say(site: Reader, name: str, text: str, to: Comment | None = None) -> Comment:
    draft = Draft(text, under_article(site.ids["ledger"]), to.id if to else CommentId(0))
    site.clock.now += timedelta(minutes=5)
    return comments.post(site.tools, whose(site, name), draft)


def unread(who: Visitor, path: str = "/en-gb/notices") -> int:
    found = re.search(r'class="tool-count"[^>]*>([0-9]+)', who.get(path).text)
    return int(found[1]) if found else 0


def test_a_reply_is_told_with_what_it_says_while_it_is_there(site: Reader) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    first = say(site, "ada", "The ledger is older than that.")
    answer = say(site, "eve", f"Is it, {ATTACK}?", first)
    page = ada.get("/en-gb/notices").text
    assert "eve answered you" in page
    assert "Is it, " in page
    assert ATTACK not in page
    assert f"/en-gb/{re.escape('comment')}/" in page
    assert unread(ada) == 1
    assert unread(ada, "/en-gb/latest") == 1
    assert "answered you" not in eve.get("/en-gb/notices").text
    assert unread(eve) == 0
    comments.delete(site.tools, whose(site, "eve"), answer.id)
    gone = ada.get("/en-gb/notices").text
    assert "Is it, " not in gone
    assert "It is no longer there." in gone


def test_one_entry_for_each_topic(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    for number in range(2):
        subject = f"new {site.story + number}"
        tell(site, "ada", Why.HASHTAG, subject, topic="hashtag tide", story=site.story, key="tide", name="Tide")
    tell(site, "ada", Why.STORY, f"story {site.story}", story=site.story, n=4)
    tell(site, "ada", Why.PLACE, "new 1", story=1, key="place/1", name="Varn")
    page = unescape(ada.get("/en-gb/notices").text)
    assert "2 new stories with #Tide" in page
    assert 'href="/en-gb/hashtag/tide"' in page
    assert "A story you follow has 4 independent reports now" in page
    assert page.count("/en-gb/story/") == 4, "its address under both entries, and where one of them leads"
    assert unread(ada) == 3


def test_what_moderators_decided_is_said(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    for decision in ("removed", "restored"):
        tell(site, "ada", Why.DECISION, f"decision 1 {decision}", decision=decision, comment=1, path="moderation/mine")
    tell(site, "ada", Why.APPEAL, "appeal 1", decision="denied", path="moderation")
    page = ada.get("/en-gb/notices").text
    assert "Moderators removed your comment" in page
    assert "Moderators show your comment to everybody now" in page
    assert "Your appeal was turned down" in page
    assert page.count('href="/en-gb/moderation/mine"') == 2
    assert "no longer there" not in page


def test_what_was_seen_is_marked_as_read_and_nothing_else(site: Reader) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    for name in ("ada", "eve"):
        tell(site, name, Why.DECISION, "decision 1", path="log/1")
        tell(site, name, Why.LIST, "list 1", name="mo", path="lists/1")
    page = ada.get("/en-gb/notices").text
    forms = re.findall(r'name="topic" value="([^"]+)"><input type="hidden" name="last" value="(\d+)"', page)
    assert len(forms) == 2
    tell(site, "ada", Why.APPEAL, "appeal 1")
    topic, last = forms[0]
    done = ada.post("/en-gb/notices/read", {"topic": topic, "last": last})
    assert (done.status_code, done.headers["location"]) == (303, "/en-gb/notices")
    assert unread(ada) == 2
    ada.post("/en-gb/notices/read", {"last": max(number for _, number in forms)})
    assert unread(ada) == 1, "what came after the page was not seen"
    assert unread(eve) == 2
    told = ada.post("/en-gb/notices/read", {"last": "999999"}, accept="application/json")
    assert (told.status_code, told.json()) == (200, {"path": "/en-gb/notices"})
    assert unread(ada) == 0
    assert ada.post("/en-gb/notices/read", {"last": "many"}).status_code == 422


@pytest.mark.parametrize("path", ["notices", "notices/settings"])
def test_these_pages_are_for_who_is_signed_in(site: Reader, path: str) -> None:
    assert site.get(f"/en-gb/{path}").status_code == 401
    ada = site.visitor().sign_up("ada")
    page = ada.get(f"/en-gb/{path}")
    assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store")
    assert ada.get(f"/ar-eg/{path}").status_code in (200, 404)


@pytest.mark.parametrize("form", ["notices/read", "notices/settings", "notices/follows"])
def test_a_form_is_refused_without_its_token_its_session_or_its_page(site: Reader, form: str) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    path, good = f"/en-gb/{form}", ada.token()
    assert ada.post(path, {"token": ""}).status_code == 403
    assert ada.post(path, {"token": eve.token()}).status_code == 403
    assert ada.post(path, {"token": good}, sec_fetch_site="cross-site").status_code == 403
    assert site.visitor().post(path, {"token": good}).status_code == 401


WANTED = {
    "rhythm": "weekly",
    "hour": "6",
    "weekday": "5",
    "zone": "Asia/Tokyo",
    "quiet": "on",
    "begin": "23:00",
    "end": "06:30",
    "push": ["reply"],
    "site": ["reply", "mention"],
}


def confirm(site: Reader, name: str) -> AccountId:
    who = whose(site, name)
    with site.tools.database.transaction() as tx:
        accounts.set_email(tx, who.id, f"{name}@reader.example", verified=True)
    return who.id


def test_how_one_wants_to_be_told(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    refused = ada.post("/en-gb/notices/settings", WANTED)
    assert refused.status_code == 422
    assert "address that you have confirmed" in refused.text
    who = confirm(site, "ada")
    done = ada.post("/en-gb/notices/settings", WANTED)
    assert (done.status_code, done.headers["location"]) == (303, "/en-gb/notices/settings")
    with site.tools.database.read() as view:
        kept = wishes.of(view, who)
        next_at = wishes.due(view, site.clock.now + timedelta(days=8), 9)[0].due
    assert (kept.digest.rhythm, kept.digest.hour, kept.digest.weekday) == (Rhythm.WEEKLY, 6, 5)
    assert (kept.zone, kept.edition, kept.quiet) == ("Asia/Tokyo", "en-gb", Quiet(23 * 60, 6 * 60 + 30))
    assert kept.channels(Why.REPLY) == Channel.SITE | Channel.PUSH
    assert kept.channels(Why.MENTION) == Channel.SITE
    assert kept.channels(Why.WATCHED) == Channel.NONE
    assert next_at.isoformat() == "2026-03-06T21:00:00+00:00"
    page = ada.get("/en-gb/notices/settings").text
    assert re.search(r'value="weekly" checked', page)
    assert 'value="23:00"' in page
    assert "ada@reader.example" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Base"},
        {"zone": "../../etc/passwd"},
        {"zone": ""},
        {"hour": "24"},
        {"hour": "-1"},
        {"weekday": "7"},
        {"rhythm": "hourly"},
        {"begin": "25:00"},
        {"end": "soon"},
    ],
)
def test_what_makes_no_sense_is_refused(site: Reader, wrong: dict[str, str]) -> None:
    ada = site.visitor().sign_up("ada")
    who = confirm(site, "ada")
    assert ada.post("/en-gb/notices/settings", WANTED | wrong).status_code == 422
    with site.tools.database.read() as view:
        assert wishes.of(view, who).edition == ""


def test_the_ways_of_each_thing_that_is_followed(site: Reader) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    for name in ("ada", "eve"):
        follow(site, name, FollowKind.HASHTAG, "tide", "Tide")
        follow(site, name, FollowKind.WORD, "old quay", "Old Quay")
    page = unescape(ada.get("/en-gb/notices/settings").text)
    assert "#Tide" in page
    assert 'name="follow" value="word old quay"' in page
    fields = {
        "follow": ["hashtag tide", "word old quay", "hashtag somebody else's"],
        "push": ["hashtag tide"],
        "site": ["hashtag tide"],
        "digest": ["hashtag tide", "hashtag somebody else's"],
    }
    assert ada.post("/en-gb/notices/follows", fields).status_code == 303
    with site.tools.database.read() as view:
        mine = wishes.follows_of(view, whose(site, "ada").id)
        assert wishes.follows_of(view, whose(site, "eve").id) == {}
    assert mine == {(FollowKind.HASHTAG, "tide"): EVERYWHERE, (FollowKind.WORD, "old quay"): Channel.NONE}
    assert ada.post("/en-gb/notices/follows", {"follow": "ships x"}).status_code == 422
    assert eve.get("/en-gb/notices/settings").status_code == 200


def test_somebody_is_told_of_a_list_once_it_is_shared(site: Reader) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    number = lists.make(site.tools, whose(site, "ada"), "Harbours worth reading about")
    path = f"/en-gb/lists/{number}/tell"
    assert ada.post(path, {"name": "eve"}).status_code == 422, "it is hers alone"
    token = lists.share(site.tools, whose(site, "ada"), number)
    assert 'name="name"' in ada.get(f"/en-gb/lists/{number}").text
    assert eve.post(path, {"name": "ada"}).status_code == 404, "it is not hers"
    for name in ("nobody", "ada"):
        assert ada.post(path, {"name": name}).status_code == 404
    for _ in range(2):
        assert ada.post(path, {"name": "@Eve"}).status_code == 303
    page = eve.get("/en-gb/notices").text
    assert page.count("ada shared a list with you") == 2, "once, and on its button"
    assert f'href="/en-gb/list/{token}"' in page
    assert unread(eve) == 1
    for _ in range(20):
        last = ada.post(path, {"name": "eve"})
    assert last.status_code == 429


def test_who_is_limited_tells_nobody_and_does_not_know(site: Reader) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    number = lists.make(site.tools, whose(site, "ada"), "Buy here")
    lists.share(site.tools, whose(site, "ada"), number)
    with site.tools.database.transaction() as tx:
        accounts.set_standing(tx, whose(site, "ada").id, Standing.LIMITED)
    assert ada.post(f"/en-gb/lists/{number}/tell", {"name": "eve"}).status_code == 303
    assert unread(eve) == 0


def test_without_a_mail_server_no_digest_is_offered(make_reader: Make) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open", **QUICK}})
    page = site.visitor().sign_up("ada").get("/en-gb/notices/settings").text
    assert "E-mail digest" not in page
    assert ">Digest<" not in page


def test_all_of_it_is_exported_and_goes_with_the_account(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    tell(site, "ada", Why.DECISION, "decision 7", path="log/7")
    kept = ada.post("/en-gb/account/export").json()
    assert kept["notifications"][0]["subject"] == "decision 7"
    assert kept["notification_wishes"][0]["digest"] == "off"
    with site.tools.database.read() as view:
        assert mail_outbox.waiting(view).count == 0
