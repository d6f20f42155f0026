"""The sample newswire as tellings, and tellings made by hand."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from octavo.adapters.newswire.library import read_library
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def told(number: int, headline: str, *paragraphs: str, **more: Any) -> Telling:
    """Make a telling in English unless `language` says otherwise."""
    given: dict[str, Any] = {
        "language": "en",
        "at": NOW,
        "publisher_id": PublisherId(f"p{number}"),
        "publisher": f"Outlet {number}",
    }
    return Telling(id=ArticleId(number), headline=headline, paragraphs=paragraphs, **(given | more))


@cache
def newswire() -> dict[str, Telling]:
    """Give the sample newswire's articles by "publisher/slug"."""
    library = read_library()
    publishers = {one.key: one for one in library.publishers}
    found = {}
    for number, one in enumerate(library.articles, 1):
        publisher = publishers[one.publisher]
        found[f"{one.publisher}/{one.slug}"] = Telling(
            id=ArticleId(number),
            publisher_id=PublisherId(one.publisher),
            publisher=publisher.name,
            language=publisher.language,
            at=NOW - one.age,
            headline=one.title,
            standfirst=one.standfirst,
            paragraphs=tuple(line.replace("*", "") for line in one.body.split("\n") if line.strip()),
            owner=publisher.owner,
            country=publisher.country,
            source=one.agency,
            dateline=one.dateline,
            genre=one.genre,
        )
    return found


@cache
def events() -> dict[str, tuple[Telling, ...]]:
    """Give the sample newswire's stories by event, the earliest telling first."""
    library = read_library()
    found: dict[str, list[Telling]] = {}
    for one in library.articles:
        if one.event:
            found.setdefault(one.event, []).append(newswire()[f"{one.publisher}/{one.slug}"])
    return {event: tuple(sorted(held, key=lambda one: (one.at, one.id))) for event, held in found.items()}
