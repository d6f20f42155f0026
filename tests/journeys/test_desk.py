"""The editor's desk in a real browser: without scripts on a phone, accessible on a desktop, in English and Arabic."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from octavo.actions import accounts
from octavo.domain.account import Role
from octavo.domain.story import Placement
from octavo.store import accounts as account_store
from octavo.store import articles, reading, stories
from octavo.text.slugs import short_id

from .conftest import CHROMIUM, Paper
from .test_accessible import RULES
from .test_accounts import sign_up

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PAGES = (
    *("desk", "desk/feeds", "desk/publishers", "desk/publishers/gull", "desk/stories", "desk/stories/{story}"),
    *("desk/hashtags", "desk/briefs", "desk/jobs", "desk/storage", "desk/models", "desk/accounts", "desk/log"),
    *("decisions", "privacy"),
)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without JavaScript."""
    opened = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield opened
    opened.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 860}, service_workers="block", color_scheme="dark")
    yield opened
    opened.close()


def owner(page: Page, paper: Paper, edition: str = "en-gb") -> str:
    """Sign up, be made an owner, and give the name of a story of two articles."""
    sign_up(page, paper, "olga", edition)
    with paper.database.transaction() as tx:
        account_store.set_role(tx, accounts.named(tx, "olga").id, Role.OWNER)
        one, two = reading.latest_ids(tx, ["en"], None, 2)
        story = stories.place(tx, Placement(one, None, 1.0), paper.began)
        stories.place(tx, Placement(two, story, 1.0), paper.began)
        stories.describe(tx, story, lead=articles.candidates(tx, [one])[0].id, reports=2)
    return short_id(story)


def test_on_a_phone_without_scripts_an_editor_decides_and_readers_are_told(
    phone: BrowserContext, browser: Browser, paper: Paper
) -> None:
    page = phone.new_page()
    story = owner(page, paper)
    page.goto(f"{paper.address}/en-gb/account")
    page.get_by_role("link", name="Editor’s desk").click()
    expect(page.get_by_role("heading", name="What needs attention")).to_be_visible()
    page.get_by_role("link", name="Stories", exact=True).click()
    page.get_by_label("A story’s address").fill(f"{paper.address}/en-gb/story/{story}")
    page.get_by_role("button", name="Open it").click()
    page.locator("#field-note").fill("The harbour votes tonight.")
    page.get_by_role("button", name="Pin it").click()
    expect(page.get_by_text("Pinned to a front page")).to_be_visible()
    page.locator("[name=article]").first.check()
    page.get_by_role("button", name="Make them a story of their own").click()
    expect(page.get_by_text("Editors hold this story")).to_be_visible()
    page.goto(f"{paper.address}/en-gb/desk/publishers/gull")
    page.get_by_label("the headline alone").check()
    page.locator("#field-note").fill("As the Gull asked.")
    page.get_by_role("button", name="Decide").click()
    reader = browser.new_page()
    for path, said in (("decisions", "The harbour votes tonight."), ("source/gull", "As the Gull asked.")):
        reader.goto(f"{paper.address}/en-gb/{path}")
        expect(reader.get_by_text(said)).to_be_visible()
    assert "olga" not in reader.content()
    reader.goto(f"{paper.address}/en-gb/desk")
    expect(reader.get_by_role("heading", name="Sign in first")).to_be_visible()
    reader.close()


@pytest.mark.parametrize("edition", ["en-gb", "ar-eg"])
def test_every_page_of_the_desk_is_accessible(desktop: BrowserContext, paper: Paper, edition: str) -> None:
    page = desktop.new_page()
    story = owner(page, paper, edition)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for path in PAGES:
            page.goto(f"{paper.address}/{edition}/{path.format(story=story)}")
            found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            problems = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found.response["violations"]]
            assert problems == [], (width, path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, path)
            for box in (tab.bounding_box() for tab in page.locator(".desk-tabs [aria-current]").all()):
                assert box is not None
                assert box["x"] >= 0, (width, path)
                assert box["x"] + box["width"] <= width, (width, path)
