"""Attacks by markup through every field and every door, shown by a real Chromium WITHOUT the content policy.

    python bench/payloads.py [--shared ../shared] [--most 0]

All strings of shared/hostile/xss.jsonl are written into every field of a store (bench/payload_site.py); `octavo web`
shows it. Chromium opens the pages; what programs are given as HTML (feeds, reader apps, digests) is put into fresh
documents. Counted are attacks that ran (a dialog, a global of theirs, a request elsewhere, another page) and those that
lie in wait (handlers, script addresses, srcdoc, scripts and frames that are not the site's own). Both have to be 0.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree
from pages import QUIET, _free_port, chromium
from payload_site import Site, build, chunks, payloads
from playwright.sync_api import Error, Page, sync_playwright

from octavo.config import Settings

INSTALLED = (Path(__file__).parent / "payloads.js").read_text("utf-8")
LINKS = {"url", "href", "htmlUrl", "site_url", "feed_url", "external_url", "link", "homepage", "iconUrl"}
FRAMES = 400
"""Documents that are put into one page side by side."""


@dataclass
class Count:
    """What was found, by the door it was found at."""

    shown: Counter[str] = field(default_factory=Counter)
    ran: list[str] = field(default_factory=list)
    latent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    put: set[str] = field(default_factory=set)
    """Texts that were put into a document of their own: doors that give the same one are not looked at again."""


def main() -> int:
    """Show everything; give 1 where something ran, lay in wait, or the site failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(os.environ.get("OCTAVO_SHARED", "../shared")))
    options.add_argument("--most", type=int, default=0, help="so many of them (0: all)")
    options.add_argument("--asked", type=int, default=1500, help="so many of them in addresses that are asked for")
    given = options.parse_args()
    attacks = payloads(given.shared, given.most)
    count, begun = Count(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="octavo-payloads-") as folder:
        made = build(Settings(data_dir=Path(folder), embedder="off"), attacks)
        print(f"{len(attacks):,} attacks written in {time.monotonic() - begun:.0f} s", flush=True)
        with website(Path(folder)) as base:
            look(base, made, sample(attacks, given.asked), count)
    for name, found in (("ran", count.ran), ("latent", count.latent), ("failed", count.failed)):
        print(f"{name}: {len(found)}", *(f"  {one[:300]}" for one in found[:12]), sep="\n")
    print(f"{sum(count.shown.values()):,} documents in {time.monotonic() - begun:.0f} s:", dict(count.shown))
    return 1 if count.ran or count.latent or count.failed else 0


def sample(attacks: Sequence[str], most: int) -> Sequence[str]:
    """Choose so many, alike each time."""
    return attacks if len(attacks) <= most else random.Random(2).sample(attacks, most)  # noqa: S311 - no secret


@contextmanager
def website(folder: Path) -> Iterator[str]:
    """Run the website on a store."""
    port = _free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    settings = {"OCTAVO_WEB__PORT": str(port), "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "octavo", "--data-dir", str(folder), "web"]
    process = subprocess.Popen(command, env=clean | settings, start_new_session=True)
    base = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None and not read(f"{base}/healthz")[1]:
            time.sleep(0.2)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def read(address: str, headers: dict[str, str] | None = None, sent: bytes | None = None) -> tuple[int, bytes]:
    """Ask the site; gives status and body, (0, b"") while nobody answers."""
    asked = urllib.request.Request(address, sent, headers or {})  # noqa: S310 - our own loopback server
    try:
        with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0, b""


def look(base: str, made: Site, attacks: Sequence[str], count: Count) -> None:
    """Open everything."""
    with sync_playwright() as playwright:
        nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, nowhere])
        context = browser.new_context(
            bypass_csp=True, service_workers="block", extra_http_headers={"Accept-Language": "en-GB"}
        )
        context.add_init_script(INSTALLED)
        page = context.new_page()
        page.set_default_timeout(120_000)
        watch(page, base, count)
        for door, paths in visited(base, made).items():
            for path in paths:
                visit(page, base, path, door, count)
            print(f"{door}: opened {count.shown[door]:,}", flush=True)
        for door, paths in parsed(made, attacks).items():
            parse(page, base, paths, door, count)
            print(f"{door}: parsed {count.shown[door]:,}", flush=True)
        sign_in(context, base, made)
        for door, path in {"lists": "/en-gb/lists", "highlights": "/en-gb/highlights", "desk": "/en-gb/desk/feeds",
                           "desk publishers": "/en-gb/desk/publishers", "account": "/en-gb/account",
                           "desk accounts": "/en-gb/desk/accounts", "desk stories": "/en-gb/desk/stories",
                           "moderation": "/en-gb/moderation/queue"}.items():  # fmt: skip
            for step in follow(page, path):
                visit(page, base, step, door, count)
            print(f"{door}: opened {count.shown[door]:,}", flush=True)
        for door, found in given_html(base, made, len(made.articles), count).items():
            documents(page, base, sorted(found), door, count)
            print(f"{door}: {len(found):,} texts as HTML", flush=True)
        browser.close()


def watch(page: Page, base: str, count: Count) -> None:
    """Count what an attack does that runs: dialogs, other windows, requests to anywhere else."""

    def elsewhere(request: Any) -> None:
        if not request.url.startswith((base, "data:", "blob:", "about:")):
            count.ran.append(f"request to {request.url} from {page.url}")

    def asked(dialog: Any) -> None:
        count.ran.append(f"dialog {dialog.message} at {page.url}")
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("popup", lambda other: count.ran.append(f"window {other.url} at {page.url}"))
    page.on("request", elsewhere)


def visit(page: Page, base: str, path: str, door: str, count: Count) -> None:
    """Open a page as a reader does, and look at what is in it."""
    try:
        answer = page.goto(base + path, wait_until="load")
        status = answer.status if answer else 0
        told = page.evaluate(
            "() => ({ran: window.octavoRan, latent: window.octavoLatent(document), at: location.pathname})"
        )
    except Error as error:
        count.failed.append(f"{path}: {error.message[:200]}")
        return
    if status >= 500 or status == 0:
        count.failed.append(f"{path}: {status}")
    count.shown[door] += 1
    count.ran += [f"{path}: {one}" for one in told["ran"]]
    count.latent += [f"{path}: {one}" for one in told["latent"]]


def parse(page: Page, base: str, paths: Sequence[str], door: str, count: Count) -> None:
    """Have the browser read pages without opening them, many at a time."""
    page.goto(f"{base}/en-gb/about")
    for part in chunks(paths, 200):
        for path, status, latent in page.evaluate("paths => window.octavoRead(paths)", list(part)):
            count.shown[door] += 1
            count.failed += [f"{path}: {status}"] if status >= 500 or status == 0 else []
            count.latent += [f"{path}: {one}" for one in latent]


def documents(page: Page, base: str, texts: Sequence[str], door: str, count: Count) -> None:
    """Put texts into fresh documents, as a reader app's view does that trusts what it is given."""
    new = [one for one in texts if one not in count.put]
    count.put |= set(new)
    for part in chunks(new, FRAMES):
        page.goto(f"{base}/robots.txt")
        told = page.evaluate("texts => window.octavoFrames(texts)", list(part))
        count.shown[door] += len(part)
        count.ran += [f"{door}: {one}" for one in told["ran"]]
        count.latent += [f"{door}: {one}" for one in told["latent"]]


def visited(base: str, made: Site) -> dict[str, list[str]]:
    """List the pages that are opened: the attacks stand many together."""
    return {
        "articles": made.together,
        "stories": made.stories,
        "comments": [*made.discussions, *(f"{one}?sort=new" for one in _discussions(base, made))],
        "lists of articles": [*_older(base, "/en-gb/latest"), "/en-gb"],
        "publishers": list(_older(base, "/en-gb/sources")),
    }


def parsed(made: Site, attacks: Sequence[str]) -> dict[str, list[str]]:
    """List the addresses that are read by the browser's parser: one attack each, in what is stored or what is asked."""
    quoted = [urllib.parse.quote(one.encode("utf-8", "replace")[:900], safe="") for one in attacks]
    return {
        "one article": made.articles,
        "one publisher": made.sources,
        "search": [f"/en-gb/search?q={one}" for one in quoted],
        "hashtag": [f"/en-gb/hashtag/{one}" for one in quoted],
        "no such page": [f"/en-gb/{one}" for one in quoted],
        "sign in": [f"/en-gb/sign-in?back={one}&error={one}&next={one}" for one in quoted],
        "share": [f"/share?title={one}&text={one}&url={one}" for one in quoted],
        "picture": [f"/picture/{one}/640" for one in quoted],
    }


def _discussions(base: str, made: Site) -> list[str]:
    return [f"{_moved(base, path)}/comments" for path in made.discussions]


def _moved(base: str, path: str) -> str:
    """Give the address a page has by its full name."""
    with urllib.request.urlopen(base + path, timeout=60) as answer:  # noqa: S310
        return urllib.parse.urlsplit(answer.url).path


def _older(base: str, path: str) -> Iterator[str]:
    """Give a list's pages, one after the other."""
    while path:
        yield path
        text = read(base + path)[1].decode()
        found = re.search(r'rel="next" href="([^"]+)"', text) or re.search(
            r'class="button[^>]*href="([^"]*before=[^"]+)"', text
        )
        path = found[1].replace("&amp;", "&") if found else ""


def sign_in(context: Any, base: str, made: Site) -> None:
    """Be the reader who kept all of it."""
    context.add_cookies([{"name": made.cookie, "value": made.session, "url": base}])


def follow(page: Page, path: str) -> Iterator[str]:
    """Give a page and those its link to more leads to, after each was opened."""
    while path:
        yield path
        link = page.locator("p.more a").first
        path = (link.get_attribute("href") or "") if link.count() else ""


def given_html(base: str, made: Site, most: int, count: Count) -> dict[str, set[str]]:
    """Gather what programs are given as HTML, and what many of them take for it: titles, names."""
    reader = {"Authorization": f"GoogleLogin auth={made.token}"}
    found: dict[str, set[str]] = {"digests": set(made.letters)}
    found["google reader"] = texts_of(
        _pages_of(base, "/reader/api/0/stream/contents/user/-/state/com.google/reading-list?n=1000", reader, count),
        {"content", "title", "author", "label"},
    )
    lists = [_json(base, f"/reader/api/0/{one}/list?output=json", reader, count) for one in ("subscription", "tag")]
    found["google reader lists"] = texts_of(lists, {"title", "label"})
    found["fever"] = set()
    last = 0
    while len(found["fever"]) < 10 * most:
        told = _json(base, f"/fever/?api&items&since_id={last}", {}, count, f"api_key={made.fever}".encode())
        items = told.get("items", [])
        found["fever"] |= texts_of([items], {"html", "title", "author"})
        if not items:
            break
        last = max(int(one["id"]) for one in items)
    feeds = _json(base, "/fever/?api&feeds&groups", {}, count, f"api_key={made.fever}".encode())
    found["fever feeds"] = texts_of([feeds], {"title"})
    own = {"X-Auth-Token": made.token}
    pages = [_json(base, f"/v1/entries?limit=250&offset={at}", own, count) for at in range(0, most, 250)]
    found["miniflux"] = texts_of(pages, {"content", "title", "author"})
    listed = [*(_moved(base, path) for path in made.stories), *_discussions(base, made), "/en-gb/latest", "/en-gb"]
    found["feeds out"] = set().union(*(_feeds(base, path, count) for path in listed))
    return found


def _pages_of(base: str, path: str, headers: dict[str, str], count: Count) -> Iterator[Any]:
    more = ""
    while True:
        told = _json(base, f"{path}{more}", headers, count)
        yield told
        if not told.get("continuation"):
            return
        more = f"&c={told['continuation']}"


def _json(base: str, path: str, headers: dict[str, str], count: Count, sent: bytes | None = None) -> Any:
    status, body = read(base + path, headers, sent)
    if status != 200:
        count.failed.append(f"{path}: {status} {body[:100]!r}")
        return {}
    told = json.loads(body)
    unsafe_links([told], path.partition("?")[0], count)
    return told


def unsafe_links(found: Any, door: str, count: Count) -> None:
    """Count addresses in JSON that lead elsewhere than to the web."""
    for one in texts_of(found, LINKS):
        if not one.lower().startswith(("http://", "https://", "mailto:", "tag:", "/")) and one:
            count.latent.append(f"{door}: link {one[:100]}")


def texts_of(found: Any, names: set[str]) -> set[str]:
    """Gather the texts that have these names in JSON."""
    texts: set[str] = set()
    waiting = list(found)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            texts |= {value for name, value in one.items() if name in names and isinstance(value, str)}
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return texts


def _feeds(base: str, path: str, count: Count) -> set[str]:
    """Read a list's feeds: RSS holds nothing but HTML, to many; Atom says what is, JSON Feed has one field."""
    texts: set[str] = set()
    for kind in ("rss", "atom", "json"):
        status, body = read(f"{base}{path}.{kind}")
        if status != 200:
            count.failed.append(f"{path}.{kind}: {status}")
        elif kind == "json":
            unsafe_links([json.loads(body)], f"{path}.json", count)
            texts |= texts_of([json.loads(body)], {"content_html"})
        else:
            every = etree.fromstring(body).iter("{*}*")
            texts |= {one.text for one in every if one.text and (kind == "rss" or one.get("type") == "html")}
    return texts


if __name__ == "__main__":
    sys.exit(main())
