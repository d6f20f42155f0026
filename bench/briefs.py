"""A running site's AI features as readers wait for them: time to first words and to the whole.

    OCTAVO_AI__QUESTIONS_AN_HOUR=1000000 OCTAVO_AI__WRITTEN_AN_HOUR=1000000 OCTAVO_AI__WRITTEN_A_DAY=0 octavo demo
    python bench/briefs.py http://127.0.0.1:8000 [--edition en-gb] [--asked 100] [--written 10] [--only ask,summary]

Chosen answers are pages: "first" is their first byte, "whole" the last. What a model or a translator writes comes as a
stream of events: "first" is its first sentence that held, "whole" the end; "held" is the share of answers of which
anything did. Every question is a new one, asked one after the other over a socket, so that no page is kept.
"""

import argparse
import csv
import http.client
import itertools
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

QUESTIONS = Path(__file__).parents[1] / "evals" / "ask.tsv"
PATIENCE_S = 600.0
_ARTICLE = re.compile(r'href="(/[a-z-]+/article/[^"#?]+)"')
_STORY = re.compile(r'href="(/[a-z-]+/story/[^"#?]+)"')
_WRITES = re.compile(r'data-writes="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: milliseconds to its first words, -1 where none came, and in all; `writes` leads to a written one."""

    first: float
    whole: float
    writes: str = ""


class Site:
    """A running site, asked over one connection after another."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc

    def page(self, path: str) -> tuple[Asked, str]:
        """Ask for a page."""
        with closing(http.client.HTTPConnection(self._host, timeout=PATIENCE_S)) as link:
            begun = time.perf_counter()
            link.request("GET", path)
            answer = link.getresponse()
            if answer.status in (301, 302):  # a headline that changed since the address was found
                return self.page(answer.headers["location"])
            head = answer.read(1)
            first = _since(begun)
            text = (head + answer.read()).decode()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
            found = _WRITES.search(text)
            return Asked(first, _since(begun), unescape(found[1]) if found else ""), text

    def written(self, path: str) -> Asked:
        """Have an answer written."""
        with closing(http.client.HTTPConnection(self._host, timeout=PATIENCE_S)) as link:
            begun, first = time.perf_counter(), -1.0
            link.request("GET", path, headers={"Accept": "text/event-stream"})
            answer = link.getresponse()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
            for line in answer:
                if line.startswith(b"event: statement") and first < 0:
                    first = _since(begun)
            return Asked(first, _since(begun))


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def questions() -> list[str]:
    """List the questions in English of the evaluation: to the sample newswire, half of them without an answer."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [row[3] for row in rows if row[1] == "en"]


def places(site: Site, edition: str, foreign: str) -> dict[str, list[str]]:
    """Find articles and stories of an edition, and articles that another edition translates."""
    found: dict[str, list[str]] = {"article": [], "story": [], "translated": []}
    for path in (f"/{edition}", f"/{edition}/latest"):
        text = site.page(path)[1]
        found["article"] += _ARTICLE.findall(text)
        found["story"] += _STORY.findall(text)
    own = dict.fromkeys(found["article"])
    there = [f"/{foreign}{one.removeprefix(f'/{edition}')}" for one in own]
    found["translated"] = [one for one in there if f'{one}/translation"' in site.page(one)[1]][:30] if foreign else []
    return {kind: list(dict.fromkeys(some)) for kind, some in found.items()}


def paths(kind: str, found: dict[str, list[str]], edition: str) -> Iterator[str]:
    """Give address after address of a feature."""
    asked = itertools.cycle(questions())
    place = kind.rpartition(" ")[2]
    for number in itertools.count():
        q = f"q={quote(next(asked))}&n={number}"
        if kind == "ask archive":
            yield f"/{edition}/ask?{q}"
            continue
        homes = found[place]
        if not homes:
            return
        home = homes[number % len(homes)]
        yield {"ask": f"{home}/ask?{q}", "summary": f"{home}/summary?n={number}"}.get(
            kind.partition(" ")[0], f"{home}/translation?n={number}"
        )


def said(kind: str, how: str, rows: Sequence[Asked]) -> str:
    """Write a line of the table."""
    held = [one for one in rows if one.first >= 0]
    cells = [_cuts([one.first for one in held]), _cuts([one.whole for one in rows])]
    return f"{kind:20} {how:8} {cells[0]:>20} {cells[1]:>20} {len(rows):>5} {len(held) / max(1, len(rows)):>6.2f}"


def _cuts(taken: Sequence[float]) -> str:
    if len(taken) < 2:
        return " ".join(f"{one:.0f}" for one in taken)
    cuts = quantiles(taken, n=100, method="inclusive")
    return f"{cuts[49]:.0f} {cuts[98]:.0f}"


def main() -> None:
    """Ask and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("site")
    options.add_argument("--edition", default="en-gb")
    options.add_argument("--foreign", default="", help="edition articles are translated for, such as pt-br")
    options.add_argument("--asked", type=int, default=100)
    options.add_argument("--written", type=int, default=10)
    options.add_argument("--only", default="ask,summary,translate")
    given = options.parse_args()
    site = Site(given.site)
    found = places(site, given.edition, given.foreign)
    print(f"{'':20} {'':8} {'first ms p50 p99':>20} {'whole ms p50 p99':>20} {'of':>5} {'held':>6}")
    kinds = ("ask article", "ask story", "ask archive", "summary article", "summary story", "translate translated")
    for kind in (one for one in kinds if one.partition(" ")[0] in given.only.split(",")):
        chosen: list[Asked] = []
        writes: list[str] = []
        for path in itertools.islice(paths(kind, found, given.edition), given.asked):
            one = site.page(path)[0]
            chosen.append(one)
            writes += [one.writes] if one.writes else []
        if chosen:
            print(said(kind, "chosen", chosen), flush=True)
        made = [site.written(path) for path in dict.fromkeys(writes[: given.written])]
        if made:
            print(said(kind, "written", made), flush=True)


if __name__ == "__main__":
    main()
