"""The headline that best names a story: central, plain, and from an original report; chosen, never written."""

import re
from collections.abc import Sequence

from octavo.domain.article import Genre
from octavo.domain.relation import Candidate
from octavo.relate.profile import profile
from octavo.relate.similarity import compare

_COMPARED = 16
"""Members a story's centre is found among: the newest."""

_GENRES = {Genre.NEWS: 0.0, Genre.ANALYSIS: -0.25, Genre.LIVE: -0.15, Genre.INTERVIEW: -0.3}
_OTHER_GENRE = -0.5

_LOUD = re.compile(
    r"[?!]|\.\.\.|…|^\W*(?:live|video|photos?|watch|opinion|breaking|exclusive|podcast)\b", re.IGNORECASE
)
_SHORTEST, _LONGEST = 25, 120
"""Characters of a headline that says something and can be read at a glance; half as many in scripts without spaces."""


def choose_lead(members: Sequence[Candidate], language: str = "") -> Candidate:
    """Choose the article that speaks for a story, of `language` where one is. Raises ValueError for no members."""
    if not members:
        raise ValueError("a story has at least one article")
    recent = sorted(members, key=lambda one: (one.at, one.id))[-_COMPARED:]
    eligible = [one for one in recent if one.language == language] or recent
    profiles = {one.id: profile(one) for one in recent}

    def worth(one: Candidate) -> tuple[float, int]:
        others = [compare(profiles[one.id], profiles[other.id]).probability for other in recent if other.id != one.id]
        central = sum(others) / len(others) if others else 0.0
        return central + plainness(one), -one.id

    return max(eligible, key=worth)


def plainness(one: Candidate) -> float:
    """Rate a headline by its form alone: 0 for a plain news headline, less for the rest."""
    value = _GENRES.get(Genre(one.genre), _OTHER_GENRE) if one.genre in set(Genre) else 0.0
    if _LOUD.search(one.headline):
        value -= 0.2
    short = _SHORTEST // 2 if _unspaced(one.headline) else _SHORTEST
    if not short <= len(one.headline) <= _LONGEST:
        value -= 0.15
    letters = [char for char in one.headline if char.isalpha()]
    if letters and sum(map(str.isupper, letters)) > 0.6 * len(letters):
        value -= 0.15
    return value - (0.05 if one.source else 0.0)


def _unspaced(text: str) -> bool:
    return " " not in text.strip()
