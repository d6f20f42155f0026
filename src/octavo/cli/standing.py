"""What a supervisor that was killed had made ready: who starts in its place need not look at all of it again.

A note lies in the data folder while a supervisor runs, and goes with it when it ends as it should. One that is found
was left by a kill, or by a power cut: where the program, every setting and the database's file are those it was written
with, the schema, the feeds and the newswire are as they were.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from octavo import __version__

FILE = "standing.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was made ready; `began` is when the sample newswire did, where it runs."""

    began: datetime | None


def note(folder: Path, environment: Mapping[str, str], began: datetime | None) -> Path:
    """Write down that all is ready; gives the file that has to go at the end."""
    path = folder / FILE
    told = {"of": _name(folder, environment), "began": began.isoformat() if began else ""}
    path.write_text(json.dumps(told), "utf-8")
    return path


def left(folder: Path, environment: Mapping[str, str]) -> Standing | None:
    """Give what a supervisor left that was killed; None where none was, or anything is not as it was then."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
        known, began = told["of"] == _name(folder, environment), told["began"]
        return Standing(datetime.fromisoformat(began) if began else None) if known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _name(folder: Path, environment: Mapping[str, str]) -> str:
    """Name program, settings and database by one hash, which tells nobody what they are."""
    database = folder / "octavo.sqlite"
    file = database.stat().st_ino if database.exists() else 0
    settings = sorted((name, value) for name, value in environment.items() if name.startswith("OCTAVO_"))
    return hashlib.sha256(json.dumps([__version__, file, settings]).encode()).hexdigest()
