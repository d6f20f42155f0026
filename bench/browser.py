"""What a reader's browser sees of each page: weight, requests, largest paint, shift, a tap.

    python bench/browser.py [--site http://127.0.0.1:8000] [--edition en-gb] [--peer NAME=URL ...]

A real Chromium with an empty cache, a phone's screen and a processor slowed down four times, on loopback. Weight is
what was transferred: without the pictures, and with those that the first screen asked for. Times are milliseconds;
each figure is the median of the rounds. `--peer` measures any other pages in the same way, in the same run.
"""

import argparse
import statistics
from dataclasses import astuple, dataclass
from typing import Any
from urllib.parse import urlsplit

from pages import demo, kinds, launch
from playwright.sync_api import Browser, CDPSession, sync_playwright

ROUNDS = 3
SLOWDOWN = 4
PAGES = ("front", "story", "article", "section", "hashtag", "found", "latest", "source")
WATCH = """() => {
  window.seen = {lcp: 0, cls: 0, inp: 0};
  const counted = one => one.hadRecentInput ? 0 : one.value;
  const slower = one => { seen.inp = Math.max(seen.inp, one.duration); };
  new PerformanceObserver(entries => { for (const one of entries.getEntries()) seen.lcp = one.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(entries => { for (const one of entries.getEntries()) seen.cls += counted(one); })
    .observe({type: "layout-shift", buffered: true});
  new PerformanceObserver(entries => entries.getEntries().forEach(slower))
    .observe({type: "event", buffered: true, durationThreshold: 16});
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page, once: kB without pictures, kB of pictures, requests, those to other origins, ms, shift, ms."""

    page_kb: float
    picture_kb: float
    requests: int
    elsewhere: int
    paint_ms: float
    shift: float
    tap_ms: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", default="", help="a running instance; a demo is started when none is named")
    options.add_argument("--edition", default="en-gb")
    options.add_argument("--peer", action="append", default=[], metavar="NAME=URL")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    given = options.parse_args()
    with demo(given.site) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        finder = browser.new_page()
        found = kinds(finder, address, given.edition)
        finder.close()
        rows = {name: address + found[name] for name in PAGES if name in found}
        rows |= dict(one.split("=", 1) for one in given.peer)
        seen: dict[str, list[Seen]] = {name: [] for name in rows}
        for _ in range(given.rounds):  # by turns: on a busy machine only what stands in one round can be compared
            for name, url in rows.items():
                seen[name].append(look(browser, url))
        print(
            f"{'page':24} {'kB':>7} {'pictures':>9} {'requests':>9} {'elsewhere':>10} {'LCP':>7} {'CLS':>6} {'tap':>7}"
        )
        for name, times in seen.items():
            middle = Seen(*(statistics.median(column) for column in zip(*map(astuple, times), strict=True)))
            print(f"{name:24} {middle.page_kb:7.1f} {middle.picture_kb:9.1f} {middle.requests:9.0f}", end="")
            print(f" {middle.elsewhere:10.0f} {middle.paint_ms:7.0f} {middle.shift:6.3f} {middle.tap_ms:7.0f}")
        browser.close()


def look(browser: Browser, url: str) -> Seen:
    """Open a page for the first time, tap it, and say what was seen."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, service_workers="block"
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    traffic = _listen(session, urlsplit(url).netloc)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.add_init_script(f"({WATCH})()")
    page.goto(url, wait_until="networkidle")
    page.locator("body").tap(position={"x": 3, "y": 420})  # at the margin, where no link is
    page.wait_for_timeout(300)
    seen: dict[str, float] = page.evaluate("() => window.seen")
    context.close()
    return Seen(
        traffic["other"] / 1000,
        traffic["Image"] / 1000,
        int(traffic["requests"]),
        int(traffic["elsewhere"]),
        seen["lcp"],
        seen["cls"],
        seen["inp"],
    )


def _listen(session: CDPSession, origin: str) -> dict[str, float]:
    """Count what is transferred from now on, pictures apart."""
    told: dict[str, float] = {"other": 0, "Image": 0, "requests": 0, "elsewhere": 0}
    kinds_of: dict[str, str] = {}

    def answered(event: dict[str, Any]) -> None:
        url = event["response"]["url"]
        if not url.startswith(("http:", "https:")):
            return
        kinds_of[event["requestId"]] = event["type"]
        told["requests"] += 1
        told["elsewhere"] += urlsplit(url).netloc != origin

    def finished(event: dict[str, Any]) -> None:
        kind = kinds_of.get(event["requestId"])
        if kind:
            told["Image" if kind == "Image" else "other"] += event["encodedDataLength"]

    session.send("Network.enable")
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    return told


if __name__ == "__main__":
    main()
