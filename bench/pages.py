"""A demo to look at, and one address of every kind of page it has: for the benches and pictures that need a browser."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collected import SETTINGS, free_port, wait_collected
from playwright.sync_api import Browser, Page, Playwright

PATIENCE_S = 180.0
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync".split()


def chromium() -> str:
    """Give the path of the system's Chromium. Exits when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    sys.exit("no Chromium here; on Debian: sudo apt-get install chromium")


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium without a window."""
    return playwright.chromium.launch(executable_path=chromium(), args=QUIET)


@contextmanager
def demo(address: str = "", folder: Path | None = None) -> Iterator[str]:
    """Give the address of a demo: a running one's, or that of one started here, in this folder, and stopped after."""
    if address:
        yield address.rstrip("/")
        return
    own, port = Path(tempfile.mkdtemp(prefix="octavo-pages-")), free_port()
    settings = SETTINGS | {"OCTAVO_NEWSWIRE__PORT": str(free_port()), "OCTAVO_LOG_LEVEL": "error"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    command = [sys.executable, "-m", "octavo", "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=clean | settings, cwd=folder or own, start_new_session=True)
    try:
        wait_collected(f"http://127.0.0.1:{port}", PATIENCE_S)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        shutil.rmtree(own)


def kinds(page: Page, address: str, edition: str) -> dict[str, str]:
    """Give one path for every kind of page an edition has, by the kind's name."""
    found = {"front": f"/{edition}"}
    page.goto(address + found["front"])
    for kind in ("story", "article", "section"):
        found[kind] = _first(page, kind)
    page.goto(address + found["article"])
    for kind in ("hashtag", "place", "source", "person", "organisation"):
        found[kind] = _first(page, kind)
    rest = (
        "latest search editions made about sources hashtags saved settings notifications offline nothing-here".split()
    )
    found |= {name: f"/{edition}/{name}" for name in rest}
    found["found"] = f"/{edition}/search?q={'نفط' if edition.startswith('ar') else 'oil'}"
    found["health"] = f"{found['source']}/health" if found["source"] else ""
    return {name: path for name, path in found.items() if path}


def _first(page: Page, kind: str) -> str:
    links = page.locator(f"main a[href*='/{kind}/']")
    return (links.first.get_attribute("href") or "") if links.count() else ""
