"""Where in a sentence something stands: the words around a name or a number, and how alike two such places are."""

from dataclasses import dataclass

from octavo.brief.reading import Read

REACH = 6
"""Words on either side that make a place."""

_OTHER_SIDE, _SHIFT = 0.4, 0.12
"""What a word on the other side counts; what each word it is nearer or farther costs."""

_BASE, _FADE = 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Slot:
    """A place: stem to (side, distance) on the left (-1) and on the right (1), and the words with what each weighs."""

    around: tuple[tuple[str, int, int, float], ...]
    places: dict[str, tuple[tuple[int, int], ...]]
    total: float


def slot(sentence: Read, first: int, last: int) -> Slot:
    """Give the place of the tokens `first` to `last` (not included)."""
    around: list[tuple[str, int, int, float]] = []
    places: dict[str, tuple[tuple[int, int], ...]] = {}
    for side, walk in ((-1, range(first - 1, -1, -1)), (1, range(last, len(sentence.tokens)))):
        distance = 0
        for here in walk:
            stem = sentence.stems[here]
            if not stem:
                continue
            distance += 1
            if distance > REACH:
                break
            around.append((stem, side, distance, (_BASE + sentence.weights[here]) / distance**_FADE))
            places[stem] = (*places.get(stem, ()), (side, distance))
    return Slot(tuple(around), places, sum(weight for *_, weight in around))


def alike(stated: Slot, held: Slot) -> float:
    """Say how much of the words around a stated place stand around another: 0 to 1, 1 also where none do."""
    if not stated.total:
        return 1.0
    found = 0.0
    for stem, side, distance, weight in stated.around:
        theirs = held.places.get(stem)
        if theirs:
            found += weight * max(
                (1.0 if side == other else _OTHER_SIDE) * max(0.0, 1.0 - _SHIFT * abs(distance - far))
                for other, far in theirs
            )
    return found / stated.total


def one_side(stated: Slot, held: Slot) -> float:
    """Say how much of the words on one side of a stated place stand there too, on the side that tells more."""
    best = 0.0
    for side in (-1, 1):
        around = [(stem, distance, weight) for stem, where, distance, weight in stated.around if where == side]
        total = sum(weight for *_, weight in around)
        if total < _SIDE * stated.total or len(around) < _WORDS:
            continue
        there = {stem for stem, places in held.places.items() if any(where == side for where, _ in places)}
        best = max(best, sum(weight for stem, _, weight in around if stem in there) / total)
    return best


_SIDE, _WORDS = 0.35, 3
"""Share of a place's weight, and words, that one side needs to tell the place alone."""
