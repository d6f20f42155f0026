"""Figures and differences: pairs of headlines, headlines with one number or name changed, false alarms, the seed.

Scores: F1 of conflicts among labelled pairs, and precision at a recall of .4; the share of real articles and stories in
which nothing is reported; the share of changed headlines in which the change is found, and how much of what is reported
on as many changed as real headlines is a change.

python evals/figures.py --shared ../shared
"""

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from stories import LANGUAGES, UNDATED, rows

from octavo.domain.difference import DifferenceKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import HEADLINE, Telling
from octavo.relate.agreement import Label, judge
from octavo.relate.differences import differences, within
from octavo.relate.figures import figures
from octavo.text.words import sentences

SEED = "seeds/001_5e60cfbfe761a22b.txt"
DATA = (
    "data/labelled/numeric_conflict.dev.jsonl",
    "data/labelled/stream_ecbplus.dev.jsonl",
    "data/labelled/stream_meantime.dev.jsonl",
    "data/pages/expected.jsonl",
    SEED,
)
RECALL = 0.4
LEAST_TEXT = 600
"""Characters of the shortest text whose headline's name is changed, as shorter ones are not judged."""

INVENTED = ("Brannigan", "Castellanos", "Fairweather", "Kowalczyk", "Lindqvist", "Okonjo", "Tremblay", "Vasilenko")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
NAME = re.compile(r"(?<=[a-zà-ÿ] )[A-ZÀ-Þ][a-zà-ÿ]{4,}\b")


def pairs(shared: Path) -> dict[str, float]:
    """Judge the labelled pairs: F1 of the label, and precision where at least RECALL of the conflicts are reported."""
    listed = rows(shared, "numeric_conflict.dev.jsonl")
    judged = [(judge(row["a"], row["b"], "en"), row["label"]) for row in listed]
    total = sum(label == "conflict" for _, label in judged)
    said = [label for found, label in judged if found.label == Label.CONFLICT]
    right = sum(label == "conflict" for label in said)
    ranked = sorted(((found.score, label == "conflict") for found, label in judged), key=lambda pair: -pair[0])
    best, caught = 0.0, 0
    for number, (_, conflict) in enumerate(ranked, 1):
        caught += conflict
        if caught >= RECALL * total:
            best = max(best, caught / number)
    same = sum(found.label.value == label for found, label in judged) / len(judged)
    return {"pairs.f1": 2 * right / (len(said) + total), "pairs.precision_at_recall_40": best, "pairs.accuracy": same}


def tellings(shared: Path) -> list[Telling]:
    """Read the real pages' titles and texts."""
    lines = (shared / "data" / "pages" / "expected.jsonl").read_text(encoding="utf-8").split("\n")
    listed = [row for row in map(json.loads, filter(None, lines)) if row["title"] and row["text"]]
    return [_telling(number, row["language"] or "", row["title"], row["text"]) for number, row in enumerate(listed)]


def _telling(number: int, language: str, title: str, text: str) -> Telling:
    return Telling(
        ArticleId(number + 1),
        PublisherId(f"p{number}"),
        f"p{number}",
        language.split("-")[0],
        UNDATED,
        title,
        paragraphs=tuple(line for line in text.split("\n") if line.strip()),
        dated=False,
    )


def streamed(shared: Path, name: str) -> dict[str, list[Telling]]:
    """Read the stories of a stream; an article without a title has its first sentence for one."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for number, row in enumerate(rows(shared, f"stream_{name}.dev.jsonl")):
        first = sentences(row["text"])[:1]
        title = row["title"] or (first[0][:200] if first else "")
        found[row["story"]].append(_telling(number, LANGUAGES.get(row["lang"], row["lang"]), title, row["text"]))
    return found


def other_numbers(listed: Sequence[Telling]) -> Iterator[Telling]:
    """Change one digit of one figure of each headline whose number stands in the text."""
    chance = random.Random(1)  # noqa: S311  changes must be the same each time
    for telling in listed:
        text = " ".join(telling.paragraphs)
        for figure in figures(telling):
            digits = NUMBER.search(figure.passage.text)
            if figure.part != HEADLINE or figure.low < 2 or digits is None or digits.group() not in text:
                continue
            number = digits.group()
            last = max(place for place, char in enumerate(number) if char in "123456789")
            new = (
                number[:last]
                + chance.choice([char for char in "123456789" if char != number[last]])
                + number[last + 1 :]
            )
            start = figure.passage.start + digits.start()
            headline = telling.headline[:start] + new + telling.headline[start + len(number) :]
            yield replace(telling, headline=headline)
            break


def other_names(listed: Sequence[Telling]) -> Iterator[Telling]:
    """Put an invented name in the place of one that stands in headline and text."""
    chance = random.Random(1)  # noqa: S311  changes must be the same each time
    for telling in listed:
        text = " ".join(telling.paragraphs)
        names = [match for match in NAME.finditer(telling.headline) if match.group() in text]
        titled = sum(word[0].isupper() for word in telling.headline.split()) > len(telling.headline.split()) / 2
        if names and not titled and len(text) >= LEAST_TEXT and telling.language != "de":
            match = chance.choice(names)
            headline = telling.headline[: match.start()] + chance.choice(INVENTED) + telling.headline[match.end() :]
            yield replace(telling, headline=headline)


def headlines(shared: Path, *, show: bool = False) -> dict[str, float]:
    """Count what is reported of real headlines, and what of changed ones."""
    real = tellings(shared)
    real += [telling for many in streamed(shared, "meantime").values() for telling in many]
    alarms = [(telling, one) for telling in real for one in within(telling)]
    if show:
        for telling, one in alarms:
            print(one.reason, "|", telling.headline, "|", one.passages[-1].text[:200], file=sys.stderr)
    scores = {"headlines.quiet": 1.0 - len({telling.id for telling, _ in alarms}) / len(real)}
    for name, kind, changed in (
        ("number", DifferenceKind.HEADLINE_NUMBER, list(other_numbers(real))),
        ("name", DifferenceKind.HEADLINE_NAME, list(other_names(real))),
    ):
        found = sum(any(one.kind == kind for one in within(telling)) for telling in changed)
        touched = {telling.id for telling in changed}
        false = sum(one.kind == kind and telling.id in touched for telling, one in alarms)
        scores[f"headlines.{name}.recall"] = found / len(changed)
        scores[f"headlines.{name}.precision"] = found / max(1, found + false)
        print(f"{name}: {found} of {len(changed)} changes found, {false} false", file=sys.stderr)
    return scores


def stories(shared: Path, *, show: bool = False) -> dict[str, float]:
    """Count the stories in which outlets are said to disagree: translations of one article; reports of one event."""
    scores = {}
    for name in ("meantime", "ecbplus"):
        told = streamed(shared, name)
        found = {
            story: [one for one in differences(many) if one.kind == DifferenceKind.OUTLETS]
            for story, many in told.items()
        }
        scores[f"stories.{name}.quiet"] = sum(not one for one in found.values()) / len(found)
        for story, listed in found.items() if show else ():
            for one in listed:
                print(
                    story, one.reason, *(passage.text[:160] for passage in one.passages), sep="\n    ", file=sys.stderr
                )
    return scores


def seed(shared: Path) -> float:
    """Read the captured page whose headline and text disagree about one month: 1 when that is found, and only that."""
    lines = (shared / SEED).read_text(encoding="utf-8").split("\n")
    here = next(number for number, line in enumerate(lines) if line.startswith("OPEC+ agrees"))
    text = next(line for line in lines[here + 1 :] if len(line) > LEAST_TEXT)
    telling = _telling(0, "en", lines[here], text)
    month = re.sub("from September", "from August", text)
    earlier = _telling(1, "en", lines[here], month)
    found = [one.kind for one in within(telling)]
    return float(found == [DifferenceKind.HEADLINE_NUMBER] and not within(earlier))


def measure(shared: Path) -> dict[str, float]:
    """Give every score; more is better."""
    return {**pairs(shared), **headlines(shared), **stories(shared), "seed": seed(shared)}


def main() -> None:
    """Print one line of JSON; with --show, what was reported of real articles, on standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", action="store_true", help="also print what is reported of real articles")
    chosen = parser.parse_args()
    if chosen.show:
        headlines(chosen.shared, show=True)
        stories(chosen.shared, show=True)
    sys.stdout.write(json.dumps(measure(chosen.shared)) + "\n")


if __name__ == "__main__":
    main()
