"""The API's lists: items, and the cursor of the next page."""

from pydantic import Field

from octavo.serve.api.schemas.around import Edition, Feed, Find, Publisher, TagUse
from octavo.serve.api.schemas.articles import Article, Difference, Related, Resource, Revision
from octavo.serve.api.schemas.stories import Day, Figure, Quotation, Story


class Listed(Resource):
    """A page of a list."""

    next: str | None = Field(description="Pass it as `cursor` for the next page; null on the last.")


class Articles(Listed):
    """Articles, newest first."""

    items: list[Article] = Field(description="What is on this page.")


class RelatedArticles(Listed):
    """Articles worth reading next, best first."""

    items: list[Related] = Field(description="What is on this page.")


class Revisions(Listed):
    """What a publisher changed, newest first."""

    items: list[Revision] = Field(description="What is on this page.")


class Differences(Listed):
    """What differs, the gravest first."""

    items: list[Difference] = Field(description="What is on this page.")


class Stories(Listed):
    """Stories, the last moved first."""

    items: list[Story] = Field(description="What is on this page.")


class Figures(Listed):
    """The numbers of a story, the most told first."""

    items: list[Figure] = Field(description="What is on this page.")


class Days(Listed):
    """What happened when, in order of time."""

    items: list[Day] = Field(description="What is on this page.")


class Quotations(Listed):
    """Who said what, what most outlets give first."""

    items: list[Quotation] = Field(description="What is on this page.")


class RisingTags(Listed):
    """Hashtags on the rise, the most risen first."""

    items: list[TagUse] = Field(description="What is on this page.")


class Editions(Listed):
    """Every edition, by its key."""

    items: list[Edition] = Field(description="What is on this page.")


class Publishers(Listed):
    """Publishers, by name."""

    items: list[Publisher] = Field(description="What is on this page.")


class Feeds(Listed):
    """Feeds, the oldest first."""

    items: list[Feed] = Field(description="What is on this page.")


class Finds(Listed):
    """What a search found, best first."""

    items: list[Find] = Field(description="The finds.")
    exact: int = Field(description="How many of these, from the first, have every word.")
    meant: str = Field("", description="What may have been meant, where words are nearly others.")
