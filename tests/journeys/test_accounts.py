"""Accounts in a real browser: signing up without scripts and by keyboard alone, passkeys, every page accessible."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import CHROMIUM, Paper
from .test_accessible import RULES, WALK

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PASSWORD = "a lamp in the harbour"


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without JavaScript."""
    opened = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield opened
    opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 860}, service_workers="block")
    yield opened
    opened.close()


def sign_up(page: Page, paper: Paper, name: str, edition: str = "en-gb") -> None:
    page.goto(f"{paper.address}/{edition}/sign-up?back=latest")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(f"**/{edition}/latest")


def check(page: Page) -> None:
    page.evaluate(WALK)
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found.response["violations"]] == []


def test_without_scripts_one_signs_up_exports_and_leaves(plain: BrowserContext, paper: Paper, tmp_path: Path) -> None:
    page = plain.new_page()
    sign_up(page, paper, "ada")
    page.get_by_role("link", name="Your account, ada").click()
    expect(page.get_by_role("heading", name="ada", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    kept = tmp_path / "kept.json"
    download.value.save_as(kept)
    assert json.loads(kept.read_text("utf-8"))["account"]["name"] == "ada"
    page.get_by_label("I am sure").check()
    page.get_by_role("button", name="Delete my account").click()
    page.wait_for_url("**/en-gb")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_by_keyboard_alone(context: BrowserContext, paper: Paper) -> None:
    page = context.new_page()
    page.goto(f"{paper.address}/en-gb/sign-up?back=latest")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "name":
            break
    page.keyboard.type("ada")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en-gb/latest")
    expect(page.get_by_role("link", name="Your account, ada")).to_be_visible()


@pytest.mark.parametrize(("edition", "look"), [("en-gb", "light"), ("ar-eg", "dark")])
def test_every_page_of_accounts_is_accessible(browser: Browser, paper: Paper, edition: str, look: str) -> None:
    dark = browser.new_context(color_scheme="dark" if look == "dark" else "light", service_workers="block")
    page = dark.new_page()
    for name in ("sign-in", "sign-up", "reset"):
        page.goto(f"{paper.address}/{edition}/{name}")
        check(page)
    page.goto(f"{paper.address}/{edition}/sign-in")
    page.locator("[name=name]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.locator("main form button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    sign_up(page, paper, "ada", edition)
    for name in ("account", "account/verify", "account/second-factor"):
        page.goto(f"{paper.address}/{edition}/{name}")
        check(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    dark.close()


def test_a_passkey_is_made_and_lets_one_in_without_a_password(context: BrowserContext, paper: Paper) -> None:
    paper.kill()
    port = paper.address.rpartition(":")[2]
    paper.settings["OCTAVO_WEB__PUBLIC_URL"] = f"http://localhost:{port}"
    paper.start()
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    here = Paper(f"http://localhost:{port}", paper.database, paper.folder)
    sign_up(page, here, "ada")
    page.goto(f"{here.address}/en-gb/account")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("section", has=page.locator("#passkeys")).get_by_text(re.compile("never used"))).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.goto(f"{here.address}/en-gb/sign-in?back=account")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/en-gb/account")
    expect(page.get_by_role("heading", name="ada", exact=True)).to_be_visible()
    expect(page.locator("section", has=page.locator("#passkeys")).get_by_text(re.compile("last used"))).to_be_visible()


def test_a_page_that_was_packed_before_it_was_filled_is_read_by_the_browser(
    context: BrowserContext, paper: Paper
) -> None:
    page = context.new_page()
    sign_up(page, paper, "ada")
    for _ in range(3):
        shown = page.goto(f"{paper.address}/en-gb/latest")
        assert shown is not None
        assert shown.headers["content-encoding"] == "zstd"
        expect(page.get_by_role("link", name="Your account, ada")).to_be_visible()
        assert page.locator("html").inner_html().rstrip().endswith("</body>")
        assert shown.body().decode().rstrip().endswith("</html>")
