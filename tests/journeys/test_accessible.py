"""Every kind of page in a real Chromium under axe-core: light and dark, left to right and right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .conftest import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

OWN = "latest search editions made about sources hashtags saved notifications offline share nothing-here".split()
LINKED = "hashtag place source".split()
WALK = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  scrollTo(0, 0);
  await new Promise(requestAnimationFrame);
}"""
"""Goes down a page and back, as a reader does: what is far down is laid out when it comes near."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def every_page(page: Page, demo: str, edition: str) -> list[str]:
    """A path of every kind of page there is."""
    found = [f"/{edition}", *(f"/{edition}/{name}" for name in OWN)]
    page.goto(f"{demo}/{edition}")
    linked = {kind: first(page, kind) for kind in ("story", "article", "section")}
    page.goto(demo + linked["article"])
    linked |= {kind: first(page, kind) for kind in LINKED}
    word = "نفط" if edition.startswith("ar") else "oil"
    assert {"story", "article", "section", "source"} <= {kind for kind, path in linked.items() if path}
    return [*found, *filter(None, linked.values()), f"{linked['source']}/health", f"/{edition}/search?q={word}"]


def first(page: Page, kind: str) -> str:
    """The path of the first page of a kind that a page links to; "" when it links to none."""
    links = page.locator(f"main a[href*='/{kind}/']")
    return (links.first.get_attribute("href") or "") if links.count() else ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edition", "width"), [("en-gb", 1280), ("ar-ae", 390)])
def test_no_page_has_a_fault_axe_can_find(browser: Browser, demo: str, edition: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    axe = Axe()
    faults = []
    for path in every_page(page, demo, edition):
        page.goto(demo + path, wait_until="load")
        page.evaluate(WALK)
        found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        faults += [
            f"{path} {one['id']}: {node['html'][:160]} {node['any'][:1]}"
            for one in found.response["violations"]
            for node in one["nodes"][:3]
        ]
    context.close()
    assert faults == []


def test_a_fault_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>A</title><main><h1>A</h1><img src=x><p style='color:#ddd'>faint</p></main>")
    ids = {one["id"] for one in Axe().run(page).response["violations"]}
    page.close()
    assert {"image-alt", "color-contrast"} <= ids
