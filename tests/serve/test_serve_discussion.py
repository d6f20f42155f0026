"""The discussion on pages: seen by everybody at once, made without scripts, shown to each as they may see it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from octavo.actions import comments as actions
from octavo.domain.account import Person, Role, Standing
from octavo.domain.comment import CommentState, under_article
from octavo.serve import links
from octavo.store import accounts as account_store
from octavo.store import comments as comment_store
from octavo.text.slugs import short_id

from .conftest import Reader
from .talk import OPEN, answer, page_of, posted, said, say, story_of, tree

Make = Callable[..., Reader]


@pytest.fixture
def site(make_reader: Make) -> Reader:
    """A newspaper where anybody may make an account."""
    return make_reader(settings=OPEN)


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


def test_a_form_that_was_sent_and_then_went_through_the_outbox_is_one_comment(site: Reader) -> None:
    ada, page = site.visitor().sign_up("ada"), page_of(site)
    one = say(ada, page, "Once", key="the page's own")
    fields = {"text": "Once", "key": "the page's own", "back": ""}
    assert posted(ada.post(f"{page}/comments", fields, idempotency_key="the outbox's")) == one
    unnamed = {"text": "By a program"}
    two = posted(ada.post(f"{page}/comments", unnamed, idempotency_key="k"))
    assert posted(ada.post(f"{page}/comments", unnamed, idempotency_key="k")) == two
