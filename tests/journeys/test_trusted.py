"""Trusted Types in a real browser: a script that makes markup or a program of a text is refused, whoever wrote it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from .conftest import CHROMIUM, Paper

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

TRIES = {
    "innerHTML": "document.body.innerHTML = TEXT",
    "outerHTML": "document.querySelector('main').outerHTML = TEXT",
    "insertAdjacentHTML": "document.body.insertAdjacentHTML('beforeend', TEXT)",
    "a fragment": "document.createRange().createContextualFragment(TEXT)",
    "a parsed page": "new DOMParser().parseFromString(TEXT, 'text/html')",
    "document.write": "document.write(TEXT)",
    "a frame": "document.createElement('iframe').srcdoc = TEXT",
    "a script by name": "document.createElement('script').src = '/static/js/theme.js'",
    "a script by words": "document.createElement('script').textContent = 'octavo.tried = 1'",
    "eval": "eval('1')",
    "a worker": "navigator.serviceWorker.register('/sw.js')",
    "another policy": "trustedTypes.createPolicy('other', { createHTML: (text) => text })",
    "the same policy again": "trustedTypes.createPolicy('octavo', { createHTML: (text) => text })",
    "a policy for all": "trustedTypes.createPolicy('default', { createHTML: (text) => text })",
}
SCRIPT = """
const TEXT = '<img src="data:," alt="tried"><p id="tried">tried</p>';
const refused = {};
for (const [name, act] of Object.entries({ACTS})) {
  try { const made = act(); refused[name] = made instanceof Promise ? made.then(() => "", (error) => error.name) : ""; }
  catch (error) { refused[name] = error.name; }
}
globalThis.tried = (async () => {
  for (const name of Object.keys(refused)) refused[name] = await refused[name];
  return refused;
})();
""".replace("ACTS", ", ".join(f"{json.dumps(name)}: () => {{ return {text}; }}" for name, text in TRIES.items()))


@pytest.fixture
def page(browser: Browser, standing: Paper) -> Iterator[Page]:
    """A page among whose own scripts one was changed: the site's policy lets it run, and it tries what it can."""
    context = browser.new_context()
    opened = context.new_page()
    opened.route("**/js/times.*.js", lambda route: route.fulfill(content_type="text/javascript", body=CHANGED))
    yield opened
    context.close()


CHANGED = "export const startTimes = () => undefined; export const since = () => '';" + SCRIPT


def test_a_script_that_makes_markup_of_a_text_is_refused(page: Page, standing: Paper, violations: list[str]) -> None:
    page.goto(f"{standing.address}/en-gb/latest", wait_until="load")
    told = page.evaluate("globalThis.tried")
    assert set(told) == set(TRIES)
    assert {name for name, error in told.items() if not error} == set(), "these were not refused"
    assert page.locator("#tried").count() == 0
    assert len(violations) >= len(TRIES), "each is said in the console, where tests and people see it"
    violations.clear()


def test_a_page_of_this_site_is_read_and_nothing_else(browser: Browser, standing: Paper) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{standing.address}/en-gb/latest", wait_until="load")
    path = page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name).find((one) => /trusted/.test(one))"
    )
    read = """async ([path, made]) => {
      const { pageOf } = await import(path);
      const main = (text) => new Response(`<main>${text}</main>`, { headers: { "content-type": "text/html" } });
      const given = {
        own: () => fetch("/en-gb/latest"),
        data: () => fetch("/en-gb/latest.json"),
        nothing: () => undefined,
        kept: () => main("kept"),
        foreign: () => Object.defineProperty(main("x"), "type", { value: "cors" }),
      };
      return (await pageOf(await given[made]())).querySelector("main")?.textContent.trim() ?? "";
    }"""
    told = {made: page.evaluate(read, [path, made]) for made in ("own", "data", "nothing", "kept", "foreign")}
    assert "Ship number 3" in told.pop("own")
    assert told == {"data": "", "nothing": "", "kept": "kept", "foreign": ""}
    context.close()
