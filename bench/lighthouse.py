"""Lighthouse on the front page, a story, an article and what a search found, in two languages: make lighthouse.

    python bench/lighthouse.py [--site http://127.0.0.1:8000] [--form mobile|desktop] [--from FOLDER]

Needs node and npm; Lighthouse itself is installed once into FOLDER (build/lighthouse). Prints the four scores of each
page, and what costs points. A demo's pages are invented and ask not to be indexed: of that audit nothing is counted.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pages import chromium, demo, kinds, launch
from playwright.sync_api import sync_playwright

VERSION = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("front", "story", "article", "found")
EDITIONS = ("en-gb", "ar-ae")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", default="", help="a running instance; a demo is started when none is named")
    options.add_argument("--form", choices=("mobile", "desktop"), default="mobile")
    options.add_argument("--from", dest="folder", type=Path, default=Path("build/lighthouse"))
    given = options.parse_args()
    program = install(given.folder)
    with demo(given.site) as address:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            page = browser.new_page()
            found = {(edition, name): kinds(page, address, edition)[name] for edition in EDITIONS for name in PAGES}
            browser.close()
        print(f"{'page':18} " + " ".join(f"{name:>14}" for name in CATEGORIES))
        for (edition, name), path in found.items():
            report = audit(program, address + path, given.form)
            scores = [report["categories"][one]["score"] or 0 for one in CATEGORIES]
            print(f"{edition + ' ' + name:18} " + " ".join(f"{100 * score:14.0f}" for score in scores))
            for said in costly(report):
                print(f"    {said}")


def install(folder: Path) -> Path:
    """Give the program, installed from the npm registry when it is not there yet."""
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        npm = shutil.which("npm") or sys.exit("npm is not here: install node and npm first")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", VERSION]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return program


def audit(program: Path, url: str, form: str) -> dict[str, Any]:
    """Run Lighthouse on one page; gives its report."""
    command = [str(program), url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--skip-audits=is-crawlable"]
    command += [
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *(["--preset=desktop"] * (form == "desktop")),
    ]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, capture_output=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def costly(report: dict[str, Any]) -> list[str]:
    """Name what a page lost points for."""
    lost = []
    for name in CATEGORIES:
        for one in report["categories"][name]["auditRefs"]:
            told = report["audits"][one["id"]]
            if one["weight"] and told["score"] is not None and told["score"] < 1:
                lost.append(f"{name}: {told['title']} {told.get('displayValue', '')}".rstrip())
    return lost


if __name__ == "__main__":
    main()
