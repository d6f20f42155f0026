"""New articles while a page is open: a pill says so, and nothing that is being read moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from .conftest import CHROMIUM, PATIENCE_MS, Paper
from .test_browser import SHIFT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    yield opened
    opened.close()


TOP = "() => document.querySelectorAll('.rows .card-head')[9].getBoundingClientRect().top"


def test_new_articles_are_announced_and_come_in_above_what_is_read(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    with page.expect_event("request", lambda asked: "/en-gb/live?" in asked.url):
        page.goto(f"{paper.address}/en-gb/latest", wait_until="load")
    page.evaluate("() => document.querySelectorAll('.rows .card-head')[8].scrollIntoView()")
    before, shifted = page.evaluate(TOP), page.evaluate(SHIFT)
    assert 0 < before < 900
    paper.arrive("A whale is seen off the quay")
    paper.arrive("The whale leaves again")
    paper.arrive("Ein Wal in der Bucht", language="de")
    expect(page.locator(".live-pill")).to_have_text("2 new articles")
    assert page.locator(".live[role=status] .live-pill").is_visible()
    assert (page.evaluate(TOP), page.evaluate(SHIFT)) == (before, shifted)
    read = page.locator(".rows .card-head").nth(9).inner_text()
    page.locator(".live-pill").click()
    page.wait_for_selector(".card.is-new")
    assert page.locator(".rows .card-head").first.inner_text() == "The whale leaves again"
    assert page.locator(".rows .card-head").nth(11).inner_text() == read
    moved = page.evaluate("() => document.querySelectorAll('.rows .card-head')[11].getBoundingClientRect().top")
    assert abs(moved - before) < 2
    assert page.locator(".live-pill").is_hidden()


def test_what_a_reader_muted_is_not_announced(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    page.goto(f"{paper.address}/en-gb/source/gull", wait_until="load")
    page.locator("[data-mute=sources]").click()
    with page.expect_event("request", lambda asked: "/en-gb/live?" in asked.url):
        page.goto(f"{paper.address}/en-gb/latest", wait_until="load")
    paper.arrive("The gull speaks", "gull")
    paper.arrive("The harbour answers")
    expect(page.locator(".live-pill")).to_have_text("1 new article")


def test_a_page_asks_where_streams_do_not_come_through(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    page.clock.install()
    is_stream = "text/event-stream"
    page.route(
        "**/live?**", lambda route: route.abort() if is_stream in route.request.headers["accept"] else route.continue_()
    )
    page.goto(f"{paper.address}/en-gb/latest", wait_until="load")
    paper.arrive("A whale is seen off the quay")
    for _ in range(PATIENCE_MS // 100):
        page.clock.run_for(2000)
        if page.locator(".live-pill").is_visible():
            break
        page.wait_for_timeout(100)
    assert page.locator(".live-pill").inner_text() == "1 new article"


def test_nobody_is_listened_for_on_a_page_out_of_sight(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    with page.expect_event("request", lambda asked: "/en-gb/live?" in asked.url):
        page.goto(f"{paper.address}/en-gb/latest", wait_until="load")
    hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => HIDDEN}); "
    tell = "document.dispatchEvent(new Event('visibilitychange'))"
    with page.expect_event("requestfailed", lambda asked: "/en-gb/live?" in asked.url):
        page.evaluate(hide.replace("HIDDEN", "true") + tell)
    with page.expect_event("request", lambda asked: "/en-gb/live?" in asked.url):
        page.evaluate(hide.replace("HIDDEN", "false") + tell)
