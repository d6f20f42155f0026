"""What the API answers. Written by clients/generate.py from the OpenAPI document: change the API, then run it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class About:
    """What this instance is, and where its API begins."""

    name: str
    """Octavo."""
    version: str
    """The version of the program."""
    page: str
    """Address of the newspaper."""
    document: str
    """Address of the OpenAPI document."""
    edition: str
    """The key of the edition that is asked where none is named."""
    policy: str
    """How much of an article is given where its publisher has no policy: full, excerpt or headline."""
    requests_a_minute: int
    """How many requests one network may make in a minute."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article as lists show it, with as much of it as its publisher's policy lets be shown."""

    id: str
    """Its id here, for good."""
    headline: str
    """The headline."""
    url: str
    """Address of the original, at its publisher; empty where it has none on the web."""
    page: str
    """Address of its page here."""
    publisher: Source
    """Who published it."""
    language: str
    """The language it is in: a BCP 47 tag."""
    time: datetime
    """When it was published, or first seen where the publisher does not say."""
    published: datetime | None = None
    """When it was published; null where the publisher does not say."""
    seen: datetime | None = None
    """When it was first seen here."""
    excerpt: str = ""
    """A few sentences; empty where the publisher's policy shows none."""
    agency: str = ""
    """The organisation the text came from, when that is not the publisher."""
    section: str = ""
    """The section it stands in at its publisher."""
    genre: str = "news"
    """news, analysis, opinion, interview, live or review."""
    form: str = "text"
    """text, gallery, video or audio."""
    picture: Picture | None = None
    """Its lead picture, where there is one that may be shown."""
    country: str = ""
    """The publisher's country: ISO 3166-1, two letters."""
    words: int = 0
    """How many words the original has; 0 when nobody knows."""
    hashtags: list[str] = field(default_factory=list)
    """Its hashtags, most fitting first: see /hashtags/{tag}."""
    story: str | None = None
    """The id of the story it belongs to."""
    story_articles: int = 1
    """How many articles that story has."""
    fictional: bool = False
    """Whether it is invented: an article of the sample newswire."""


@dataclass(frozen=True, kw_only=True)
class Articles:
    """Articles, newest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Article]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of a text."""

    kind: Literal["paragraph", "subhead", "list", "quote", "table", "figure", "embed", "code"]
    """What it is."""
    text: str = ""
    """Its text; a figure's caption."""
    level: int = 0
    """A subhead's level, 2 to 4."""
    items: list[str] = field(default_factory=list)
    """A list's items."""
    rows: list[list[str]] = field(default_factory=list)
    """A table's rows."""
    url: str = ""
    """A figure's picture, on this instance; what an embed leads to."""
    credit: str = ""
    """Who made a figure's picture."""


@dataclass(frozen=True, kw_only=True)
class Brings:
    """A subscription list to follow."""

    opml: str
    """The list: OPML 2.0."""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What became of a subscription list."""

    followed: int
    """How many things of it are followed."""
    searches: int
    """How many searches of it are kept."""
    feeds: int
    """How many feeds of it are read."""
    unknown: list[str]
    """The addresses of those feeds that are not read here."""


@dataclass(frozen=True, kw_only=True)
class Byline:
    """Who wrote an article."""

    text: str = ""
    """As it is printed."""
    people: list[str] = field(default_factory=list)
    """The names recognised in it."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One passage that a publisher changed."""

    kind: str
    """retracted, correction, figure, softened, hardened, deleted or update."""
    label: str
    """The same in the edition's language."""
    pieces: list[Piece] = field(default_factory=list)
    """Its pieces, in the order of reading."""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a reader said, as everybody sees it."""

    id: str
    """Its id here."""
    page: str
    """Address of its page here."""
    text: str
    """What was said, as it was written: text with a few marks of Markdown."""
    at: datetime
    """When it was said."""
    by: str = ""
    """Who said it; empty where the account is gone."""
    role: str = ""
    """What that account is here."""
    on: str = ""
    """What it was said about: article/ID or story/ID."""
    answers: str | None = None
    """The id of the comment it answers."""
    quote: str = ""
    """A passage of the article that it is about."""
    score: int = 0
    """Votes up less votes down."""
    edited: datetime | None = None
    """When it was last edited."""
    edits: int = 0
    """How often it was edited: said when one edits it oneself."""
    shown: bool = True
    """Whether everybody sees it; of one's own, false while it waits to be read."""


@dataclass(frozen=True, kw_only=True)
class Comments:
    """What readers said, the newest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Comment]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """Why a comment is reported."""

    reason: Literal["spam", "abuse", "hate", "private", "false", "off_topic", "illegal", "other"]
    """What is wrong with it."""
    note: str = ""
    """More about it."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of a story's timeline."""

    day: date
    """The day, or the first of the week, month or year."""
    precision: Literal["day", "week", "month", "year"]
    """How exactly it is known."""
    ahead: bool
    """Whether it is still to come."""
    words: Words
    """The sentence that tells it."""
    outlets: int
    """How many outlets say so."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """What happened when, in order of time."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Day]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a list is called."""

    name: str
    """What it is called."""
    note: str = ""
    """What is said of it."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two passages that do not bear each other out, or what one outlet alone has."""

    kind: Literal["headline", "outlets", "only", "missing"]
    """What differs from what."""
    label: str
    """The same in the edition's language."""
    words: list[Words] = field(default_factory=list)
    """The words that say so."""


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What differs, the gravest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Difference]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A story that came before another."""

    id: str
    """Its id."""
    headline: str
    """Its headline."""
    page: str
    """Address of its page here."""
    why: list[str] = field(default_factory=list)
    """What both speak of."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An edition: the newspaper of one language and country."""

    key: str
    """Its key: language and country."""
    title: str
    """What it is called."""
    page: str
    """Address of its front page."""
    language: str = ""
    """The language of its interface: a BCP 47 tag."""
    country: str = ""
    """Its country: ISO 3166-1, two letters."""
    reads: list[str] = field(default_factory=list)
    """The languages its readers read; empty for its own alone."""
    places: list[str] = field(default_factory=list)
    """The places it is the edition of, if it is a place's."""
    sections: list[Section] = field(default_factory=list)
    """Its sections."""


@dataclass(frozen=True, kw_only=True)
class Editions:
    """Every edition, by its key."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Edition]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Who or what articles are about; the articles are at /articles?about=."""

    key: str
    """Its key, the same in every article and language: place/703448, org/UN."""
    name: str
    """The name most of the newest articles give it; a country's in the edition's language."""
    page: str = ""
    """Address of its page here, where it has one."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed this instance reads."""

    id: int
    """Its id here."""
    url: str
    """Its address."""
    publisher: str
    """The key of its publisher."""
    title: str = ""
    """What it calls itself."""
    site: str = ""
    """The page it belongs to."""
    language: str = ""
    """Its language."""
    section: str = ""
    """The section it is of."""
    state: Literal["active", "paused", "retired"] = "active"
    """Whether it is polled."""
    per_day: float = 0.0
    """Entries a day."""
    read: datetime | None = None
    """When it was last read."""


@dataclass(frozen=True, kw_only=True)
class Feeds:
    """Feeds, the oldest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Feed]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a story, as each outlet gives it."""

    quantity: str
    """What is counted or measured: killed, price, magnitude."""
    label: str
    """The same in the edition's language."""
    scope: str
    """Of whom, where and of when, in the edition's language; may be empty."""
    unit: str = ""
    """The unit: %, a currency (ISO 4217), or empty for things that are counted."""
    who: list[str] = field(default_factory=list)
    """Of whom, for programs: child, soldier."""
    where: list[str] = field(default_factory=list)
    """In which countries."""
    period: list[str] = field(default_factory=list)
    """Of when, for programs: m:9, y:2025, last_month."""
    run: list[float] = field(default_factory=list)
    """A rising toll's values in order of time."""
    given: list[Given] = field(default_factory=list)
    """Who gives which value, one for each outlet."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The numbers of a story, the most told first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Figure]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Find:
    """One find of a search."""

    article: Article
    """The article."""
    snippet: str = ""
    """A piece of the text."""
    marks: list[str] = field(default_factory=list)
    """The pieces of headline and snippet that were searched for."""
    alike: bool = False
    """Whether it only means what was asked, in other words or languages."""


@dataclass(frozen=True, kw_only=True)
class Finds:
    """What a search found, best first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Find]
    """The finds."""
    exact: int
    """How many of these, from the first, have every word."""
    meant: str = ""
    """What may have been meant, where words are nearly others."""


@dataclass(frozen=True, kw_only=True)
class Follow:
    """Something one follows or mutes."""

    kind: Literal["story", "hashtag", "person", "organisation", "place", "publisher", "word"]
    """What it is."""
    key: str
    """Its key; a word's is its folded form."""
    stance: Literal["follow", "mute"]
    """Whether it is followed or muted."""
    name: str = ""
    """What it is called."""
    since: datetime | None = None
    """Since when."""


@dataclass(frozen=True, kw_only=True)
class Follows:
    """What one follows and mutes."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Follow]
    """All of it."""


@dataclass(frozen=True, kw_only=True)
class Front:
    """An edition with its front page as it is now."""

    key: str
    """Its key: language and country."""
    title: str
    """What it is called."""
    page: str
    """Address of its front page."""
    language: str = ""
    """The language of its interface: a BCP 47 tag."""
    country: str = ""
    """Its country: ISO 3166-1, two letters."""
    reads: list[str] = field(default_factory=list)
    """The languages its readers read; empty for its own alone."""
    places: list[str] = field(default_factory=list)
    """The places it is the edition of, if it is a place's."""
    sections: list[Section] = field(default_factory=list)
    """Its sections."""
    at: datetime | None
    """When it was laid out; null before the first time."""
    eight: list[Position] = field(default_factory=list)
    """The Eight: the stories that matter now, in order."""
    shelves: list[Shelf] = field(default_factory=list)
    """The sections with their articles."""
    latest: list[Article] = field(default_factory=list)
    """The newest articles."""


@dataclass(frozen=True, kw_only=True)
class FullArticle:
    """One article, with as much of its text as its publisher's policy lets be shown."""

    id: str
    """Its id here, for good."""
    headline: str
    """The headline."""
    url: str
    """Address of the original, at its publisher; empty where it has none on the web."""
    page: str
    """Address of its page here."""
    publisher: Source
    """Who published it."""
    language: str
    """The language it is in: a BCP 47 tag."""
    time: datetime
    """When it was published, or first seen where the publisher does not say."""
    published: datetime | None = None
    """When it was published; null where the publisher does not say."""
    seen: datetime | None = None
    """When it was first seen here."""
    excerpt: str = ""
    """A few sentences; empty where the publisher's policy shows none."""
    agency: str = ""
    """The organisation the text came from, when that is not the publisher."""
    section: str = ""
    """The section it stands in at its publisher."""
    genre: str = "news"
    """news, analysis, opinion, interview, live or review."""
    form: str = "text"
    """text, gallery, video or audio."""
    picture: Picture | None = None
    """Its lead picture, where there is one that may be shown."""
    country: str = ""
    """The publisher's country: ISO 3166-1, two letters."""
    words: int = 0
    """How many words the original has; 0 when nobody knows."""
    hashtags: list[str] = field(default_factory=list)
    """Its hashtags, most fitting first: see /hashtags/{tag}."""
    story: str | None = None
    """The id of the story it belongs to."""
    story_articles: int = 1
    """How many articles that story has."""
    fictional: bool = False
    """Whether it is invented: an article of the sample newswire."""
    policy: Literal["full", "excerpt", "headline"]
    """How much of it may be shown here."""
    withheld: Literal["", "unread", "paywalled"]
    """Why the text is not shown although the policy lets it be: unread (not surely whole) or paywalled."""
    from_feed: bool = False
    """Whether the blocks hold the words of the publisher's feed, standing in for the text."""
    blocks: list[Block] = field(default_factory=list)
    """The text, as much as may be shown."""
    standfirst: str = ""
    """The lines between headline and text."""
    byline: Byline = field(default_factory=lambda: Byline())
    """Who wrote it."""
    dateline: str = ""
    """Where it was filed."""
    modified: datetime | None = None
    """When its publisher last changed it, by its own word."""
    correction: str = ""
    """What its publisher says it corrected."""
    minutes: int = 0
    """How many minutes it takes to read; 0 when nobody knows."""
    summary: list[Sentence] = field(default_factory=list)
    """Up to three sentences chosen from it."""
    places: list[Place] = field(default_factory=list)
    """The places it is about, most important first."""
    tags: list[Tag] = field(default_factory=list)
    """Its hashtags with how they are written."""
    carried: list[Article] = field(default_factory=list)
    """Where else the same text is to be read."""
    rights: Rights = field(default_factory=lambda: Rights())
    """What its publisher says may be done with it."""


@dataclass(frozen=True, kw_only=True)
class FullPublisher:
    """One publisher, with its feeds; its articles are at /articles?publisher=."""

    id: str
    """Its key."""
    name: str
    """What it is called."""
    page: str
    """Address of its page here."""
    policy: Literal["full", "excerpt", "headline"]
    """How much of its articles is shown here."""
    country: str = ""
    """Its country: ISO 3166-1, two letters."""
    languages: list[str] = field(default_factory=list)
    """The languages it publishes in."""
    owner: str = ""
    """Who owns it."""
    kind: str = ""
    """newspaper, broadcaster, agency, … or empty when nobody said."""
    homepage: str = ""
    """Its own address."""
    description: str = ""
    """What is to be known of it."""
    articles: int | None = None
    """How many of its articles are kept; in lists only."""
    fictional: bool = False
    """Whether it is invented: a publisher of the sample newswire."""
    per_day: float = 0.0
    """Entries a day, over all its feeds."""
    feeds: list[Feed] = field(default_factory=list)
    """Its feeds."""


@dataclass(frozen=True, kw_only=True)
class FullStory:
    """One story: who reports what, and what belongs to it."""

    id: str
    """Its id here; one that was folded into another leads to that one."""
    headline: str
    """Its headline: chosen from its articles, never written."""
    page: str
    """Address of its page here."""
    language: str
    """The headline's language."""
    moved: datetime
    """When its newest article came out."""
    began: datetime | None = None
    """When its first article came out."""
    articles: int = 1
    """How many articles it has."""
    publishers: int = 1
    """How many publishers report it."""
    reports: int = 1
    """How many independent reports there are."""
    countries: list[str] = field(default_factory=list)
    """The countries of its publishers."""
    languages: list[str] = field(default_factory=list)
    """The languages of its articles."""
    lead: Article | None = None
    """The article that speaks for it."""
    summary: list[Sentence] = field(default_factory=list)
    """Sentences chosen from its articles."""
    tellers: list[Teller] = field(default_factory=list)
    """Who reports it, by whose report they carry."""
    tags: list[Tag] = field(default_factory=list)
    """The hashtags its articles share."""
    places: list[Place] = field(default_factory=list)
    """The places it is about."""
    earlier: list[Earlier] = field(default_factory=list)
    """Stories that came before it, surest first."""
    larger: Larger | None = None
    """What it is part of; null for nothing, or nothing sure."""


@dataclass(frozen=True, kw_only=True)
class FullTag:
    """One hashtag; its articles are at /articles?hashtag=."""

    tag: str
    """The hashtag as addresses have it: see /hashtags/{tag}."""
    label: str
    """The hashtag as it is written."""
    page: str
    """Address of its page here."""
    articles: int
    """How many articles carry it."""
    beside: list[Tag] = field(default_factory=list)
    """Hashtags often met beside it."""
    days: list[TagDay] = field(default_factory=list)
    """Its articles on each of the last days, today's last."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A number as one article gives it."""

    low: float
    """The number, or the lower end of a range."""
    high: float
    """The number, or the upper end of a range."""
    bound: str = ""
    """about, least, over, most, under, vague, or empty."""
    at: datetime
    """When the article came out."""
    words: Words
    """The sentence it stands in; `mark` is the number as printed."""


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """A passage one marked in an article."""

    id: str
    """Its id here."""
    article: str
    """The id of the article."""
    text: str
    """The passage, letter for letter as it was marked."""
    at: datetime
    """When it was marked."""
    before: str = ""
    """What stood before it."""
    after: str = ""
    """What stood after it."""
    note: str = ""
    """One's note."""


@dataclass(frozen=True, kw_only=True)
class Highlights:
    """What one marked, the last first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Highlight]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class History:
    """What one read, the last first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Remembered]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Larger:
    """What a story is part of: a war, a trial, an election, told in many stories."""

    about: list[Place] = field(default_factory=list)
    """The two names that all its stories are about."""
    stories: int
    """How many stories it has, this one among them."""
    since: datetime
    """When the first of them began."""
    latest: list[Earlier] = field(default_factory=list)
    """Other stories of it, the newest first."""


@dataclass(frozen=True, kw_only=True)
class MadeWebhook:
    """A webhook that was made just now."""

    id: str
    """Its number here."""
    url: str
    """The address that is told."""
    kinds: list[str]
    """What it is told of: the `type` of its messages."""
    made: datetime
    """When it was made."""
    state: Literal["on", "paused", "off"]
    """Whether it is told anything; off: for a `reason`."""
    name: str = ""
    """What it is called here."""
    search: str = ""
    """What search.matched looks for."""
    least: int = 2
    """The independent reports from which story.grew is told."""
    reason: str = ""
    """Why it was turned off by this instance."""
    failing: datetime | None = None
    """Since when nothing it was sent was taken; null: all is well."""
    secret: str
    """What its messages are signed with. Nobody can look it up later."""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A passage to mark, letter for letter as the article's page shows it."""

    article: str
    """The id of the article."""
    text: str
    """The passage."""
    before: str = ""
    """What stands before it: tells it from others like it."""
    after: str = ""
    """What stands after it."""
    note: str = ""
    """One's note."""


@dataclass(frozen=True, kw_only=True)
class Me:
    """Whose token was sent, and what it may be used for."""

    name: str
    """The account's name."""
    role: Literal["owner", "editor", "moderator", "reader"]
    """What the account is here."""
    scopes: list[str]
    """What the token may be used for: read, write, discuss, edit, webhooks."""
    history: bool = False
    """Whether what one reads is remembered."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message to a webhook, and what came of it."""

    id: str
    """Its number here."""
    type: str
    """What it tells of."""
    made: datetime
    """When it was made."""
    outcome: Literal["waiting", "taken", "dropped"]
    """What came of it."""
    data: dict[str, object]
    """What it tells."""
    tries: int = 0
    """How often it was sent."""
    due: datetime | None = None
    """When it is sent next; null once it is taken or dropped."""
    status: int = 0
    """The status the address answered last; 0: none."""
    said: str = ""
    """What went wrong last."""


@dataclass(frozen=True, kw_only=True)
class Messages:
    """What a webhook was told, the newest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Message]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """What something is called."""

    name: str
    """What it is called."""


@dataclass(frozen=True, kw_only=True)
class NewWebhook:
    """A webhook to make."""

    url: str
    """The address to tell: https:// or http://."""
    kinds: list[
        Literal[
            "story.grew",
            "figure.changed",
            "contradiction.found",
            "article.corrected",
            "hashtag.surged",
            "search.matched",
        ]
    ] = field(default_factory=list)
    """What to tell it of; empty: everything, search.matched where there is a search."""
    name: str = ""
    """What it is called here."""
    search: str = ""
    """Words search.matched looks for."""
    least: int = 2
    """The independent reports from which story.grew is told."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note to a passage."""

    note: str
    """The note; empty for none."""


@dataclass(frozen=True, kw_only=True)
class Opml:
    """All that one follows and searches for, as a subscription list of feeds of this site."""

    opml: str
    """The list: OPML 2.0."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A publisher's picture, as this instance hands it on: readers ask this instance, never the publisher."""

    url: str
    """Address of the picture, on this instance."""
    alt: str = ""
    """What it shows, by the publisher's word."""
    caption: str = ""
    """Its caption."""
    credit: str = ""
    """Who made it."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a passage that was changed."""

    text: str
    """The words."""
    became: Literal["same", "gone", "new"]
    """What became of them."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place."""

    key: str
    """Its key: see /entities/{key}."""
    name: str
    """Its name; a country's in the edition's language."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """One position on a front page."""

    article: Article
    """The article that speaks for the story."""
    why: list[str] = field(default_factory=list)
    """Why it stands here, in the edition's language."""


@dataclass(frozen=True, kw_only=True)
class ProblemKind:
    """What one kind of problem means."""

    type: str
    """The kind, as problems name it."""
    title: str
    """What it is called."""
    status: int
    """The status it comes with."""


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Who publishes, plainly described."""

    id: str
    """Its key."""
    name: str
    """What it is called."""
    page: str
    """Address of its page here."""
    policy: Literal["full", "excerpt", "headline"]
    """How much of its articles is shown here."""
    country: str = ""
    """Its country: ISO 3166-1, two letters."""
    languages: list[str] = field(default_factory=list)
    """The languages it publishes in."""
    owner: str = ""
    """Who owns it."""
    kind: str = ""
    """newspaper, broadcaster, agency, … or empty when nobody said."""
    homepage: str = ""
    """Its own address."""
    description: str = ""
    """What is to be known of it."""
    articles: int | None = None
    """How many of its articles are kept; in lists only."""
    fictional: bool = False
    """Whether it is invented: a publisher of the sample newswire."""


@dataclass(frozen=True, kw_only=True)
class Publishers:
    """Publishers, by name."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Publisher]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """What somebody said, and how outlets give it."""

    words: Words
    """The fullest wording."""
    speaker: str
    """Who said it; empty where no text says for sure."""
    role: str = ""
    """What the texts call the speaker."""
    wordings: list[Wording] = field(default_factory=list)
    """Each outlet's wording, the first seen first."""


@dataclass(frozen=True, kw_only=True)
class Quotations:
    """Who said what, what most outlets give first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Quotation]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class ReadingList:
    """A list of articles one put together."""

    id: str
    """Its id here."""
    name: str
    """What it is called."""
    made: datetime
    """When it was made."""
    changed: datetime
    """When an article was last put in or taken out."""
    note: str = ""
    """What is said of it."""
    count: int = 0
    """How many articles it holds."""
    address: str = ""
    """Where whoever has the address sees it; empty while only its owner does."""


@dataclass(frozen=True, kw_only=True)
class ReadingLists:
    """One's lists, the newest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[ReadingList]
    """All of them."""


@dataclass(frozen=True, kw_only=True)
class Related:
    """An article worth reading next, and why."""

    article: Article
    """The article."""
    reason: str
    """Why, in the edition's language."""
    shares: list[str] = field(default_factory=list)
    """What the two share: names, as the articles write them."""


@dataclass(frozen=True, kw_only=True)
class RelatedArticles:
    """Articles worth reading next, best first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Related]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """An article one read."""

    article: Article
    """The article."""
    at: datetime
    """When it was last read."""


@dataclass(frozen=True, kw_only=True)
class Remembering:
    """Whether what one reads is remembered."""

    on: bool
    """Whether it is; turned off, what was remembered is forgotten."""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What a publisher changed at one time since the article was first read here."""

    at: datetime | None
    """When the later wording was seen, or made; null when nobody knows."""
    kinds: list[str]
    """The kinds of its changes, the gravest first; style and typo too."""
    changes: list[Change] = field(default_factory=list)
    """The passages that changed; spelling and mere rewording left out."""


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """What a publisher changed, newest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Revision]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """Other words for a comment of one's own."""

    text: str
    """The comment: text with a few marks of Markdown."""
    edits: int
    """How often it had been edited when one read it."""


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What the publisher says may be done with an article; whoever takes texts from here is bound by it."""

    licences: list[str] = field(default_factory=list)
    """Addresses of licences and terms."""
    holder: str = ""
    """Who has the copyright."""
    tdm_reserved: bool | None = None
    """Whether text and data mining is reserved (TDMRep); null: not said."""
    tdm_policy: str = ""
    """Address of the terms of text and data mining."""
    robots: list[str] = field(default_factory=list)
    """What its page tells robots: noai, max-snippet:50."""


@dataclass(frozen=True, kw_only=True)
class RisingTags:
    """Hashtags on the rise, the most risen first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[TagUse]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one wants to say."""

    text: str
    """The comment: text with a few marks of Markdown."""
    answers: str = ""
    """The id of the comment it answers."""
    quote: str = ""
    """A passage of the article that it is about, letter for letter."""
    key: str = ""
    """Any name for this one sending: sent again, it is not said twice."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """An article one saved."""

    article: Article
    """The article."""
    at: datetime
    """When it was saved."""


@dataclass(frozen=True, kw_only=True)
class SavedArticles:
    """What one saved, the last first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Saved]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search one keeps."""

    id: str
    """Its id here."""
    query: str
    """The whole search, conditions included, as the search takes it."""
    name: str
    """What it is called."""
    made: datetime
    """Since when it is kept."""
    page: str
    """Address of its page here, the newest first."""
    feed: str
    """Address of its Atom feed; .rss and .json are the others."""


@dataclass(frozen=True, kw_only=True)
class Searches:
    """The searches one keeps, oldest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Search]
    """All of them."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of an edition."""

    key: str
    """Its key."""
    title: str
    """What it is called."""
    topic: str
    """The IPTC Media Topic it holds, or local: see /articles?section=."""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence chosen from an article, never written."""

    text: str
    """The sentence, letter for letter."""
    article: str
    """The id of the article it stands in."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A section on a front page, with what stands in it."""

    key: str
    """Its key."""
    title: str
    """What it is called."""
    topic: str
    """The IPTC Media Topic it holds, or local: see /articles?section=."""
    articles: list[Article] = field(default_factory=list)
    """Its articles, the most important first."""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A search to keep."""

    query: str
    """The search, as one types it."""
    name: str = ""
    """What it is called; empty: its own words."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A publisher, as articles name theirs."""

    id: str
    """Its key: see /publishers/{id}."""
    name: str
    """What it is called."""


@dataclass(frozen=True, kw_only=True)
class State:
    """Whether a webhook is told anything."""

    state: Literal["on", "paused"]
    """On, one that was turned off, too; or paused."""


@dataclass(frozen=True, kw_only=True)
class Stories:
    """Stories, the last moved first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Story]
    """What is on this page."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """What many publishers report about one event."""

    id: str
    """Its id here; one that was folded into another leads to that one."""
    headline: str
    """Its headline: chosen from its articles, never written."""
    page: str
    """Address of its page here."""
    language: str
    """The headline's language."""
    moved: datetime
    """When its newest article came out."""
    began: datetime | None = None
    """When its first article came out."""
    articles: int = 1
    """How many articles it has."""
    publishers: int = 1
    """How many publishers report it."""
    reports: int = 1
    """How many independent reports there are."""
    countries: list[str] = field(default_factory=list)
    """The countries of its publishers."""
    languages: list[str] = field(default_factory=list)
    """The languages of its articles."""
    lead: Article | None = None
    """The article that speaks for it."""


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A hashtag."""

    tag: str
    """The hashtag as addresses have it: see /hashtags/{tag}."""
    label: str
    """The hashtag as it is written."""


@dataclass(frozen=True, kw_only=True)
class TagDay:
    """The articles of one day, in UTC."""

    day: date
    """The day."""
    articles: int
    """How many articles."""


@dataclass(frozen=True, kw_only=True)
class TagUse:
    """A hashtag on the rise."""

    tag: str
    """The hashtag as addresses have it: see /hashtags/{tag}."""
    label: str
    """The hashtag as it is written."""
    last_day: int
    """Articles in the last 24 hours."""
    usual: float
    """Articles on a usual day of the week before."""


@dataclass(frozen=True, kw_only=True)
class Teller:
    """One independent report and all who carry it; or the outlets that each have one of their own."""

    name: str
    """Who speaks; empty for outlets with reports of their own."""
    kind: Literal["agency", "owner", "outlet", "own"]
    """What that is."""
    outlets: int
    """How many outlets carry it."""
    articles: list[Telling] = field(default_factory=list)
    """The articles."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One article of a story, and whose report it is."""

    article: str
    """Its id."""
    kind: Literal["own", "agency", "copy"]
    """own: the outlet's own report; agency: an agency's, at its own place; copy: carried."""
    why: list[str] = field(default_factory=list)
    """What shows that it is carried, in the edition's language."""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A vote on a comment."""

    value: Literal["up", "down", "none"]
    """Up, down, or none: the vote is taken back."""


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """An address that is told of the news."""

    id: str
    """Its number here."""
    url: str
    """The address that is told."""
    kinds: list[str]
    """What it is told of: the `type` of its messages."""
    made: datetime
    """When it was made."""
    state: Literal["on", "paused", "off"]
    """Whether it is told anything; off: for a `reason`."""
    name: str = ""
    """What it is called here."""
    search: str = ""
    """What search.matched looks for."""
    least: int = 2
    """The independent reports from which story.grew is told."""
    reason: str = ""
    """Why it was turned off by this instance."""
    failing: datetime | None = None
    """Since when nothing it was sent was taken; null: all is well."""


@dataclass(frozen=True, kw_only=True)
class Webhooks:
    """The webhooks, the oldest first."""

    next: str | None
    """Pass it as `cursor` for the next page; null on the last."""
    items: list[Webhook]
    """All of them."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How one outlet gives a quotation."""

    article: str
    """The id of the article."""
    publisher: Source
    """Who published it."""
    how: str
    """How it stands to the fullest wording, in the edition's language; empty for the same."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words of one article, where its publisher's policy lets them be shown."""

    article: str
    """The id of the article they stand in."""
    publisher: Source
    """Who published it."""
    language: str
    """The language they are in."""
    text: str
    """The words; empty where the policy shows none."""
    mark: str = ""
    """The part of them that matters."""


__all__ = [
    "About",
    "Article",
    "Articles",
    "Block",
    "Brings",
    "Brought",
    "Byline",
    "Change",
    "Comment",
    "Comments",
    "Complaint",
    "Day",
    "Days",
    "Described",
    "Difference",
    "Differences",
    "Earlier",
    "Edition",
    "Editions",
    "Entity",
    "Feed",
    "Feeds",
    "Figure",
    "Figures",
    "Find",
    "Finds",
    "Follow",
    "Follows",
    "Front",
    "FullArticle",
    "FullPublisher",
    "FullStory",
    "FullTag",
    "Given",
    "Highlight",
    "Highlights",
    "History",
    "Larger",
    "MadeWebhook",
    "Marked",
    "Me",
    "Message",
    "Messages",
    "Named",
    "NewWebhook",
    "Note",
    "Opml",
    "Picture",
    "Piece",
    "Place",
    "Position",
    "ProblemKind",
    "Publisher",
    "Publishers",
    "Quotation",
    "Quotations",
    "ReadingList",
    "ReadingLists",
    "Related",
    "RelatedArticles",
    "Remembered",
    "Remembering",
    "Revision",
    "Revisions",
    "Reworded",
    "Rights",
    "RisingTags",
    "Said",
    "Saved",
    "SavedArticles",
    "Search",
    "Searches",
    "Section",
    "Sentence",
    "Shelf",
    "Sought",
    "Source",
    "State",
    "Stories",
    "Story",
    "Tag",
    "TagDay",
    "TagUse",
    "Teller",
    "Telling",
    "Vote",
    "Webhook",
    "Webhooks",
    "Wording",
    "Words",
]
