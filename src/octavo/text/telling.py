"""Which language a text looks like: py3langid (after Lui and Baldwin 2012), with its tables on a file."""

import threading
from array import array
from functools import cache

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

from octavo.text.mapped import Mapped


class _Identifier:
    """The identifier and the tables it reads from."""

    def __init__(self) -> None:
        weights, priors, languages, moves, rows, features = load_model(MODEL_DIR / MODEL_FILE)
        self._weights, self._moves = Mapped(weights), Mapped(np.frombuffer(moves, dtype=moves.typecode))
        self._identifier = LanguageIdentifier(
            self._weights.array,
            np.asarray(priors),
            languages,
            # A view gives the numbers as Python's own, as the walk over the text needs them.
            self._moves.array.data,
            array("i", features),
            tk_row=rows,
        )

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """Rank the languages of a text, see `ranked`."""
        found: list[tuple[str, float]] = self._identifier.rank(text)
        return found

    def release(self) -> None:
        """Let go of the parts of the tables the texts so far needed."""
        self._weights.release()
        self._moves.release()


_loading = threading.Lock()


@cache
def _identifier() -> _Identifier:
    return _Identifier()


def ranked(text: str) -> list[tuple[str, float]]:
    """Rank the languages a text may be in, as (ISO 639-1 code, log likelihood), the likeliest first."""
    with _loading:
        identifier = _identifier()
    return identifier.ranked(text)


def release() -> None:
    """Let go of what the texts so far needed in memory: at the end of a batch, where a process goes on living."""
    _identifier().release()


def likeliest(text: str) -> str:
    """Name the language a text looks like (ISO 639-1)."""
    return ranked(text)[0][0]
