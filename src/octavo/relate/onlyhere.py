"""What one outlet alone reports, and what all others report and one does not; of texts held whole only."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.figure import Figure, LedgerRow
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Passage, Telling
from octavo.relate.quantities import vocabulary
from octavo.relate.tellings import READ
from octavo.text.numerals import read
from octavo.text.tokens import tokenise

OTHERS = 3
"""Further outlets whose whole text must lack a fact before it is said to stand here alone."""

_PROMINENT = 6
"""Paragraphs from the first in which a fact is news; further down it is detail."""

_COUNTED = 2.0
"""The least number of which it is said that it stands here alone, or is missing: one is told in too many words."""

_QUOTE = re.compile('[“„«「"]([^“”„«»「」"]{25,400})[”“»」"]')
_GRAM = 3
"""Words of the runs that quotations are compared by."""

_FRESH = 0.8
"""Share of a quotation's runs that no other text may hold."""

_LEAST_WORDS = 6
_NAMED = 90
"""Characters around a quotation in which who said it is named."""


def only_here(tellings: Sequence[Telling], rows: Sequence[LedgerRow]) -> Iterator[Difference]:
    """Find figures, quotations of named people and places that one outlet alone reports."""
    held = [telling for telling in tellings if telling.whole]
    for row in rows:
        if len(row.outlets) == 1:
            yield from _lone_figure(row, held)
    for telling in held:
        others = _others(telling, held)
        if others:
            yield from _lone_quotes(telling, others)
            yield from _lone_places(telling, others)


def not_here(
    tellings: Sequence[Telling], rows: Sequence[LedgerRow], found: Mapping[ArticleId, Sequence[Figure]]
) -> Iterator[Difference]:
    """Find figures that at least three outlets report alike and a later text, held whole, does not have at all."""
    held = [telling for telling in tellings if telling.whole]
    for row in rows:
        first = row.outlets[0].figures[0]
        have = {outlet.publisher_id for outlet in row.outlets}
        if (
            len(have) < OTHERS
            or not first.known
            or first.low < _COUNTED
            or not any(figure.part < 0 for figure in row.figures)
        ):
            continue
        since = sorted(outlet.figures[0].at for outlet in row.outlets)[len(row.outlets) // 2]
        for telling in held:
            late = telling.at >= since and telling.publisher_id not in have
            if late and not any(one.quantity == row.quantity for one in found[telling.id]) and _lacks(telling, row):
                yield Difference(
                    DifferenceKind.NOT_HERE,
                    f"figure:{row.quantity}:{first.passage.text}",
                    (first.sentence,),
                    (telling.publisher_id,),
                    round(min(1.0, len(have) / 10.0), 3),
                )


def _lacks(telling: Telling, row: LedgerRow) -> bool:
    stated = _numbers(telling)
    return not any(_among(figure, stated) for figure in row.figures)


def _others(telling: Telling, held: Sequence[Telling]) -> list[Telling]:
    """Give the tellings of other outlets in the same language, [] where they are too few to say anything."""
    voice = telling.owner or telling.publisher_id
    others = [
        one
        for one in held
        if one.language == telling.language and one.publisher_id != telling.publisher_id and (one.owner or "") != voice
    ]
    return others if len({one.publisher_id for one in others}) >= OTHERS else []


@lru_cache(READ)
def _numbers(telling: Telling) -> tuple[tuple[float, float], ...]:
    return tuple(
        (number.low, number.high)
        for part in telling.parts
        for number in read(telling.part(part), telling.language).numerals
    )


def _among(figure: Figure, stated: Sequence[tuple[float, float]]) -> bool:
    """Say whether a value stands among numbers, give or take its rounding and a tenth."""
    slack = max(figure.grain / 2 if figure.grain != 1.0 else 0.0, figure.high * 0.1)
    return any(low - slack <= figure.high and figure.low - slack <= high for low, high in stated)


def _lone_figure(row: LedgerRow, held: Sequence[Telling]) -> Iterator[Difference]:
    figure = min(row.outlets[0].figures, key=lambda one: one.part)
    if not figure.known or figure.part >= _PROMINENT or figure.bound == "vague" or figure.low < _COUNTED:
        return
    others = [one for one in held if one.publisher_id != figure.publisher_id and vocabulary(one.language)]
    if len({one.publisher_id for one in others}) < OTHERS or figure.article_id not in {one.id for one in held}:
        return
    if any(_among(figure, _numbers(one)) for one in others):
        return
    reason = f"figure:{figure.quantity}:{figure.passage.text}"
    yield _alone(reason, figure.sentence, figure.publisher_id, 0.6 if figure.part < 0 else 0.4)


def _alone(reason: str, passage: Passage, publisher: PublisherId, score: float) -> Difference:
    return Difference(DifferenceKind.ONLY_HERE, reason, (passage,), (publisher,), score)


def _grams(text: str, language: str) -> set[tuple[str, ...]]:
    words = [token.key for token in tokenise(text, language) if token.key[0].isalnum()]
    return set(zip(*(words[start:] for start in range(_GRAM)), strict=False))


def _lone_quotes(telling: Telling, others: Sequence[Telling]) -> Iterator[Difference]:
    """Find quotations of named people of which no other text holds more than a few words."""
    elsewhere: set[tuple[str, ...]] | None = None
    people = [name for kind, name in telling.names if kind == "person"]
    for part in telling.parts:
        text = telling.part(part)
        for match in _QUOTE.finditer(text):
            around = text[max(0, match.start() - _NAMED) : match.end() + _NAMED]
            speaker = next((name for name in people if name.split()[-1] in around), "")
            grams = _grams(match.group(1), telling.language)
            if not speaker or len(grams) < _LEAST_WORDS - _GRAM + 1:
                continue
            if elsewhere is None:
                elsewhere = {
                    gram for one in others for here in one.parts for gram in _grams(one.part(here), one.language)
                }
            if len(grams - elsewhere) >= _FRESH * len(grams):
                passage = Passage(telling.id, part, match.start(), match.end(), match.group())
                yield _alone(f"quote:{speaker}", passage, telling.publisher_id, 0.5)


def _lone_places(telling: Telling, others: Sequence[Telling]) -> Iterator[Difference]:
    """Find the places one text names and no other does, not even among its names."""
    known = {name for one in others for _, name in one.names}
    texts = [" ".join(one.part(here) for here in one.parts) for one in others]
    for kind, name in telling.names:
        if kind != "place" or name in known or any(name in text for text in texts):
            continue
        for part in telling.parts:
            start = telling.part(part).find(name)
            if start >= 0 and part < _PROMINENT:
                passage = Passage(telling.id, part, start, start + len(name), name)
                yield _alone(f"place:{name}", passage, telling.publisher_id, 0.3)
                break
