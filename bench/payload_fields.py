"""What bench/payloads.py writes into a store: attacks, packed or alone, and nouns with one in each of their fields."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from octavo.domain.article import Article, Block, BlockKind, Byline, Dateline, Image, Rights
from octavo.domain.enrichment import Enrichment, Hashtag, Mention, Topic
from octavo.domain.entity import Entity, EntityKind
from octavo.domain.feed import Feed, PollState
from octavo.domain.ids import ArticleId, FeedId, PublisherId
from octavo.domain.publisher import Publisher

PACKED = 700
"""Characters of attacks that stand one after the other in a field that is shown whole."""

ASKED = 250
"""Characters of those in an address that is asked for."""

PLACED = re.compile(r"[^<>\"']{0,40}:")
"""What may run where an address stands: it has to begin there, and is given pages of its own."""

SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    " javascript:",
    "java\tscript:",
    "vbscript:",
    "data:text/html,<script>",
    "\x01javascript:",
)

KINDS = (("person", "person", EntityKind.PERSON), ("org", "organisation", EntityKind.ORGANISATION))
"""What is named, by key and by address."""

STRIDE = 211
"""How far apart the attacks are that stand in two fields of one article."""

STARTED = datetime.now(UTC)

T = TypeVar("T")


def payloads(shared: Path, most: int) -> list[str]:
    """Read the attacks of the corpus, or so many of them, chosen alike each time."""
    lines = (shared / "hostile" / "xss.jsonl").read_text("utf-8").splitlines()
    found = [str(json.loads(line)["p"]).encode("utf-8", "replace").decode() for line in lines]
    found += [f"{scheme}alert({number})" for number, scheme in enumerate(SCHEMES)]
    return found if not most or most >= len(found) else random.Random(1).sample(found, most)  # noqa: S311


def marked(attack: str, number: int, *, last: bool = False) -> str:
    """Name an attack, so that it is known which came to a door; before it, but where it has to begin the text."""
    return f"{attack} octavo{number}" if last or PLACED.match(attack) else f"octavo{number} {attack}"


def packs(attacks: Sequence[str], most: int) -> list[str]:
    """Put attacks one after the other, up to so many characters, in an order of no meaning; after them those that have
    to begin a text, each by itself."""
    order = list(range(len(attacks)))
    random.Random(3).shuffle(order)  # noqa: S311 - no secret
    found, pack = [], ""
    for number in order:
        text = marked(attacks[number], number)
        if pack and len(pack) + len(text) > most:
            found.append(pack)
            pack = ""
        pack += f"{text} "
    alone = [marked(one, number) for number, one in enumerate(attacks) if PLACED.match(one)]
    return [*found, pack, *alone]


@dataclass(slots=True)
class Fields:
    """Texts for the fields of one article, each another one."""

    texts: Sequence[str]
    at: int

    def next(self) -> str:
        """Give a text, and go on to that of the next field."""
        text = self.texts[self.at % len(self.texts)]
        self.at += STRIDE
        return text


def publisher(name: str, one: Fields) -> Publisher:
    """Write a publisher of attacks."""
    return Publisher(
        PublisherId(name),
        one.next(),
        "gb",
        ("en",),
        owner=one.next(),
        kind="newspaper",
        hosts=(f"{name}.example",),
        homepage=one.next(),
        description=one.next(),
        contact=one.next(),
    )


def feed(publisher: str, one: Fields, path: str = "") -> Feed:
    """Write a feed of attacks; `path` tells feeds of a publisher apart."""
    address = f"https://{publisher}.example/feed.xml{path}"
    told = PollState(last_error=one.next(), etag=one.next(), last_modified=one.next(), failures=3)
    title, site, section = one.next(), one.next(), one.next()
    return Feed(FeedId(0), address, PublisherId(publisher), title, site, "en", section[:60], poll=told)


def single(publisher: str, one: Fields, feed: FeedId) -> Article:
    """Write an article with an attack in each field, each another one."""
    blocks = [
        Block(kind, one.next(), level=2, rows=((one.next(), one.next()),), url=one.next(), credit=one.next())
        for kind in BlockKind
        if kind is not BlockKind.LIST
    ]
    headline, standfirst, excerpt = one.next(), one.next(), one.next()
    byline, people = one.next(), (one.next(), one.next())
    return replace(
        article(publisher, headline, (*blocks, Block(BlockKind.LIST, items=(one.next(), one.next())))),
        feed_id=feed,
        canonical_url=one.next(),
        standfirst=standfirst,
        byline=Byline(byline, people),
        source=one.next(),
        dateline=Dateline(one.next()),
        section=one.next(),
        image=Image(one.next(), caption=one.next(), credit=one.next(), alt=one.next()),
        keywords=(one.next(), one.next()),
        correction=one.next(),
        excerpt=excerpt,
        rights=Rights((one.next(),), one.next(), tdm_policy=one.next()),
        external_id=one.next(),
    )


def crowd(publisher: str, texts: Sequence[str]) -> Article:
    """Write an article with many attacks in the fields that hold many, and the first of them in all others."""
    text, kinds = texts[0], [kind for kind in BlockKind if kind is not BlockKind.LIST]
    blocks = [
        Block(kind, one, level=2, rows=((one, one),), url=one, credit=one)
        for place, one in enumerate(texts)
        for kind in (kinds[place % len(kinds)], BlockKind.PARAGRAPH)
    ]
    return replace(
        article(publisher, text, (*blocks, Block(BlockKind.LIST, items=tuple(texts)))),
        canonical_url=text,
        standfirst=text,
        byline=Byline(text, tuple(texts)),
        section=text,
        image=Image(text, caption=text, credit=text, alt=text),
        keywords=tuple(texts),
        excerpt=text,
    )


def article(publisher: str, headline: str, blocks: tuple[Block, ...]) -> Article:
    """Write an article with nothing in it but a headline and blocks."""
    return Article(
        id=ArticleId(0),
        url=f"https://{publisher}.example/one",
        publisher_id=PublisherId(publisher),
        headline=headline,
        language="en",
        first_seen_at=STARTED,
        blocks=blocks,
        published_at=STARTED - timedelta(seconds=int(publisher[1:])),
        word_count=90,
    )


def found(article: ArticleId, texts: Sequence[str], names: Sequence[tuple[str, str]]) -> Enrichment:
    """Write what enrichment found: hashtags, and names as (name, label)."""
    tags = tuple(Hashtag(f"t{number}", text, 0.9) for number, text in enumerate(texts))
    named = tuple(
        Entity(f"{KINDS[number % 2][0]}/{article}n{number}", KINDS[number % 2][2], name, label, 0.5, about=True)
        for number, (name, label) in enumerate(names)
    )
    printed = tuple(Mention(one.label, one.kind, number, number + 1, one.key) for number, one in enumerate(named))
    topics = (Topic("04000000", 0.8),)
    return Enrichment(article, "en", hashtags=tags, mentions=printed, topics=topics, entities=named)


def chunks(found: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Give a sequence in parts."""
    for start in range(0, len(found), size):
        yield found[start : start + size]
