"""A store in which every field that others write holds an attack: what bench/payloads.py looks at in a browser.

The texts are written past everything that cleans them on the way in: what is measured is the last line, how they leave.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from octavo.actions import signing, tokens
from octavo.actions.opening import prepare_site
from octavo.app import open_tools
from octavo.config import Settings
from octavo.discuss.ranking import rank
from octavo.domain.account import Account, Person, Role
from octavo.domain.article import Article, Block, BlockKind, Byline, Dateline, Image
from octavo.domain.bulletin import Bulletin, Item, Said, Section
from octavo.domain.comment import Comment, Venue
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.entity import Entity, EntityKind
from octavo.domain.feed import Feed
from octavo.domain.follow import Highlight, Quote
from octavo.domain.ids import (
    AccountId,
    ArticleId,
    CommentId,
    EditionKey,
    FeedId,
    HighlightId,
    PublisherId,
    StoryId,
)
from octavo.domain.notification import Rhythm, Why
from octavo.domain.publisher import Publisher
from octavo.domain.speech import Episode, Script, Spoken
from octavo.domain.story import Placement
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.serve.address import origin_of
from octavo.serve.bulletins import open_writer
from octavo.serve.readers import cookie_name
from octavo.store import accounts, articles, comments, episodes, feeds, highlights, lists, publishers, stories
from octavo.text.slugs import short_id

TOGETHER = 25
"""Attacks on one page of an article."""

PACKED = 900
"""Characters of attacks that stand one after the other in a field that holds one text."""

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

COMMENTS = 150
"""Comments on one article."""

KINDS = (("person", "person", EntityKind.PERSON), ("org", "organisation", EntityKind.ORGANISATION))
"""What is named, by key and by address."""

EPISODES = 10

STARTED = datetime.now(UTC)


@dataclass
class Site:
    """What was written, by the addresses it is shown at; `token` is of the reader whose lists and marks those are."""

    token: str = ""
    fever: str = ""
    cookie: str = ""
    session: str = ""
    articles: list[str] = field(default_factory=list)
    together: list[str] = field(default_factory=list)
    discussions: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def payloads(shared: Path, most: int) -> list[str]:
    """Read the attacks of the corpus, or so many of them, chosen alike each time."""
    lines = (shared / "hostile" / "xss.jsonl").read_text("utf-8").splitlines()
    found = [str(json.loads(line)["p"]).encode("utf-8", "replace").decode() for line in lines]
    found += [f"{scheme}alert({number})" for number, scheme in enumerate(SCHEMES)]
    return found if not most or most >= len(found) else random.Random(1).sample(found, most)  # noqa: S311


def packs(attacks: Sequence[str]) -> list[str]:
    """Put attacks one after the other, each behind its number: all of them in one order, and in another.

    What one leaves open may swallow the next; in the other order others stand before it.
    """
    order = list(range(len(attacks)))
    random.Random(3).shuffle(order)  # noqa: S311 - no secret
    found: list[str] = []
    for numbers in (order, order[::-1]):
        pack = ""
        for number in numbers:
            if pack and len(pack) + len(attacks[number]) > PACKED:
                found.append(pack)
                pack = ""
            pack += f"no{number} {attacks[number]} "
        found.append(pack)
    return found


def build(settings: Settings, attacks: Sequence[str]) -> Site:
    """Write the store."""
    made = Site()
    singles = [*packs(attacks), *(one for one in attacks if PLACED.match(one))]
    with open_tools(settings, lambda: STARTED) as tools:
        prepare_site(tools.database)
        reader = _reader(tools, made)
        for start in range(0, len(singles), 500):
            with tools.database.transaction() as tx:
                _write(tx, made, list(enumerate(singles))[start : start + 500], reader)
        for start in range(0, len(attacks), 500):
            with tools.database.transaction() as tx:
                _write_crowds(tx, made, attacks[start : start + 500], start, reader)
        for start in range(0, len(attacks), COMMENTS):
            with tools.database.transaction() as tx:
                _discuss(tx, made, attacks[start : start + COMMENTS], start)
        _letters(tools, made, singles, reader)
        _episodes(tools, singles)
    return made


def _reader(tools: Tools, made: Site) -> Account:
    with tools.database.transaction() as tx:
        who = accounts.add(tx, Account(AccountId(0), "ada", Role.OWNER, STARTED), "")
    made.token = tokens.make(tools, Person(who), "bench", ("read", "write")).token
    made.fever = hashlib.md5(f"ada:{made.token}".encode(), usedforsecurity=False).hexdigest()
    with tools.database.transaction() as tx:
        made.session = signing.begin(tx, tools, who, "bench", STARTED).token
    made.cookie = cookie_name(origin_of(tools.settings.web))
    return who


def _write(tx: Transaction, made: Site, attacks: Sequence[tuple[int, str]], reader: Account) -> None:
    """Write publishers, feeds, articles, what enrichment finds in them, and what a reader keeps."""
    publishers.save(tx, [_publisher(f"p{number}", text) for number, text in attacks])
    given = [_article(f"p{number}", [text], feeds.add(tx, _feed(f"p{number}", text)).id) for number, text in attacks]
    singles = articles.save(tx, given, now=STARTED)
    articles.save_enrichments(tx, [_found(one.id, [text]) for one, (_, text) in zip(singles, attacks, strict=True)])
    made.articles += [f"/en-gb/article/{short_id(one.id)}" for one in singles]
    made.sources += [f"/en-gb/source/p{number}" for number, _ in attacks]
    for part in (singles[start : start + TOGETHER] for start in range(0, len(singles), TOGETHER)):
        story = stories.place(tx, Placement(part[0].id, None, 1.0), STARTED)
        for one in part[1:]:
            stories.place(tx, Placement(one.id, story, 0.9), STARTED)
        stories.describe(tx, story, lead=part[0].id, reports=len(part))
        made.stories.append(f"/en-gb/story/{short_id(story)}")
    for one, (_, text) in zip(singles, attacks, strict=True):
        quote = Quote(text[:600], text[:30], text[:30])
        highlights.add(tx, reader.id, Highlight(HighlightId(0), one.id, quote, STARTED, text[:5000]))


def _write_crowds(tx: Transaction, made: Site, attacks: Sequence[str], first: int, reader: Account) -> None:
    """Write articles of many attacks, each in a block, a tag and a name of its own; feeds and lists called like one."""
    for start in range(0, len(attacks), TOGETHER):
        texts, number = attacks[start : start + TOGETHER], first + start
        publishers.save(tx, [_publisher(f"c{number}", texts[0])])
        [saved] = articles.save(tx, [_article(f"c{number}", texts, None, crowd=True)], now=STARTED)
        articles.save_enrichments(tx, [_found(saved.id, texts)])
        made.together.append(f"/en-gb/article/{short_id(saved.id)}")
        made.named += [f"/en-gb/{KINDS[n % 2][1]}/{saved.id}n{n}" for n in range(len(texts))]
        for place, text in enumerate(texts):
            feeds.add(tx, _feed(f"c{number}", text, f"/{place}"))
            lists.add(tx, reader.id, text[:120], text[:1000], STARTED)


def _publisher(name: str, text: str) -> Publisher:
    return Publisher(
        PublisherId(name),
        text,
        "gb",
        ("en",),
        owner=text,
        kind="newspaper",
        hosts=(f"{name}.example",),
        homepage=text,
        description=text,
        contact=text,
    )


def _feed(publisher: str, text: str, path: str = "") -> Feed:
    address = f"https://{publisher}.example/feed.xml{path}"
    return Feed(FeedId(0), address, PublisherId(publisher), text, site_url=text, language="en", section=text[:60])


def _article(publisher: str, texts: Sequence[str], feed: FeedId | None, *, crowd: bool = False) -> Article:
    """Write one article with an attack in each field, or with many in the fields that hold many."""
    text, kinds = texts[0], [kind for kind in BlockKind if kind is not BlockKind.LIST]
    blocks = [
        Block(kind, one, level=2, rows=((one, one),), url=one, credit=one)
        for place, one in enumerate(texts)
        for kind in (kinds if not crowd else (kinds[place % len(kinds)], BlockKind.PARAGRAPH))
    ]
    blocks.append(Block(BlockKind.LIST, items=tuple(texts)))
    return Article(
        id=ArticleId(0),
        url=f"https://{publisher}.example/one",
        publisher_id=PublisherId(publisher),
        headline=text,
        language="en",
        first_seen_at=STARTED,
        blocks=tuple(blocks),
        feed_id=feed,
        canonical_url=text,
        standfirst=text,
        byline=Byline(text, tuple(texts)),
        source=text,
        dateline=Dateline(text),
        section=text,
        published_at=STARTED - timedelta(seconds=int(publisher[1:])),
        image=Image(text, caption=text, credit=text, alt=text),
        keywords=tuple(texts),
        correction=text,
        excerpt=text,
        word_count=90,
    )


def _found(article: ArticleId, texts: Sequence[str]) -> Enrichment:
    tags = tuple(Hashtag(f"t{number}", text, 0.9) for number, text in enumerate(texts))
    named = tuple(
        Entity(f"{KINDS[number % 2][0]}/{article}n{number}", KINDS[number % 2][2], text, text, 0.5, about=True)
        for number, text in enumerate(texts)
    )
    return Enrichment(article, "en", hashtags=tags, topics=(Topic("04000000", 0.8),), entities=named)


def _discuss(tx: Transaction, made: Site, attacks: Sequence[str], start: int) -> None:
    """Have each attack said by somebody who is called the same."""
    url = f"https://c{start}.example/one"
    article = articles.by_url(tx, url)
    if article is None:
        return
    venue = Venue("article", article.id)
    comments.begin(tx)
    thread = comments.open_thread(tx, venue).id
    for number, text in enumerate(attacks):
        name = f"{text[:60]}{start + number}"
        who = accounts.add(tx, Account(AccountId(0), name, Role.READER, STARTED), "").id
        said = Comment(CommentId(0), thread, text, STARTED + timedelta(seconds=number), who, rank=rank(0, 0))
        comments.add(tx, said)
    made.discussions.append(f"/en-gb/article/{short_id(article.id)}")


def _letters(tools: Tools, made: Site, attacks: Sequence[str], reader: Account) -> None:
    """Write digests of everything."""
    writer = open_writer(tools.settings, tools.database)
    with tools.database.read() as view:
        for start in range(0, len(attacks), TOGETHER):
            texts = attacks[start : start + TOGETHER]
            numbers = range(start, start + len(texts))
            known = [articles.by_url(view, f"https://p{number}.example/one") for number in numbers]
            cards = articles.cards(view, [one.id for one in known if one])
            items = [Item(StoryId(0), 3, card) for card in cards]
            sections = [Section(Why.HASHTAG, "t0", text, [item]) for text, item in zip(texts, items, strict=True)]
            said = [Said(Why.REPLY, text, text, "comment/1", STARTED) for text in texts]
            letter = Bulletin(
                reader.id, texts[0], "ada@example.org", EditionKey("en-gb"), "UTC", Rhythm.DAILY,
                STARTED - timedelta(days=1), STARTED, said, sections,
            )  # fmt: skip
            made.letters.append(writer.digest(letter).html)


def _episodes(tools: Tools, texts: Sequence[str]) -> None:
    """Have the podcast say everything: each episode so much of it, in its title, its chapters and its words."""
    with tools.database.transaction() as tx:
        for number, part in enumerate(chunks(texts, max(1, len(texts) // EPISODES + 1))):
            cards = articles.cards(tx, [one.id for one in [articles.by_url(tx, "https://p0.example/one")] if one])
            said = [Spoken(text, "en", cards[0].id, quoted=False, chapter=text) for text in part]
            script = Script(part[0], "en", tuple(said))
            day = STARTED.date() - timedelta(days=number)
            episodes.save(
                tx,
                Episode(EditionKey("en-gb"), day, STARTED, script, tuple(map(float, range(len(said)))), 60.0,
                        "audio/mpeg", f"speech/{number}-ab.mp3", 1000, part[0]),
            )  # fmt: skip


def chunks(found: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Give a sequence in parts."""
    for start in range(0, len(found), size):
        yield found[start : start + size]
