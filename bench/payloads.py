"""Attacks by markup through every field and every door, shown by a real Chromium WITHOUT the content policy.

    python bench/payloads.py [--shared ../shared] [--most 0] [--part 1/8] [--kinds programs]

All strings of shared/hostile/xss.jsonl are written into every field of a store (bench/payload_site.py); `octavo web`
shows it. Chromium opens the pages; what programs are given as HTML (feeds, reader apps, digests) is put into fresh
documents. At each door is counted how many of the attacks came to it, whole or in part. Counted
are attacks that ran (a dialog, a global of theirs, a request elsewhere, another page) and those that lie in wait
(handlers, script addresses, srcdoc, scripts and frames that are not the site's own). Both have to be 0.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collected import free_port
from pages import QUIET, chromium
from payload_fields import ASKED, chunks, packs, payloads
from payload_site import Site, build
from payload_texts import Count, address_of, comment_pages, given_html, read
from playwright.sync_api import Error, Page, sync_playwright

from octavo.config import Settings

INSTALLED = (Path(__file__).parent / "payloads.js").read_text("utf-8")
OTHERS = ("/offline", "/saved", "/settings", "/share?title=a&text=b&url=c")
PAGES = "about privacy editions made decisions hashtags suggest notifications contradictions only-here briefing".split()
OWN = (
    "lists highlights account desk/feeds desk/publishers desk/accounts desk/stories desk/hashtags desk/briefs desk/log "
    "desk/webhooks desk/newsletters desk/jobs desk/storage desk/models desk/fediverse moderation/queue moderation "
    "moderation/rules moderation/mine following for-you history notices notices/settings"
).split()
FEDERATED = {
    "OCTAVO_WEB__PUBLIC_URL": "https://news.example",
    "OCTAVO_WEB__POLICY": "full",
    "OCTAVO_FEDIVERSE__ON": "true",
}
SAID = ("summary", "perspectives", "background", "changes")

KINDS = ("pages", "addresses", "own", "programs")
"""What anybody opens, what is asked for one attack at a time, one's own and the desk's, what programs are given."""

FRAMES = 400
"""Texts that are put into one page, each in a frame of its own."""

SIFTED = 4000
"""Texts that a browser reads by themselves in one go, to find those that are more than text."""


def main() -> int:
    """Show everything; give 1 where something ran, lay in wait, or the site failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(os.environ.get("OCTAVO_SHARED", "../shared")))
    options.add_argument("--most", type=int, default=0, help="so many of them (0: all)")
    options.add_argument("--asked", type=int, default=0, help="so many of them in addresses asked for (0: all)")
    options.add_argument("--part", default="1/1", help="2/8: the second of eight parts, for a run in pieces")
    options.add_argument("--kinds", nargs="*", default=KINDS, choices=KINDS, help="doors of these kinds alone")
    given = options.parse_args()
    number, parts = map(int, given.part.split("/"))
    attacks = payloads(given.shared, given.most)[number - 1 :: parts]
    count, begun = Count(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="octavo-payloads-") as folder:
        made = build(Settings(data_dir=Path(folder), embedder="off"), attacks)
        print(f"{len(attacks):,} attacks written in {time.monotonic() - begun:.0f} s", flush=True)
        with website(Path(folder)) as base, website(Path(folder), FEDERATED) as federated:
            look((base, federated), made, sample(attacks, given.asked or len(attacks)), count, given.kinds)
    for name, found in (("ran", count.ran), ("latent", count.latent), ("failed", count.failed)):
        print(f"{name}: {len(found)}", *(f"  {one[:300]}" for one in found[:12]), sep="\n")
    print(f"{sum(count.shown.values()):,} documents in {time.monotonic() - begun:.0f} s:", dict(count.shown))
    return 1 if count.ran or count.latent or count.failed else 0


def sample(attacks: Sequence[str], most: int) -> Sequence[str]:
    """Choose so many, alike each time."""
    return attacks if len(attacks) <= most else random.Random(2).sample(attacks, most)  # noqa: S311 - no secret


@contextmanager
def website(folder: Path, more: dict[str, str] | None = None) -> Iterator[str]:
    """Run the website on a store."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    settings = {"OCTAVO_WEB__PORT": str(port), "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
    settings |= {"OCTAVO_MCP__HTTP": "true", "OCTAVO_SPEAKER": "espeak", **(more or {})}
    settings |= {"OCTAVO_API__REQUESTS_A_MINUTE": "1000000", "OCTAVO_AI__QUESTIONS_AN_HOUR": "1000000"}
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


def look(
    bases: tuple[str, str], made: Site, attacks: Sequence[str], count: Count, kinds: Sequence[str] = KINDS
) -> None:
    """Open everything; the second website is the one that other servers are told of."""
    base, _ = bases
    with sync_playwright() as playwright:
        nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, nowhere])
        context = browser.new_context(
            bypass_csp=True,
            service_workers="block",
            extra_http_headers={"Accept-Language": "en-GB", "Accept-Encoding": "identity"},
        )
        context.add_init_script(INSTALLED)
        page = context.new_page()
        page.set_default_timeout(120_000)
        watch(page, base, count)
        for door, paths in visited(base, made).items() if "pages" in kinds else ():
            for path in paths:
                visit(page, base, path, door, count)
            tell(door, count)
        for door, paths in parsed(made, attacks).items() if "addresses" in kinds else ():
            parse(page, base, paths, door, count)
            tell(door, count)
        sign_in(context, base, made)
        for name in OWN if "own" in kinds else ():
            for step in follow(page, f"/en-gb/{name}"):
                visit(page, base, step, name, count)
            tell(name, count)
        for door, found in given_html(bases, made, count) if "programs" in kinds else ():
            documents(page, base, sorted(found), door, count)
            tell(door, count)
        browser.close()


def tell(door: str, count: Count) -> None:
    """Say how far it came: whoever breaks it off knows what was found until then."""
    until = (len(count.ran), len(count.latent), len(count.failed))
    ran, latent, failed = (now - before for now, before in zip(until, count.before, strict=True))
    count.before = until
    came = f"{count.shown[door]:,} shown, with {len(count.seen.get(door, ())):,} attacks"
    print(f"{time.strftime('%H:%M:%S')} {door}: {came}: {ran} ran, {latent} latent, {failed} failed", flush=True)


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
        told = page.evaluate("() => ({ran: octavoRan, latent: octavoLatent(document), marks: octavoMarks(document)})")
    except Error as error:
        count.failed.append(f"{path}: {error.message[:200]}")
        return
    if status >= 500 or status == 0:
        count.failed.append(f"{path}: {status}")
    count.shown[door] += 1
    count.came(door, told["marks"])
    count.ran += [f"{path}: {one}" for one in told["ran"]]
    count.latent += [f"{path}: {one}" for one in told["latent"]]


def parse(page: Page, base: str, paths: Sequence[str], door: str, count: Count) -> None:
    """Have the browser read pages without opening them, many at a time."""
    page.goto(f"{base}/en-gb/about")
    for part in chunks(paths, 200):
        for path, status, latent, marks in page.evaluate("paths => window.octavoRead(paths)", list(part)):
            count.shown[door] += 1
            count.came(door, marks)
            count.failed += [f"{path}: {status}"] if status >= 500 or status == 0 else []
            count.latent += [f"{path}: {one}" for one in latent]


def documents(page: Page, base: str, texts: Sequence[str], door: str, count: Count) -> None:
    """Put texts into fresh documents, as a reader app's view does that trusts what it is given.

    The browser's parser reads each by itself. What is text alone then has nothing that could run. All else is put in,
    many in one document, and once more in a document of its own where anything happened in that of many.
    """
    count.came(door, texts)
    new = [one for one in texts if one not in count.put]
    count.put |= set(new)
    count.shown[door] += len(new)
    page.goto(f"{base}/robots.txt")
    rich: list[str] = []
    alone: list[str] = []
    for part in chunks(new, SIFTED):
        for text, (latent, kind) in zip(
            part, page.evaluate("texts => window.octavoSift(texts)", list(part)), strict=True
        ):
            count.latent += [f"{door}: {one} in {text[:120]}" for one in latent]
            (alone if latent or kind == "document" else rich if kind == "markup" else []).append(text)
    for part in chunks(rich, FRAMES):
        before = len(count.ran)
        if framed(page, base, part, "octavoTogether", door, count) or len(count.ran) > before:
            alone += part
    for part in chunks(alone, FRAMES):
        framed(page, base, part, "octavoFrames", door, count)


def framed(page: Page, base: str, texts: Sequence[str], how: str, door: str, count: Count) -> list[str]:
    """Have the browser show texts in frames, and count what ran or lies in wait; gives the latter."""
    page.goto(f"{base}/robots.txt")
    told = page.evaluate(f"texts => window.{how}(texts)", list(texts))
    latent = [f"{door}: {one}" for one in told["latent"]]
    count.ran += [f"{door}: {one}" for one in told["ran"]]
    count.latent += [one for one in latent if one not in count.latent]
    return latent


def visited(base: str, made: Site) -> dict[str, list[str]]:
    """List the pages that are opened: the attacks stand many together."""
    return {
        "articles": made.together,
        "stories": made.stories,
        "comments": [*made.discussions, *(page for one in comment_pages(base, made) for page in _older(base, one))],
        "lists of articles": [*_older(base, "/en-gb/latest"), "/en-gb"],
        "corrections": list(_older(base, "/en-gb/corrections")),
        "what models say": [f"{address_of(base, one)}/{kind}" for one in made.stories[::3] for kind in SAID],
        "other pages": [*OTHERS, *(f"/en-gb/{name}" for name in PAGES)],
        "publishers": list(_older(base, "/en-gb/sources")),
    }


def parsed(made: Site, attacks: Sequence[str]) -> dict[str, list[str]]:
    """List the addresses that are read by the browser's parser: of what is stored, and of what is asked."""
    quoted = [urllib.parse.quote(one.encode("utf-8", "replace")[:900], safe="") for one in packs(attacks, ASKED)]
    threes = [(one, quoted[(n + 1) % len(quoted)], quoted[(n + 2) % len(quoted)]) for n, one in enumerate(quoted)]
    return {
        "one article": made.articles,
        "one story": made.leads,
        "cards of stories": [f"{one}/card" for one in (*made.stories, *made.leads, *made.shorts)],
        "one publisher": made.sources,
        "how it is read": [f"{one}/health" for one in made.sources],
        "who is named": made.named,
        "handed on": [f"{one}/send" for one in (*made.together, *made.leads, *made.shorts)],
        "search": [f"/en-gb/search?q={one}" for one in quoted],
        "hashtag": [f"/en-gb/hashtag/{one}" for one in quoted],
        "no such page": [f"/en-gb/{one}" for one in quoted],
        "sign in": [f"/en-gb/sign-in?back={a}&error={b}&next={c}" for a, b, c in threes],
        "share": [f"/share?title={a}&text={b}&url={c}" for a, b, c in threes],
        "picture": [f"/picture/{one}/640" for one in quoted],
    }


def _older(base: str, path: str) -> Iterator[str]:
    """Give a list's pages, one after the other."""
    while path:
        yield path
        text = read(base + path)[1].decode()
        found = re.search(r'<p class="more"><a [^>]*href="([^"]+)"', text)
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


if __name__ == "__main__":
    sys.exit(main())
