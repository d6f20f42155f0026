"""Background to an article without any model: what earlier articles said of the same people, places and matters."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from octavo.brief.lines import Line, lines, overlap, quote, standing
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.relate.words import terms

READ = 30
_NEAR = 6
"""Earlier articles that are read; their first sentences that may say what happened."""

_ABOUT = 0.16
"""Share of an earlier sentence's weight that the article's own words must hold for it to be about the same."""

_SAID = 0.6
"""Share from which the article, or what is chosen, says it already."""


def background(telling: Telling, earlier: Sequence[Telling], now: datetime, limit: int = 4) -> Brief:
    """Choose what earlier articles in its language tell that this one rests on, the oldest first, labelled by day.

    `label` is the day as YYYY-MM-DD. None where they tell nothing that is new to its reader.
    """
    own = terms("\n".join(telling.wording), telling.language)
    told = [lines(one, most=_NEAR) for one in earlier[:READ] if _before(one, telling)]
    said = [line.terms for line in lines(telling)]
    chosen: list[tuple[float, Line]] = []
    for found in told:
        best = max(((_worth(one, own), one) for one in standing(found)), key=lambda pair: pair[0], default=None)
        if best and best[0] >= _ABOUT and not any(overlap(best[1].terms, one) >= _SAID for one in said):
            chosen.append(best)
            said.append(best[1].terms)
    kept = sorted(chosen, key=lambda pair: -pair[0])[:limit]
    kept.sort(key=lambda pair: (pair[1].telling.at, pair[1].telling.id))
    spoken = tuple(quote(one.passage, one.telling, f"{one.telling.at:%Y-%m-%d}") for _, one in kept)
    return Brief(BriefKind.BACKGROUND, telling.language, spoken, now)


def _before(one: Telling, telling: Telling) -> bool:
    return one.id != telling.id and one.at < telling.at and one.language == telling.language


def _worth(line: Line, own: Mapping[str, float]) -> float:
    return overlap(line.terms, own) / (1 + line.number / 10)
