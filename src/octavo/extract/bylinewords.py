"""The words of author lines in many languages, read once from data/bylines/words.toml."""

import tomllib
from importlib.resources import files

_DATA = "data/bylines/words.toml"
_TABLE = tomllib.loads(files("octavo").joinpath(_DATA).read_text(encoding="utf-8"))


def _listed(name: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(part for word in _TABLE[name].split(separator) if (part := " ".join(word.split())))


BY = _listed("by", "|")
"""What stands before a writer's name, lower case."""
OTHERS = _listed("others", "|")
"""What stands before the name of somebody who did not write it."""
DOUBTFUL = _listed("doubtful")
"""Words of BY that also begin names."""
ROLES = _listed("roles")
NOBODY = _listed("nobody")
"""Words no person's name holds."""
PLACES = _listed("places", "|")
PARTICLES = _listed("particles")
BEHIND = tuple(sorted(_listed("behind", "|"), key=len, reverse=True))
"""What follows a name directly in Chinese, Japanese and Korean."""
MONTHS = _listed("months")
WEEKDAYS = tuple(sorted(_listed("weekdays"), key=len, reverse=True))
NOWHERE = _listed("nowhere")
"""Words with which texts open that are no place."""


def _names(name: str) -> frozenset[str]:
    text = files("octavo").joinpath(f"data/bylines/{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


GIVEN = _names("given")
"""Given names of many countries, lower case, in their own letters and in Latin ones."""
FAMILIES = _names("families")
"""Family names Chinese, Japanese and Korean names begin with."""
