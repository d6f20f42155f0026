"""A store in which every field that others write holds an attack: what bench/payloads.py looks at in a browser.

The texts are written past everything that cleans them on the way in: what is measured is the last line, how they leave.
Attacks stand some together in a field that is shown whole: an article has others in each of its fields, and the next
article has all of them moved on by one. Each stands alone where texts are cut, and where it has to begin the text to
run; and in a block, a tag, a name and a comment of its own in articles of many.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from octavo.actions import signing, tokens
from octavo.actions.opening import prepare_site
from octavo.app import open_tools
from octavo.config import Settings
from octavo.discuss.ranking import rank
from octavo.domain.account import Account, Person, Role
from octavo.domain.article import Article, Block, BlockKind, Byline, Dateline, Image, Rights
from octavo.domain.bulletin import Bulletin, Item, Said, Section
from octavo.domain.comment import Comment, Venue
from octavo.domain.enrichment import Enrichment, Hashtag, Mention, Topic
from octavo.domain.entity import Entity, EntityKind
from octavo.domain.feed import Feed, PollState
from octavo.domain.follow import Follow, FollowKind, Highlight, Quote
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
from octavo.domain.moderation import Flag, ModAct, ModerationAct, Reason
from octavo.domain.notification import Rhythm, Why
from octavo.domain.publisher import Publisher
from octavo.domain.speech import Episode, Script, Spoken
from octavo.domain.story import Placement
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.serve.address import origin_of
from octavo.serve.bulletins import open_writer
from octavo.serve.readers import cookie_name
from octavo.store import (
    accounts,
    articles,
    comments,
    episodes,
    feeds,
    follows,
    highlights,
    lists,
    moderation,
    publishers,
    stories,
)
from octavo.text.slugs import read_short_id, short_id

TOGETHER = 25
"""Attacks on one page of an article."""

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

COMMENTS = 150
"""Comments on one article."""

KINDS = (("person", "person", EntityKind.PERSON), ("org", "organisation", EntityKind.ORGANISATION))
"""What is named, by key and by address."""

EPISODES = 10

STRIDE = 211
"""How far apart the attacks are that stand in two fields of one article."""

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
    leads: list[str] = field(default_factory=list)
    """Stories of one article: of each pack one."""

    short: list[str] = field(default_factory=list)
    shorts: list[str] = field(default_factory=list)
    """Articles of a single attack in each field, and their stories."""
    sources: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    @property
    def every(self) -> list[str]:
        """All articles."""
        return [*self.together, *self.articles, *self.short]


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


def build(settings: Settings, attacks: Sequence[str]) -> Site:
    """Write the store."""
    made, packed = Site(), packs(attacks, PACKED)
    alone = [marked(one, number) for number, one in enumerate(attacks)]
    with open_tools(settings, lambda: STARTED) as tools:
        prepare_site(tools.database)
        reader = _reader(tools, made)
        for numbers in chunks(range(len(packed)), 500):
            with tools.database.transaction() as tx:
                _write(tx, made, packed, numbers, reader)
        for numbers in chunks(range(len(attacks)), 500):
            with tools.database.transaction() as tx:
                _write_crowds(tx, made, attacks, numbers, reader)
                _write_short(tx, made, alone, numbers, len(packed))
        for start in range(0, len(attacks), COMMENTS):
            with tools.database.transaction() as tx:
                _discuss(tx, made, attacks[start : start + COMMENTS], start, reader)
        _letters(tools, made, alone, reader)
        _episodes(tools, alone)
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


def _write(tx: Transaction, made: Site, packed: Sequence[str], numbers: Sequence[int], reader: Account) -> None:
    """Write publishers, feeds, articles, what enrichment finds in them, and what a reader keeps: a pack a field."""
    fields = {number: Fields(packed, number) for number in numbers}
    publishers.save(tx, [_publisher(f"p{number}", one) for number, one in fields.items()])
    given = [_single(f"p{number}", one, feeds.add(tx, _feed(f"p{number}", one)).id) for number, one in fields.items()]
    singles = articles.save(tx, given, now=STARTED)
    articles.save_enrichments(
        tx,
        [
            _found(article.id, [one.next()], [(one.next(), one.next())])
            for article, one in zip(singles, fields.values(), strict=True)
        ],
    )
    made.articles += [f"/en-gb/article/{short_id(one.id)}" for one in singles]
    made.sources += [f"/en-gb/source/p{number}" for number in numbers]
    made.leads += [_story(tx, [one.id]) for one in singles]
    for article, one in zip(singles, fields.values(), strict=True):
        quote = Quote(one.next()[:600], one.next()[:30], one.next()[:30])
        highlights.add(tx, reader.id, Highlight(HighlightId(0), article.id, quote, STARTED, one.next()[:5000]))


def _write_short(tx: Transaction, made: Site, alone: Sequence[str], numbers: Sequence[int], publishers: int) -> None:
    """Write articles of one attack in each field that is cut where it is shown; each is a story."""
    given = []
    for number in numbers:
        one = Fields(alone, number)
        article = _article(f"p{number % publishers}", one.next(), ())
        url = f"https://p{number % publishers}.example/short/{number}"
        given.append(replace(article, url=url, excerpt=one.next(), source=one.next(), byline=Byline(one.next())))
    saved = articles.save(tx, given, now=STARTED)
    made.short += [f"/en-gb/article/{short_id(one.id)}" for one in saved]
    made.shorts += [_story(tx, [one.id]) for one in saved]


def _story(tx: Transaction, numbers: Sequence[ArticleId]) -> str:
    """Write a story of these articles, and give its address."""
    story = stories.place(tx, Placement(numbers[0], None, 1.0), STARTED)
    for one in numbers[1:]:
        stories.place(tx, Placement(one, story, 0.9), STARTED)
    stories.describe(tx, story, lead=numbers[0], reports=len(numbers))
    return f"/en-gb/story/{short_id(story)}"


def _write_crowds(tx: Transaction, made: Site, attacks: Sequence[str], numbers: Sequence[int], reader: Account) -> None:
    """Write articles of many attacks, each in a block, a tag and a name of its own; feeds and lists called like one.

    They are of one story, whose page shows all of them.
    """
    saved = []
    for part in chunks(numbers, TOGETHER):
        start = part[0]
        texts = [marked(attacks[number], number, last=True) for number in part]
        one = Fields(texts, 0)
        publishers.save(tx, [_publisher(f"c{start}", one)])
        [article] = articles.save(tx, [_crowd(f"c{start}", texts)], now=STARTED)
        articles.save_enrichments(tx, [_found(article.id, texts, [(text, text) for text in texts])])
        saved.append(article.id)
        made.together.append(f"/en-gb/article/{short_id(article.id)}")
        made.named += [f"/en-gb/{KINDS[n % 2][1]}/{article.id}n{n}" for n in range(len(texts))]
        for place, text in enumerate(texts):
            feeds.add(tx, _feed(f"c{start}", Fields([text], 0), f"/{place}"))
            lists.add(tx, reader.id, text[:120], text[:1000], STARTED)
    made.stories.append(_story(tx, saved))


def _publisher(name: str, one: Fields) -> Publisher:
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


def _feed(publisher: str, one: Fields, path: str = "") -> Feed:
    address = f"https://{publisher}.example/feed.xml{path}"
    told = PollState(last_error=one.next(), etag=one.next(), last_modified=one.next(), failures=3)
    title, site, section = one.next(), one.next(), one.next()
    return Feed(FeedId(0), address, PublisherId(publisher), title, site, "en", section[:60], poll=told)


def _single(publisher: str, one: Fields, feed: FeedId) -> Article:
    """Write an article with an attack in each field, each another one."""
    blocks = [
        Block(kind, one.next(), level=2, rows=((one.next(), one.next()),), url=one.next(), credit=one.next())
        for kind in BlockKind
        if kind is not BlockKind.LIST
    ]
    headline, standfirst, excerpt = one.next(), one.next(), one.next()
    byline, people = one.next(), (one.next(), one.next())
    return replace(
        _article(publisher, headline, (*blocks, Block(BlockKind.LIST, items=(one.next(), one.next())))),
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


def _crowd(publisher: str, texts: Sequence[str]) -> Article:
    """Write an article with many attacks in the fields that hold many, and the first of them in all others."""
    text, kinds = texts[0], [kind for kind in BlockKind if kind is not BlockKind.LIST]
    blocks = [
        Block(kind, one, level=2, rows=((one, one),), url=one, credit=one)
        for place, one in enumerate(texts)
        for kind in (kinds[place % len(kinds)], BlockKind.PARAGRAPH)
    ]
    return replace(
        _article(publisher, text, (*blocks, Block(BlockKind.LIST, items=tuple(texts)))),
        canonical_url=text,
        standfirst=text,
        byline=Byline(text, tuple(texts)),
        section=text,
        image=Image(text, caption=text, credit=text, alt=text),
        keywords=tuple(texts),
        excerpt=text,
    )


def _article(publisher: str, headline: str, blocks: tuple[Block, ...]) -> Article:
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


def _found(article: ArticleId, texts: Sequence[str], names: Sequence[tuple[str, str]]) -> Enrichment:
    tags = tuple(Hashtag(f"t{number}", text, 0.9) for number, text in enumerate(texts))
    named = tuple(
        Entity(f"{KINDS[number % 2][0]}/{article}n{number}", KINDS[number % 2][2], name, label, 0.5, about=True)
        for number, (name, label) in enumerate(names)
    )
    printed = tuple(Mention(one.label, one.kind, number, number + 1, one.key) for number, one in enumerate(named))
    topics = (Topic("04000000", 0.8),)
    return Enrichment(article, "en", hashtags=tags, mentions=printed, topics=topics, entities=named)


def _discuss(tx: Transaction, made: Site, attacks: Sequence[str], start: int, reader: Account) -> None:
    """Have each attack said by somebody who is called the same, reported with it, followed, and acted upon."""
    url = f"https://c{start}.example/one"
    article = articles.by_url(tx, url)
    if article is None:
        return
    venue = Venue("article", article.id)
    comments.begin(tx)
    thread = comments.open_thread(tx, venue).id
    for number, text in enumerate(attacks):
        name = f"{text[:60]} octavo{start + number}"
        who = accounts.add(tx, Account(AccountId(0), name, Role.READER, STARTED), "").id
        told = marked(text, start + number, last=True)
        said = Comment(CommentId(0), thread, told, STARTED + timedelta(seconds=number), who, rank=rank(0, 0))
        kept = comments.add(tx, said)
        moderation.flag(tx, Flag(kept.id, reader.id, Reason.OTHER, told, STARTED))
        moderation.act(tx, ModerationAct(STARTED, name, ModAct.LOCKED, told, "other", told))
        follows.save(tx, reader.id, Follow(FollowKind.PUBLISHER, f"f{start + number}", told, STARTED))
    made.discussions.append(f"/en-gb/article/{short_id(article.id)}")


def _letters(tools: Tools, made: Site, attacks: Sequence[str], reader: Account) -> None:
    """Write digests of everything."""
    writer = open_writer(tools.settings, tools.database)
    with tools.database.read() as view:
        for start in range(0, len(attacks), TOGETHER):
            texts = attacks[start : start + TOGETHER]
            numbers = range(start, start + len(texts))
            named = [made.short[number].rpartition("/")[2] for number in numbers]
            cards = articles.cards(view, [ArticleId(read_short_id(one) or 0) for one in named])
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
