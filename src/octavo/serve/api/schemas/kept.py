"""What one keeps, as the API gives and takes it: lists, highlights, history, searches, all one follows."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from octavo.serve.api.schemas.articles import Article, Resource
from octavo.serve.api.schemas.lists import Listed

_LINE = r"^[^\x00-\x1f\x7f]*$"
_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""No control characters but tabs and ends of lines: no database takes all of them."""

Words = Annotated[str, Field(pattern=_LINES)]


class Sent(Resource):
    """What is sent: nothing but what is told here."""

    model_config = ConfigDict(extra="forbid")


class ReadingList(Resource):
    """A list of articles one put together."""

    id: str = Field(description="Its id here.")
    name: str = Field(description="What it is called.")
    made: datetime = Field(description="When it was made.")
    changed: datetime = Field(description="When an article was last put in or taken out.")
    note: str = Field("", description="What is said of it.")
    count: int = Field(0, description="How many articles it holds.")
    address: str = Field("", description="Where whoever has the address sees it; empty while only its owner does.")


class ReadingLists(Listed):
    """One's lists, the newest first."""

    items: list[ReadingList] = Field(description="All of them.")


class Described(Sent):
    """What a list is called."""

    name: str = Field(min_length=1, max_length=120, pattern=_LINE, description="What it is called.")
    note: Words = Field("", max_length=1_000, description="What is said of it.")


class Highlight(Resource):
    """A passage one marked in an article."""

    id: str = Field(description="Its id here.")
    article: str = Field(description="The id of the article.")
    text: str = Field(description="The passage, letter for letter as it was marked.")
    at: datetime = Field(description="When it was marked.")
    before: str = Field("", description="What stood before it.")
    after: str = Field("", description="What stood after it.")
    note: str = Field("", description="One's note.")


class Highlights(Listed):
    """What one marked, the last first."""

    items: list[Highlight] = Field(description="What is on this page.")


class Marked(Sent):
    """A passage to mark, letter for letter as the article's page shows it."""

    article: str = Field(pattern=r"^[0-9a-z]{1,12}$", description="The id of the article.")
    text: Words = Field(min_length=1, max_length=5_000, description="The passage.")
    before: Words = Field("", max_length=200, description="What stands before it: tells it from others like it.")
    after: Words = Field("", max_length=200, description="What stands after it.")
    note: Words = Field("", max_length=5_000, description="One's note.")


class Note(Sent):
    """A note to a passage."""

    note: Words = Field(max_length=5_000, description="The note; empty for none.")


class Remembered(Resource):
    """An article one read."""

    article: Article = Field(description="The article.")
    at: datetime = Field(description="When it was last read.")


class History(Listed):
    """What one read, the last first."""

    items: list[Remembered] = Field(description="What is on this page.")


class Remembering(Sent):
    """Whether what one reads is remembered."""

    on: bool = Field(description="Whether it is; turned off, what was remembered is forgotten.")


class Search(Resource):
    """A search one keeps."""

    id: str = Field(description="Its id here.")
    query: str = Field(description="The whole search, conditions included, as the search takes it.")
    name: str = Field(description="What it is called.")
    made: datetime = Field(description="Since when it is kept.")
    page: str = Field(description="Address of its page here, the newest first.")
    feed: str = Field(description="Address of its Atom feed; .rss and .json are the others.")


class Searches(Listed):
    """The searches one keeps, oldest first."""

    items: list[Search] = Field(description="All of them.")


class Sought(Sent):
    """A search to keep."""

    query: str = Field(min_length=1, max_length=300, pattern=_LINE, description="The search, as one types it.")
    name: str = Field("", max_length=120, pattern=_LINE, description="What it is called; empty: its own words.")


class Named(Sent):
    """What something is called."""

    name: str = Field(min_length=1, max_length=120, pattern=_LINE, description="What it is called.")


class Opml(Resource):
    """All that one follows and searches for, as a subscription list of feeds of this site."""

    opml: str = Field(description="The list: OPML 2.0.")


class Brought(Resource):
    """What became of a subscription list."""

    followed: int = Field(description="How many things of it are followed.")
    searches: int = Field(description="How many searches of it are kept.")
    feeds: int = Field(description="How many feeds of it are read.")
    unknown: list[str] = Field(description="The addresses of those feeds that are not read here.")


class Brings(Sent):
    """A subscription list to follow."""

    opml: Words = Field(max_length=300_000, description="The list: OPML 2.0.")
