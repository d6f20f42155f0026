"""Ask: questions to the sample newswire, answered by the right passage, or declined where no article says.

python evals/ask.py [--worst]

ask.tsv holds fifty questions with what a cited sentence must hold, and twenty that nothing answers; one half of each
was used to tune, the other written beside it and held back.
"""

import argparse
import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from octavo.adapters.newswire.library import read_library
from octavo.brief.questions import answer
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling

HERE = Path(__file__).resolve().parent
DATA: tuple[str, ...] = ()
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the event or article it is about, and what the passage must hold."""

    half: str
    language: str
    about: str
    question: str
    says: str


def questions() -> list[Asked]:
    """Read ask.tsv."""
    rows = [row for row in HERE.joinpath("ask.tsv").read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return [Asked(*[*row, "", ""][:5]) for row in list(csv.reader(rows, delimiter="\t"))[1:]]


def newswire() -> dict[ArticleId, tuple[Telling, frozenset[str]]]:
    """Give the sample newswire's tellings, each with its event and its own name."""
    library = read_library()
    publishers = {one.key: one for one in library.publishers}
    found = {}
    for number, one in enumerate(library.articles, 1):
        paragraphs = tuple(line.replace("*", "") for line in one.body.split("\n") if line.strip())
        telling = Telling(
            ArticleId(number),
            PublisherId(one.publisher),
            publishers[one.publisher].name,
            publishers[one.publisher].language,
            NOW - one.age,
            one.title,
            one.standfirst,
            paragraphs,
            dateline=one.dateline,
        )
        found[telling.id] = telling, frozenset({one.event, f"{one.publisher}/{one.slug}"})
    return found


def judged(asked: Asked, wire: dict[ArticleId, tuple[Telling, frozenset[str]]]) -> tuple[bool, bool, list[str]]:
    """Say whether the first passage, and whether any, is right; without an answer, whether it is silent."""
    brief = answer(asked.question, [telling for telling, _ in wire.values()], NOW, asked.language)
    said = [one.text for one in brief.statements]
    if not asked.about:
        return brief.silent, brief.silent, said
    right = [
        asked.about in wire[one.citations[0].passage.article_id][1]
        and any(all(part in one.text for part in way.split("&")) for way in asked.says.split("|"))
        for one in brief.statements
    ]
    return right[:1] == [True], any(right), said


def measure(shared: Path, *, worst: bool = False) -> dict[str, float]:
    """Give, for each half, the share whose first passage is right, whose answer holds it, and that are declined."""
    del shared
    wire = newswire()
    scores: dict[str, list[bool]] = defaultdict(list)
    for asked in questions():
        first, some, said = judged(asked, wire)
        names = ("first", "right") if asked.about else ("declined",)
        for name, value in zip(names, (first, some), strict=False):
            scores[f"{asked.half}.{name}"].append(value)
        if worst and not first and asked.half == "tune":
            print("wrong" if said else "silent", some, asked, *(f"\n     {one[:150]}" for one in said))
    return {name: sum(values) / len(values) for name, values in sorted(scores.items())}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", action="store_true", help="show what is not right")
    print(json.dumps(measure(Path(), worst=parser.parse_args().worst)))


if __name__ == "__main__":
    main()
