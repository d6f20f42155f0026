"""Notifications of people in a real browser: found and marked without scripts, and with them; every page accessible."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from octavo.accounts.stopping import stop_token
from octavo.domain.follow import Follow, FollowKind
from octavo.domain.ids import AccountId
from octavo.domain.notification import Told, Why
from octavo.store import accounts, facts, follows, notifications

from .conftest import CHROMIUM, Paper
from .test_accounts import check, sign_up
from .test_push_browser import SUBSCRIBED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without JavaScript."""
    opened = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield opened
    opened.close()


def whose(paper: Paper, name: str) -> AccountId:
    with paper.database.read() as view:
        found = accounts.named(view, name)
    assert found is not None
    return found.id


def tell(paper: Paper, name: str = "ada") -> None:
    """Tell somebody three things, and let them follow one."""
    who, now = whose(paper, name), datetime.now(UTC)
    given = {"name": "eve", "about": "Harbours worth reading about", "path": "latest"}
    with paper.database.transaction() as tx:
        told = [Told(who, Why.LIST, f"list {number}", f"list {number}", given) for number in range(3)]
        notifications.add(tx, told, now)
        follows.save(tx, who, Follow(FollowKind.HASHTAG, "tide", "Tide", now))


def test_without_scripts_they_are_found_and_marked(plain: BrowserContext, paper: Paper) -> None:
    page = plain.new_page()
    sign_up(page, paper, "ada")
    tell(paper)
    page.goto(f"{paper.address}/en-gb/latest")
    page.get_by_role("link", name="3 unread notifications").click()
    expect(page.get_by_role("heading", name="Notifications", exact=True)).to_be_visible()
    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.get_by_role("link", name="2 unread notifications")).to_be_visible()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_role("link", name="Your account, ada")).to_be_visible()
    page.get_by_role("link", name="How you are told").click()
    group = page.get_by_role("group", name="#Tide")
    group.get_by_label("Site").uncheck()
    page.get_by_role("button", name="Keep this").last.click()
    expect(page.get_by_role("group", name="#Tide").get_by_label("Site")).not_to_be_checked()


def test_with_scripts_a_link_that_is_followed_is_read(browser: Browser, paper: Paper) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, service_workers="block")
    page = context.new_page()
    sign_up(page, paper, "ada")
    tell(paper)
    page.goto(f"{paper.address}/en-gb/notices")
    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.locator(".told-one.is-unread")).to_have_count(2)
    assert page.url.endswith("/en-gb/notices")
    page.locator(".told-one.is-unread a").first.click()
    page.wait_for_url("**/en-gb/latest")
    page.goto(f"{paper.address}/en-gb/notices")
    expect(page.locator(".told-one.is-unread")).to_have_count(1)
    context.close()


@pytest.mark.parametrize(("edition", "look", "width"), [("en-gb", "light", 1280), ("ar-eg", "dark", 390)])
def test_these_pages_are_accessible(browser: Browser, paper: Paper, edition: str, look: str, width: int) -> None:
    paper.kill()
    paper.settings |= {
        "OCTAVO_WEB__PUBLIC_URL": paper.address,
        "OCTAVO_MAIL__SERVER": "127.0.0.1",
        "OCTAVO_MAIL__TLS": "none",
        "OCTAVO_MAIL__SENDER": "news@news.example",
    }
    paper.start()
    context = browser.new_context(
        color_scheme="dark" if look == "dark" else "light",
        viewport={"width": width, "height": 844},
        service_workers="block",
    )
    page = context.new_page()
    sign_up(page, paper, "ada", edition)
    with paper.database.read() as view:
        secret = facts.get(view, facts.PICTURE_SECRET).encode()
    stop = f"/mail/stop/{stop_token(secret, whose(paper, 'ada'))}"
    page.goto(f"{paper.address}/{edition}/notices")
    check(page)
    tell(paper)
    for path in (f"/{edition}/notices", f"/{edition}/notices/settings", stop):
        page.goto(f"{paper.address}{path}")
        check(page)
        page.set_viewport_size({"width": 320, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, path
    page.locator("main form button").click()
    check(page)
    context.close()


def test_a_browser_is_its_readers_only_while_they_are_signed_in(browser: Browser, paper: Paper) -> None:
    with paper.database.transaction() as tx:
        facts.set(tx, facts.PUSH_KEYS, f'[{{"public": "B{"A" * 86}", "private": "x"}}]')
    context = browser.new_context(permissions=["notifications"])
    context.add_init_script(SUBSCRIBED)
    page = context.new_page()
    page.goto(f"{paper.address}/en-gb/notifications")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_label("From").first).to_have_value("5")
    assert session(paper) is None
    sign_up(page, paper, "ada")
    page.goto(f"{paper.address}/en-gb/about")
    wait_until_told(page, "ada")
    assert session(paper) is not None
    page.goto(f"{paper.address}/en-gb/account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.goto(f"{paper.address}/en-gb/about")
    wait_until_told(page, "")
    assert session(paper) is None
    context.close()


def wait_until_told(page: Page, name: str) -> None:
    """Wait until the browser has said whose it is."""
    for _ in range(100):
        if page.evaluate("localStorage.getItem('push-me')") == name:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the server was not told")


def session(paper: Paper) -> int | None:
    with paper.database.read() as view:
        row = view.execute(text("SELECT session_id FROM push_subscriptions")).first()
    found: int | None = row[0] if row else None
    return found
