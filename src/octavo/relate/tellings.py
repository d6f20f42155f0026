"""What timelines and quotations read off a telling alike: its sentences, its voice, the day it was written."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from statistics import median_low
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from octavo.domain.telling import HEADLINE, Passage, Telling
from octavo.text.words import sentences

PARTS = 80
"""Paragraphs of a telling that are read; live pages go on for ever."""

LONGEST = 6_000
"""Characters of one paragraph that are read."""

READ = 256
"""Tellings whose reading is kept: a story that grows by one is not read again from its first word."""

_WINTER = datetime(2026, 1, 1)  # noqa: DTZ001 - a wall clock: zones are asked how far off it is


def passages(telling: Telling, *, headline: bool = False) -> Iterator[Passage]:
    """Give the sentences of a telling where they stand, standfirst first; the headline only when asked for."""
    for part in telling.parts[:PARTS]:
        if part == HEADLINE and not headline:
            continue
        text = telling.part(part)[:LONGEST]
        end = 0
        for sentence in sentences(text):
            start = text.find(sentence, end)
            if start < 0:
                continue
            end = start + len(sentence)
            yield Passage(telling.id, part, start, end, sentence)


def voice(telling: Telling) -> str:
    """Name whose voice a telling is: the agency it credits, else the owner, else the publisher."""
    if telling.source:
        return f"agency:{telling.source.casefold()}"
    return f"owner:{telling.owner.casefold()}" if telling.owner else f"publisher:{telling.publisher_id}"


def written_on(telling: Telling) -> date | None:
    """The day it was published where its readers are; None where its time of publication is not known.

    A time in UTC is taken to the publisher's country: at 23:30 in Tokyo "today" is no longer London's.
    """
    if not telling.dated:
        return None
    at = telling.at
    if at.utcoffset():
        return at.date()
    zone = _zone(telling.country)
    return (at.astimezone(zone) if zone and at.tzinfo else at).date()


@lru_cache(maxsize=300)
def _zone(country: str) -> ZoneInfo | None:
    """The middle one of a country's zones, by name of place; None where the machine has no table of zones."""
    names = get_global("territory_zones").get(country.upper(), ())
    found = []
    for name in names:
        try:
            found.append(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return _middle(found)


def _middle(zones: list[ZoneInfo]) -> ZoneInfo | None:
    if not zones:
        return None
    noon = {zone: _hours(zone) for zone in zones}
    middle = median_low(noon.values())
    return next(zone for zone in zones if noon[zone] == middle)


def _hours(zone: ZoneInfo) -> float:
    """The hours a zone is ahead of UTC in a winter: for putting zones in order."""
    offset = zone.utcoffset(_WINTER)
    return offset.total_seconds() / 3600 if offset else 0.0
