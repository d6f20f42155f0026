"""What else the API gives: finds, hashtags, entities, editions, publishers, feeds."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from octavo.serve.api.schemas.articles import Article, Resource, Tag


class Find(Resource):
    """One find of a search."""

    article: Article = Field(description="The article.")
    snippet: str = Field("", description="A piece of the text.")
    marks: list[str] = Field([], description="The pieces of headline and snippet that were searched for.")
    alike: bool = Field(False, description="Whether it only means what was asked, in other words or languages.")


class TagUse(Tag):
    """A hashtag on the rise."""

    last_day: int = Field(description="Articles in the last 24 hours.")
    usual: float = Field(description="Articles on a usual day of the week before.")


class TagDay(Resource):
    """The articles of one day, in UTC."""

    day: date = Field(description="The day.")
    articles: int = Field(description="How many articles.")


class FullTag(Tag):
    """One hashtag; its articles are at /articles?hashtag=."""

    page: str = Field(description="Address of its page here.")
    articles: int = Field(description="How many articles carry it.")
    beside: list[Tag] = Field([], description="Hashtags often met beside it.")
    days: list[TagDay] = Field([], description="Its articles on each of the last days, today's last.")


class Entity(Resource):
    """Who or what articles are about; the articles are at /articles?about=."""

    key: str = Field(description="Its key, the same in every article and language: place/703448, org/UN.")
    name: str = Field(
        description="The name most of the newest articles give it; a country's in the edition's language."
    )
    page: str = Field("", description="Address of its page here, where it has one.")


class Section(Resource):
    """A section of an edition."""

    key: str = Field(description="Its key.")
    title: str = Field(description="What it is called.")
    topic: str = Field(description="The IPTC Media Topic it holds, or local: see /articles?section=.")


class Edition(Resource):
    """An edition: the newspaper of one language and country."""

    key: str = Field(description="Its key: language and country.")
    title: str = Field(description="What it is called.")
    page: str = Field(description="Address of its front page.")
    language: str = Field("", description="The language of its interface: a BCP 47 tag.")
    country: str = Field("", description="Its country: ISO 3166-1, two letters.")
    reads: list[str] = Field([], description="The languages its readers read; empty for its own alone.")
    places: list[str] = Field([], description="The places it is the edition of, if it is a place's.")
    sections: list[Section] = Field([], description="Its sections.")


class Position(Resource):
    """One position on a front page."""

    article: Article = Field(description="The article that speaks for the story.")
    why: list[str] = Field([], description="Why it stands here, in the edition's language.")


class Shelf(Section):
    """A section on a front page, with what stands in it."""

    articles: list[Article] = Field([], description="Its articles, the most important first.")


class Front(Edition):
    """An edition with its front page as it is now."""

    at: datetime | None = Field(description="When it was laid out; null before the first time.")
    eight: list[Position] = Field([], description="The Eight: the stories that matter now, in order.")
    shelves: list[Shelf] = Field([], description="The sections with their articles.")
    latest: list[Article] = Field([], description="The newest articles.")


class Feed(Resource):
    """A feed this instance reads."""

    id: int = Field(description="Its id here.")
    url: str = Field(description="Its address.")
    publisher: str = Field(description="The key of its publisher.")
    title: str = Field("", description="What it calls itself.")
    site: str = Field("", description="The page it belongs to.")
    language: str = Field("", description="Its language.")
    section: str = Field("", description="The section it is of.")
    state: Literal["active", "paused", "retired"] = Field("active", description="Whether it is polled.")
    per_day: float = Field(0.0, description="Entries a day.")
    read: datetime | None = Field(None, description="When it was last read.")


class Publisher(Resource):
    """Who publishes, plainly described."""

    id: str = Field(description="Its key.")
    name: str = Field(description="What it is called.")
    page: str = Field(description="Address of its page here.")
    policy: Literal["full", "excerpt", "headline"] = Field(description="How much of its articles is shown here.")
    country: str = Field("", description="Its country: ISO 3166-1, two letters.")
    languages: list[str] = Field([], description="The languages it publishes in.")
    owner: str = Field("", description="Who owns it.")
    kind: str = Field("", description="newspaper, broadcaster, agency, … or empty when nobody said.")
    homepage: str = Field("", description="Its own address.")
    description: str = Field("", description="What is to be known of it.")
    articles: int | None = Field(None, description="How many of its articles are kept; in lists only.")
    fictional: bool = Field(False, description="Whether it is invented: a publisher of the sample newswire.")


class FullPublisher(Publisher):
    """One publisher, with its feeds; its articles are at /articles?publisher=."""

    per_day: float = Field(0.0, description="Entries a day, over all its feeds.")
    feeds: list[Feed] = Field([], description="Its feeds.")
