"""Ask: questions to the sample newswire, answered by the right passage, or declined where no article says.

python evals/ask.py [--worst]

ask.tsv holds questions with what a cited sentence must hold, and questions that nothing answers. Those to tune on were
used to fit (fit_ask.py); the others were written by somebody who did not know how answers are found, and held back.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.adapters.newswire.library import read_library
from octavo.brief.asking import read_question
from octavo.brief.bearing import Candidate
from octavo.brief.nearness import Sense
from octavo.brief.questions import answer_among, candidates
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.ports.vector_index import Vectors

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


Wire = dict[ArticleId, tuple[Telling, frozenset[str]]]
"""The articles asked, each with the names of its event and its own."""


def questions() -> list[Asked]:
    """Read ask.tsv."""
    rows = [row for row in HERE.joinpath("ask.tsv").read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return [Asked(*[*row, "", ""][:5]) for row in list(csv.reader(rows, delimiter="\t"))[1:]]


def newswire() -> Wire:
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


def right(asked: Asked, names: frozenset[str], text: str) -> bool:
    """Say whether a passage of an article with these names is a right answer."""
    return asked.about in names and any(all(part in text for part in way.split("&")) for way in asked.says.split("|"))


def remembered() -> Sense:
    """Give a model of meaning that embeds each text once."""
    model, known = LocalEmbedder(), dict[tuple[bool, str], Vectors]()

    def told(texts: Sequence[str], *, passages: bool) -> list[Vectors]:
        new = [one for one in dict.fromkeys(texts) if (passages, one) not in known]
        rows = (model.passages if passages else model.questions)(new)
        known.update(((passages, one), row) for one, row in zip(new, rows, strict=True))
        return [known[passages, one] for one in texts]

    def sense(questions: Sequence[str], passages: Sequence[str]) -> Vectors:
        return np.array([*told(questions, passages=False), *told(passages, passages=True)], np.float32)

    return sense


def judged(
    asked: Asked, wire: Wire, among: Sequence[Candidate], sense: Sense | None
) -> tuple[bool, bool, bool, list[str]]:
    """Say whether the first passage is right, whether any is, and whether one is that is shown as close.

    Without an answer all three say whether it is silent.
    """
    brief = answer_among(read_question(asked.question, asked.language), among, NOW, sense)
    said = [one.text for one in brief.statements]
    if not asked.about:
        return brief.silent, brief.silent, brief.silent, said
    held = [right(asked, wire[one.citations[0].passage.article_id][1], one.text) for one in brief.statements]
    close = [right(asked, wire[one.citations[0].passage.article_id][1], one.text) for one in brief.near]
    return held[:1] == [True], any(held), any(held + close), said


def measure(shared: Path, *, worst: bool = False) -> dict[str, float]:
    """Give, for each half, the share whose first passage is right, whose answer holds it, and that are declined."""
    del shared
    wire = newswire()
    among = candidates([telling for telling, _ in wire.values()])
    scores: dict[str, list[bool]] = defaultdict(list)
    for way, sense in (("words", None), ("meaning", remembered())):
        for asked in questions():
            first, some, shown, said = judged(asked, wire, among, sense)
            names = ("first", "right", "shown") if asked.about else ("declined",)
            for name, value in zip(names, (first, some, shown), strict=False):
                scores[f"{asked.half}.{way}.{name}"].append(value)
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
