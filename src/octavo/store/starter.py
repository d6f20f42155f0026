"""The starter data: publishers, feeds and editions kept as files anyone can edit (data/README.md).

Those that come along, and those of the owner: publishers/*.toml and editions/*.toml in the data folder add to them, and
one of the same key stands in its place.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed
from octavo.domain.ids import EditionKey, PublisherId
from octavo.domain.publisher import Publisher
from octavo.errors import SettingsError
from octavo.store.starter_files import EditionFile, PublisherFile

Form = TypeVar("Form", EditionFile, PublisherFile)


@dataclass(frozen=True, slots=True)
class StarterPublisher:
    """A publisher of the starter data and the feeds it offers."""

    publisher: Publisher
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """Every publisher and edition there is data of, by key; `own` are the keys of the owner's editions."""

    publishers: Mapping[PublisherId, StarterPublisher]
    editions: Mapping[EditionKey, EditionPlan]
    own: frozenset[EditionKey] = frozenset()

    def feeds_of(self, plan: EditionPlan) -> list[StarterPublisher]:
        """Give the publishers an edition names, each with only the feeds in the edition's languages."""
        chosen = []
        for key in plan.local_publishers + plan.global_publishers:
            known = self.publishers[PublisherId(key)]
            readable = tuple(feed for feed in known.feeds if reads(plan.languages, feed.language))
            if readable:
                chosen.append(StarterPublisher(known.publisher, readable))
        return chosen


def read(own: Path | None = None) -> Starter:
    """Read what comes along and what lies in the folder `own`, once. Raises SettingsError, naming file and fault."""
    return _read(own.resolve() if own else None)


@lru_cache(maxsize=4)
def _read(own: Path | None) -> Starter:
    along = _along()
    if own is None:
        return along
    publishers = {**along.publishers, **_publishers(own)}
    added = _editions(own)
    for plan in added.values():
        unknown = [key for key in plan.local_publishers + plan.global_publishers if key not in publishers]
        if unknown:
            raise SettingsError(f"edition {plan.key}: no publisher has the key {', '.join(unknown)}")
    return Starter(publishers, {**along.editions, **added}, frozenset(added))


@cache
def _along() -> Starter:
    """Read what comes along."""
    data = files("octavo") / "data"
    return Starter(_publishers(data), _editions(data))


def reads(languages: tuple[str, ...], language: str) -> bool:
    """Tell whether readers of `languages` read `language`: the same primary subtag, and no other script."""
    wanted = language.split("-")
    for tag in languages:
        own = tag.split("-")
        scripts = {part for part in own[1:] + wanted[1:] if len(part) == 4}
        if own[0] == wanted[0] and len(scripts) < 2:
            return True
    return False


def _publishers(root: Traversable) -> dict[PublisherId, StarterPublisher]:
    found: dict[PublisherId, StarterPublisher] = {}
    for _, form in _forms(root / "publishers", PublisherFile):
        for publisher, feeds in form.nouns():
            found[publisher.id] = StarterPublisher(publisher, feeds)
    return found


def _editions(root: Traversable) -> dict[EditionKey, EditionPlan]:
    found: dict[EditionKey, EditionPlan] = {}
    for name, form in _forms(root / "editions", EditionFile):
        if name != f"{form.key}.toml":
            raise SettingsError(f"{name}: an edition with the key {form.key} is kept in {form.key}.toml")
        found[EditionKey(form.key)] = form.noun()
    return found


def _forms(folder: Traversable, form: type[Form]) -> Iterator[tuple[str, Form]]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            yield file.name, form.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(f"{file.name} cannot be read as TOML: {error}") from error
        except ValidationError as error:
            raise SettingsError(f"{file.name}: {_said(error)}") from error


def _said(error: ValidationError) -> str:
    """Say each fault in a line of its own words: where, and what."""
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors()[:5])
