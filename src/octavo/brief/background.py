"""Background to an article without any model: what earlier articles said of the same people, places and matters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from octavo.brief.lines import Line, lines, overlap, quote
from octavo.brief.summary import weighed
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.relate.words import terms

READ = 30
_NEAR = 6
"""Earlier articles that are read; their first sentences that may say what happened."""

_ABOUT = 0.16
"""Share of an earlier sentence's weight that the article's own words must hold for it to be about the same."""

_NEARER = 1.0
"""What that share counts for beside how well the sentence sums up its article."""

_EARLIER = timedelta(hours=6)
"""How much older an article must be: what outlets report side by side is no background."""

_VIEWS = frozenset({"opinion", "review", "live", "interview"})
"""Kinds of articles that tell what happened only where nothing else does."""

_SAID = 0.6
"""Share from which the article, or what is chosen, says it already."""


def background(telling: Telling, earlier: Sequence[Telling], now: datetime, limit: int = 4) -> Brief:
    """Choose what earlier articles in its language tell that this one rests on, the oldest first, labelled by day.

    `label` is the day as YYYY-MM-DD. Every day has its say before any has its second. None where they tell nothing that
    is new to its reader.
    """
    own = terms("\n".join(telling.wording), telling.language)
    before = [one for one in earlier if _before(one, telling)]
    before = [one for one in before if one.genre not in _VIEWS] or before
    said = [line.terms for line in lines(telling)]
    chosen: list[Line] = []
    for one in _a_day_each(before[:READ]):
        fit = [
            (worth + _NEARER * overlap(line.terms, own), line)
            for worth, line in weighed(lines(one, most=_NEAR), one)
            if overlap(line.terms, own) >= _ABOUT and not _known(line, said)
        ]
        told = max(fit, key=lambda pair: pair[0], default=(0.0, None))[1]
        if told and len(chosen) < limit:
            chosen.append(told)
            said.append(told.terms)
    chosen.sort(key=lambda line: (line.telling.at, line.telling.id))
    spoken = tuple(quote(one.passage, one.telling, f"{one.telling.at:%Y-%m-%d}") for one in chosen)
    return Brief(BriefKind.BACKGROUND, telling.language, spoken, now)


def _before(one: Telling, telling: Telling) -> bool:
    return one.id != telling.id and one.at <= telling.at - _EARLIER and one.language == telling.language


def _a_day_each(tellings: Iterable[Telling]) -> list[Telling]:
    """Order articles so that every day's first comes before any day's second; of a day as they were found."""
    turn: Counter[date] = Counter()
    placed: list[tuple[int, Telling]] = []
    for one in tellings:
        placed.append((turn[one.at.date()], one))
        turn[one.at.date()] += 1
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def _known(line: Line, said: Sequence[Mapping[str, float]]) -> bool:
    return any(overlap(line.terms, one) >= _SAID for one in said)
