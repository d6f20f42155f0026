"""What readers keep and say, as the API gives it."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from octavo.serve.api.schemas.articles import Article, Resource
from octavo.serve.api.schemas.lists import Listed


class Me(Resource):
    """Whose token was sent, and what it may be used for."""

    name: str = Field(description="The account's name.")
    role: Literal["owner", "editor", "moderator", "reader"] = Field(description="What the account is here.")
    scopes: list[str] = Field(description="What the token may be used for: read, write, discuss, edit, webhooks.")
    history: bool = Field(False, description="Whether what one reads is remembered.")


class Saved(Resource):
    """An article one saved."""

    article: Article = Field(description="The article.")
    at: datetime = Field(description="When it was saved.")


class SavedArticles(Listed):
    """What one saved, the last first."""

    items: list[Saved] = Field(description="What is on this page.")


class Follow(Resource):
    """Something one follows or mutes."""

    kind: Literal["story", "hashtag", "person", "organisation", "place", "publisher", "word"] = Field(
        description="What it is."
    )
    key: str = Field(description="Its key; a word's is its folded form.")
    stance: Literal["follow", "mute"] = Field(description="Whether it is followed or muted.")
    name: str = Field("", description="What it is called.")
    since: datetime | None = Field(None, description="Since when.")


class Follows(Listed):
    """What one follows and mutes."""

    items: list[Follow] = Field(description="All of it.")


class Comment(Resource):
    """What a reader said, as everybody sees it."""

    id: str = Field(description="Its id here.")
    page: str = Field(description="Address of its page here.")
    text: str = Field(description="What was said, as it was written: text with a few marks of Markdown.")
    at: datetime = Field(description="When it was said.")
    by: str = Field("", description="Who said it; empty where the account is gone.")
    role: str = Field("", description="What that account is here.")
    on: str = Field("", description="What it was said about: article/ID or story/ID.")
    answers: str | None = Field(None, description="The id of the comment it answers.")
    quote: str = Field("", description="A passage of the article that it is about.")
    score: int = Field(0, description="Votes up less votes down.")
    edited: datetime | None = Field(None, description="When it was last edited.")
    edits: int = Field(0, description="How often it was edited: said when one edits it oneself.")
    shown: bool = Field(True, description="Whether everybody sees it; of one's own, false while it waits to be read.")


class Comments(Listed):
    """What readers said, the newest first."""

    items: list[Comment] = Field(description="What is on this page.")


class Said(Resource):
    """What one wants to say."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=20_000, description="The comment: text with a few marks of Markdown.")
    answers: str = Field("", pattern=r"^([0-9a-z]{1,12})?$", description="The id of the comment it answers.")
    quote: str = Field(
        "", max_length=2_000, description="A passage of the article that it is about, letter for letter."
    )
    key: str = Field("", max_length=100, description="Any name for this one sending: sent again, it is not said twice.")


class Reworded(Resource):
    """Other words for a comment of one's own."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=20_000, description="The comment: text with a few marks of Markdown.")
    edits: int = Field(ge=0, lt=100_000, description="How often it had been edited when one read it.")


class Vote(Resource):
    """A vote on a comment."""

    model_config = ConfigDict(extra="forbid")

    value: Literal["up", "down", "none"] = Field(description="Up, down, or none: the vote is taken back.")


class Complaint(Resource):
    """Why a comment is reported."""

    model_config = ConfigDict(extra="forbid")

    reason: Literal["spam", "abuse", "hate", "private", "false", "off_topic", "illegal", "other"] = Field(
        description="What is wrong with it."
    )
    note: str = Field(
        "", max_length=1_000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", description="More about it."
    )
