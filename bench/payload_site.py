"""A store in which every field that others write holds an attack: what bench/payloads.py looks at in a browser.

The texts are written past everything that cleans them on the way in: what is measured is the last line, how they leave.
Attacks stand some together in a field that is shown whole: an article has others in each of its fields, and the next
article has all of them moved on by one. Each stands alone where texts are cut, and where it has to begin the text to
run; and in a block, a tag, a name and a comment of its own in articles of many.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import payload_fields as written
from payload_fields import PACKED, STARTED, Fields, chunks, marked, packs

from octavo.actions import signing, tokens
from octavo.actions.opening import prepare_site
from octavo.app import open_tools
from octavo.config import Settings
from octavo.discuss.ranking import rank
from octavo.domain.account import Account, Person, Role
from octavo.domain.article import Byline
from octavo.domain.bulletin import Bulletin, Item, Said, Section
from octavo.domain.comment import Comment, Venue
from octavo.domain.follow import Follow, FollowKind, Highlight, Quote
from octavo.domain.ids import (
    AccountId,
    ArticleId,
    CommentId,
    EditionKey,
    HighlightId,
    StoryId,
)
from octavo.domain.moderation import Flag, ModAct, ModerationAct, Reason
from octavo.domain.notification import Rhythm, Why
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

COMMENTS = 150
"""Comments on one article."""

EPISODES = 10


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
    publishers.save(tx, [written.publisher(f"p{number}", one) for number, one in fields.items()])
    given = [
        written.single(f"p{number}", one, feeds.add(tx, written.feed(f"p{number}", one)).id)
        for number, one in fields.items()
    ]
    singles = articles.save(tx, given, now=STARTED)
    articles.save_enrichments(
        tx,
        [
            written.found(article.id, [one.next()], [(one.next(), one.next())])
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
        article = written.article(f"p{number % publishers}", one.next(), ())
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
        publishers.save(tx, [written.publisher(f"c{start}", one)])
        [article] = articles.save(tx, [written.crowd(f"c{start}", texts)], now=STARTED)
        articles.save_enrichments(tx, [written.found(article.id, texts, [(text, text) for text in texts])])
        saved.append(article.id)
        made.together.append(f"/en-gb/article/{short_id(article.id)}")
        made.named += [f"/en-gb/{written.KINDS[n % 2][1]}/{article.id}n{n}" for n in range(len(texts))]
        for place, text in enumerate(texts):
            feeds.add(tx, written.feed(f"c{start}", Fields([text], 0), f"/{place}"))
            lists.add(tx, reader.id, text[:120], text[:1000], STARTED)
    made.stories.append(_story(tx, saved))


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
