"""Notifications in a real Chromium: turned on, changed, followed by the bell, shown when pushed, turned off.

Chromium without its maker's push service can subscribe to nothing; that one call answers from here, all else is real.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import CHROMIUM, PATIENCE_MS
from .test_browser import first

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

SUBSCRIBED = """(() => {
  const made = (options) => ({
    endpoint: "https://push.example/send/browser",
    options,
    toJSON: () => ({
      endpoint: "https://push.example/send/browser",
      keys: {p256dh: "B" + "A".repeat(86), auth: "A".repeat(22)},
    }),
    unsubscribe: async () => { localStorage.removeItem("test-key"); return true; },
  });
  const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
  PushManager.prototype.getSubscription = async () => {
    const key = localStorage.getItem("test-key");
    return key ? made({applicationServerKey: bytes(key)}) : null;
  };
  PushManager.prototype.subscribe = async ({applicationServerKey}) => {
    localStorage.setItem("test-key", btoa(String.fromCharCode(...applicationServerKey)));
    return made({applicationServerKey: applicationServerKey.buffer});
  };
})()"""


@pytest.fixture
def context(browser: Browser, demo: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(permissions=["notifications"])
    yield opened
    opened.close()


def open_page(context: BrowserContext, address: str, failed: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def test_turned_on_changed_followed_and_turned_off(context: BrowserContext, demo: str) -> None:
    context.add_init_script(SUBSCRIBED)
    failed: list[str] = []
    page = open_page(context, f"{demo}/en-gb/notifications", failed)
    page.wait_for_function(
        "fetch('/push/key').then((answer) => answer.json()).then(({key}) => key !== '')", timeout=PATIENCE_MS
    )
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_label("From").first).to_have_value("5")
    page.get_by_label("From").first.select_option("8")
    expect(page.get_by_role("status").first).to_have_text("Saved.")
    page.goto(f"{demo}/en-gb")
    page.goto(demo + first(page, "story"))
    bell = page.get_by_role("button", name="Notify me")
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "true")
    headline = page.locator("h1").inner_text()
    page.goto(f"{demo}/en-gb/hashtags")
    page.goto(demo + first(page, "hashtag"))
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Notifications").first.click()
    expect(page.get_by_label("From").first).to_have_value("8")
    expect(page.locator("[data-followed] a").last).to_have_text(headline)
    for left in (2, 1):
        expect(page.locator("[data-followed] li")).to_have_count(left)
        page.get_by_role("button", name=re.compile("Remove")).last.click()
    expect(page.locator("[data-followed] li")).to_have_count(0)
    page.get_by_role("button", name="Send a test message").click()
    expect(page.get_by_role("status").first).to_contain_text("on its way")
    page.get_by_role("button", name="Turn off and forget").click()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()
    assert page.evaluate("localStorage.getItem('push')") is None
    assert failed == []


def push(context: BrowserContext, page: Page, origin: str, data: str, *, wait: bool = True) -> list[dict[str, Any]]:
    """Deliver a message to the service worker as the browser does when its push service brings one."""
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(_ids(told)))
    session.send("ServiceWorker.enable")
    for _ in range(PATIENCE_MS // 100):
        if found:
            break
        page.wait_for_timeout(100)
    assert found
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[-1], "data": data})
    shown = """async () => {
      const registration = await navigator.serviceWorker.ready;
      const list = await registration.getNotifications();
      return list.map(({title, body, lang, tag, dir, data}) => ({title, body, lang, tag, dir, data}));
    }"""
    for _ in range(PATIENCE_MS // 100 if wait else 1):
        told: list[dict[str, Any]] = page.evaluate(shown)
        if told:
            return told
        page.wait_for_timeout(100)
    return []


def _ids(told: dict[str, Any]) -> list[str]:
    return [one["registrationId"] for one in told["registrations"]]


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (
            json.dumps(
                {"title": "سجل المد", "body": "تقرير", "lang": "ar", "tag": "t1", "url": "/ar-ae/story/1"},
                ensure_ascii=False,
            ),
            "سجل المد",
        ),
        ("not JSON", "Octavo"),
    ],
)
def test_what_is_pushed_is_shown(context: BrowserContext, demo: str, data: str, title: str) -> None:
    page = open_page(context, f"{demo}/en-gb/notifications", [])
    [shown] = push(context, page, demo, data)
    assert shown["title"] == title
    if title != "Octavo":
        assert shown == {
            "title": title,
            "body": "تقرير",
            "lang": "ar",
            "tag": "t1",
            "dir": "auto",
            "data": {"url": "/ar-ae/story/1"},
        }


def test_a_message_sent_again_is_shown_once(context: BrowserContext, demo: str) -> None:
    page = open_page(context, f"{demo}/en-gb/notifications", [])
    message = {"title": "One", "tag": "t1", "id": "7.1"}
    assert [one["title"] for one in push(context, page, demo, json.dumps(message))] == ["One"]
    close = "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then(([one]) => one.close())"
    page.evaluate(close)
    push(context, page, demo, json.dumps(message), wait=False)
    shown = push(context, page, demo, json.dumps(message | {"tag": "t2", "title": "Two", "id": "8.1"}))
    assert [one["title"] for one in shown] == ["Two"]


def test_a_browser_that_cannot_subscribe_is_told_so(context: BrowserContext, demo: str) -> None:
    failed: list[str] = []
    page = open_page(context, f"{demo}/ar-ae/notifications", failed)
    page.locator("[data-turn-on]").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    assert page.locator("[data-turn-on]").is_visible()
    assert failed == []
