"""What a story is part of: several events over weeks about the same people and the same matter; nothing vague.

A war, a trial, an election or the fall of a company is told in many stories, each about one event of it. They are
known by two names that all of them are about, by a topic, and by being alike in words and meaning; and they have to go
on, day after day, without falling silent for long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from octavo.domain.digest import Saga
from octavo.domain.ids import StoryId
from octavo.domain.relation import Candidate
from octavo.relate.profile import profile
from octavo.relate.window import evidence

AT_MOST = 30
"""Chapters that are kept: the newest."""

_LEAST = 4
"""Stories from which there is a saga, the one that is asked about among them; as many days they began on."""

_SPAN = timedelta(days=7)
"""Time from the first to the last of them, at the least."""

_SILENCE = timedelta(days=21)
"""Time without a chapter after which what came before is another matter."""

_ABOUT = 6
"""Names a story is about that are looked at: the ones most of its articles are about."""

_ALIKE = 0.4
"""Cosine of vectors, and root of that of words, together, of two chapters: strangers have 0.2."""

_WAR = "16000000"
_PLACE, _COUNTRY = "place/", len("place/XX")
_NO_IDENTITY = ("other/", "surname/")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story as a part of something larger: the keys it is about, most important first, its topics, its lead."""

    story_id: StoryId
    first_at: datetime
    about: tuple[str, ...]
    topics: frozenset[str]
    lead: Candidate


def saga_of(one: Chapter, others: Sequence[Chapter]) -> Saga | None:
    """Find what a story is part of among others that are about the same names; None rather than something vague."""
    akin = [other for other in others if other.story_id != one.story_id and one.topics & other.topics]
    if len(akin) + 1 < _LEAST:
        return None
    _, signs = evidence([profile(chapter.lead) for chapter in (one, *akin)])
    alike = (signs["dense"] + signs["words"])[0, 1:]
    akin = [other for other, near in zip(akin, alike.tolist(), strict=True) if near >= _ALIKE]
    found = []
    for pair in combinations(_identities(one), 2):
        chapters = _unbroken(one, [other for other in akin if _holds(one, other, pair)])
        if _goes_on([one, *chapters]):
            found.append((len(chapters), pair, chapters))
    if not found:
        return None
    _, pair, chapters = max(found, key=lambda each: (each[0], each[1]))
    chapters.sort(key=lambda chapter: (chapter.first_at, chapter.story_id))
    return Saga(
        about=pair,
        since=min(one.first_at, chapters[0].first_at),
        stories=tuple(chapter.story_id for chapter in chapters[-AT_MOST:]),
    )


def _identities(one: Chapter) -> list[str]:
    return [key for key in one.about if not key.startswith(_NO_IDENTITY)][:_ABOUT]


def _holds(one: Chapter, other: Chapter, pair: tuple[str, str]) -> bool:
    """Say whether a story is about both, and whether that means anything: two countries do in a war alone."""
    if not set(pair) <= set(other.about):
        return False
    if not all(key.startswith(_PLACE) for key in pair):
        return True
    return all(len(key) == _COUNTRY for key in pair) and _WAR in one.topics & other.topics


def _unbroken(one: Chapter, others: Sequence[Chapter]) -> list[Chapter]:
    """Keep the chapters that follow on each other, back and forth from this one."""
    kept: list[Chapter] = []
    for step in (1, -1):
        last = one.first_at
        for other in sorted(others, key=lambda chapter: step * chapter.first_at.timestamp()):
            apart = step * (other.first_at - last)
            if other in kept or step * (other.first_at - one.first_at) < timedelta():
                continue
            if apart > _SILENCE:
                break
            kept.append(other)
            last = other.first_at
    return kept


def _goes_on(chapters: Sequence[Chapter]) -> bool:
    began = sorted(chapter.first_at for chapter in chapters)
    days = {moment.date() for moment in began}
    return len(chapters) >= _LEAST and len(days) >= _LEAST and began[-1] - began[0] >= _SPAN
