"""A window of articles compared all with all: how surely each two report the same event.

Placing an article as it comes in sees one pair at a time (similarity.py). A window knows more: how close articles lie
to each other hereabouts, which names few of them speak of, and what lies between two of them. The evidence is weighed
by logistic regression (evals/fit_stories.py), apart for headlines and whole texts, for one language and for two.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import log

import numpy as np
from numpy.typing import NDArray

from octavo.relate.grams import Matrix, gram
from octavo.relate.profile import Profile, heard

CERTAIN = 5.0
"""Log-odds beyond which a pair proves no more: one copy must not join two events."""

BASE = "base"

_DAY = 86_400.0

_HEREABOUTS = 10
"""Nearest articles whose likeness says how close articles lie to each other around one."""

_CROWD = 2.0
"""How much more alike two must be where all are alike: a window about one matter tells finer differences."""

_USUAL_MIDDLE, _USUALLY = -0.03, 24
"""How near any two articles are, in a window of few: as if it held so many others."""

_USUAL_DENSE, _USUAL_WORDS, _USUAL_SOUNDS = 0.34, 0.12, 0.18
"""How near those are in the sample newswire: a window of fewer articles is taken for part of one like it."""

_CROWDED = 120
"""Articles of a window in which half of what is told by what is near hereabouts counts; with fewer it tells little."""

_HEREABOUTS_SIGNS = ("near", "near_words", "near_sounds")

_SPEAKERS = 16
"""Nearest articles that speak for one, itself among them."""

_KEYS = 20
_NO_IDENTITY = ("other/", "surname/")
"""Keys that only say how a name is written or sounds."""

Table = Mapping[str, tuple[float, float, float, float]]
"""What each kind of evidence adds: alone, times fullness, times one language, times both."""


def closeness(made: Sequence[Profile]) -> Matrix:
    """Give the log-odds, n x n, that each two of n articles report the same event; the diagonal means nothing."""
    full, tongue = context(made)
    seen, signs = evidence(made)
    signs = crowded(signs, len(made))
    by_vectors, by_words = weights()
    if seen.all():
        return weighed(by_vectors, signs, full, tongue)
    total: Matrix = np.where(seen, weighed(by_vectors, signs, full, tongue), weighed(by_words, signs, full, tongue))
    return total


def likeness(made: Sequence[Profile]) -> Matrix:
    """Give how alike each two of a few articles are, n x n; nothing here is fitted.

    Vectors and words count the same, what is shared hereabouts half as much, identities a third.
    """
    _, signs = evidence(made)
    _, tongue = context(made)
    alike = signs["dense"] + signs["words"] + 0.5 * (signs["near"] + tongue * signs["near_words"])
    total: Matrix = alike + 0.3 * signs["keys"] + 0.7 * (1.0 - tongue) * signs["sounds"]
    return total


def crowded(signs: Mapping[str, Matrix], size: int) -> dict[str, Matrix]:
    """Let what is near hereabouts tell as much as a window of that size knows of it; "few" is how little that is.

    In a window of few the nearest to an article may be anything, and to be nearer than those proves nothing.
    """
    share = np.float32(size / (size + _CROWDED))
    scaled = {name: signs[name] * share for name in _HEREABOUTS_SIGNS}
    return {**signs, **scaled, "few": np.full_like(signs["words"], 1 - share)}


def weighed(table: Table, signs: Mapping[str, Matrix], full: Matrix, tongue: Matrix) -> Matrix:
    """Add the evidence up by a table of weights."""
    total = np.zeros_like(full)
    for name, (alone, in_full, in_one, in_both) in table.items():
        weight = alone + in_full * full + in_one * tongue + in_both * full * tongue
        total += weight if name == BASE else weight * signs[name]
    return total


def smoothed(closeness: Matrix) -> Matrix:
    """Let those nearest to each two speak for them: half of it is the mean closeness between these and those.

    Each speaks as much as it is likely of the same event, an article for itself among them: what lies between two
    wordings of one event brings them together (as in database-side augmentation, Turcot and Lowe 2009).
    """
    own = np.clip(closeness, -CERTAIN, CERTAIN).astype(np.float32)
    np.fill_diagonal(own, CERTAIN)
    count = min(_SPEAKERS, len(own))
    if count < 2:
        return own
    nearest = np.argpartition(-own, count - 1, axis=1)[:, :count]
    odds: Matrix = np.exp(-np.take_along_axis(own, nearest, axis=1)).astype(np.float32)
    likely: Matrix = np.float32(1) / (np.float32(1) + odds)
    likely /= likely.sum(axis=1, keepdims=True)
    told = _said(own, nearest, likely)
    between: Matrix = (own + _said(told.T, nearest, likely)) / np.float32(2)
    return between


def _said(rows: Matrix, nearest: NDArray[np.int64], likely: Matrix) -> Matrix:
    """Give for each article the mean of its nearest ones' rows."""
    total = np.zeros_like(rows)
    for place in range(nearest.shape[1]):
        total += likely[:, place, None] * rows[nearest[:, place]]
    return total


@cache
def weights() -> tuple[Table, Table]:
    """Read the weights for two with vectors of one model, and for two that words have to tell of."""
    text = files("octavo").joinpath("data/stories/weights.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text)
    by_vectors, by_words = (
        {name: (row[0], row[1], row[2], row[3]) for name, row in held[part].items()} for part in ("vectors", "words")
    )
    return by_vectors, by_words


def context(made: Sequence[Profile]) -> tuple[Matrix, Matrix]:
    """Give how much text each two have to compare, 0 to 1, and whether (1 or 0) they are in one language."""
    fullness = np.array([one.fullness for one in made], np.float32)
    languages = np.array([one.candidate.language for one in made])
    one_language = (languages[:, None] == languages[None]).astype(np.float32)
    return np.minimum(fullness[:, None], fullness[None]), one_language


def evidence(made: Sequence[Profile]) -> tuple[NDArray[np.bool_], dict[str, Matrix]]:
    """Give which two have vectors of one model, and each kind of evidence by name, all n x n."""
    dense, seen = _vectors(made)
    words = gram([one.terms for one in made], unit=True)
    at = np.array([one.candidate.at.timestamp() / _DAY for one in made])
    sounds = gram([heard(one.candidate).sounds for one in made], unit=True)
    return seen, {
        "dense": dense,
        "nearer": _beyond(dense),
        "near": _hereabouts(dense, _USUAL_DENSE),
        "words": np.sqrt(np.maximum(words, 0.0)),
        "near_words": _hereabouts(words, _USUAL_WORDS),
        "sounds": np.sqrt(np.maximum(sounds, 0.0)),
        "near_sounds": _hereabouts(sounds, _USUAL_SOUNDS),
        "keys": _keys(made),
        # Within a day nothing is told by time: feeds that are read together would be taken for one event.
        "days": np.log1p(np.maximum(0.0, np.abs(at[:, None] - at[None]) - 1.0)).astype(np.float32),
    }


def _vectors(made: Sequence[Profile]) -> tuple[Matrix, NDArray[np.bool_]]:
    """Give the cosines of vectors of one model, 0 where there are none, and whether there are."""
    size = next((len(one.vector) for one in made if one.vector is not None), 1)
    models = [one.candidate.model if one.vector is not None and len(one.vector) == size else "" for one in made]
    usual = Counter(model for model in models if model).most_common(1)
    held = np.array([bool(usual) and model == usual[0][0] for model in models])
    rows = np.zeros((len(made), size), np.float32)
    for number, one in enumerate(made):
        if held[number] and one.vector is not None:
            rows[number] = one.vector
    return rows @ rows.T, held[:, None] & held[None]


def _beyond(likeness: Matrix) -> Matrix:
    """Give how much more alike two articles are than either is with any other, by the median (as in score
    normalisation of speaker verification, Auckenthaler, Carey and Lloyd-Thomas 2000).
    """
    size = len(likeness)
    usual = (np.median(likeness, axis=1) * size + _USUAL_MIDDLE * _USUALLY) / (size + _USUALLY)
    beyond: Matrix = (likeness - _CROWD * (usual[:, None] + usual[None]) / 2.0).astype(np.float32)
    return beyond


def _hereabouts(likeness: Matrix, usual: float) -> Matrix:
    """Give how much more alike two articles are than either is with its nearest, on average."""
    size = len(likeness)
    nearest = min(_HEREABOUTS, size - 1)
    if nearest < 1:
        return np.zeros_like(likeness)
    others = likeness - 2.0 * np.eye(size, dtype=np.float32)
    close = np.partition(others, size - nearest, axis=1)[:, -nearest:].sum(axis=1)
    close = (close + (_HEREABOUTS - nearest) * usual) / _HEREABOUTS
    nearer: Matrix = likeness - (close[:, None] + close[None]) / 2.0
    return nearer


def _keys(made: Sequence[Profile]) -> Matrix:
    """Compare who and what is named, whatever the language; those few of these articles speak of weigh more."""
    keys = [[key for key in one.candidate.keys[:_KEYS] if not key.startswith(_NO_IDENTITY)] for one in made]
    spoken = Counter(key for row in keys for key in row)
    rarity = {key: log((len(made) + 1) / (count + 0.5)) for key, count in spoken.items()}
    return gram([{key: rarity[key] for key in row} for row in keys], unit=True)
