"""Is this really an article, and all of it: `complete`, the probability that the text is whole and clean."""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
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
_BEFORE, _PROMISED, _WHOLE = -10.4, 2.05, 2.05
"""Log odds of an article for a page that does not say it is one: near what a logistic regression found for the made
pages of evals/articles.py, hosts apart."""

_REFUSED = -3.5  # log odds below which a page is no article: to lose an article is worse than to show a listing
_FED, _SAID = 3.0, 1.0  # for what a feed announced; for what Open Graph calls an article, against what it calls wares
_PLACED = 2.0  # against the addresses of front pages and lists
_UNSURE = 0.01
_LONG = 300  # characters of a line that is more than a label, in scripts without a full stop too
_ENDS = tuple('.!?…。！？؟।"”»')
_WARES = ("product", "profile", "business", "place", "restaurant", "books.author")
_LISTING = re.compile(
    r"/(?:tags?|categor(?:y|ies|ia|ie)|kategorie|categorie|topics?|themen?|authors?|autor(?:en|es)?|auteurs?|search|"
    r"suche|archives?|etiquetas?|schlagwort|rubrik|etiket|label|profile?s?)/[^/]{1,60}/?$|"
    r"/(?:page|seite|pagina)/\d{1,5}/?$|"
    r"/(?:search|suche|archives?|sitemap|login|cart|shop|store|contact|about)/?$"
)
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


@dataclass(frozen=True, slots=True)
class Found:
    """The text found: the F1 it promises, its words, its running text by line; whether a feed announced it."""

    promised: float
    words: int
    prose: Sequence[str] = ()
    fed: bool = False


def is_article(found: Found, main: Thing | None, statements: Statements, url: str) -> bool:
    """Tell an article from a front page, a listing, a shop's page or an empty shell.

    Where the page's data says that it is one, a text worth the name is enough. Elsewhere the odds decide: by what the
    text promises, how many whole sentences it is set in, what the page is said to be, and where it stands.
    """
    stated = main is not None and main.is_article
    kind = statements.first("og:type").lower()
    if kind == "website" and not stated and len(path_of(url)) < 2:
        return False
    if found.words < (1 if stated else _FEWEST) or found.promised < (_LEAST_STATED if stated else _LEAST):
        return False
    return stated or _odds(found, kind, path_of(url)) > _REFUSED


def _odds(found: Found, kind: str, path: str) -> float:
    """The log odds of an article, for a page whose data does not call it one."""
    promised = min(max(found.promised, _UNSURE), 1 - _UNSURE)
    whole = sum(map(_parts, found.prose))
    odds = _BEFORE + _PROMISED * math.log(promised / (1 - promised)) + _WHOLE * math.log1p(whole)
    odds += _FED * found.fed + _SAID * (kind == "article") - _SAID * kind.startswith(_WARES)
    return odds - _PLACED * (len(path) < 2 or _LISTING.search(path.lower()) is not None)


def _parts(line: str) -> int:
    """Count what a line says in whole sentences, a long one for several; labels, headlines and names of wares for 0."""
    return line.endswith(_ENDS) + len(line) // _LONG


def is_paywalled(statements: Statements, main: Thing | None, words: int) -> bool:
    """Tell whether only part is shown: the publisher says it is not free, and the text is as short as a teaser."""
    tier = statements.first("article:content_tier", "og:article:content_tier", "content_tier").lower()
    locked = tier in _LOCKED or (main is not None and main.free is False)
    return locked and words < _TEASER
