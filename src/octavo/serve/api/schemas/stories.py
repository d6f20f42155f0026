"""Stories as the API gives them: who reports what, the numbers, the days, the quotations."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from octavo.serve.api.schemas.articles import Article, Place, Resource, Sentence, Source, Tag, Words


class Story(Resource):
    """What many publishers report about one event."""

    id: str = Field(description="Its id here; one that was folded into another leads to that one.")
    headline: str = Field(description="Its headline: chosen from its articles, never written.")
    page: str = Field(description="Address of its page here.")
    language: str = Field(description="The headline's language.")
    moved: datetime = Field(description="When its newest article came out.")
    began: datetime | None = Field(None, description="When its first article came out.")
    articles: int = Field(1, description="How many articles it has.")
    publishers: int = Field(1, description="How many publishers report it.")
    reports: int = Field(1, description="How many independent reports there are.")
    countries: list[str] = Field([], description="The countries of its publishers.")
    languages: list[str] = Field([], description="The languages of its articles.")
    lead: Article | None = Field(None, description="The article that speaks for it.")


class Telling(Resource):
    """One article of a story, and whose report it is."""

    article: str = Field(description="Its id.")
    kind: Literal["own", "agency", "copy"] = Field(
        description="own: the outlet's own report; agency: an agency's, at its own place; copy: carried."
    )
    why: list[str] = Field([], description="What shows that it is carried, in the edition's language.")


class Teller(Resource):
    """One independent report and all who carry it; or the outlets that each have one of their own."""

    name: str = Field(description="Who speaks; empty for outlets with reports of their own.")
    kind: Literal["agency", "owner", "outlet", "own"] = Field(description="What that is.")
    outlets: int = Field(description="How many outlets carry it.")
    articles: list[Telling] = Field([], description="The articles.")


class Earlier(Resource):
    """A story that came before another."""

    id: str = Field(description="Its id.")
    headline: str = Field(description="Its headline.")
    page: str = Field(description="Address of its page here.")
    why: list[str] = Field([], description="What both speak of.")


class Larger(Resource):
    """What a story is part of: a war, a trial, an election, told in many stories."""

    about: list[Place] = Field([], description="The two names that all its stories are about.")
    stories: int = Field(description="How many stories it has, this one among them.")
    since: datetime = Field(description="When the first of them began.")
    latest: list[Earlier] = Field([], description="Other stories of it, the newest first.")


class FullStory(Story):
    """One story: who reports what, and what belongs to it."""

    summary: list[Sentence] = Field([], description="Sentences chosen from its articles.")
    tellers: list[Teller] = Field([], description="Who reports it, by whose report they carry.")
    tags: list[Tag] = Field([], description="The hashtags its articles share.")
    places: list[Place] = Field([], description="The places it is about.")
    earlier: list[Earlier] = Field([], description="Stories that came before it, surest first.")
    larger: Larger | None = Field(None, description="What it is part of; null for nothing, or nothing sure.")


class Given(Resource):
    """A number as one article gives it."""

    low: float = Field(description="The number, or the lower end of a range.")
    high: float = Field(description="The number, or the upper end of a range.")
    bound: str = Field("", description="about, least, over, most, under, vague, or empty.")
    at: datetime = Field(description="When the article came out.")
    words: Words = Field(description="The sentence it stands in; `mark` is the number as printed.")


class Figure(Resource):
    """One number of a story, as each outlet gives it."""

    quantity: str = Field(description="What is counted or measured: killed, price, magnitude.")
    label: str = Field(description="The same in the edition's language.")
    scope: str = Field(description="Of whom, where and of when, in the edition's language; may be empty.")
    unit: str = Field("", description="The unit: %, a currency (ISO 4217), or empty for things that are counted.")
    who: list[str] = Field([], description="Of whom, for programs: child, soldier.")
    where: list[str] = Field([], description="In which countries.")
    period: list[str] = Field([], description="Of when, for programs: m:9, y:2025, last_month.")
    run: list[float] = Field([], description="A rising toll's values in order of time.")
    given: list[Given] = Field([], description="Who gives which value, one for each outlet.")


class Day(Resource):
    """One day of a story's timeline."""

    day: date = Field(description="The day, or the first of the week, month or year.")
    precision: Literal["day", "week", "month", "year"] = Field(description="How exactly it is known.")
    ahead: bool = Field(description="Whether it is still to come.")
    words: Words = Field(description="The sentence that tells it.")
    outlets: int = Field(description="How many outlets say so.")


class Wording(Resource):
    """How one outlet gives a quotation."""

    article: str = Field(description="The id of the article.")
    publisher: Source = Field(description="Who published it.")
    how: str = Field(description="How it stands to the fullest wording, in the edition's language; empty for the same.")


class Quotation(Resource):
    """What somebody said, and how outlets give it."""

    words: Words = Field(description="The fullest wording.")
    speaker: str = Field(description="Who said it; empty where no text says for sure.")
    role: str = Field("", description="What the texts call the speaker.")
    wordings: list[Wording] = Field([], description="Each outlet's wording, the first seen first.")
