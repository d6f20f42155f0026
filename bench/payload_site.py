"""A store in which every field that others write holds an attack: what bench/payloads.py looks at in a browser.

The texts are written past everything that cleans them on the way in: what is measured is the last line, how they leave.
"""

import hashlib
import json
import random
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
from octavo.domain.story import Placement
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.serve.address import origin_of
from octavo.serve.bulletins import open_writer
from octavo.serve.readers import cookie_name
from octavo.store import accounts, articles, comments, feeds, highlights, lists, publishers, stories
from octavo.text.slugs import short_id

TOGETHER = 25
"""Attacks on one page of an article."""

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


def payloads(shared: Path, most: int) -> list[str]:
    """Read the attacks of the corpus, or so many of them, chosen alike each time."""
    lines = (shared / "hostile" / "xss.jsonl").read_text("utf-8").splitlines()
    found = [str(json.loads(line)["p"]).encode("utf-8", "replace").decode() for line in lines]
    found += [f"{scheme}alert({number})" for number, scheme in enumerate(SCHEMES)]
    return found if not most or most >= len(found) else random.Random(1).sample(found, most)  # noqa: S311


def build(settings: Settings, attacks: Sequence[str]) -> Site:
    """Write the store."""
    made = Site()
    with open_tools(settings, lambda: STARTED) as tools:
        prepare_site(tools.database)
        reader = _reader(tools, made)
        for start in range(0, len(attacks), 500):
            with tools.database.transaction() as tx:
                _write(tx, made, list(enumerate(attacks))[start : start + 500], reader)
        for start in range(0, len(attacks), COMMENTS):
            with tools.database.transaction() as tx:
                _discuss(tx, made, attacks[start : start + COMMENTS], start)
        _letters(tools, made, attacks, reader)
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
    publishers.save(tx, [_publisher(number, text) for number, text in attacks])
    given = []
    for number, text in attacks:
        one = feeds.add(tx, _feed(number, text))
        given.append(_article(number, [text], one.id))
    parts = [attacks[start : start + TOGETHER] for start in range(0, len(attacks), TOGETHER)]
    crowds = [_article(part[0][0], [text for _, text in part], None, crowd=True) for part in parts]
    saved = articles.save(tx, [*given, *crowds], now=STARTED)
    singles, crowded = saved[: len(given)], saved[len(given) :]
    articles.save_enrichments(tx, [_found(one.id, [text]) for one, (_, text) in zip(singles, attacks, strict=True)])
    articles.save_enrichments(
        tx, [_found(one.id, [text for _, text in part]) for one, part in zip(crowded, parts, strict=True)]
    )
    made.articles += [f"/en-gb/article/{short_id(one.id)}" for one in singles]
    made.together += [f"/en-gb/article/{short_id(one.id)}" for one in crowded]
    made.sources += [f"/en-gb/source/p{number}" for number, _ in attacks]
    for part in (singles[start : start + TOGETHER] for start in range(0, len(singles), TOGETHER)):
        story = stories.place(tx, Placement(part[0].id, None, 1.0), STARTED)
        for one in part[1:]:
            stories.place(tx, Placement(one.id, story, 0.9), STARTED)
        stories.describe(tx, story, lead=part[0].id, reports=len(part))
        made.stories.append(f"/en-gb/story/{short_id(story)}")
    for one, (_, text) in zip(singles, attacks, strict=True):
        lists.add(tx, reader.id, text[:120], text[:1000], STARTED)
        quote = Quote(text[:600], text[:30], text[:30])
        highlights.add(tx, reader.id, Highlight(HighlightId(0), one.id, quote, STARTED, text[:5000]))


def _publisher(number: int, text: str) -> Publisher:
    return Publisher(
        PublisherId(f"p{number}"),
        text,
        "gb",
        ("en",),
        owner=text,
        kind="newspaper",
        hosts=(f"p{number}.example",),
        homepage=text,
        description=text,
        contact=text,
    )


def _feed(number: int, text: str) -> Feed:
    address = f"https://p{number}.example/feed.xml"
    return Feed(FeedId(0), address, PublisherId(f"p{number}"), text, site_url=text, language="en", section=text[:60])


def _article(number: int, texts: Sequence[str], feed: FeedId | None, *, crowd: bool = False) -> Article:
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
        url=f"https://p{number}.example/{'all' if crowd else 'one'}",
        publisher_id=PublisherId(f"p{number}"),
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
        published_at=STARTED - timedelta(seconds=number),
        image=Image(text, caption=text, credit=text, alt=text),
        keywords=tuple(texts),
        correction=text,
        excerpt=text,
        word_count=90,
    )


def _found(article: ArticleId, texts: Sequence[str]) -> Enrichment:
    tags = tuple(Hashtag(f"t{number}", text, 0.9) for number, text in enumerate(texts))
    return Enrichment(article, "en", hashtags=tags, topics=(Topic("04000000", 0.8),))


def _discuss(tx: Transaction, made: Site, attacks: Sequence[str], start: int) -> None:
    """Have each attack said by somebody who is called the same."""
    url = f"https://p{start}.example/one"
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


def chunks(found: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Give a sequence in parts."""
    for start in range(0, len(found), size):
        yield found[start : start + size]
