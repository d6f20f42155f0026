"""Sharing in a real browser: the menu with and without scripts, servers of one's own, and the card on another site."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from octavo.domain.story import Placement
from octavo.store import articles, reading, stories
from octavo.text.slugs import short_id

from .conftest import CHROMIUM, Paper
from .test_accessible import RULES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def story(standing: Paper) -> str:
    """The name of a story of two articles."""
    with standing.database.transaction() as tx:
        one, two = reading.latest_ids(tx, ["en"], None, 2)
        made = stories.place(tx, Placement(one, None, 1.0), standing.began)
        stories.place(tx, Placement(two, made, 1.0), standing.began)
        stories.describe(tx, made, lead=articles.candidates(tx, [one])[0].id, reports=2)
    return short_id(made)


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 860}, service_workers="block")
    yield opened
    opened.close()


def open_article(page: Page, paper: Paper, edition: str = "en-gb") -> None:
    page.goto(f"{paper.address}/{edition}/latest")
    page.locator(".card-head a").first.click()
    expect(page.locator("article.article")).to_be_visible()


def test_a_link_is_copied_and_sent_to_a_server_of_ones_own(
    desktop: BrowserContext, standing: Paper, story: str
) -> None:
    page = desktop.new_page()
    desktop.grant_permissions(["clipboard-read", "clipboard-write"])
    asked: list[str] = []
    desktop.on("request", lambda one: asked.append(one.url))
    open_article(page, standing)
    address = page.url
    page.locator("summary", has_text="Share").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.keyboard.press("Escape")
    expect(page.locator(".send-menu")).to_be_hidden()
    page.locator("summary", has_text="Share").click()
    page.get_by_role("link", name="More ways to share…").click()
    page.get_by_label("What runs there").select_option("linkding")
    page.get_by_label("Address of the server").fill("https://links.example")
    page.get_by_role("button", name="Send", exact=True).click()
    made = page.get_by_role("link", name="Send it to links.example")
    expect(made).to_have_attribute("rel", "noopener noreferrer nofollow external")
    expect(page.locator("[data-savers] a")).to_have_text("Linkding · links.example")
    page.goto(address)
    page.locator("summary", has_text="Share").click()
    link = page.locator(".send-menu").get_by_role("link", name="Linkding · links.example")
    expect(link).to_be_visible()
    href = link.get_attribute("href") or ""
    assert href.startswith("https://links.example/bookmarks/new?url=https%3A%2F%2F")
    assert not [url for url in asked if "links.example/" in url], "nobody asks it before the reader does"
    page.get_by_role("link", name="More ways to share…").click()
    page.get_by_role("button", name="Forget: Linkding · links.example").click()
    expect(page.locator("[data-savers] a")).to_have_count(0)


def test_what_was_put_into_storage_by_hand_is_no_script(desktop: BrowserContext, standing: Paper, story: str) -> None:
    page = desktop.new_page()
    page.goto(f"{standing.address}/en-gb/story/{story}/send")
    page.evaluate(
        "localStorage.setItem('savers', JSON.stringify([{kind: 'other', server: 'javascript:alert(1)//{url}'},"
        "{kind: 'wallabag', server: 'javascript:alert(1)'}, {kind: '__proto__', server: 'https://a.example'}, 7, null,"
        "{kind: 'other', server: 'https://ok.example/?u={url}'}]))"
    )
    page.reload()
    expect(page.locator("[data-savers] a")).to_have_text("ok.example")
    hrefs = page.locator("[data-savers] a").evaluate_all("all => all.map((one) => one.href)")
    assert all(one.startswith("https://ok.example/") for one in hrefs)


def test_without_scripts_the_menu_opens_and_leads_on(browser: Browser, standing: Paper) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = phone.new_page()
    open_article(page, standing)
    page.locator("summary", has_text="Share").click()
    expect(page.get_by_role("link", name="By e-mail")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    page.get_by_role("link", name="More ways to share…").click()
    page.get_by_label("What runs there").select_option("wallabag")
    page.get_by_label("Address of the server").fill("bag.example")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name="Send it to bag.example")).to_be_visible()
    phone.close()


@pytest.mark.parametrize("edition", ["en-gb", "ar-eg"])
def test_sharing_is_accessible_and_fits(desktop: BrowserContext, standing: Paper, story: str, edition: str) -> None:
    page = desktop.new_page()
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        for path in (f"story/{story}/send", f"story/{story}/card", f"story/{story}"):
            page.goto(f"{standing.address}/{edition}/{path}")
            if path == f"story/{story}":
                page.locator("details.send summary").click()
                box = page.locator(".send-menu").bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width
            if not path.endswith("/card"):  # its scripts are off: axe cannot run in it
                found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
                problems = [
                    (one["id"], [node["target"] for node in one["nodes"]]) for one in found.response["violations"]
                ]
                assert problems == [], (width, path)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, path)


@pytest.fixture
def elsewhere(standing: Paper, story: str) -> Iterator[str]:
    """Another site, which frames the card, the story's page and the page of sharing."""
    paths = (f"story/{story}/card", f"story/{story}", f"story/{story}/send", "latest")
    frames = "".join(
        f'<iframe width="550" height="260" src="{standing.address}/en-gb/{path}"></iframe>' for path in paths
    )
    body = f"<!doctype html><title>Elsewhere</title>{frames}".encode()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_site_shows_the_card_and_nothing_else(desktop: BrowserContext, elsewhere: str, standing: Paper) -> None:
    page = desktop.new_page()
    page.goto(elsewhere)
    card = page.frame_locator("iframe").first
    expect(card.get_by_role("heading")).to_contain_text("enters the bay")
    assert desktop.cookies() == []
    weight = page.frames[1].evaluate("document.documentElement.outerHTML.length") if page.frames[1].url else 0
    assert 0 < weight < 10_000
    for frame in page.frames[2:]:
        assert frame.url.startswith(("chrome-error:", "about:")), frame.url
    with desktop.expect_page() as opened:
        card.get_by_role("link").click()
    expect(opened.value.locator("article.story")).to_be_visible()
    assert opened.value.url.startswith(f"{standing.address}/en-gb/story/")
    assert opened.value.evaluate("window.opener") is None
