"""How near passages are to a question in meaning, where a model tells it.

Cosines of passages with a question lie close together, so what counts is by how much one stands out among the others;
and which words of the question it answers: those without which the question would be less near to it, or that have a
word of like meaning in it. "What is his wife's name?" is near to a sentence about him, and nearer without "wife".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.brief.asking import Question, telling_words
from octavo.brief.bearing import Candidate, Shares, Wording
from octavo.ports.meaning import NO_VECTORS
from octavo.ports.vector_index import Vectors

Sense = Callable[[Sequence[str], Sequence[str]], Vectors]
"""Gives the unit vectors of questions, then of passages, one a row; fewer, or none, when time or a model is lacking."""

_STRANGE, _ALIKE = 0.87, 0.95
"""Cosines of two words up to which they have nothing to do with each other; from which they mean the same."""

_MISSED = 0.02
"""What a word is worth to a question that no passage lacks: more than most are."""

_TOP = 10

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines of a question with a passage under its headline (`sentence`), and with the `headline` alone."""

    sentence: float
    headline: float


@dataclass(frozen=True, slots=True)
class Closeness:
    """What tells an answer from a passage about the same.

    How likely it seemed (`likely`, log odds), its cosine (`sentence`) and by how much it stands out: in deviations
    (`apart`), above the mean of the nearest (`leads`) and the nearest other (`over`). The least that a word is worth
    to the nearness: of any the passage does not hold (`missed`), of any that is no name (`matters`), of any, compared
    with what it is worth to other passages (`wants`). Shares of what is no name, by the meaning of words (`alike`), and
    the `least` of them. How many words and names the question has. The rest as in Wording.
    """

    likely: float
    sentence: float
    apart: float
    leads: float
    over: float
    missed: float
    matters: float
    wants: float
    alike: float
    least: float
    words: float
    names: float
    named: float
    nameless: float
    matter: float
    fits: float
    measured: float
    unmeasured: float
    foreign: float


@dataclass(frozen=True)
class Look:
    """Passages as they are near to a question, one a row: `cosines`, and what each word of it is `worth` to them."""

    cosines: Row
    worth: Mapping[str, Row]


def near_headlines(asked: Question, among: Sequence[Candidate], sense: Sense) -> dict[str, float]:
    """Give the cosines of a question with headlines; none where nobody can tell."""
    heads = list(dict.fromkeys(one.own.telling.headline for one in among))
    rows = sense([asked.text], heads)
    return dict(zip(heads, (rows[1:] @ rows[0]).tolist(), strict=False)) if len(rows) else {}


def look(asked: Question, among: Sequence[Candidate], sense: Sense) -> Look | None:
    """Look at passages, as many of the first as there is time for; None where nobody can tell."""
    without = {key: _without(asked.text, word) for key, word in asked.words.items()}
    questions = [asked.text, *without.values()]
    rows = sense(questions, [passage_text(one) for one in among])
    if len(rows) <= len(questions):
        return None
    asks, passages = rows[: len(questions)], rows[len(questions) :]
    cosines = passages @ asks[0]
    worth = {key: cosines - passages @ row for key, row in zip(without, asks[1:], strict=True)}
    return Look(cosines, worth)


def passage_text(one: Candidate) -> str:
    """Give a passage as it is embedded: under its headline, which says what it is about."""
    return f"{one.own.telling.headline}\n{one.line.passage.text}"


def closeness(
    asked: Question,
    seen: Look,
    held: Sequence[tuple[Candidate, Shares, Wording, float]],
    rows: Sequence[int],
    sense: Sense,
) -> list[Closeness]:
    """Tell of passages, of which each stands in a row of what was looked at, how they answer."""
    cosines = seen.cosines
    top = float(np.sort(cosines)[-_TOP:].mean())
    middle, spread = float(cosines.mean()), float(cosines.std()) + 1e-6
    alike = _alike(asked, [one for one, *_ in held], [of.held for _, of, *_ in held], sense)
    means = {key: float(values.mean()) for key, values in seen.worth.items()}
    found = []
    for (_, of, wording, likely), row, near in zip(held, rows, alike, strict=True):
        own = {key: float(values[row]) for key, values in seen.worth.items()}
        others = np.delete(cosines, row)
        matter = {key: near.get(key, 0.0) for key in asked.weights if key not in asked.names}
        weight = sum(asked.weights[key] for key in matter) or 1.0
        found.append(
            Closeness(
                likely=likely,
                sentence=float(cosines[row]),
                apart=(float(cosines[row]) - middle) / spread,
                leads=float(cosines[row]) - top,
                over=float(cosines[row]) - (float(others.max()) if len(others) else middle),
                missed=min((value for key, value in own.items() if key not in of.held), default=_MISSED),
                matters=min((value for key, value in own.items() if key not in asked.names), default=0.0),
                wants=min((value - means[key] for key, value in own.items()), default=0.0),
                alike=sum(asked.weights[key] * value for key, value in matter.items()) / weight,
                least=min(matter.values(), default=1.0),
                words=float(len(asked.weights)),
                names=float(len(asked.names)),
                named=wording.named,
                nameless=wording.nameless,
                matter=wording.matter,
                fits=wording.fits,
                measured=wording.measured,
                unmeasured=wording.unmeasured,
                foreign=wording.foreign,
            )
        )
    return found


def _alike(
    asked: Question, among: Sequence[Candidate], held: Sequence[frozenset[str]], sense: Sense
) -> list[dict[str, float]]:
    """Give, for each passage, how much of each word of a question a word in it or its headline means, 0 to 1."""
    wanted = {key: asked.words[key].lower() for key in asked.words if any(key not in keys for keys in held)}
    inside = [
        _content(one) if any(key not in keys for key in wanted) else [] for one, keys in zip(among, held, strict=True)
    ]
    told = list(dict.fromkeys([*wanted.values(), *(word for words in inside for word in words)]))
    rows = sense(told, []) if wanted and any(inside) else NO_VECTORS
    at = {word: row for row, word in enumerate(told)} if len(rows) == len(told) else {}
    found = []
    for keys, words in zip(held, inside, strict=True):
        mine = dict.fromkeys(keys, 1.0)
        if at and words:
            matrix = rows[[at[word] for word in words]]
            for key in wanted.keys() - keys:
                cosine = float(np.max(matrix @ rows[at[wanted[key]]]))
                mine[key] = min(1.0, max(0.0, (cosine - _STRANGE) / (_ALIKE - _STRANGE)))
        found.append(mine)
    return found


def _content(one: Candidate) -> list[str]:
    """The words of a passage and its headline that say something, in lower case."""
    return telling_words(passage_text(one), one.own.telling.language)


def _without(text: str, word: str) -> str:
    return " ".join(re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text).split())
