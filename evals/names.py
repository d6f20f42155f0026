"""Canonical names: how often two spellings get one key exactly when they mean one person, place or body (pairwise F1).

The spellings are in names.tsv. Entities are split in two halves by name: rules were made looking at the faults of the
first half only; the second is what is reported. `rules` leaves out the table of well-known people.

python evals/names.py
"""

import argparse
import json
import sys
import zlib
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from octavo.enrich.bodies import bodies
from octavo.enrich.gazetteer import gazetteer
from octavo.enrich.people import People, known_people, people, plain

DATA: tuple[str, ...] = ()
"""Nothing below the shared folder: the spellings are facts, and lie beside this file."""

TABLE = Path(__file__).with_name("names.tsv")
Spelling = tuple[str, str, str, str]
"""Kind, entity, language and spelling."""


def spellings(test: bool | None = None) -> list[Spelling]:
    """Read the spellings of one half (or of both)."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, entity, *written = line.split("\t")
            if test is None or (zlib.crc32(entity.encode()) % 2 == 1) is test:
                found += [(kind, entity, *one.split(" ", 1)) for one in written]
    return found  # type: ignore[return-value]


def key(spelling: Spelling, known: People) -> str:
    """Give the key a spelling gets, knowing what kind of thing it names."""
    kind, _, language, name = spelling
    if kind == "place":
        place = gazetteer(language).named(name)
        return f"place/{place.key}" if place else ""
    if kind == "organisation":
        body = bodies().find(name, language)
        return f"org/{body or plain(name)}"
    return known.find(name, language)[0]


def pairwise(spelt: Iterable[Spelling], known: People, show: bool = False) -> dict[str, float]:
    """Score all pairs of spellings of one kind: precision, recall, F1."""
    keyed = [(one, key(one, known)) for one in spelt]
    right = wrong = missed = 0
    for (one, first), (other, second) in combinations(keyed, 2):
        alike = bool(first) and first == second
        if one[:2] == other[:2]:
            right, missed = right + alike, missed + (not alike)
        elif alike and one[0] == other[0]:
            wrong += 1
            if show:
                sys.stdout.write(f"wrong\t{one}\t{other}\n")
    if show:
        for one, found in keyed:
            same = sum(found == other and one[1] == two[1] for two, other in keyed)
            if same == 1 or not found:
                sys.stdout.write(f"alone\t{one}\t{found}\n")
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * right / max(1, 2 * right + wrong + missed), 4),
    }


def measure(_shared: Path | None = None) -> dict[str, float]:
    """Give F1 of the test half, of each kind, and of people without the table."""
    spelt = spellings(test=True)
    strangers = known_people({}, people().givens, {})
    scores = {"names.f1": pairwise(spelt, people())["f1"]}
    for kind in ("person", "place", "organisation"):
        scores[f"names.{kind}"] = pairwise([one for one in spelt if one[0] == kind], people())["f1"]
    scores["names.rules"] = pairwise([one for one in spelt if one[0] == "person"], strangers)["f1"]
    scores["names.precision"] = pairwise(spelt, people())["precision"]
    return scores


def main() -> None:
    """Print one line of JSON; with --show the faults of the half that rules are made by."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    if parser.parse_args().show:
        sys.stdout.write(f"{pairwise(spellings(test=False), people(), show=True)}\n")
    sys.stdout.write(json.dumps(measure()) + "\n")


if __name__ == "__main__":
    main()
