"""What a reader keeps, in a real browser: with scripts or without, by keyboard alone, without a network, in Arabic."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from .conftest import CHROMIUM, Paper
from .test_accounts import check, sign_up

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

SHIP = "Ship number 23 enters the bay"
WORDS = "showed the ledger"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 860}, service_workers="block")
    yield opened
    opened.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without JavaScript."""
    opened = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield opened
    opened.close()


def open_ship(page: Page, paper: Paper, headline: str = SHIP) -> None:
    page.goto(f"{paper.address}/en-gb/latest")
    page.get_by_role("link", name=headline, exact=True).click()
    expect(page.get_by_role("heading", name=headline, level=1)).to_be_visible()


def settled(page: Page) -> None:
    """Wait until nothing waits to be sent: what was just pressed is written down first."""
    page.wait_for_timeout(1_000)
    page.wait_for_function(
        """async () => {
          if (!(await indexedDB.databases()).some((one) => one.name === "outbox")) return true;
          const asked = indexedDB.open("outbox", 1);
          const box = await new Promise((good) => { asked.onsuccess = () => good(asked.result); });
          if (!box.objectStoreNames.contains("orders")) return true;
          const all = box.transaction("orders").objectStore("orders").getAll();
          const left = await new Promise((good) => { all.onsuccess = () => good(all.result); });
          box.close();
          return left.length === 0;
        }"""
    )


def sends(page: Page, button: Locator) -> None:
    """Press a button that sends a form, and wait for the page it leads to."""
    with page.expect_navigation():
        button.click()


def select(page: Page, words: str) -> None:
    """Select words of the article, as somebody does with a mouse."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector(".article .body"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
          }
        }""",
        words,
    )


def test_without_scripts_one_saves_marks_and_shares(browser: Browser, plain: BrowserContext, paper: Paper) -> None:
    page = plain.new_page()
    sign_up(page, paper, "ada")
    card = page.locator("[data-card]", has_text=SHIP)
    sends(page, card.get_by_role("button", name="Save"))
    expect(page.locator("[data-card]", has_text=SHIP).get_by_role("button", name="Save")).to_have_attribute(
        "aria-pressed", "true"
    )
    open_ship(page, paper)
    page.get_by_role("link", name="Keep…").click()
    page.get_by_label("The harbour office said so").check()
    page.get_by_label("Only these words of it").fill(WORDS)
    page.locator("form", has=page.get_by_role("button", name="Mark it")).get_by_label("Note").fill("Which ledger?")
    sends(page, page.get_by_role("button", name="Mark it"))
    expect(page.get_by_text("Which ledger?").first).to_be_visible()
    page.get_by_label("A new list with this article").fill("Ships")
    sends(page, page.get_by_role("button", name="Make the list"))
    page.goto(f"{paper.address}/en-gb/highlights")
    expect(page.get_by_text(WORDS, exact=True)).to_be_visible()
    page.goto(f"{paper.address}/en-gb/lists")
    page.get_by_role("link", name="Ships").click()
    sends(page, page.get_by_role("button", name="Share it"))
    address = page.locator(".shared-link a").get_attribute("href") or ""
    stranger = browser.new_page()
    stranger.goto(address)
    expect(stranger.get_by_role("heading", name="Ships")).to_be_visible()
    expect(stranger.get_by_text("A list by ada.")).to_be_visible()
    stranger.close()


def test_without_scripts_one_follows_and_mutes(plain: BrowserContext, paper: Paper) -> None:
    page = plain.new_page()
    sign_up(page, paper, "ada")
    open_ship(page, paper)
    page.get_by_role("link", name="Keep…").click()
    sends(page, page.get_by_role("button", name="Follow: Tide"))
    page.goto(f"{paper.address}/en-gb/source/gull")
    sends(page, page.get_by_role("button", name="Mute: The Gull Example"))
    page.goto(f"{paper.address}/en-gb/following")
    expect(page.get_by_role("link", name="#Tide")).to_be_visible()
    page.goto(f"{paper.address}/en-gb/latest")
    expect(page.get_by_text("articles muted")).to_be_visible()
    hidden = page.locator("[data-hidden=mine]").first
    assert not hidden.is_visible()
    page.locator(".hidden-line").get_by_role("link", name="Show").first.click()
    expect(page.locator("[data-hidden=mine]")).to_have_count(0)


def test_with_scripts_it_happens_in_place(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    sign_up(page, paper, "ada")
    button = page.locator("[data-card]", has_text=SHIP).locator("[data-keep-card]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    settled(page)
    assert page.url.endswith("/latest")
    page.goto(f"{paper.address}/en-gb/saved")
    expect(page.get_by_role("link", name=SHIP)).to_be_visible()
    open_ship(page, paper)
    select(page, WORDS)
    page.get_by_role("button", name="Highlight").click()
    expect(page.locator("mark.my-mark")).to_have_text(WORDS)
    settled(page)
    select(page, "on Monday")
    page.get_by_role("button", name="With a note").click()
    page.get_by_label("Note", exact=True).fill("Which Monday?")
    page.get_by_role("button", name="Mark it").click()
    expect(page.locator("mark.my-mark")).to_have_count(2)
    settled(page)
    page.reload()
    assert page.locator("mark.my-mark").all_inner_texts() == ["on Monday", WORDS]
    expect(page.get_by_text("Which Monday?").first).to_be_visible()
    page.goto(f"{paper.address}/en-gb/hashtag/tide")
    follow = page.get_by_role("button", name="Follow: Tide")
    mute = page.get_by_role("button", name="Mute: Tide")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    mute.click()
    expect(follow).to_have_attribute("aria-pressed", "false")
    expect(mute).to_have_attribute("aria-pressed", "true")
    follow.click()
    settled(page)
    page.goto(f"{paper.address}/en-gb/for-you")
    expect(page.get_by_text("because you follow #Tide").first).to_be_visible()


def test_what_a_browser_kept_before_is_offered_once(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    open_ship(page, paper)
    page.locator("[data-save]").click()
    expect(page.locator("[data-save]")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{paper.address}/en-gb/source/ledger")
    page.locator("[data-mute]").click()
    sign_up(page, paper, "ada")
    offer = page.locator("[data-offer]")
    expect(offer).to_be_visible()
    expect(offer).to_contain_text("This browser kept 2 things before you signed in")
    offer.get_by_role("button", name="Keep these 2 in your account").click()
    settled(page)
    page.goto(f"{paper.address}/en-gb/saved")
    expect(page.get_by_role("link", name=SHIP)).to_be_visible()
    expect(page.locator("[data-offer]")).to_be_hidden()
    page.goto(f"{paper.address}/en-gb/following")
    expect(page.get_by_role("link", name="The Ledger Example")).to_be_visible()
    page.goto(f"{paper.address}/en-gb/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/en-gb")
    assert json.loads(page.evaluate("localStorage.getItem('saved')")) == []
    assert json.loads(page.evaluate("localStorage.getItem('settings')"))["muted"]["sources"] == {}


def test_another_browser_has_the_same(browser: Browser, context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    sign_up(page, paper, "ada")
    page.locator("[data-card]", has_text=SHIP).locator("[data-keep-card]").click()
    page.goto(f"{paper.address}/en-gb/settings")
    page.locator("input[name=theme][value=dark]").check()
    page.wait_for_timeout(800)
    settled(page)
    other = browser.new_context(service_workers="block")
    second = other.new_page()
    second.goto(f"{paper.address}/en-gb/sign-in?back=latest")
    second.locator("[name=name]").fill("ada")
    second.locator("[name=password]").fill("a lamp in the harbour")
    second.locator("main form button").first.click()
    second.wait_for_url("**/latest")
    second.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    expect(second.locator("[data-card]", has_text=SHIP).locator("[data-keep-card]")).to_have_attribute(
        "aria-pressed", "true"
    )
    second.wait_for_function("() => JSON.parse(localStorage.getItem('saved') ?? '[]').length === 1")
    other.close()


def test_without_a_network_it_is_sent_later_and_read_now(browser: Browser, paper: Paper) -> None:
    opened = browser.new_context(viewport={"width": 390, "height": 844})
    page = opened.new_page()
    sign_up(page, paper, "ada")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    open_ship(page, paper)
    page.locator("[data-save]").click()
    expect(page.locator("[data-save]")).to_have_attribute("aria-pressed", "true")
    settled(page)
    path = page.evaluate("location.pathname")
    assert page.evaluate("async () => (await (await caches.open('saved')).keys()).length") > 0
    kept = page.evaluate("async (path) => (await (await caches.open('saved')).match(path)).text()", path)
    assert "data-me" not in kept, "what is kept on a device says nothing of who is signed in"
    page.goto(f"{paper.address}/en-gb/hashtag/tide")
    opened.set_offline(True)
    page.get_by_role("button", name="Follow: Tide").click()
    expect(page.get_by_role("button", name="Follow: Tide")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{paper.address}{path}")
    expect(page.get_by_role("heading", name=SHIP, level=1)).to_be_visible()
    opened.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    settled(page)
    page.goto(f"{paper.address}/en-gb/following")
    expect(page.get_by_role("link", name="#Tide")).to_be_visible()
    opened.close()


def test_what_is_said_does_not_wait_for_pages_to_be_fetched(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    sign_up(page, paper, "ada")
    slow: list[Route] = []
    context.route("**/article/**", lambda route: slow.append(route))
    for name in (SHIP, "Ship number 22 enters the bay", "Ship number 21 enters the bay"):
        with page.expect_response("**/keep/save", timeout=15_000):
            page.locator("[data-card]", has_text=name).locator("[data-keep-card]").click()
    assert slow, "a page is being fetched all the while"
    for one in slow:
        one.abort()


def test_a_history_is_kept_only_when_it_is_on(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    sign_up(page, paper, "ada")
    page.goto(f"{paper.address}/en-gb/history")
    sends(page, page.get_by_role("button", name="Turn it on"))
    open_ship(page, paper)
    page.wait_for_timeout(4_500)
    settled(page)
    page.goto(f"{paper.address}/en-gb/history")
    expect(page.get_by_role("link", name=SHIP)).to_be_visible()
    sends(page, page.get_by_role("button", name="Turn it off and forget all of it"))
    expect(page.get_by_role("link", name=SHIP)).to_be_hidden()


def test_by_keyboard_alone(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    sign_up(page, paper, "ada")
    page.keyboard.press("j")
    headline = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("s")
    expect(page.locator(".is-current [data-keep-card]")).to_have_attribute("aria-pressed", "true")
    settled(page)
    page.goto(f"{paper.address}/en-gb/saved")
    expect(page.get_by_role("link", name=headline, exact=True)).to_be_visible()
    page.goto(f"{paper.address}/en-gb/hashtag/tide")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.act") == "follow":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Follow: Tide")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(("edition", "look", "width"), [("en-gb", "light", 1280), ("ar-eg", "dark", 390)])
def test_every_page_of_keeping_is_accessible(
    browser: Browser, paper: Paper, edition: str, look: str, width: int
) -> None:
    opened = browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if look == "dark" else "light",
        service_workers="block",
        reduced_motion="reduce",
    )
    page = opened.new_page()
    sign_up(page, paper, "ada", edition)
    for name in ("following", "for-you", "highlights", "history", "lists", "saved"):
        page.goto(f"{paper.address}/{edition}/{name}")
        check(page)
    page.goto(f"{paper.address}/{edition}/source/harbour")
    number = (page.locator("[data-keep-card]").first.get_attribute("value") or "").partition(":")[2]
    page.locator("[data-keep-card]").first.click()
    page.locator("button[data-act=follow]").click()
    settled(page)
    page.goto(f"{paper.address}/{edition}/keep/{number}")
    page.locator("[name=line]").first.check()
    page.locator("main [name=note]").last.fill("x")
    sends(page, page.locator("main form", has=page.locator("[name=line]")).locator("button"))
    page.wait_for_url(f"**/keep/{number}")
    page.locator("main [name=name]:not([type=hidden])").fill("Ships")
    sends(page, page.locator("main form", has=page.locator("[name=name]:not([type=hidden])")).locator("button"))
    page.wait_for_url(f"**/keep/{number}")
    page.goto(f"{paper.address}/{edition}/lists")
    page.locator(".keep-lists a").first.click()
    sends(page, page.locator("button[value=share]"))
    expect(page.locator(".shared-link")).to_be_visible()
    pages = (
        "following",
        "for-you",
        "highlights",
        "saved",
        "lists",
        f"keep/{number}",
        "lists/1",
        "latest",
        "source/harbour",
    )
    for name in pages:
        page.goto(f"{paper.address}/{edition}/{name}")
        for more in page.locator("main details summary").all()[:3]:
            more.click()
        check(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    opened.close()
