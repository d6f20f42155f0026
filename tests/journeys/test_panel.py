"""AI features in a real browser: opened in place, asked, their citations shown, turned off by a reader."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from .conftest import CHROMIUM, Paper
from .test_accessible import RULES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    yield opened
    opened.close()


def test_a_feature_opens_in_place_and_its_citation_shows_the_passage(context: BrowserContext, standing: Paper) -> None:
    page = context.new_page()
    page.goto(f"{standing.address}/en-gb/latest")
    page.locator("main .card-head a").first.click()
    article = page.url
    page.get_by_role("link", name="Summary").click()
    expect(page.locator(".panel .told-list li").first).to_be_visible()
    expect(page.locator(".panel .told-title")).to_be_focused()
    assert page.url == article
    page.get_by_label("A question about this").fill("Who showed the ledger to those who asked?")
    page.get_by_label("A question about this").press("Enter")
    expect(page.locator(".panel .told-question")).to_have_text("Who showed the ledger to those who asked?")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [one["id"] for one in found.response["violations"]] == []
    page.locator(".panel .told-sources a").first.click()
    page.wait_for_url("**#p0*")
    expect(page.locator("#p0")).to_be_in_viewport()
    expect(page.locator("#p0:target")).to_be_attached()


def test_a_reader_can_do_without(context: BrowserContext, standing: Paper) -> None:
    context.add_init_script("localStorage.setItem('settings', JSON.stringify({version: 1, ai: 'off'}))")
    page = context.new_page()
    page.goto(f"{standing.address}/en-gb/latest")
    page.locator("main .card-head a").first.click()
    expect(page.locator("#comments-title")).to_be_attached()
    assert page.locator("[data-ai]").count() == 0
