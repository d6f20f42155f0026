"""Every page as it looks: phone and desktop, light and dark, English and Arabic; make gallery.

    python bench/gallery.py [--site http://127.0.0.1:8000] [--into gallery] [--only story,article]

Writes a picture of each into the folder, and an index.html beside them. Pages for those who are signed in are drawn
where the demo is started here: its accounts and comments are made for the occasion (bench/people.py).
"""

import argparse
import html
import tempfile
from itertools import product
from pathlib import Path

from pages import demo, kinds, launch
from people import PATIENCE_MS, People
from playwright.sync_api import Browser, sync_playwright

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
EDITIONS = ("en-gb", "ar-ae")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", default="", help="a running instance; a demo is started when none is named")
    options.add_argument("--into", type=Path, default=Path("gallery"))
    options.add_argument("--only", default="", help="kinds of pages, with commas; every kind when none")
    given = options.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    only = set(filter(None, given.only.split(",")))
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(given.site, Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        people = None if given.site else People.move_in(browser, address, Path(folder) / "octavo-data" / "demo")
        names = draw(browser, address, given.into, only, people)
        browser.close()
    (given.into / "index.html").write_text(index(names), "utf-8")
    print(f"{len(names)} pictures in {given.into}/index.html")


def draw(browser: Browser, address: str, into: Path, only: set[str], people: People | None) -> list[str]:
    """Draw every page in every dress; gives the pictures' names."""
    names = []
    for edition, size, scheme in product(EDITIONS, SIZES, SCHEMES):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            service_workers="block",
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        shown = list(kinds(page, address, edition).items())
        if people:
            people.sign_in(page, edition)
            shown += people.kinds(edition).items()
        for kind, path in shown:
            if only and kind not in only:
                continue
            page.goto(address + path, wait_until="load")
            # Pictures load when they come near: walk down the page once, as a reader does.
            page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(one => one.loading = 'eager')")
            page.wait_for_load_state("networkidle")
            name = f"{kind}-{size}-{scheme}-{edition}.png"
            page.screenshot(path=into / name, full_page=True)
            names.append(name)
        context.close()
    return sorted(names)


def index(names: list[str]) -> str:
    """Write a page that shows them all."""
    shown = "\n".join(
        f'<figure><a href="{html.escape(name)}"><img src="{html.escape(name)}" loading="lazy" alt=""></a>'
        f"<figcaption>{html.escape(name.removesuffix('.png'))}</figcaption></figure>"
        for name in names
    )
    style = "body{font:14px sans-serif;display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:16px}"
    return f"<!doctype html><meta charset=utf-8><title>Gallery</title><style>{style}img{{width:100%}}</style>{shown}"


if __name__ == "__main__":
    main()
