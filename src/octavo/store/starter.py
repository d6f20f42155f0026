"""The starter data: publishers, feeds and editions kept as files anyone can edit (data/README.md)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from octavo.domain.edition import EditionPlan, Section
from octavo.domain.feed import Feed
from octavo.domain.ids import EditionKey, FeedId, PublisherId
from octavo.domain.publisher import Publisher


@dataclass(frozen=True, slots=True)
class StarterPublisher:
    """A publisher of the starter data and the feeds it offers."""

    publisher: Publisher
    feeds: tuple[Feed, ...]


@lru_cache(maxsize=1)
def publishers() -> dict[PublisherId, StarterPublisher]:
    """Give every publisher of the starter data by its key."""
    found = {}
    for table in _tables("publishers"):
        for row in table["publisher"]:
            starter = _publisher(row)
            found[starter.publisher.id] = starter
    return found


@lru_cache(maxsize=1)
def editions() -> dict[EditionKey, EditionPlan]:
    """Give every edition that comes along, by its key."""
    return {plan.key: plan for plan in map(_edition, _tables("editions"))}


def feeds_of(plan: EditionPlan) -> list[StarterPublisher]:
    """Give the publishers an edition names, each with only the feeds in the edition's languages."""
    named = (PublisherId(key) for key in plan.local_publishers + plan.global_publishers)
    known = publishers()
    chosen = []
    for key in named:
        readable = tuple(feed for feed in known[key].feeds if reads(plan.languages, feed.language))
        if readable:
            chosen.append(StarterPublisher(known[key].publisher, readable))
    return chosen


def reads(languages: tuple[str, ...], language: str) -> bool:
    """Tell whether readers of `languages` read `language`: the same primary subtag, and no other script."""
    wanted = language.split("-")
    for tag in languages:
        own = tag.split("-")
        scripts = {part for part in own[1:] + wanted[1:] if len(part) == 4}
        if own[0] == wanted[0] and len(scripts) < 2:
            return True
    return False


def _tables(folder: str) -> Iterator[dict[str, Any]]:
    root: Traversable = files("octavo") / "data" / folder
    for file in sorted(root.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


def _publisher(row: dict[str, Any]) -> StarterPublisher:
    key = PublisherId(row["key"])
    hosts = tuple(row["hosts"])
    publisher = Publisher(
        id=key,
        name=row["name"],
        country=row["country"],
        languages=tuple(row["languages"]),
        owner=row.get("owner", ""),
        kind=row["kind"],
        hosts=hosts,
        homepage=f"https://{hosts[0]}/",
    )
    feeds = tuple(
        Feed(
            id=FeedId(0),
            url=feed["url"],
            publisher_id=key,
            title=feed.get("name", row["name"]),
            site_url=publisher.homepage,
            language=feed["language"],
            section=feed.get("section", ""),
        )
        for feed in row["feeds"]
    )
    return StarterPublisher(publisher, feeds)


def _edition(table: dict[str, Any]) -> EditionPlan:
    return EditionPlan(
        key=EditionKey(table["key"]),
        title=table["title"],
        language=table["language"],
        country=table["country"],
        sections=tuple(Section(key=row["code"], title=row["label"], topic=row["code"]) for row in table["section"]),
        local_publishers=tuple(table["local"]),
        global_publishers=tuple(table["global"]),
        languages=tuple(table["languages"]),
        local_weight=table["local_weight"],
    )
