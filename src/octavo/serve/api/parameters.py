"""What can be asked of the API: the parameters of its addresses, each with what it means and what it may hold."""

from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

_WORD = r"^[^\x00-\x1f\x7f]*$"
"""No control characters: no database takes all of them."""

MOST = 100

Id = Annotated[str, Path(alias="id", pattern=r"^[0-9a-z]{1,12}$", description="Its id, as every answer names it.")]
Key = Annotated[str, Path(pattern=_WORD, max_length=200, description="The key.")]
EditionKeyPath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,40}$", description="The edition's key: see /editions.")]
TopicKey = Annotated[str, Field(pattern=r"^([0-9]{8}|local)?$")]


class Fields(BaseModel):
    """Some of the fields of what is asked for."""

    model_config = ConfigDict(extra="forbid")

    fields: str = Field(
        "",
        max_length=400,
        description="Fields that are wanted, apart by commas; those that always come, come. Empty: all of them.",
    )


class One(Fields):
    """One thing, asked from an edition."""

    edition: str = Field(
        "",
        pattern=r"^[a-z0-9-]{0,40}$",
        description="The edition that is asked: its language is that of labels and reasons, and lists hold what its "
        "readers read. Empty: the instance's own. See /editions.",
    )


class Many(One):
    """A page of a list."""

    cursor: str = Field(
        "", pattern=r"^[0-9a-z]{0,12}$", description="`next` of the page before; empty for the first page."
    )
    limit: int = Field(30, ge=1, le=MOST, description="How many at most.")


class Articles(Many):
    """Which articles: by one condition at most; /search takes several."""

    language: str = Field("", pattern=r"^[a-zA-Z0-9-]{0,20}$", description="Those in this language (BCP 47).")
    section: TopicKey = Field("", description="Those of a section of the edition: its topic.")
    hashtag: str = Field("", pattern=_WORD, max_length=200, description="Those with this hashtag.")
    publisher: str = Field("", pattern=_WORD, max_length=200, description="Those of this publisher: its id.")
    about: str = Field("", pattern=_WORD, max_length=200, description="Those about an entity: its key.")


class Moments(One):
    """A page of a list in order of moments."""

    cursor: str = Field(
        "",
        pattern=r"^([0-9a-z]{1,12}[.][0-9a-z]{1,12})?$",
        description="`next` of the page before; empty for the first page.",
    )
    limit: int = Field(30, ge=1, le=MOST, description="How many at most.")


class Following(BaseModel):
    """How something is followed."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("", max_length=160, pattern=_WORD, description="What it is called, for people.")
    stance: Literal["follow", "mute"] = Field("follow", description="Whether to follow it or to mute it.")


class Stories(Moments):
    """Which stories."""

    publishers: int = Field(2, ge=1, le=1_000, description="How many publishers report them, at least.")


class Search(One):
    """What is looked for."""

    q: str = Field(
        "",
        max_length=300,
        pattern=_WORD,
        description='Words; "quoted ones" stay together, -left out, OR, and operators: source: tag: place: lang: by: '
        "has: before: after: sort:new.",
    )
    publisher: str = Field("", pattern=_WORD, max_length=100, description="Of this publisher: its id.")
    section: TopicKey = Field("", description="Of this section: its topic.")
    language: str = Field("", pattern=r"^[a-zA-Z0-9-]{0,20}$", description="In this language.")
    tag: str = Field("", pattern=_WORD, max_length=100, description="With this hashtag.")
    after: str = Field("", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="Not before this day.")
    before: str = Field("", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="Before this day.")
    newest: bool = Field(False, description="The newest first, instead of the best.")
    cursor: str = Field(
        "", pattern=r"^([0-9]{1,3})?$", description="`next` of the page before; empty for the first page."
    )


class Keyed(One):
    """A page of a list in order of keys."""

    cursor: str = Field(
        "", pattern=_WORD, max_length=200, description="`next` of the page before; empty for the first."
    )
    limit: int = Field(30, ge=1, le=MOST, description="How many at most.")


FieldsQuery = Annotated[Fields, Query()]
OneQuery = Annotated[One, Query()]
ManyQuery = Annotated[Many, Query()]
ArticlesQuery = Annotated[Articles, Query()]
StoriesQuery = Annotated[Stories, Query()]
SearchQuery = Annotated[Search, Query()]
KeyedQuery = Annotated[Keyed, Query()]
