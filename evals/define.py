"""Define: names of the sample newswire's articles, and the sentence that says who or what they are.

python evals/define.py [--worst]

define.tsv holds names a reader may select, each with what the sentence holds that a person chose, or with nothing where
neither its article nor another on the event introduces it. `right`: every sentence given holds it, or none is given
where none should be. `precise`: the share of right ones among those given. Half of the list was not looked at while
the rules were made.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import ask

from octavo.brief.definitions import definition
from octavo.domain.telling import Telling
from octavo.enrich.entities import find_mentions, ranked_names
from octavo.enrich.words import words

HERE = Path(__file__).resolve().parent
DATA: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One name in an article, and what the sentence holds that introduces it."""

    half: str
    article: str
    name: str
    says: str


def names() -> list[Name]:
    """Read define.tsv."""
    rows = HERE.joinpath("define.tsv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if not row.startswith("#")][1:]
    return [Name(*row) for row in csv.reader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)]


def read() -> tuple[dict[str, Telling], dict[str, list[Telling]]]:
    """Give the sample newswire's tellings, their names found, by article; and for each those of the same event."""
    told: dict[str, Telling] = {}
    events: dict[str, list[Telling]] = defaultdict(list)
    about: dict[str, str] = {}
    for telling, known in ask.newswire().values():
        text = "\n\n".join(telling.wording[1:])
        found = find_mentions(text, words(text, telling.language), telling.language)
        article, event = sorted(known, key=lambda one: "/" not in one)
        told[article], about[article] = replace(telling, names=ranked_names(found)), event
        events[event].append(told[article])
    return told, {article: events[event] if event else [] for article, event in about.items()}


def judged() -> Iterator[tuple[Name, bool, list[str]]]:
    """Give each name, whether what is said of it is right, and what is said."""
    told, mates = read()
    for one in names():
        brief = definition(one.name, told[one.article], mates[one.article], ask.NOW)
        said = [statement.text for statement in brief.statements]
        ways = one.says.split("|")
        right = all(any(way in text for way in ways) for text in said) and bool(said) if one.says else not said
        yield one, right, said


def measure(shared: Path, *, worst: bool = False) -> dict[str, float]:
    """Give, for each half, the share that is right, and of those with a sentence."""
    del shared
    right: dict[str, list[bool]] = defaultdict(list)
    for one, fine, said in judged():
        right[f"{one.half}.right"].append(fine)
        if said:
            right[f"{one.half}.precise"].append(fine)
        if worst and not fine and one.half == "tune":
            print("wrong" if said else "silent", one.article, one.name, "=", one.says, *(f"\n     {x}" for x in said))
    return {name: sum(values) / len(values) for name, values in sorted(right.items())}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--worst", action="store_true", help="show what is not right, of the half that may be looked at"
    )
    print(json.dumps(measure(Path(), worst=parser.parse_args().worst)))


if __name__ == "__main__":
    main()
