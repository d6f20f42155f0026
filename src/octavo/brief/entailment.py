"""How likely a sentence is borne out by what it rests on: shares of its words, weighed (evals/fit_grounding.py)."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from octavo.brief.reading import Read
from octavo.brief.sources import Line

_CONTENT = 1.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sentence, each from 0 to 1.

    Shares of its words, weighed, in all that is cited (`covered`), in the main passage but for names, which it may
    have a pronoun for (`main`), of word pairs there,
    of three words in a row anywhere, of the longest run, of words of content; how many words shared with the main
    passage follow each other as there (`order`), and how many passages it takes (`spread`: 0 for one, 1 for three).
    """

    covered: float
    main: float
    pairs: float
    triples: float
    run: float
    content: float
    order: float
    spread: float


def signs(stated: Read, main: Line, cited: Sequence[Line]) -> Signs:
    """Measure how much of a sentence stands in its main source and in all it would cite."""
    mine = [one for one in stated.stems if one]
    weight = {one: held for one, held in zip(stated.stems, stated.weights, strict=True) if one}
    told = _ruled(stated)
    said = [one for place, one in enumerate(stated.stems) if one and place not in told]
    told |= set(stated.names)
    unnamed = [one for place, one in enumerate(stated.stems) if one and place not in told]
    first = [one for one in main.read.stems if one]
    every = [[one for one in line.read.stems if one] for line in cited]
    stems = {one for line in every for one in line}
    threes = {three for line in every for three in zip(line, line[1:], line[2:], strict=False)}
    main_twos = set(pairwise(first))
    content = {one for one in said if weight[one] >= _CONTENT}
    my_pairs = list(pairwise(mine))
    my_threes = list(zip(mine, mine[1:], mine[2:], strict=False))
    return Signs(
        covered=_share(said, stems, weight),
        main=_share(unnamed, set(first), weight),
        pairs=_pairs(my_pairs, main_twos, weight),
        triples=sum(three in threes for three in my_threes) / len(my_threes) if my_threes else 1.0,
        run=_run_in(mine, first) / max(1, len(mine)),
        content=len(content & stems) / len(content) if content else 1.0,
        order=_order(mine, first),
        spread=(len(cited) - 1) / 2,
    )


def _ruled(stated: Read) -> set[int]:
    """Give the tokens of numbers and days, which rules hold to the source: written otherwise, they say the same."""
    found = {place for number in stated.numbers for place in range(number.numeral.first, number.numeral.last)}
    return found | {place for day in stated.days for place in stated.at(day.start, day.end)}


def _share(mine: Sequence[str], held: set[str], weight: Mapping[str, float]) -> float:
    total = sum(weight[one] for one in mine)
    return sum(weight[one] for one in mine if one in held) / total if total else 1.0


def _pairs(mine: Sequence[tuple[str, str]], held: set[tuple[str, str]], weight: Mapping[str, float]) -> float:
    total = sum(weight[one] + weight[other] for one, other in mine)
    if not total:
        return 1.0
    return sum(weight[one] + weight[other] for one, other in mine if (one, other) in held) / total


def _run_in(mine: Sequence[str], line: Sequence[str]) -> int:
    """Count the words of the longest run that stands in a sentence."""
    best = 0
    before: list[int] = []
    for one in mine:
        now = [0] * len(line)
        for place, other in enumerate(line):
            if one == other:
                now[place] = 1 + (before[place - 1] if before and place else 0)
                best = max(best, now[place])
        before = now
    return best


def _order(mine: Sequence[str], first: Sequence[str]) -> float:
    """Say how many of the words shared with the main sentence follow each other as there."""
    places = {one: place for place, one in reversed(list(enumerate(first)))}
    shared = [places[one] for one in mine if one in places]
    if len(shared) < 2:
        return 0.0
    return sum(one < other for one, other in pairwise(shared)) / (len(shared) - 1)


@cache
def _weights() -> tuple[float, Mapping[str, float]]:
    held = tomllib.loads(files("octavo").joinpath("data/grounding/weights.toml").read_text(encoding="utf-8"))
    return held["base"], held["signs"]


def likelihood(found: Signs) -> float:
    """Give the score of a sentence by its signs: 0 to 1."""
    base, weights = _weights()
    given = asdict(found)
    return 1 / (1 + math.exp(-(base + sum(weight * given[name] for name, weight in weights.items()))))
