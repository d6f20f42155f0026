"""The discussion in a real browser: without scripts, in place with them, offline, by keyboard alone, accessible."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import CHROMIUM, Paper
from .test_accounts import check, sign_up

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

ASKED_EVERY_MS = 30_000


@pytest.fixture
def open_context(browser: Browser) -> Iterator["Contexts"]:
    made = Contexts(browser)
    yield made
    for one in made.opened:
        one.close()


class Contexts:
    """Browsers of several people."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.opened: list[BrowserContext] = []

    def person(self, paper: Paper, name: str, **more: object) -> Page:
        """Open the first article as somebody who is signed in."""
        options = {"viewport": {"width": 1280, "height": 860}, "service_workers": "block", **more}
        context = self._browser.new_context(**options)  # type: ignore[arg-type]
        self.opened.append(context)
        page = context.new_page()
        sign_up(page, paper, name)
        open_article(page, paper)
        return page


def open_article(page: Page, paper: Paper) -> None:
    page.goto(f"{paper.address}/en-gb/latest")
    page.locator("main a[href*='/article/']").first.click()
    page.wait_for_url("**/article/**")


def write(page: Page, words: str) -> None:
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Post", exact=True).click()


def test_without_scripts_one_comments_answers_votes_edits_and_deletes(open_context: Contexts, paper: Paper) -> None:
    phone = {"java_script_enabled": False, "viewport": {"width": 390, "height": 844}}
    ada, bo = (open_context.person(paper, name, **phone) for name in ("ada", "bo"))
    expect(ada.get_by_text("No comments yet. Be the first to say something.")).to_be_visible()
    write(ada, "The *tide* was late")
    ada.wait_for_url("**/article/**#c-*")
    expect(ada.locator(".remark-words em")).to_have_text("tide")
    bo.reload()
    one = bo.locator(".remark", has_text="The tide was late")
    one.get_by_role("button", name="Vote up").click()
    expect(one.get_by_role("button", name="Vote up")).to_have_attribute("aria-pressed", "true")
    one.get_by_role("link", name="Reply").click()
    bo.wait_for_url("**/comment/**")
    bo.get_by_label("Your reply to ada").fill("By two hours")
    bo.get_by_role("button", name="Reply").click()
    expect(bo.locator(".remark .remark .remark-words")).to_have_text("By two hours")
    open_article(ada, paper)
    below = ada.get_by_text("1 reply")
    expect(ada.get_by_text("By two hours")).to_be_visible()
    below.click()
    expect(ada.get_by_text("By two hours")).to_be_hidden()
    ada.get_by_role("link", name="Edit", exact=True).click()
    ada.get_by_role("textbox", name="Your comment").fill("The tide was early")
    ada.get_by_role("button", name="Save").click()
    ada.wait_for_url("**#c-*")
    ada.get_by_role("link", name="edited").click()
    expect(ada.locator("#earlier .remark-words")).to_have_text("The tide was late")
    open_article(ada, paper)
    ada.get_by_role("link", name="Delete", exact=True).click()
    ada.get_by_role("button", name="Delete it").click()
    ada.wait_for_url("**#c-*")
    expect(ada.locator(".remark-gone")).to_have_text("[deleted]")
    expect(ada.get_by_text("By two hours")).to_be_visible()


def test_with_scripts_nobody_leaves_the_page(open_context: Contexts, paper: Paper) -> None:
    ada, bo = (open_context.person(paper, name) for name in ("ada", "bo"))
    ada.evaluate("window.stayed = true")
    write(ada, "First of all")
    mine = ada.locator(".remark.is-new")
    expect(mine.locator(".remark-words")).to_have_text("First of all")
    expect(mine).to_be_focused()
    expect(ada.get_by_label("Your comment")).to_have_value("")
    bo.reload()
    bo.evaluate("window.stayed = true")
    one = bo.locator(".remark", has_text="First of all").first
    one.get_by_role("button", name="Vote up").click()
    expect(one.locator("[data-score]")).to_have_text("1")
    one.get_by_role("button", name="Vote down").click()
    expect(one.locator("[data-score]")).to_have_text("-1")
    bo.get_by_label("Your comment").fill("A draft that stays")
    one.get_by_role("link", name="Reply").click()
    reply = bo.get_by_label("Reply: ada")
    expect(reply).to_be_focused()
    reply.fill("Second")
    reply.press("Tab")
    bo.keyboard.press("Enter")
    expect(bo.locator(".remark .remark .remark-words")).to_have_text("Second")
    expect(bo.get_by_label("Your comment")).to_have_value("A draft that stays")
    assert ada.evaluate("window.stayed")
    assert bo.evaluate("window.stayed")
    bo.reload()
    expect(bo.locator("[data-score]").first).to_have_text("-1")


def test_what_is_refused_is_said_where_it_was_written(open_context: Contexts, paper: Paper) -> None:
    ada = open_context.person(paper, "ada")
    ada.get_by_text("Quote a passage of the article").click()
    ada.get_by_label("The passage, word for word").fill("A sea serpent")
    write(ada, "I saw it")
    expect(ada.get_by_role("alert")).to_contain_text("does not stand in the article")
    expect(ada.get_by_label("Your comment")).to_have_value("I saw it")
    expect(ada.get_by_label("Your comment")).to_be_focused()


def test_what_is_selected_in_the_article_is_quoted(open_context: Contexts, paper: Paper) -> None:
    ada = open_context.person(paper, "ada")
    ada.locator(".article .body p").first.select_text()
    words = ada.locator(".article .body p").first.inner_text()
    offer = ada.get_by_role("button", name="Quote what you selected")
    expect(offer).to_be_visible()
    offer.click()
    expect(ada.get_by_label("The passage, word for word")).to_have_value(words)
    ada.keyboard.type("Did they?")
    ada.get_by_role("button", name="Post", exact=True).click()
    expect(ada.locator(".remark-quote blockquote")).to_have_text(words)


def test_what_was_written_without_a_network_is_sent_later_and_once(open_context: Contexts, paper: Paper) -> None:
    ada = open_context.person(paper, "ada")
    ada.get_by_label("Your comment").focus()
    ada.wait_for_function(
        "() => performance.getEntriesByType('resource').some((one) => one.name.includes('/js/outbox.'))"
    )
    ada.context.set_offline(True)
    write(ada, "From the ferry")
    expect(ada.get_by_text("Kept here: it is sent once there is a network.")).to_be_visible()
    expect(ada.get_by_label("Your comment")).to_have_value("")
    ada.context.set_offline(False)
    expect(ada.locator(".remark-words")).to_have_text("From the ferry")
    ada.reload()
    expect(ada.locator(".remark-words")).to_have_text("From the ferry")


def test_new_comments_are_announced_and_shown_when_wanted(open_context: Contexts, paper: Paper) -> None:
    ada, bo = (open_context.person(paper, name) for name in ("ada", "bo"))
    bo.clock.install()
    bo.reload()
    write(ada, "Just said")
    expect(ada.locator(".remark-words")).to_have_text("Just said")
    expect(bo.locator(".remark-words")).to_have_count(0)
    bo.clock.fast_forward(ASKED_EVERY_MS)
    said = bo.get_by_role("button", name="1 new comment")
    said.click()
    expect(bo.locator(".remark.is-new .remark-words")).to_have_text("Just said")
    expect(said).to_have_count(0)


def test_by_keyboard_alone(open_context: Contexts, paper: Paper) -> None:
    ada = open_context.person(paper, "ada")
    tab_to(ada, "document.activeElement.name === 'text'")
    ada.keyboard.type("Without a mouse")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Enter")
    expect(ada.locator(".remark-words")).to_have_text("Without a mouse")
    tab_to(ada, "document.activeElement.dataset.answer !== undefined")
    ada.keyboard.press("Enter")
    ada.keyboard.type("To myself")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Enter")
    expect(ada.locator(".remark .remark .remark-words")).to_have_text("To myself")
    ada.evaluate("document.activeElement.blur(); getSelection().collapse(document.querySelector('.remark-bar'))")
    tab_to(ada, "document.activeElement.matches('.remark-below > summary')")
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("To myself")).to_be_hidden()


def tab_to(page: Page, here: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(160):
        page.keyboard.press("Tab")
        if page.evaluate(here):
            return
    raise AssertionError(f"no Tab leads to where {here}")


@pytest.mark.parametrize(("edition", "look", "width"), [("en-gb", "light", 1280), ("ar-eg", "dark", 390)])
def test_every_page_of_the_discussion_is_accessible(
    open_context: Contexts, paper: Paper, edition: str, look: str, width: int
) -> None:
    more = {"color_scheme": look, "viewport": {"width": width, "height": 860}}
    ada, bo = (open_context.person(paper, name, **more) for name in ("ada", "bo"))
    for page, words in ((ada, "من المستفيد؟ **Who?**"), (bo, "> Who?\n\nEverybody, [says this](https://x.example).")):
        page.get_by_role("textbox").last.fill(words)
        page.locator("#comment-form .button").click()
        expect(page.locator(".remark.is-own.is-new")).to_be_visible()
    bo.locator("[data-answer]").last.click()
    bo.locator("form.is-reply textarea").fill("And nobody")
    bo.locator("form.is-reply .button").click()
    expect(bo.locator(".remark .remark")).to_be_visible()
    article = bo.url.partition("#")[0].replace("/en-gb/", f"/{edition}/")
    comment = f"{paper.address}/{edition}/comment/{(bo.locator('.remark.is-own').first.get_attribute('id') or '')[2:]}"
    for at in (article, f"{article}/comments", comment, f"{comment}/edit", f"{comment}/delete"):
        bo.goto(at)
        check(bo)
        wide = bo.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, at
    out = open_context.person(paper, "cyd", **more)
    out.context.clear_cookies()
    out.goto(article)
    check(out)
