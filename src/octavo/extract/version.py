"""Which extractor this is: named by what it is made of, so that an improved one is told from the last."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_MADE_OF = ("extract", "text", "data/bylines", "data/rules", "data/body_weights.npz", "data/body_trees.npz")


@cache
def extractor_version() -> str:
    """Give 16 hex digits (SHA-256) that differ once a module, a weight or a word list of the extractor does."""
    digest = hashlib.sha256()
    root = files("octavo")
    for name in _MADE_OF:
        for file in _files(root / name):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _files(place: Traversable) -> Iterator[Traversable]:
    if place.is_file():
        yield place
    elif place.is_dir():
        for inner in sorted(place.iterdir(), key=lambda one: one.name):
            if inner.name != "__pycache__":
                yield from _files(inner)
