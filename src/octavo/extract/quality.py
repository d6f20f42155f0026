"""Is this really an article, and all of it: `complete`, the probability that the text is whole and clean."""

from bisect import bisect_right
from dataclasses import dataclass

from octavo.extract.structured import Statements, Thing
from octavo.text.urls import path_of

_MEASURED = ((0.0, 0.0), (0.6, 0.02), (0.75, 0.15), (0.85, 0.6), (0.92, 0.79), (0.97, 0.93), (0.985, 0.97), (1.0, 0.98))
"""The F1 that the judged pieces promise, and how often a text that promised it had an F1 of 0.9 or more: measured on
pages of hosts that the weights had not seen (evals/fit_body.py --folds)."""

_LEAST, _LEAST_STATED = 0.5, 0.25  # a promise below which there is no article; and where the page states that it is one
_FEWEST = 5  # words; fewer, on a page that does not say that it is an article, are a notice
_SHORT = 60  # words; a text this short is a teaser or a caption more often than an article
_TEASER = 250  # words; behind a paywall a longer text is the whole more often than not
_CUT_OFF = ("…", "...", "[…]", "[...]", "read more", "weiterlesen", "lire la suite", "leer más", "اقرأ المزيد")
_LOCKED = frozenset({"locked", "premium", "paid", "subscriber", "metered"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a whole article: `promised` is the F1 expected of the chosen pieces; `stated_words` the length of
    the body the page states elsewhere, 0 when it states none."""

    promised: float
    words: int
    stated_words: int = 0
    ending: str = ""
    paywalled: bool = False


def complete(evidence: Evidence) -> float:
    """How sure it is that the text is the whole article and nothing else."""
    sure = _calibrated(evidence.promised)
    if evidence.words < _SHORT:
        sure *= evidence.words / _SHORT
    if evidence.stated_words:
        sure *= min(1.0, evidence.words / evidence.stated_words) ** 2
    if evidence.ending.lower().endswith(_CUT_OFF):
        sure *= 0.5
    if evidence.paywalled:
        sure *= 0.3
    return round(sure, 4)


def _calibrated(promised: float) -> float:
    number = min(bisect_right(_MEASURED, (promised, 1.0)), len(_MEASURED) - 1)
    (low, least), (high, most) = _MEASURED[number - 1], _MEASURED[number]
    return least + (most - least) * (min(promised, high) - low) / (high - low)


def is_article(promised: float, words: int, main: Thing | None, statements: Statements, url: str) -> bool:
    """Tell an article from a front page, a listing or an empty shell."""
    stated = main is not None and main.is_article
    if statements.first("og:type").lower() == "website" and not stated and len(path_of(url)) < 2:
        return False
    return words >= (1 if stated else _FEWEST) and promised >= (_LEAST_STATED if stated else _LEAST)


def is_paywalled(statements: Statements, main: Thing | None, words: int) -> bool:
    """Tell whether only part is shown: the publisher says it is not free, and the text is as short as a teaser."""
    tier = statements.first("article:content_tier", "og:article:content_tier", "content_tier").lower()
    locked = tier in _LOCKED or (main is not None and main.free is False)
    return locked and words < _TEASER
