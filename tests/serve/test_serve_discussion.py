"""The discussion on pages: seen by everybody at once, made without scripts, shown to each as they may see it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from octavo.accounts.permissions import OPERATOR
from octavo.actions import comments as actions
from octavo.actions import discussion
from octavo.domain.account import Person, Role, Standing
from octavo.domain.comment import CommentState, under_article
from octavo.domain.ids import CommentId
from octavo.serve import links
from octavo.store import accounts as account_store
from octavo.store import comments as comment_store
from octavo.store import discussion as kept
from octavo.text.slugs import read_short_id, short_id

from .conftest import Reader, Visitor

Make = Callable[..., Reader]
OPEN: dict[str, Any] = {"accounts": {"sign_up": "open", "password_memory_kib": 7_168}}


@pytest.fixture
def site(make_reader: Make) -> Reader:
    """A newspaper where anybody may make an account."""
    return make_reader(settings=OPEN)


def page_of(site: Reader, name: str = "ledger") -> str:
    headline = {"ledger": "Tide ledger found in drowned archive", "second": "Drowned archive gives up its tide ledger"}
    return links.article("en-gb", site.ids[name], headline[name])


def story_of(site: Reader) -> str:
    return site.get(f"/en-gb/story/{short_id(site.story)}").headers["location"]


def tree(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def said(text: str) -> list[str]:
    """The words of all comments a page shows, in its order."""
    return [one.text().strip() for one in tree(text).css(".remark-words")]


def posted(answer: Any) -> CommentId:
    assert answer.status_code == 303, answer.text
    number = read_short_id(answer.headers["location"].partition("#c-")[2])
    assert number
    return CommentId(number)


def say(who: Visitor, page: str, text: str, **fields: str) -> CommentId:
    """Post a comment with the form on a page."""
    return posted(who.post(f"{page}/comments", {"text": text, "back": page.removeprefix("/en-gb/"), **fields}))


def answer(who: Visitor, to: CommentId, text: str) -> CommentId:
    return posted(who.post(f"{links.comment('en-gb', to)}/reply", {"text": text}))


def test_nobody_said_anything_yet(site: Reader) -> None:
    for page in (page_of(site), story_of(site)):
        section = tree(site.get(page).text).css_first("#comments")
        assert section is not None
        assert "No comments yet. Be the first to say something." in section.text()
        door = section.css_first("a.button")
        assert door is not None
        assert door.attributes["href"] == f"/en-gb/sign-in?back={page.removeprefix('/en-gb/').replace('/', '%2F')}"
        assert section.css("form") == []
    ada = site.visitor().sign_up("ada")
    section = tree(ada.get(page_of(site)).text).css_first("#comments")
    assert section is not None
    assert section.css_first("form textarea[name=text]") is not None


def test_a_comment_shows_at_once_to_everybody_and_other_pages_stay_kept(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    before = [site.get(one).text for one in (page, "/en-gb/latest")]
    kept_pages = site.app._kept._pages
    front = kept_pages["/en-gb/latest"]
    at = say(ada, page, "The keeper *knew*.")
    after = site.get(page)
    assert said(after.text) == ["The keeper knew."]
    assert said(before[0]) == []
    assert f'id="c-{short_id(at)}"' in after.text
    assert kept_pages["/en-gb/latest"] is front
    assert site.get(page).text == after.text
    assert said(site.get(story_of(site)).text) == ["The keeper knew."]
    assert said(site.get(page_of(site, "second")).text) == []


def test_what_another_process_took_shows_within_three_seconds(site: Reader) -> None:
    page = page_of(site)
    site.visitor().sign_up("ada")
    assert said(site.get(page).text) == []
    with site.tools.database.read() as view:
        ada = account_store.named(view, "ada")
    assert ada is not None
    draft = actions.Draft("From elsewhere", under_article(site.ids["ledger"]))
    actions.post(site.tools, Person(ada), draft)
    site.clock.now += timedelta(seconds=3)
    assert said(site.get(page).text) == ["From elsewhere"]


def test_a_form_leads_back_to_where_it_was_at_the_comment(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    sent = ada.post(f"{page}/comments", {"text": "One", "back": page.removeprefix("/en-gb/")})
    assert sent.headers["location"].startswith(f"{page}#c-")
    for back in ("", "\\evil.example", "x" * 500, "a\nb", "page#x"):
        at = ada.post(f"{page}/comments", {"text": f"Two {len(back)}", "back": back}).headers["location"]
        assert re.fullmatch(r"/en-gb/comment/([a-z0-9]+)#c-\1", at), at
        site.clock.now += timedelta(minutes=1)
    assert (
        ada.post(f"{page}/comments", {"text": "Three", "back": "//evil.example/x"})
        .headers["location"]
        .startswith("/en-gb/evil.example/")
    )


def test_the_same_form_sent_twice_is_one_comment(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    key = tree(ada.get(page).text).css_first("#comments input[name=key]")
    assert key is not None
    sending = str(key.attributes["value"])
    assert say(ada, page, "Once", key=sending) == say(ada, page, "Once", key=sending)
    assert said(site.get(page).text) == ["Once"]
    other = tree(ada.get(page).text).css_first("#comments input[name=key]")
    assert other is not None
    assert other.attributes["value"] != sending


def test_what_cannot_be_taken_shows_the_form_again_with_what_was_in_it(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    refused = ada.post(f"{page}/comments", {"text": "I **saw** it", "quote": "a thing nobody wrote"})
    assert refused.status_code == 422
    form = tree(refused.text).css_first("#comment-form")
    assert form is not None
    problem, text, quote = (form.css_first(one) for one in ("[role=alert]", "[name=text]", "[name=quote]"))
    assert problem
    assert "does not stand in the article" in problem.text()
    assert text
    assert text.text() == "I **saw** it"
    assert quote
    assert quote.text() == "a thing nobody wrote"
    assert said(site.get(page).text) == []


def test_an_answer_stands_below_and_the_permalink_shows_what_it_answers(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one = say(ada, page, "One")
    two = answer(bo, one, "Two")
    three = answer(ada, two, "Three")
    nested = tree(site.get(page).text).css_first(f"#c-{short_id(one)} #c-{short_id(two)} #c-{short_id(three)}")
    assert nested is not None
    assert "2 replies" in site.get(page).text
    alone = site.get(links.comment("en-gb", two)).text
    assert [words.text().strip() for words in tree(alone).css(".is-before .remark-words")] == ["One"]
    assert said(alone) == ["One", "Two", "Three"]
    assert 'content="noindex,follow"' in alone
    form = tree(bo.get(links.comment("en-gb", two)).text).css_first("#answer form")
    assert form is not None
    assert form.attributes["action"] == f"{links.comment('en-gb', two)}/reply"


def test_a_story_shows_what_is_said_about_it_and_about_its_articles_each_labelled(site: Reader) -> None:
    ada, story = site.visitor().sign_up("ada"), story_of(site)
    say(ada, page_of(site), "On the ledger")
    say(ada, page_of(site, "second"), "On the second")
    at = say(ada, story, "On the story")
    page = tree(site.get(story).text)
    about = {
        words.text().strip(): label.text().strip() if label else ""
        for one in page.css("#comments article")
        for words, label in [(one.css_first(".remark-words"), one.css_first(".remark-about a"))]
        if words
    }
    assert about == {
        "On the ledger": "Tide ledger found in drowned archive",
        "On the second": "Drowned archive gives up its tide ledger",
        "On the story": "",
    }
    assert said(site.get(page_of(site)).text) == ["On the ledger"]
    assert said(site.get(links.comment("en-gb", at)).text) == ["On the story"]
    count = page.css_first("#comments-title span")
    assert count is not None
    assert count.text() == "3"


def test_votes_move_a_comment_and_are_never_ones_own(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one, two = say(ada, page, "One"), say(ada, page, "Two")
    path = links.comment("en-gb", two)
    assert bo.post(f"{path}/vote", {"value": "up"}).status_code == 303
    assert said(bo.get(page).text) == ["Two", "One"]
    mine = tree(bo.get(page).text).css_first(f"#c-{short_id(two)} .ballot button")
    assert mine is not None
    assert (mine.attributes["aria-pressed"], mine.attributes["value"]) == ("true", "none")
    assert tree(ada.get(page).text).css(".ballot button") == []
    assert ada.post(f"{path}/vote", {"value": "up"}).status_code == 403
    assert bo.post(f"{path}/vote", {"value": "twice"}).status_code == 422
    assert bo.post(f"{path}/vote", {"value": "none"}).status_code == 303
    assert said(bo.get(page).text) == ["One", "Two"]
    assert one < two


def test_a_comment_is_edited_and_what_it_said_before_stays_readable(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    path = links.comment("en-gb", say(ada, page, "First words"))
    form = ada.get(f"{path}/edit")
    assert "First words" in form.text
    assert "15 more minutes" in form.text
    done = ada.post(f"{path}/edit", {"text": "Second words", "seen": "0", "back": page.removeprefix("/en-gb/")})
    assert done.headers["location"].startswith(page)
    assert said(site.get(page).text) == ["Second words"]
    alone = tree(site.get(path).text)
    assert [one.text().strip() for one in alone.css("#earlier .remark-words")] == ["First words"]
    assert ada.post(f"{path}/edit", {"text": "Third", "seen": "0"}).status_code == 409
    assert bo.get(f"{path}/edit").status_code == 403
    assert bo.post(f"{path}/edit", {"text": "Mine", "seen": "1"}).status_code == 403
    assert site.get(f"{path}/edit").status_code == 401
    site.clock.now += timedelta(minutes=16)
    assert f'{path}/edit"' not in ada.get(page).text
    assert ada.get(f"{path}/edit").status_code == 403
    refused = ada.post(f"{path}/edit", {"text": "Too late", "seen": "1"})
    assert refused.status_code == 403
    assert "Too late" in refused.text


def test_a_deleted_comment_leaves_its_place_where_others_answered(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one, alone = say(ada, page, "Answered"), say(ada, page, "Alone")
    answer(bo, one, "Reply")
    for each in (one, alone):
        path = links.comment("en-gb", each)
        assert "gone for good" in ada.get(f"{path}/delete").text
        assert ada.post(f"{path}/delete", {}).status_code == 303
    shown = site.get(page).text
    assert said(shown) == ["Reply"]
    assert "Answered" not in shown
    top = tree(shown).css_first(f"#c-{short_id(one)}")
    assert top is not None
    assert [part.text().strip() for part in top.css(".remark-gone")] == ["[deleted]"]
    assert "ada" not in (top.css_first(".remark-head") or top).text()
    assert f"c-{short_id(alone)}" not in shown


def test_what_moderators_removed_is_gone_and_its_words_stay_with_them(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    one = say(ada, page, "Vile words")
    answer(bo, one, "Reply")
    assert "Vile" in site.get(page).text
    with site.tools.database.transaction() as tx:
        comment_store.begin(tx)
        comment_store.set_state(tx, [one], CommentState.REMOVED)
    site.clock.now += timedelta(seconds=3)
    for who in (site, ada, bo):
        shown = who.get(page).text
        assert "Vile" not in shown
        assert "Removed by moderators" in shown
    assert "Vile" not in ada.get(links.comment("en-gb", one)).text
    assert ada.post(f"{links.comment('en-gb', one)}/delete", {}).status_code == 403


def test_what_waits_is_seen_by_its_author_and_moderators_alone(site: Reader) -> None:
    ada, bo, page = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    mod = site.visitor().sign_up("mona")
    with site.tools.database.transaction() as tx:
        for name, role in (("mona", Role.MODERATOR),):
            found = account_store.named(tx, name)
            assert found
            account_store.set_role(tx, found.id, role)
        limited = account_store.named(tx, "ada")
        assert limited
        account_store.set_standing(tx, limited.id, Standing.LIMITED)
    one = say(ada, page, "Waiting words")
    path = links.comment("en-gb", one)
    for who in (ada, mod):
        assert said(who.get(page).text) == ["Waiting words"]
        assert said(who.get(path).text) == ["Waiting words"]
        assert "Waits for a moderator" in who.get(page).text
    for other in (site, bo):
        assert said(other.get(page).text) == []
        assert other.get(path).status_code == 404
    assert "only you see it" in ada.get(page).text


def test_names_badges_and_attacks_are_text(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    site.visitor().sign_up("ed")
    with site.tools.database.transaction() as tx:
        found = account_store.named(tx, "ada")
        assert found
        account_store.set_role(tx, found.id, Role.EDITOR)
    attack = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script> \"'>"
    say(ada, page, attack, quote="found in a drowned archive")
    section = tree(site.get(page).text).css_first("#comments")
    assert section is not None
    words = section.css_first(".remark-words")
    assert words is not None
    assert words.text().strip() == attack.replace("[x](javascript:alert(1))", "[x](javascript:alert(1))")
    assert [one.tag for one in words.traverse() if one.tag not in ("div", "p")] == []
    badge, quote = section.css_first(".remark-badge"), section.css_first(".remark-quote blockquote")
    assert badge
    assert badge.text() == "Editor"
    assert quote
    assert quote.text() == "found in a drowned archive"


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
