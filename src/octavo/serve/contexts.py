"""What each page is given to show: one frozen context per template. These fields are the contract for themes.

Every field says what it is (`help`); a test renders every page and holds template and context together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from octavo.domain.article import Article, ArticleCard, Block
from octavo.domain.edition import EditionPlan, Section
from octavo.domain.enrichment import Hashtag
from octavo.domain.feed import Feed
from octavo.domain.hashtag import HashtagUse
from octavo.domain.health import Failure, Health, Week
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Story
from octavo.serve.briefed import Panel
from octavo.serve.closely import Closely, Differs, EarlierStory, Edited, Larger, Quoted
from octavo.serve.desked import Deed
from octavo.serve.discussed import Talk
from octavo.serve.fields import shown
from octavo.serve.frame import Context as Context
from octavo.serve.frame import Frame as Frame
from octavo.serve.owned import Marked
from octavo.serve.plots.svg import Drawing
from octavo.serve.searched import Chip, Ease, Found, Offer
from octavo.serve.sharing import Sending
from octavo.serve.storied import Choice, Tellers


@dataclass(frozen=True, slots=True)
class Place:
    """One position on the front page."""

    card: ArticleCard = shown("The article that speaks for the story here.")
    why: tuple[str, ...] = shown("Why it stands here, for the reader.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section on the front page: its name and what stands in it."""

    section: Section = shown("The section: its key, title and topic.")
    cards: Sequence[ArticleCard] = shown("Its articles, the most important first.")

    @property
    def is_small(self) -> bool:
        """Whether there is too little in it for a row of its own."""
        return len(self.cards) < 3


@dataclass(frozen=True, slots=True)
class FrontPage:
    """An edition's front page."""

    template: ClassVar[str] = "pages/front.html"
    frame: Frame = shown("What is around the content.")
    at: datetime | None = shown("When this edition was laid out; None before the first.")
    eight: Sequence[Place] = shown("The Eight: the stories that matter now, in order.")
    shelves: Sequence[Shelf] = shown("The sections with their articles.")
    latest: Sequence[ArticleCard] = shown("The newest articles.")
    panel: Panel | None = shown("The AI features it offers; None where they are off.")


@dataclass(frozen=True, slots=True)
class ListPage:
    """Articles in a list, newest first: the latest, a section."""

    template: ClassVar[str] = "pages/list.html"
    frame: Frame = shown("What is around the content.")
    heading: str = shown("What the list is called.")
    intro: str = shown("One sentence about the list.")
    lead: Sequence[ArticleCard] = shown("Articles shown large, on a first page with pictures.")
    cards: Sequence[ArticleCard] = shown("The articles.")
    notes: Mapping[ArticleId, str] = shown("What is to be said of an article in this list, by its id.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence chosen from an article, never written."""

    text: str = shown("The sentence.")
    card: ArticleCard | None = shown("The article it comes from, when that is not the page's own.")


@dataclass(frozen=True, slots=True)
class Related:
    """An article worth reading next, and why."""

    card: ArticleCard = shown("The article.")
    reason: str = shown("Why it is related: a translated sentence such as “Same event”.")
    shares: tuple[str, ...] = shown("What the two share: names, as the articles write them.")


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article."""

    template: ClassVar[str] = "pages/article.html"
    frame: Frame = shown("What is around the content.")
    article: Article = shown("The article. Its blocks may not be shown in full: use `blocks`.")
    publisher: Publisher = shown("Who published it.")
    story: Story | None = shown("The story it belongs to, when others report it too.")
    blocks: Sequence[Block] = shown("As much of the body as the publisher's policy lets us show.")
    policy: str = shown("full, excerpt or headline: how much that is.")
    brief: Sequence[Chosen] = shown("Up to three sentences chosen from the article.")
    hashtags: Sequence[Hashtag] = shown("Its hashtags, most fitting first.")
    places: Sequence[tuple[str, str]] = shown("(key, name) of the places it is about, most important first.")
    named: Sequence[tuple[str, str]] = shown("(key, name) of the people and organisations it names, first named first.")
    related: Sequence[Related] = shown("Related articles, best first.")
    minutes: int = shown("How many minutes it takes to read the original; 0 when nobody knows.")
    carried: Sequence[ArticleCard] = shown("Where else the same text is to be read, one for each publisher.")
    doubt: str = shown("Why the text is not shown: unread or paywalled; empty when it is, or the policy forbids it.")
    from_feed: bool = shown("Whether `blocks` then hold the words of the publisher's feed; else they are its page's.")
    differences: Sequence[Differs] = shown("What its headline says that its text does not bear out.")
    edits: Sequence[Edited] = shown("What its publisher changed since it was first read here, newest first.")
    panel: Panel | None = shown("The AI features it offers; None where they are off.")
    talk: Talk = shown("What is said about it.")
    mine: Marked | None = shown("What the reader marked in it; None where nobody is signed in.")
    sending: Sending = shown("How it is shared.")


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One event across publishers."""

    template: ClassVar[str] = "pages/story.html"
    frame: Frame = shown("What is around the content.")
    story: Story = shown("The story.")
    lead: ArticleCard = shown("The article that speaks for it.")
    brief: Sequence[Chosen] = shown("Sentences chosen from its articles, each with where it comes from.")
    articles: Sequence[ArticleCard] = shown("Its articles, newest first.")
    tellers: Sequence[Tellers] = shown("Who reports what: its articles, or those chosen, by whose report they carry.")
    languages: Sequence[Choice] = shown("Its languages, to see the articles of one; empty when there is one only.")
    outlets: Sequence[Choice] = shown("Its outlets, to see the articles of one; empty when there are few.")
    chosen: bool = shown("Whether only some of its articles were asked for.")
    coverage: Drawing | None = shown("Its articles over time, outlet by outlet; None when there is nothing to see.")
    map: Drawing | None = shown("Where the places are that it is about; None where that says little.")
    places: Sequence[tuple[str, str]] = shown("(key, name) of the places on the map.")
    named: Sequence[tuple[str, str]] = shown("(key, name) of people and organisations most of its articles name.")
    closely: Closely | None = shown("The story read closely; None when there is one article only.")
    earlier: Sequence[EarlierStory] = shown("Stories that came before it, surest first.")
    larger: Larger | None = shown("What it is part of, told in stories over weeks; None for nothing, or nothing sure.")
    hashtags: Sequence[Hashtag] = shown("The hashtags its articles share.")
    panel: Panel | None = shown("The AI features it offers; None where they are off.")
    talk: Talk = shown("What is said about it, and about its articles.")
    deeds: Sequence[Deed] = shown("What editors decided on it, the newest first.")
    sending: Sending = shown("How it is shared.")
    oembed: str = shown("Where its description for other sites is (oEmbed).")


@dataclass(frozen=True, slots=True)
class HashtagPage:
    """Everything under one hashtag."""

    template: ClassVar[str] = "pages/hashtag.html"
    frame: Frame = shown("What is around the content.")
    label: str = shown("The hashtag as it is written, without the sign.")
    tag: str = shown("The hashtag as addresses have it.")
    count: int = shown("How many articles carry it.")
    cards: Sequence[ArticleCard] = shown("The articles, newest first.")
    related: Sequence[Hashtag] = shown("Hashtags often met beside it.")
    trend: Drawing | None = shown("Its articles on each of the last days, today's last; None when there are none.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class HashtagsPage:
    """The hashtags that rise."""

    template: ClassVar[str] = "pages/hashtags.html"
    frame: Frame = shown("What is around the content.")
    rising: Sequence[HashtagUse] = shown("Hashtags used more than on a usual day, most risen first.")


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place's news."""

    template: ClassVar[str] = "pages/place.html"
    frame: Frame = shown("What is around the content.")
    name: str = shown("The place's name.")
    key: str = shown("The key of the place: what it is followed by.")
    map: Drawing | None = shown("Where it is, or which of its places are in the news; None where that is not known.")
    places: Sequence[tuple[str, str]] = shown("(key, name) of the places on the map, but for the page's own.")
    cards: Sequence[ArticleCard] = shown("The articles about the place, newest first.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A person or an organisation in the news."""

    template: ClassVar[str] = "pages/named.html"
    frame: Frame = shown("What is around the content.")
    name: str = shown("The name, as most articles write it.")
    key: str = shown("The key of the entity: what it is followed by.")
    others: Sequence[str] = shown("Other ways articles write the name.")
    follows: bool = shown("Whether it can be followed: a person whom articles are about.")
    quotations: Sequence[Quoted] = shown("What was said by whom the page is about, the newest story first.")
    stories: Sequence[Story] = shown("The stories whose articles name it, the one that moved last first.")
    hashtags: Sequence[Hashtag] = shown("Hashtags its articles share, the commonest first.")
    beside: Sequence[tuple[str, str]] = shown("(key, name) of people and organisations named in the same articles.")
    cards: Sequence[ArticleCard] = shown("The articles that name it, newest first.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One publisher, plainly described."""

    template: ClassVar[str] = "pages/source.html"
    frame: Frame = shown("What is around the content.")
    publisher: Publisher = shown("The publisher.")
    policy: str = shown("full, excerpt or headline: how much of its articles is shown here.")
    feeds: Sequence[Feed] = shown("Its feeds and how they are.")
    per_day: float = shown("Entries a day, over all its feeds.")
    cards: Sequence[ArticleCard] = shown("Its articles, newest first.")
    older: str = shown("Path of the next page, empty at the end.")
    ledger: Sequence[tuple[datetime, str, str]] = shown("(when, what, in words) of its public ledger, newest first.")


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher in the list of all of them, and how well its articles are read."""

    publisher: Publisher = shown("The publisher.")
    health: Health = shown("How well its articles are read of late.")


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Every publisher read here, with its health at a glance."""

    template: ClassVar[str] = "pages/sources.html"
    frame: Frame = shown("What is around the content.")
    sources: Sequence[Source] = shown("The publishers: those that wait for repair first, then by name.")
    queued: int = shown("How many wait for repair.")
    more: str = shown("Path of the next page; empty on the last.")
    days: int = shown("How many days back is looked.")
    bar: float = shown("How probable (0 to 1) it must be that a text is whole and clean for it to be shown.")


@dataclass(frozen=True, slots=True)
class HealthPage:
    """How well one publisher's articles are read, and what can be done about it."""

    template: ClassVar[str] = "pages/health.html"
    frame: Frame = shown("What is around the content.")
    publisher: Publisher = shown("The publisher.")
    health: Health = shown("How well its articles are read of late.")
    weeks: Sequence[Week] = shown("Its articles in the last weeks, oldest first; empty when there are too few to draw.")
    most: int = shown("The largest number of articles in one week.")
    failures: Sequence[tuple[Failure, int]] = shown("Why pages gave no article, most frequent first.")
    worst: Sequence[ArticleCard] = shown("The recent articles we are least sure of.")
    days: int = shown("How many days back is looked.")
    bar: float = shown("How probable (0 to 1) it must be that a text is whole and clean for it to be shown.")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Search: the question, what was understood of it, and what it found."""

    template: ClassVar[str] = "pages/search.html"
    frame: Frame = shown("What is around the content.")
    query: str = shown("What was asked, as typed.")
    chosen: Mapping[str, str] = shown("What the form's controls are set to: source, section, language, tag, dates.")
    chips: Sequence[Chip] = shown("The conditions understood, typed or chosen, each with the way to take it back.")
    found: Sequence[Found] = shown("The finds, best first.")
    exact: int = shown("How many of these, from the first, have every word; the rest have less.")
    others: str = shown("What the rest have: most (of the words), alike (the meaning alone), both, or empty: no rest.")
    total: str = shown("How many were found, in words; empty when nothing was asked.")
    sources: Sequence[tuple[str, str]] = shown("(id, name) of every publisher there are articles of.")
    languages: Sequence[str] = shown("Every language there are articles in.")
    suggestions: Sequence[Hashtag] = shown("Hashtags to try instead, when nothing was found or asked.")
    meant: tuple[str, str] = shown("(question, path) of what may have been meant; two empty texts when nothing was.")
    ease: Sequence[Ease] = shown("What finds more when nothing was found: one condition or word less.")
    order: tuple[str, str] = shown("(order now: best or newest, path of the other order).")
    older: str = shown("Path of the next page of finds, empty at the end.")
    line: str = shown("The whole search as it is kept when it is saved; empty when nothing was asked.")
    kept: bool = shown("Whether the reader keeps it.")
    failed: bool = shown("Whether the search itself failed, so that it should be tried again.")
    panel: Panel | None = shown("The AI features it offers; None where they are off.")


@dataclass(frozen=True, slots=True)
class SuggestPage:
    """What could be meant by what is being typed: a piece of a page, for the list below the box."""

    template: ClassVar[str] = "pages/suggest.html"
    frame: Frame = shown("What is around the content.")
    offers: Sequence[Offer] = shown("What is offered, grouped by kind.")


@dataclass(frozen=True, slots=True)
class EditionsPage:
    """Every edition, by language."""

    template: ClassVar[str] = "pages/editions.html"
    frame: Frame = shown("What is around the content.")
    groups: Sequence[tuple[str, Sequence[EditionPlan]]] = shown("(language tag, editions in that language).")
    rest: str = shown("What follows the edition in the address a reader came from; empty for the front page.")


@dataclass(frozen=True, slots=True)
class MadePage:
    """What one edition is made from, and how that shows on its front page now."""

    template: ClassVar[str] = "pages/made.html"
    frame: Frame = shown("What is around the content.")
    plan: EditionPlan = shown("The edition: languages, weight, sections, places.")
    own: Sequence[tuple[Publisher, int]] = shown("(publisher, number of its articles) of its country or place.")
    world: Sequence[tuple[Publisher, int]] = shown("(publisher, number of its articles) of other countries.")
    shares: Sequence[tuple[str, int]] = shown("(country, stories of the Eight led by one of its papers).")
    near: int = shown("How many of the Eight stand there because they are near.")
    eight: int = shown("How many stories the Eight are now.")


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What this instance is, and the publishers it reads."""

    template: ClassVar[str] = "pages/about.html"
    frame: Frame = shown("What is around the content.")
    publishers: Sequence[tuple[Publisher, int]] = shown("(publisher, number of its articles), by name.")
    articles: int = shown("How many articles are kept.")
    policy: str = shown("How much of an article is shown when its publisher has no policy of its own.")
    contact: str = shown("How to reach those who run the instance; empty when they did not say.")


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of words alone: saved articles (filled in by the browser), offline, an error."""

    template: ClassVar[str] = "pages/plain.html"
    frame: Frame = shown("What is around the content.")
    heading: str = shown("The heading.")
    words: str = shown("What there is to say, and what to do next.")


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A reader's settings, kept in this browser; filled in by the browser itself."""

    template: ClassVar[str] = "pages/settings.html"
    frame: Frame = shown("What is around the content.")
    groups: Sequence[tuple[str, Sequence[EditionPlan]]] = shown("(language tag, editions in that language).")
    languages: Sequence[tuple[str, str]] = shown("(tag, own name) of every language there are articles in.")
    ai: bool = shown("Whether this instance offers AI features, so that a reader can do without.")
    headlines: bool = shown("Whether headlines are translated into the edition's language, for readers who want that.")


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """What this browser is notified of; filled in by the browser itself."""

    template: ClassVar[str] = "pages/notifications.html"
    frame: Frame = shown("What is around the content.")


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """What can be read without a network; filled in by the browser itself."""

    template: ClassVar[str] = "pages/offline.html"
    frame: Frame = shown("What is around the content.")


@dataclass(frozen=True, slots=True)
class SharePage:
    """Something shared with the newspaper that is not kept here under its address."""

    template: ClassVar[str] = "pages/share.html"
    frame: Frame = shown("What is around the content.")
    address: str = shown("The http(s) address that was shared; empty when there was none.")
    query: str = shown("The words that were looked for; empty when there were none.")
    cards: Sequence[ArticleCard] = shown("The articles that come near, best first.")
    search: str = shown("Path of a search for the same words.")
