"""A window of articles compared all with all: how surely each two report the same event.

Placing an article as it comes in sees one pair at a time (similarity.py). A window knows more: how close articles lie
to each other hereabouts, and which names and bodies all of them speak of. The evidence is weighed by logistic
regression (evals/fit_stories.py), each kind apart for headlines and whole texts, for one language and for two.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import log

import numpy as np

from octavo.domain.relation import Candidate
from octavo.relate.grams import Matrix, gram
from octavo.relate.profile import Profile, heard, profile

_DAY = 86_400.0
_MANY = 3
"""Numbers from which further ones prove nothing more."""

_HEREABOUTS = 10
"""Nearest articles whose likeness says how close articles lie to each other around one."""

_KEYS = 20
_NO_IDENTITY = ("other/", "surname/")
"""Keys that only say how a name is written or sounds."""


def closeness(candidates: Sequence[Candidate]) -> Matrix:
    """Give the log-odds, n x n, that each two of n articles report the same event; the diagonal means nothing."""
    made = [profile(one) for one in candidates]
    full, tongue = context(made)
    table = weights()
    total = np.zeros((len(made), len(made)), np.float32)
    for name, values in [*evidence(made), ("full", full), ("tongue", tongue), ("both", full * tongue)]:
        alone, in_full, in_one, in_both = table[name]
        total += values * (alone + in_full * full + in_one * tongue + in_both * full * tongue)
    return total + np.float32(table["base"][0])


def likeness(made: Sequence[Profile]) -> Matrix:
    """Give how alike each two of a few articles are, n x n: about 0.2 for strangers, from 0.6 on for one event.

    Nothing here is fitted: vectors and words count the same, what is shared hereabouts half as much, names a third. It
    orders whole texts it has never seen the like of better than weights fitted on others do.
    """
    dense, _ = _vectors(made)
    words = gram([one.terms for one in made], unit=True)
    _, tongue = context(made)
    keys, rarity = _keys(made)
    alike = dense + np.sqrt(np.maximum(words, 0.0)) + 0.5 * (_hereabouts(dense) + tongue * _hereabouts(words))
    alike += 0.3 * gram([{key: rarity[key] for key in row} for row in keys], unit=True)
    if not tongue.all():
        sounds = gram([heard(one.candidate).sounds for one in made], unit=True)
        alike += 0.7 * (1.0 - tongue) * np.sqrt(np.maximum(sounds, 0.0))
    total: Matrix = alike.astype(np.float32)
    return total


@cache
def weights() -> Mapping[str, tuple[float, float, float, float]]:
    """Read what each kind of evidence adds: alone, times fullness, times one language, times both."""
    text = files("octavo").joinpath("data/stories/weights.toml").read_text(encoding="utf-8")
    return {name: (row[0], row[1], row[2], row[3]) for name, row in tomllib.loads(text).items()}


def context(made: Sequence[Profile]) -> tuple[Matrix, Matrix]:
    """Give how much text each two have to compare, 0 to 1, and whether (1 or 0) they are in one language."""
    fullness = np.array([one.fullness for one in made], np.float32)
    languages = np.array([one.candidate.language for one in made])
    one_language = (languages[:, None] == languages[None]).astype(np.float32)
    return np.minimum(fullness[:, None], fullness[None]), one_language


def evidence(made: Sequence[Profile]) -> Iterator[tuple[str, Matrix]]:
    """Give each kind of evidence by name, n x n; the window's own way to count is part of some."""
    dense, seen = _vectors(made)
    words = gram([one.terms for one in made], unit=True)
    root = np.sqrt(np.maximum(words, 0.0))
    yield "dense", dense
    yield "seen", seen
    yield "words", words
    yield "root_words", root
    yield "dense_words", dense * root
    yield "near_dense", _hereabouts(dense)
    yield "near_words", _hereabouts(words)
    yield "rare", np.log1p(gram([dict.fromkeys(one.rare, 1.0) for one in made], unit=False))
    del words, root
    yield from _by_ear(made, dense)
    yield from _names(made)
    yield from _identities(made)
    yield from _numbers(made)
    at = np.array([one.candidate.at.timestamp() / _DAY for one in made])
    # Within a day nothing is told by time: feeds that are read together would be taken for one event.
    yield "days", np.log1p(np.maximum(0.0, np.abs(at[:, None] - at[None]) - 1.0)).astype(np.float32)


def _vectors(made: Sequence[Profile]) -> tuple[Matrix, Matrix]:
    """Give the cosines of vectors of one model, 0 where there are none, and whether there are."""
    size = next((len(one.vector) for one in made if one.vector is not None), 1)
    models = [one.candidate.model if one.vector is not None and len(one.vector) == size else "" for one in made]
    usual = Counter(model for model in models if model).most_common(1)
    held = np.array([bool(usual) and model == usual[0][0] for model in models])
    rows = np.zeros((len(made), size), np.float32)
    for number, one in enumerate(made):
        if held[number] and one.vector is not None:
            rows[number] = one.vector
    return rows @ rows.T, (held[:, None] & held[None]).astype(np.float32)


def _hereabouts(likeness: Matrix) -> Matrix:
    """Give how much more alike two articles are than either is with its nearest, on average."""
    size = len(likeness)
    nearest = min(_HEREABOUTS, size - 1)
    if nearest < 1:
        return np.zeros_like(likeness)
    others = likeness - 2.0 * np.eye(size, dtype=np.float32)
    close = np.partition(others, size - nearest, axis=1)[:, -nearest:].mean(axis=1)
    nearer: Matrix = likeness - (close[:, None] + close[None]) / 2.0
    return nearer


def _by_ear(made: Sequence[Profile], dense: Matrix) -> Iterator[tuple[str, Matrix]]:
    sounds = [heard(one.candidate) for one in made]
    alike = gram([one.sounds for one in sounds], unit=True)
    root = np.sqrt(np.maximum(alike, 0.0))
    known = np.array([bool(one.rare) for one in sounds])
    yield "sounds", alike
    yield "root_sounds", root
    yield "dense_sounds", dense * root
    yield "rare_sounds", np.log1p(gram([dict.fromkeys(one.rare, 1.0) for one in sounds], unit=False))
    yield "heard", (known[:, None] & known[None]).astype(np.float32)


def _names(made: Sequence[Profile]) -> Iterator[tuple[str, Matrix]]:
    shared = gram([dict.fromkeys(one.names, 1.0) for one in made], unit=False)
    yield "names", np.log1p(shared)
    yield "name_share", shared / _smaller([len(one.names) for one in made])


def _identities(made: Sequence[Profile]) -> Iterator[tuple[str, Matrix]]:
    """Compare who and what is named, whatever the language; those few speak of weigh more."""
    keys, rarity = _keys(made)
    shared = gram([dict.fromkeys(row, 1.0) for row in keys], unit=False)
    yield "keys", np.log1p(shared)
    yield "key_share", shared / _smaller([len(row) for row in keys])
    yield "key_words", gram([{key: rarity[key] for key in row} for row in keys], unit=True)


def _keys(made: Sequence[Profile]) -> tuple[list[list[str]], dict[str, float]]:
    """Give the identities each article names, and how few of these articles name each."""
    keys = [[key for key in one.candidate.keys[:_KEYS] if not key.startswith(_NO_IDENTITY)] for one in made]
    spoken = Counter(key for row in keys for key in row)
    return keys, {key: log((len(made) + 1) / (count + 0.5)) for key, count in spoken.items()}


def _numbers(made: Sequence[Profile]) -> Iterator[tuple[str, Matrix]]:
    same = gram([dict.fromkeys(one.numbers, 1.0) for one in made], unit=False)
    fewer = _smaller([len(one.numbers) for one in made], least=0)
    yield "same_numbers", np.minimum(same, _MANY)
    yield "other_numbers", np.minimum(fewer - same, _MANY)


def _smaller(counts: Sequence[int], least: int = 1) -> Matrix:
    held = np.array(counts, np.float32)
    return np.maximum(np.minimum(held[:, None], held[None]), least)
