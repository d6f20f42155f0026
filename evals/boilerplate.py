"""What learning from a publisher's pages changes: body F1 of pages read with the lines that its other pages taught.

    python evals/boilerplate.py --shared PATH [--show]

Pages of `data/pages` whose host has several there: each is read alone, then with what all of the host's pages teach
(`learned`, as an instance has it once it has read them) and with what the others alone teach (`others`, as it has it
when the page comes). `kept` is the least change of any page, plus 1: at 1 no page got worse. The rest of the pages
teach nothing, being one of their host; `alone` says that none of them learned anything from itself.
"""

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from extraction import DATA as DATA
from extraction import full_text, pages, token_f1

from octavo.domain.article import Article
from octavo.domain.boilerplate import RepeatedLine
from octavo.domain.ids import PublisherId
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article, read_article
from octavo.extract.boilerplate import PageLines, add_page, judged

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class Read:
    """A page read alone: its source, its gold text, its article and the lines it teaches."""

    id: str
    source: PageSource
    gold: str
    article: Article
    lines: PageLines

    def score(self, dropped: frozenset[int]) -> float:
        return token_f1(full_text(extract_article(replace(self.source, boilerplate=dropped), now=NOW)), self.gold)


def read_hosts(shared: Path) -> dict[str, list[Read]]:
    """Read every page alone, by host."""
    hosts: dict[str, list[Read]] = defaultdict(list)
    for page, gold in pages(shared):
        html = gzip.decompress((shared / "data" / "pages" / page["file"]).read_bytes())
        source = PageSource(url=page["url"], html=html)
        try:
            article, lines, _ = read_article(source, now=NOW)
        except NotAnArticle:
            continue
        hosts[page["host"].removeprefix("www.")].append(Read(page["id"], source, gold["text"], article, lines))
    return hosts


def learned(host: str, taught: Iterable[Read]) -> dict[int, RepeatedLine]:
    """What these pages teach: the lines to drop, by key."""
    lines: dict[int, RepeatedLine] = {}
    number = 0
    for number, one in enumerate(taught, 1):
        add_page(lines, one.lines, number, PublisherId(host), NOW)
    return {line.key: line for line in judged(lines, number) if line.dropped}


def changes(hosts: Mapping[str, list[Read]]) -> dict[str, tuple[str, float, float, float]]:
    """For every page of a host with several: host, F1 alone, with all pages' lines, with the other pages' lines."""
    found = {}
    for host, read in hosts.items():
        everything = frozenset(learned(host, read))
        for one in read if len(read) > 1 else ():
            others = frozenset(learned(host, (other for other in read if other is not one)))
            found[one.id] = host, one.score(frozenset()), one.score(everything), one.score(others)
    return found


def measure(shared: Path) -> dict[str, float]:
    """Give the scores that have floors."""
    hosts = read_hosts(shared)
    found = list(changes(hosts).values())
    return {
        "alone": float(not any(learned(host, read) for host, read in hosts.items() if len(read) == 1)),
        "learned": sum(one[2] for one in found) / len(found),
        "others": sum(one[3] for one in found) / len(found),
        "kept": 1 + min(0.0, *(min(one[2], one[3]) - one[1] for one in found)),
    }


def main() -> None:
    """Print the scores; with --show every page that changed and every line that was learned."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--show", action="store_true")
    chosen = options.parse_args(sys.argv[1:])
    if chosen.show:
        hosts = read_hosts(chosen.shared)
        found = changes(hosts)
        print(f"before    {sum(one[1] for one in found.values()) / len(found):.4f} of {len(found)} pages")
        for page, (host, before, after, others) in found.items():
            if before != after or before != others:
                print(f"{before:.4f} {after:.4f} {others:.4f} {page} ({len(hosts[host])} pages)")
        for host, read in hosts.items():
            for line in learned(host, read).values():
                said = f"{line.pages}/{line.of_pages} likely {line.likely:.2f} about {line.about:.2f}"
                print(f"{host}: {said} {line.text}")
    for name, value in measure(chosen.shared).items():
        print(f"{name:10}{value:.4f}")


if __name__ == "__main__":
    main()
