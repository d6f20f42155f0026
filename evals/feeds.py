"""How well feeds are read: the facts of 132 real ones, and whether thousands of broken ones do any harm.

    python evals/feeds.py --shared PATH [--worst N]

Facts: kind and title of the feed, number of entries; guid, address, title, date and authors of each entry, against a
reference reading. An address counts when it is the reference's made absolute, a date when it is the same second, an
author when the reference's name is among them. Hostile: the share that is read or refused in one of our own errors,
within a second each, with nothing in it that is no web address and no text that is markup.
"""

import argparse
import base64
import gzip
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from octavo.collect import fields
from octavo.collect.parse import parse_feed
from octavo.domain.entry import Entry
from octavo.errors import OctavoError

DATA = ("data/feeds", "hostile/feeds.jsonl.gz")
URL = "https://unknown.example/feed"
MOST_SECONDS = 1.0
_ADDRESS = re.compile(r"<?[^\s<>()@]+@[^\s<>()@]+>?")
Verdict = tuple[str, bool, str]


def facts(shared: Path) -> Iterator[Verdict]:
    """Read every real feed; yields the name of a fact, whether it was read right, and what to look at."""
    folder = shared / "data" / "feeds"
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        update, entries = parse_feed(gzip.decompress((folder / gold["file"]).read_bytes()), url=URL)
        yield "kind", update.kind == gold["version"], gold["file"]
        yield "feed_title", update.title == fields.plain(gold["title"] or ""), gold["file"]
        yield "count", len(entries) == len(gold["entries"]), gold["file"]
        base = update.site_url or URL
        for entry, one in zip(entries, gold["entries"], strict=False):
            yield from _entry_facts(entry, one, base, gold["file"])


def _entry_facts(entry: Entry, gold: dict[str, Any], base: str, file: str) -> Iterator[Verdict]:
    if gold["id"]:
        yield "guid", entry.guid == gold["id"], f"{file}: {entry.guid} | {gold['id']}"
    wanted = fields.link(gold["link"] or "", base)
    yield "address", entry.url == wanted, f"{file}: {entry.url} | {wanted}"
    yield "title", entry.title == fields.plain(gold["title"] or ""), f"{file}: {entry.title} | {gold['title']}"
    if gold["published"] and not gold["published"].startswith("0001"):  # what programs write for no date
        found = entry.published_at or entry.updated_at
        right = found is not None and found.replace(microsecond=0) == datetime.fromisoformat(gold["published"])
        yield "date", right, f"{file}: {found} | {gold['published']}"
    name = fields.plain(gold["author"] or "")
    name = _ADDRESS.sub("", name).replace("()", "").strip(" ") or name
    name = name[1:-1] if name.startswith("(") and name.endswith(")") else name
    right = name in entry.authors if name else not entry.authors
    yield "authors", right, f"{file}: {entry.authors} | {gold['author']}"


def harm(shared: Path) -> Iterator[Verdict]:
    """Read every hostile feed; yields whether it came to anything but an answer or an error of ours, in time."""
    packed = (shared / "hostile" / "feeds.jsonl.gz").read_bytes()
    for line in gzip.decompress(packed).decode().splitlines():
        case = json.loads(line)
        began = time.process_time()
        fault = _fault(base64.b64decode(case["b64"]), case.get("ctype") or "")
        seconds = time.process_time() - began
        yield "unharmed", not fault and seconds < MOST_SECONDS, f"{case['path']}: {fault} {seconds:.2f} s"


def _fault(data: bytes, content_type: str) -> str:
    try:
        _, entries = parse_feed(data, url=URL, content_type=content_type)
    except OctavoError:
        return ""
    except Exception as error:  # noqa: BLE001 - whatever comes is what is counted here
        return repr(error)
    for entry in entries:
        addresses = (entry.url, entry.image, *[file.url for file in entry.enclosures])
        if any(one and not one.startswith(("http://", "https://")) for one in addresses):
            return f"an address that is none: {addresses}"
        if any("<script" in text.lower() or "\0" in text for text in (entry.title, *entry.authors, *entry.tags)):
            return f"markup in plain text: {entry.title}"
    return ""


def measure(shared: Path) -> dict[str, float]:
    """Give the share of right verdicts of each kind."""
    return {name: sum(verdicts) / len(verdicts) for name, (verdicts, _) in _all(shared).items()}


def _all(shared: Path) -> dict[str, tuple[list[bool], list[str]]]:
    found: dict[str, tuple[list[bool], list[str]]] = defaultdict(lambda: ([], []))
    readings: tuple[Callable[[Path], Iterator[Verdict]], ...] = (facts, harm)
    for reading in readings:
        for name, right, told in reading(shared):
            found[name][0].append(right)
            if not right:
                found[name][1].append(told)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--worst", type=int, default=0, help="show so many wrong ones of each kind")
    chosen = parser.parse_args()
    for name, (verdicts, wrong) in _all(chosen.shared).items():
        print(f"{name:12}{sum(verdicts):>7} of {len(verdicts):>6}{sum(verdicts) / len(verdicts):>8.4f}")
        for told in wrong[: chosen.worst]:
            print(f"    {told[:200]}")


if __name__ == "__main__":
    main()
