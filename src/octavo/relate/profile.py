"""A candidate made ready for comparing: its terms, names, numbers and vector."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from octavo.domain.relation import Candidate
from octavo.relate.sounds import sound
from octavo.relate.words import numbers, rare, terms, weighed

LEAD = 1000
"""Characters of the lead that are compared; 400 lose five points of pairwise F1 on whole texts, 2000 gain none."""

_FULL = 240
"""Characters of lead from which there is as much to compare as it takes."""

_NAMES = 12

_TELLING = 3.0
"""Surprise from which a word's sound is compared: names are rarer than this in any language."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an article is compared; `terms` has unit length."""

    candidate: Candidate
    terms: Mapping[str, float]
    rare: frozenset[str]
    """The terms that are in no list of words: mostly names, and of the event alone."""
    names: Mapping[str, str]
    """Folded name to the name as shown."""
    numbers: frozenset[str]
    vector: NDArray[np.float32] | None
    fullness: float
    """How much text there is to compare: 0 for a headline alone, 1 from a paragraph on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The sounds and numbers of a text, of unit length, and the sounds of its rarest words; empty in some scripts."""

    sounds: Mapping[str, float]
    rare: frozenset[str]


def profile(candidate: Candidate) -> Profile:
    """Make a candidate ready for comparing."""
    weights, rarest, stated = _text_profile(candidate.headline, candidate.lead[:LEAD], candidate.language)
    names = {name.lower(): name for _, name in candidate.names[:_NAMES]}
    vector = np.frombuffer(candidate.vector, dtype="<f2").astype(np.float32) if candidate.vector else None
    return Profile(candidate, weights, rarest, names, stated, vector, min(1.0, len(candidate.lead) / _FULL))


def heard(candidate: Candidate) -> Heard:
    """Give what two languages may be compared by, whatever their scripts."""
    return _heard(candidate.headline, candidate.lead[:LEAD], candidate.language)


@lru_cache(maxsize=2048)
def _text_profile(
    headline: str, lead: str, language: str
) -> tuple[Mapping[str, float], frozenset[str], frozenset[str]]:
    """Weigh the terms of a text to unit length; remembered, because neighbours come again and again."""
    weights = terms(lead, language)
    weights.update(terms(headline, language, dates=False))
    stated = numbers(headline, dates=False) | numbers(lead)
    return _unit(weights), rare(weights, language), stated


@lru_cache(maxsize=2048)
def _heard(headline: str, lead: str, language: str) -> Heard:
    weights: dict[str, float] = {}
    rarest: set[str] = set()
    for word, weight in weighed(f"{headline} {lead}", language).items():
        if word[0].isdigit():
            weights[word] = weight
            continue
        near = sound(word) if weight >= _TELLING else ""
        if near:
            weights[near] = weight
            rarest.update(rare({near: weight}, language))
    return Heard(_unit(weights), frozenset(rarest))


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}
