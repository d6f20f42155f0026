"""Search in a real Chromium: what only a browser shows of the list below the box and of searches kept in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


def test_typing_offers_finds_and_keeps(page: Page, demo: str) -> None:
    page.goto(f"{demo}/en-gb/search")
    box = page.get_by_role("combobox", name="Words to look for")
    box.press_sequentially("source:mer")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "offer-1")
    box.press("Enter")
    expect(box).to_have_value("source:meridian ")
    expect(page.locator(".chip bdi")).to_have_text("Meridian News Agency")
    expect(page.locator("[data-results] [data-card]").first).to_be_visible()
    page.get_by_role("button", name="Save this search").click()
    kept = page.locator("[data-saved-searches] li")
    expect(kept).to_contain_text("source:meridian")
    assert "sort=new" in (kept.get_by_role("link", name="Feed").get_attribute("href") or "")
    page.reload()
    expect(kept).to_have_count(1)
    kept.get_by_role("button").click()
    expect(kept).to_have_count(0)
    box.fill("lang:")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
