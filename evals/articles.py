"""Is this an article at all: real pages, bare of what they say of themselves, against the same pages made into others.

    python evals/articles.py [--shared PATH] [--every N]

No data says of real pages that they hold no article, so such pages are made of real ones. `bare`: an article's page
without the structured data and meta elements that call it one. `lists`: the same with a list of teasers (other pages'
titles, the first sentences of their texts) in the text's place, in one of five settings. `shells`: the same with
nothing there. All keep the page's own address, so that no address gives them away. Right: the bare page is an article,
the others are none. Real front pages, shops and films may differ; this measures only what it says.
"""

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article
from octavo.extract.evidence import key
from octavo.text.html import decode, parse

DATA = ("data/pages",)
NOW = datetime(2030, 1, 1, tzinfo=UTC)
EVERY = 6  # pages, where it is measured against its floors
BLOCKS = "p,div,li,h2,h3,table,ul,section,article"
SAYING = ("article:", "og:type", "parsely", "author", "pubdate", "date", "dc.", "sailthru")
MARKUP = ("itemtype", "itemprop", "itemscope", "typeof", "property")
NAMES = ("Politics", "Latest news", "Sport", "Tag: climate", "Archive", "World")
SENTENCE = re.compile(r"(?<=[.!?。])\s")
CARDS = (
    '<article class="teaser"><h3><a href="{url}">{title}</a></h3><p>{lead}</p></article>',
    '<div class="card"><a href="{url}"><h2>{title}</h2><p>{lead}</p></a></div>',
    '<li><a href="{url}">{title}</a></li>',
    '<div><time>3 March 2026</time><h2><a href="{url}">{title}</a></h2><div class="excerpt">{lead}</div></div>',
    '<div><h2>{title}</h2><p>{lead} <a href="{url}">More</a></p></div>',
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A page, what its text should be, and other pages' golds in its language."""

    url: str
    html: bytes
    text: str
    others: list[dict[str, Any]]


def golds(shared: Path, every: int) -> Iterator[Gold]:
    root = shared / "data" / "pages"
    expected = [json.loads(line) for line in (root / "expected.jsonl").open(encoding="utf-8")]
    files = {page["id"]: page["file"] for page in map(json.loads, (root / "manifest.jsonl").open(encoding="utf-8"))}
    for one in expected[::every]:
        others = [other for other in expected if other["language"] == one["language"] and other["url"] != one["url"]]
        html = gzip.decompress((root / files[one["id"]]).read_bytes())
        yield Gold(one["url"], html, one["text"], others or expected)


def bare(gold: Gold) -> tuple[LexborHTMLParser, list[LexborNode]]:
    """The page without what calls it an article; and the elements that hold its text."""
    tree = parse(decode(gold.html))
    whole, lines = key(gold.text), {key(line) for line in gold.text.split("\n")}
    held = []
    for node in tree.css("p,li,h2,h3,h4,blockquote,td,div,dd,pre,figcaption,span"):
        if node.tag in ("div", "span") and node.css_first(BLOCKS):
            continue
        plain = key(node.text())
        if plain and (plain in lines or (len(plain) > 15 and plain in whole)):
            held.append(node)
    for node in tree.css("script"):  # some carry the text too
        node.decompose()
    for node in tree.css("meta"):
        if (node.attributes.get("property") or node.attributes.get("name") or "").lower().startswith(SAYING):
            node.decompose()
    for node in tree.css("[itemtype],[itemprop],[typeof]"):
        for name in MARKUP:
            if name in node.attributes:
                del node.attrs[name]
    return tree, held


def teasers(gold: Gold, chance: random.Random) -> LexborNode:
    """A list of other pages' titles, most with the beginning of their text."""
    setting = chance.choice(CARDS)
    cards = []
    for number in range(chance.choice((6, 10, 15, 25))):
        other = chance.choice(gold.others)
        lines = other["text"].split("\n")
        lead = " ".join(SENTENCE.split(next((line for line in lines if len(line) > 60), lines[0]))[:2])[:260]
        cards.append(setting.format(url=f"/a/{number}", title=escape(other["title"]), lead=escape(lead)))
    listed = "".join(cards) if setting[1] != "l" else f"<ul>{''.join(cards)}</ul>"
    head = f"<h1>{chance.choice(NAMES)}</h1>" if chance.random() < 0.7 else ""
    return LexborHTMLParser(f"<section>{head}{listed}</section>").css("section")[0]


def made(gold: Gold, number: int) -> Iterator[tuple[str, bytes]]:
    """The pages made of one, each with the set it belongs to."""
    yield "bare", (bare(gold)[0].html or "").encode()
    for kind in ("lists", "shells"):
        tree, held = bare(gold)
        if kind == "lists" and held:
            for head in tree.css("h1"):
                head.decompose()
            first = next(node for node in held if node.parent is not None)
            first.insert_before(teasers(gold, random.Random(number)))  # noqa: S311 - the same lists every time
        for node in held:
            if node.parent is not None:
                node.decompose()
        yield kind, (tree.html or "").encode()


def is_article(url: str, html: bytes) -> bool:
    try:
        extract_article(PageSource(url=url, html=html), now=NOW)
    except NotAnArticle:
        return False
    return True


def measure(shared: Path, every: int = EVERY) -> dict[str, float]:
    """Give the share of each set that is judged rightly, and of articles and lists together."""
    right: dict[str, list[bool]] = {"bare": [], "lists": [], "shells": []}
    for number, gold in enumerate(golds(shared, every)):
        for kind, html in made(gold, number):
            right[kind].append(is_article(gold.url, html) == (kind == "bare"))
    shares = {kind: sum(each) / len(each) for kind, each in right.items()}
    return {**shares, "together": (2 * shares["bare"] + shares["lists"] + shares["shells"]) / 4}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--every", type=int, default=EVERY, help="take every n-th page")
    given = options.parse_args()
    for name, share in measure(given.shared, given.every).items():
        print(f"{name:10} {share:.3f}")


if __name__ == "__main__":
    main()
