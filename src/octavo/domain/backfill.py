"""Backfill: a page out of an archive, what could not be used of it, and how far an archive has been read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Captured:
    """An answer of a web server as an archive keeps it; header names are lower case, `body` is as it was sent.

    `at` is when it was fetched, by the archive's word.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is no page to read, and why."""

    reason: str


Record = Captured | LeftOut | bytes
"""What an archive holds, in its order: a page, something else, or a line of NDJSON."""


@dataclass(frozen=True, slots=True)
class ArchiveMark:
    """How far an archive has been read: its first `through` records are taken care of, whatever became of them.

    `key` is made from its size and some of its bytes, so that a file is known again under another name. `reasons`
    counts the records of which no article came.
    """

    key: str
    name: str
    through: int = 0
    saved: int = 0
    known: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    updated_at: datetime | None = None
    finished_at: datetime | None = None
