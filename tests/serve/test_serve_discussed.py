"""The discussion page by page, closed, watched, guarded, left; its feeds and its count."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from lxml import etree

from octavo.accounts.permissions import OPERATOR
from octavo.actions import discussion
from octavo.domain.comment import under_article
from octavo.serve import links
from octavo.store import discussion as kept
from octavo.text.slugs import short_id

from .conftest import Reader
from .talk import OPEN, answer, page_of, said, say, story_of, tree

Make = Callable[..., Reader]


@pytest.fixture
def site(make_reader: Make) -> Reader:
    """A newspaper where anybody may make an account."""
    return make_reader(settings=OPEN)


def test_pages_of_comments_in_each_order_hold_each_once(site: Reader) -> None:
    page = page_of(site)
    people = [site.visitor().sign_up(f"reader{number}") for number in range(3)]
    for number in range(36):
        say(people[number % 3], page, f"No. {number:02}")
        site.clock.now += timedelta(minutes=1)
    site.clock.now += timedelta(hours=1)
    under = site.get(page).text
    assert len(said(under)) == 12
    assert "All 36 comments" in under
    for order in ("best", "new", "old"):
        found: list[str] = []
        at = f"{page}/comments?sort={order}"
        for _ in range(4):
            shown = site.get(at)
            found += said(shown.text)
            following = tree(shown.text).css_first("a[rel~=next]")
            if following is None:
                break
            at = str(following.attributes["href"])
        wanted = [f"No. {number:02}" for number in range(36)]
        assert found == (wanted[::-1] if order == "new" else wanted)
    for odd in ("sort=worst", "after=x", "after=-1.a", "after=9.zzzzzzzzzzzz", "after=" + "9" * 50 + ".a", "after=.a"):
        assert said(site.get(f"{page}/comments?{odd}").text)


def test_many_answers_are_a_link_away(site: Reader) -> None:
    page = page_of(site)
    people = [site.visitor().sign_up(f"reader{number}") for number in range(4)]
    top = say(people[0], page, "Top")
    for number in range(40):
        answer(people[number % 4], top, f"Reply {number:02}")
        site.clock.now += timedelta(seconds=30)
    site.clock.now += timedelta(hours=1)
    shown = tree(site.get(page).text)
    assert len(said(site.get(page).text)) == 4
    more = shown.css_first(".remark-more a")
    assert more is not None
    assert more.text() == "37 more replies"
    alone = site.get(str(more.attributes["href"])).text
    assert len(said(alone)) == 31
    following = tree(alone).css_first("a[rel~=next]")
    assert following is not None
    rest = site.get(str(following.attributes["href"])).text
    assert said(rest) == ["Top", *(f"Reply {number:02}" for number in range(30, 40))]


def test_where_it_is_closed_nobody_is_invited(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    say(ada, page, "Before")
    discussion.close(site.tools, OPERATOR, "edition/en-gb", "Back on Monday")
    site.clock.now += timedelta(minutes=1)
    for who in (site, ada):
        section = tree(who.get(page).text).css_first("#comments")
        assert section is not None
        assert "Comments are closed here." in section.text()
        assert "Back on Monday" in section.text()
        assert section.css("textarea") == []
        assert said(who.get(page).text) == ["Before"]
    refused = ada.post(f"{page}/comments", {"text": "After"})
    assert refused.status_code == 403
    assert "Comments are closed here" in refused.text


def test_a_discussion_is_watched(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    for on, label in (("1", "Stop watching"), ("0", "Watch this discussion")):
        done = ada.post(f"{page}/watch", {"on": on, "back": page.removeprefix("/en-gb/")})
        assert done.headers["location"] == f"{page}#comments"
        assert label in ada.get(page).text


POSTS = ("comments", "watch", "reply", "vote", "edit", "delete")


@pytest.mark.parametrize("name", POSTS)
def test_nothing_is_done_without_a_session_of_ones_own_and_its_token(site: Reader, name: str) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one = say(ada, page, "One")
    where = page if name in ("comments", "watch") else links.comment("en-gb", one)
    fields = {"text": "Forged", "value": "up", "on": "1", "seen": "0"}
    who = bo if name == "vote" else ada
    assert site.visitor().post(f"{where}/{name}", fields).status_code == 401
    for forged in ({"token": ""}, {"token": (bo if who is ada else ada).token()}):
        assert who.post(f"{where}/{name}", fields | forged).status_code == 403
    assert who.post(f"{where}/{name}", fields, sec_fetch_site="cross-site").status_code == 403
    with site.tools.database.read() as view:
        found = kept.get(view, one)
        thread = kept.thread_of(view, under_article(site.ids["ledger"]))
    assert found
    assert (found.text, found.ups, found.live) == ("One", 0, True)
    assert thread
    assert thread.comments == 1


def test_there_is_nothing_where_nothing_is(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    for path in (
        "/en-gb/comment/1",
        "/en-gb/comment/!",
        "/en-gb/article/1/x/comments",
        "/en-gb/story/zzzzzzzzzzzz/x/comments",
    ):
        assert site.get(path).status_code == 404, path
    for path in (
        "/en-gb/article/1/x/comments",
        "/en-gb/story/1/x/watch",
        "/en-gb/comment/1/vote",
        "/en-gb/comment/1/reply",
    ):
        fields = {"text": "x", "value": "up", "on": "1"}
        assert ada.post(path, fields).status_code == 404, path
    moved = site.get(f"/en-gb/article/{short_id(site.ids['ledger'])}/other-words/comments")
    assert moved.headers["location"] == f"{page_of(site)}/comments"


def test_an_account_that_goes_leaves_no_word(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one = say(ada, page, "My words")
    two = answer(bo, one, "Yours")
    ada.post(f"{links.comment('en-gb', two)}/vote", {"value": "up"})
    assert "My words" in site.get(page).text
    left = ada.post("/en-gb/account/leave", {"sure": "yes"})
    assert left.status_code == 303, left.text
    site.clock.now += timedelta(seconds=3)
    shown = site.get(page).text
    assert "My words" not in shown
    assert said(shown) == ["Yours"]
    assert "[deleted]" in shown
    with site.tools.database.read() as view:
        found = kept.get(view, two)
    assert found
    assert found.ups == 0


ATOM = "{http://www.w3.org/2005/Atom}"
THREADING = "{http://purl.org/syndication/thread/1.0}"


def test_feeds_of_comments_say_what_each_answers(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one = say(ada, page, "One <b>&", quote="drowned archive")
    site.clock.now += timedelta(minutes=1)
    two = answer(bo, one, "Two")
    feed = etree.fromstring(site.get(f"{page}/comments.atom").content)
    entries = feed.findall(f"{ATOM}entry")
    tag = "tag:127.0.0.1,2026:"
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{tag}comment/{short_id(n)}" for n in (two, one)]
    refs = [entry.find(f"{THREADING}in-reply-to").get("ref") for entry in entries]
    assert refs == [f"{tag}comment/{short_id(one)}", f"{tag}article/{short_id(site.ids['ledger'])}"]
    content = entries[1].findtext(f"{ATOM}content")
    assert content == "<blockquote><p>drowned archive</p></blockquote><p>One &lt;b&gt;&amp;</p>"
    assert entries[1].findtext(f"{ATOM}author/{ATOM}name") == "ada"
    replies = entries[1].find(f"{ATOM}link[@rel='replies']")
    assert replies is not None
    assert replies.get(f"{THREADING}count") == "1"
    items = etree.fromstring(site.get(f"{page}/comments.rss").content).findall("channel/item")
    assert [item.findtext("link") for item in items] == [
        f"http://127.0.0.1:8000{links.comment('en-gb', n)}" for n in (two, one)
    ]
    told = site.get(f"{page}/comments.json").json()
    assert [(one["authors"][0]["name"], one["_octavo"]["score"]) for one in told["items"]] == [("bo", 0), ("ada", 0)]
    assert told["_octavo"]["comments"] == 2
    of_story = etree.fromstring(site.get(f"{story_of(site)}/comments.atom").content).findall(f"{ATOM}entry")
    assert [entry.find(f"{THREADING}in-reply-to").get("ref") for entry in of_story] == refs


def test_feeds_of_articles_lead_to_their_comments(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    say(ada, page, "One")
    feed = etree.fromstring(site.get("/en-gb/latest.atom").content)
    links_of = {
        entry.findtext(f"{ATOM}title"): entry.find(f"{ATOM}link[@rel='replies']")
        for entry in feed.findall(f"{ATOM}entry")
    }
    talked, silent = (
        links_of["Tide ledger found in drowned archive"],
        links_of["Drowned archive gives up its tide ledger"],
    )
    assert talked is not None
    assert silent is not None
    assert talked.get("href") == f"http://127.0.0.1:8000{page}/comments.atom"
    assert talked.get(f"{THREADING}count") == "1"
    assert talked.get(f"{THREADING}updated") == "2026-03-01T12:00:00+00:00"
    assert silent.get(f"{THREADING}count") is None
    rss = etree.fromstring(site.get("/en-gb/latest.rss").content)
    item = next(one for one in rss.findall("channel/item") if one.findtext("title", "").startswith("Tide ledger found"))
    assert item.findtext("{http://purl.org/rss/1.0/modules/slash/}comments") == "1"
    assert (
        item.findtext("{http://wellformedweb.org/CommentAPI/}commentRss") == f"http://127.0.0.1:8000{page}/comments.rss"
    )
    assert item.findtext("comments") == f"http://127.0.0.1:8000{page}/comments"


def test_how_many_there_are_is_answered_from_memory(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    for number in range(3):
        assert site.get(f"{page}/comments/count").json() == {"comments": number}
        say(ada, page, str(number))
    assert site.get(f"{story_of(site)}/comments/count").json() == {"comments": 3}
