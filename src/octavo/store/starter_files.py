"""What the files of the starter data may hold: the forms of data/README.md, checked when they are read."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from octavo.domain.edition import LOCAL, EditionPlan, Section
from octavo.domain.feed import Feed
from octavo.domain.ids import EditionKey, FeedId, PublisherId
from octavo.domain.publisher import Publisher

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=24)]
Country = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=253)]
Place = Annotated[str, StringConstraints(pattern=r"^place/[A-Z0-9]{1,20}$")]
Topic = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-7])000000$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _FeedForm(_Form):
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s#]+$", max_length=2000)]
    language: Tag
    section: Topic | None = None
    name: Words | None = None


class _PublisherForm(_Form):
    key: Key
    name: Words
    name_en: Words | None = None
    country: Country
    languages: tuple[Tag, ...] = Field(min_length=1)
    owner: Words | None = None
    kind: str
    hosts: tuple[Host, ...] = Field(min_length=1)
    feeds: tuple[_FeedForm, ...] = Field(min_length=1)


class PublisherFile(_Form):
    """publishers/*.toml: publishers, each with its feeds."""

    publisher: tuple[_PublisherForm, ...]

    def nouns(self) -> list[tuple[Publisher, tuple[Feed, ...]]]:
        """Give the publishers and their feeds."""
        return [_publisher(one) for one in self.publisher]


class _SectionForm(_Form):
    code: Topic | Annotated[str, StringConstraints(pattern=f"^{LOCAL}$")]
    label: Words


class EditionFile(_Form):
    """editions/*.toml: one edition, for a language and a country, and a place in it where `places` are named."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}-[a-z]{2}(-[a-z0-9]+)*$", max_length=40)]
    language: Tag
    country: Country
    title: Words
    languages: tuple[Tag, ...] = Field(min_length=1)
    local_weight: float = Field(ge=0, le=5)
    local: tuple[Key, ...]
    global_: tuple[Key, ...] = Field(alias="global")
    section: tuple[_SectionForm, ...] = Field(min_length=1)
    places: tuple[Place, ...] = ()
    zone: str = ""

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone and zone not in available_timezones():
            raise ValueError(f"{zone} is no time zone of the IANA database")
        return zone

    @model_validator(mode="after")
    def _fits_its_key(self) -> "EditionFile":
        begin = f"{self.language.split('-')[0]}-{self.country}"
        if self.key != begin and not self.key.startswith(f"{begin}-"):
            raise ValueError(f"the key of this edition begins with {begin}")
        if (self.key != begin) != bool(self.places):
            raise ValueError(f"{begin} is a country's edition; a place's names its places and has {begin}-… as key")
        return self

    def noun(self) -> EditionPlan:
        """Give the plan."""
        return EditionPlan(
            key=EditionKey(self.key),
            title=self.title,
            language=self.language,
            country=self.country,
            sections=tuple(Section(key=one.code, title=one.label, topic=one.code) for one in self.section),
            local_publishers=self.local,
            global_publishers=self.global_,
            languages=self.languages,
            local_weight=self.local_weight,
            places=self.places,
            zone=self.zone,
        )


def _publisher(row: _PublisherForm) -> tuple[Publisher, tuple[Feed, ...]]:
    key = PublisherId(row.key)
    publisher = Publisher(
        id=key,
        name=row.name,
        country=row.country,
        languages=row.languages,
        owner=row.owner or "",
        kind=row.kind,
        hosts=row.hosts,
        homepage=f"https://{row.hosts[0]}/",
    )
    feeds = tuple(
        Feed(
            id=FeedId(0),
            url=feed.url,
            publisher_id=key,
            title=feed.name or row.name,
            site_url=publisher.homepage,
            language=feed.language,
            section=feed.section or "",
        )
        for feed in row.feeds
    )
    return publisher, feeds
