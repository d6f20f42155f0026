"""Articles as the API gives them, and what belongs to one.

A field without a default always comes; `fields` chooses among the others. Texts are plain text, never markup.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Resource(BaseModel):
    """What every answer is."""

    model_config = ConfigDict(frozen=True)


class Source(Resource):
    """A publisher, as articles name theirs."""

    id: str = Field(description="Its key: see /publishers/{id}.")
    name: str = Field(description="What it is called.")


class Picture(Resource):
    """A publisher's picture, as this instance hands it on: readers ask this instance, never the publisher."""

    url: str = Field(description="Address of the picture, on this instance.")
    alt: str = Field("", description="What it shows, by the publisher's word.")
    caption: str = Field("", description="Its caption.")
    credit: str = Field("", description="Who made it.")


class Article(Resource):
    """An article as lists show it, with as much of it as its publisher's policy lets be shown."""

    id: str = Field(description="Its id here, for good.")
    headline: str = Field(description="The headline.")
    url: str = Field(description="Address of the original, at its publisher; empty where it has none on the web.")
    page: str = Field(description="Address of its page here.")
    publisher: Source = Field(description="Who published it.")
    language: str = Field(description="The language it is in: a BCP 47 tag.")
    time: datetime = Field(description="When it was published, or first seen where the publisher does not say.")
    published: datetime | None = Field(
        None, description="When it was published; null where the publisher does not say."
    )
    seen: datetime | None = Field(None, description="When it was first seen here.")
    excerpt: str = Field("", description="A few sentences; empty where the publisher's policy shows none.")
    agency: str = Field("", description="The organisation the text came from, when that is not the publisher.")
    section: str = Field("", description="The section it stands in at its publisher.")
    genre: str = Field("news", description="news, analysis, opinion, interview, live or review.")
    form: str = Field("text", description="text, gallery, video or audio.")
    picture: Picture | None = Field(None, description="Its lead picture, where there is one that may be shown.")
    country: str = Field("", description="The publisher's country: ISO 3166-1, two letters.")
    words: int = Field(0, description="How many words the original has; 0 when nobody knows.")
    hashtags: list[str] = Field([], description="Its hashtags, most fitting first: see /hashtags/{tag}.")
    story: str | None = Field(None, description="The id of the story it belongs to.")
    story_articles: int = Field(1, description="How many articles that story has.")
    fictional: bool = Field(False, description="Whether it is invented: an article of the sample newswire.")


class Block(Resource):
    """One block of a text."""

    kind: Literal["paragraph", "subhead", "list", "quote", "table", "figure", "embed", "code"] = Field(
        description="What it is."
    )
    text: str = Field("", description="Its text; a figure's caption.")
    level: int = Field(0, description="A subhead's level, 2 to 4.")
    items: list[str] = Field([], description="A list's items.")
    rows: list[list[str]] = Field([], description="A table's rows.")
    url: str = Field("", description="A figure's picture, on this instance; what an embed leads to.")
    credit: str = Field("", description="Who made a figure's picture.")


class Place(Resource):
    """A place."""

    key: str = Field(description="Its key: see /entities/{key}.")
    name: str = Field(description="Its name; a country's in the edition's language.")


class Tag(Resource):
    """A hashtag."""

    tag: str = Field(description="The hashtag as addresses have it: see /hashtags/{tag}.")
    label: str = Field(description="The hashtag as it is written.")


class Byline(Resource):
    """Who wrote an article."""

    text: str = Field("", description="As it is printed.")
    people: list[str] = Field([], description="The names recognised in it.")


class Rights(Resource):
    """What the publisher says may be done with an article; whoever takes texts from here is bound by it."""

    licences: list[str] = Field([], description="Addresses of licences and terms.")
    holder: str = Field("", description="Who has the copyright.")
    tdm_reserved: bool | None = Field(
        None, description="Whether text and data mining is reserved (TDMRep); null: not said."
    )
    tdm_policy: str = Field("", description="Address of the terms of text and data mining.")
    robots: list[str] = Field([], description="What its page tells robots: noai, max-snippet:50.")


class Sentence(Resource):
    """A sentence chosen from an article, never written."""

    text: str = Field(description="The sentence, letter for letter.")
    article: str = Field(description="The id of the article it stands in.")


class FullArticle(Article):
    """One article, with as much of its text as its publisher's policy lets be shown."""

    policy: Literal["full", "excerpt", "headline"] = Field(description="How much of it may be shown here.")
    withheld: Literal["", "unread", "paywalled"] = Field(
        description="Why the text is not shown although the policy lets it be: unread (not surely whole) or paywalled."
    )
    from_feed: bool = Field(
        False, description="Whether the blocks hold the words of the publisher's feed, standing in for the text."
    )
    blocks: list[Block] = Field([], description="The text, as much as may be shown.")
    standfirst: str = Field("", description="The lines between headline and text.")
    byline: Byline = Field(Byline(text="", people=[]), description="Who wrote it.")
    dateline: str = Field("", description="Where it was filed.")
    modified: datetime | None = Field(None, description="When its publisher last changed it, by its own word.")
    correction: str = Field("", description="What its publisher says it corrected.")
    minutes: int = Field(0, description="How many minutes it takes to read; 0 when nobody knows.")
    summary: list[Sentence] = Field([], description="Up to three sentences chosen from it.")
    places: list[Place] = Field([], description="The places it is about, most important first.")
    tags: list[Tag] = Field([], description="Its hashtags with how they are written.")
    carried: list[Article] = Field([], description="Where else the same text is to be read.")
    rights: Rights = Field(
        Rights(licences=[], holder="", tdm_reserved=None, tdm_policy="", robots=[]),
        description="What its publisher says may be done with it.",
    )


class Related(Resource):
    """An article worth reading next, and why."""

    article: Article = Field(description="The article.")
    reason: str = Field(description="Why, in the edition's language.")
    shares: list[str] = Field([], description="What the two share: names, as the articles write them.")


class Words(Resource):
    """Words of one article, where its publisher's policy lets them be shown."""

    article: str = Field(description="The id of the article they stand in.")
    publisher: Source = Field(description="Who published it.")
    language: str = Field(description="The language they are in.")
    text: str = Field(description="The words; empty where the policy shows none.")
    mark: str = Field("", description="The part of them that matters.")


class Difference(Resource):
    """Two passages that do not bear each other out, or what one outlet alone has."""

    kind: Literal["headline", "outlets", "only", "missing"] = Field(description="What differs from what.")
    label: str = Field(description="The same in the edition's language.")
    words: list[Words] = Field([], description="The words that say so.")


class Piece(Resource):
    """A piece of a passage that was changed."""

    text: str = Field(description="The words.")
    became: Literal["same", "gone", "new"] = Field(description="What became of them.")


class Change(Resource):
    """One passage that a publisher changed."""

    kind: str = Field(description="retracted, correction, figure, softened, hardened, deleted or update.")
    label: str = Field(description="The same in the edition's language.")
    pieces: list[Piece] = Field([], description="Its pieces, in the order of reading.")


class Revision(Resource):
    """What a publisher changed at one time since the article was first read here."""

    at: datetime | None = Field(description="When the later wording was seen, or made; null when nobody knows.")
    kinds: list[str] = Field(description="The kinds of its changes, the gravest first; style and typo too.")
    changes: list[Change] = Field([], description="The passages that changed; spelling and mere rewording left out.")
