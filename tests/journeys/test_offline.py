"""The app on a reader's device: read with the server gone, sent when it is back, renewed without a mix of versions."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

import octavo

from .conftest import CHROMIUM, PATIENCE_MS, Paper
from .gate import Gate

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def gate(demo: str) -> Iterator[Gate]:
    made = Gate(demo)
    made.open()
    yield made
    made.close()


def until(page: Page, met: str, arg: object = None, patience_ms: int = PATIENCE_MS) -> None:
    """Wait until an asynchronous function in the page gives something true."""
    page.evaluate(
        f"""async (arg) => {{
          const met = {met};
          const end = Date.now() + {patience_ms};
          while (!(await met(arg))) {{
            if (Date.now() > end) throw new Error("it did not come about");
            await new Promise((go) => setTimeout(go, 50));
          }}
        }}""",
        arg,
    )


def ready(page: Page) -> None:
    """Wait until the worker answers for the page and has kept it."""
    until(page, "() => navigator.serviceWorker.controller")
    until(page, "() => caches.match(location.pathname, {ignoreVary: true})")


def shelf(page: Page, name: str, part: str) -> list[str]:
    """The addresses on a shelf that hold a part."""
    script = "(name) => caches.open(name).then((one) => one.keys()).then((keys) => keys.map((key) => key.url))"
    return [url for url in page.evaluate(script, name) if part in url]


def script(context: BrowserContext, address: str, name: str) -> str:
    """The path of a script of this version."""
    told = json.loads(context.request.get(f"{address}/sw.js").text().split("self.OCTAVO = ", 1)[1].split(";\n", 1)[0])
    found: str = next(path for path in told["precache"] if f"/{name}." in path)
    return found


SEEN = "() => [...document.querySelectorAll('.article img')].map((image) => image.complete && image.naturalWidth > 0)"


def test_text_and_pictures_are_there_when_the_server_is_gone(context: BrowserContext, gate: Gate) -> None:
    page = context.new_page()
    page.goto(f"{gate.address}/ar-ae", wait_until="load")
    ready(page)
    page.goto(f"{gate.address}/en-gb", wait_until="load")
    eight = page.locator(".eight [data-card] .card-head a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    _is_kept_ahead(page, eight[1])
    page.goto(f"{gate.address}/en-gb", wait_until="load")
    pictured = page.locator("main article:has(img) .card-head a[href*='/article/']").first.get_attribute("href") or ""
    page.goto(gate.address + pictured, wait_until="load")
    headline, paragraphs = page.locator("h1").inner_text(), page.locator(".body p").count()
    page.locator("[data-save]").click()
    page.wait_for_selector("[data-save][aria-pressed=true]")
    page.goto(f"{gate.address}/en-gb/saved", wait_until="load")
    expect(page.locator(".kept-mark.kept-here")).to_have_text("Kept for offline")
    assert shelf(page, "saved", "/picture/")

    gate.close()
    page.goto(f"{gate.address}/en-gb/saved")
    page.locator("[data-saved] .card-head a").click()
    page.wait_for_selector(".article h1")
    assert (page.locator("h1").inner_text(), page.locator(".body p").count()) == (headline, paragraphs)
    page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager' })")
    until(page, "() => [...document.querySelectorAll('.article img')].every((image) => image.complete)")
    seen = page.evaluate(SEEN)
    assert seen
    assert all(seen)
    expect(page.locator(".bar[role=status] p")).to_contain_text("No network: last loaded")
    page.goto(gate.address + eight[1])
    assert page.locator(".article h1").count() == 1
    page.goto(f"{gate.address}/", wait_until="load")
    assert page.url == f"{gate.address}/en-gb"
    _is_listed(page, gate, headline)


def _is_kept_ahead(page: Page, path: str) -> None:
    there = "(path) => caches.open('edition').then((one) => one.match(path, {ignoreVary: true}))"
    for _ in range(3):
        # A server that is busy is left in peace until the next visit.
        with suppress(Error):
            until(page, there, path, PATIENCE_MS // 3)
            break
        page.reload(wait_until="load")
    assert page.evaluate(f"(path) => ({there})(path).then(Boolean)", path)


def _is_listed(page: Page, gate: Gate, headline: str) -> None:
    page.goto(f"{gate.address}/en-gb/section/never-read")
    assert page.locator("h1:visible").inner_text() == "You are offline"
    expect(page.locator("[data-group=saved] .card-head")).to_have_text(headline)
    expect(page.locator("[data-group=fronts] .card-head")).to_have_count(2)
    assert Axe().run(page).response["violations"] == []
    page.goto(f"{gate.address}/ar-ae/section/never-read")
    assert page.locator("html").evaluate("one => [one.lang, one.dir]") == ["ar", "rtl"]
    assert page.locator("h1:visible").inner_text() == "أنت غير متصل"


def test_what_is_saved_and_sent_meanwhile_is_done_once_when_the_server_is_back(
    context: BrowserContext, gate: Gate
) -> None:
    page = context.new_page()
    page.goto(f"{gate.address}/en-gb", wait_until="load")
    ready(page)
    article = page.locator("main a[href*='/article/']").first.get_attribute("href") or ""
    page.goto(gate.address + article, wait_until="load")
    ready(page)
    forms = script(context, gate.address, "forms")

    gate.close()
    page.locator("[data-save]").click()
    page.wait_for_selector("[data-save][aria-pressed=true]")
    page.evaluate(
        """(forms) => {
          const made = (name, more) => Object.assign(document.createElement(name), more);
          const form = made("form", { method: "post", action: "/vote" });
          Object.assign(form.dataset, { outbox: "A vote", waits: "Waits", done: "Sent", refused: "Refused" });
          const vote = made("button", { textContent: "Vote" });
          form.append(made("input", { name: "value", value: "1 & more" }), vote, made("p", { role: "status" }));
          document.querySelector("main").append(form);
          return import(forms);
        }""",
        forms,
    )
    page.locator("form[data-outbox] button").click()
    expect(page.locator("form[data-outbox] [role=status]")).to_have_text("Waits")
    page.goto(f"{gate.address}/en-gb/saved")
    expect(page.locator(".kept-waits")).to_have_text("Waits for the network")
    page.goto(f"{gate.address}/en-gb/offline")
    expect(page.locator("[data-waiting] li")).to_contain_text("A vote")
    assert gate.sent == []

    gate.answers = [503, 422]
    gate.open()
    page.goto(f"{gate.address}/en-gb/saved", wait_until="load")
    expect(page.locator(".kept-here")).to_have_text("Kept for offline")
    # The vote goes after what was saved; the server is busy the first time.
    until(page, "() => navigator.locks.query().then((all) => all.held.length === 0)")
    page.goto(f"{gate.address}/en-gb/offline", wait_until="load")
    expect(page.locator("[data-waiting] li")).to_contain_text("Was not accepted")
    page.goto(f"{gate.address}/en-gb/offline", wait_until="load")
    assert [(path, body) for path, body, _ in gate.sent] == [("/vote", "value=1+%26+more")] * 2
    assert len({key for _, _, key in gate.sent}) == 1
    assert len(gate.sent[0][2]) == 32
    page.locator("[data-waiting] button").click()
    expect(page.locator("[data-waiting]")).to_be_hidden()


def test_a_device_without_room_says_so_and_keeps_what_was_saved(context: BrowserContext, gate: Gate) -> None:
    page = context.new_page()
    page.goto(f"{gate.address}/en-gb", wait_until="load")
    ready(page)
    article = page.locator("main a[href*='/article/']").first.get_attribute("href") or ""
    session: Any = context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": gate.address, "quotaSize": 1})
    assert page.evaluate(
        """async (name) => {
          const { shelve } = await import(name);
          const before = await caches.has("pages");
          return [before, await shelve("saved", "/x", new Response("x".repeat(9999))), await caches.has("pages")];
        }""",
        script(context, gate.address, "shelf"),
    ) == [True, False, False]
    page.evaluate(
        """(path) => {
          const saved = [{ path, headline: "Kept", source: "One", language: "en", at: "" }];
          localStorage.setItem("saved", JSON.stringify(saved));
        }""",
        article,
    )
    page.goto(f"{gate.address}/en-gb/saved", wait_until="load")
    expect(page.locator("[data-full]")).to_be_visible()
    expect(page.locator(".kept-gone")).to_have_text("Not on this device")
    session.send("Storage.overrideQuotaForOrigin", {"origin": gate.address})
    page.goto(f"{gate.address}/en-gb/saved", wait_until="load")
    expect(page.locator(".kept-here")).to_have_text("Kept for offline")


def test_a_deploy_replaces_the_files_and_no_page_mixes_two_versions(
    context: BrowserContext, paper: Paper, tmp_path: Path
) -> None:
    page, other = context.new_page(), context.new_page()
    page.goto(f"{paper.address}/en-gb/latest", wait_until="load")
    ready(page)
    page.reload(wait_until="load")
    old = page.evaluate(SCRIPTS)
    copy = tmp_path / "next"
    shutil.copytree(Path(octavo.__file__).parent, copy / "octavo", ignore=shutil.ignore_patterns("__pycache__"))
    changed = copy / "octavo" / "serve" / "static" / "js" / "times.js"
    changed.write_text(changed.read_text("utf-8") + "\nexport const renewed = true;\n", "utf-8")
    paper.kill()
    paper.start(copy)
    other.goto(f"{paper.address}/en-gb/search", wait_until="load")
    [app] = (one for one in other.evaluate(SCRIPTS) if "/app." in one)
    assert app not in old
    expect(page.locator(".bar[role=status] p")).to_have_text("A new version is here.")
    until(other, "(path) => caches.match(path)", app)
    paper.kill()
    other.goto(f"{paper.address}/en-gb/latest", wait_until="load")
    assert other.evaluate(SCRIPTS) == old
    assert other.evaluate("performance.getEntriesByType('resource').every((one) => one.responseStatus !== 404)")
    other.goto(f"{paper.address}/en-gb/saved", wait_until="load")
    assert app in other.evaluate(SCRIPTS)


SCRIPTS = "() => [...document.querySelectorAll('script[src]')].map((one) => one.getAttribute('src'))"


def test_outcomes_and_pictures_by_value(context: BrowserContext, demo: str) -> None:
    page = context.new_page()
    page.goto(f"{demo}/en-gb/about", wait_until="load")
    name = script(context, demo, "shelf")
    statuses = [200, 204, 304, 400, 401, 404, 408, 410, 422, 425, 429, 500, 503]
    outcomes = page.evaluate("([name, all]) => import(name).then((one) => all.map(one.outcomeOf))", [name, statuses])
    later, refused = "later", "refused"
    assert outcomes == ["done"] * 3 + [refused, refused, refused, later, refused, refused, later, later, later, later]
    html = (
        '<img src="/picture/out/1.webp"><article data-article="x">'
        '<img alt="" src="/picture/in/1.webp" srcset="/picture/in/2.webp 2x">'
        '<img src="https://elsewhere.example/a.png"></article><img src="/picture/after/1.webp">'
    )
    found = page.evaluate("([name, html]) => import(name).then((one) => one.picturesIn(html))", [name, html])
    assert found == ["/picture/in/1.webp"]
