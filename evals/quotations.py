"""Quotations across outlets: what people say in real texts, given again by program whole, cut, altered or not at all.

Each text with speech in it makes a story of two tellings: itself, and one in which every quotation is, by chance, left
as it is, cut, altered in one word or two, or put out for another text's. `found` is precision and recall of pairs (the
same quotation in both tellings) and `wording` the share of rightly paired ones given their right wording. Speech has no
gold of its own here: `marked` says how many of the runs in quotation marks of eight words and more are taken for
speech, `named` how many of those have a speaker; both are counts of coverage, not of truth.

python evals/quotations.py --shared ../shared
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.quotation import Wording
from octavo.domain.telling import Telling
from octavo.relate.quotations import quotations
from octavo.relate.utterances import Utterance, utterances
from octavo.text.quotes import find_quoted

DATA = ("data/pages/expected.jsonl",)
SEED = 9
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
LEAST = 8
"""Words of a quotation that is changed: a shorter one cut in half is a word or two."""

LONG = 8


@dataclass(frozen=True, slots=True)
class Story:
    """Two tellings, and for each quotation of the first (by paragraph and place) what became of it in the second."""

    tellings: tuple[Telling, Telling]
    made: dict[tuple[int, int], str]


def texts(shared: Path) -> list[Telling]:
    """The real texts as tellings."""
    lines = (shared / DATA[0]).read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    return [_telling(number, row["language"] or "en", row["text"].split("\n")) for number, row in enumerate(rows)]


def _telling(number: int, language: str, paragraphs: Sequence[str], later: int = 0) -> Telling:
    at = AT + timedelta(minutes=later)
    return Telling(
        ArticleId(2 * number + later + 1),
        PublisherId(f"p{later}"),
        f"P{later}",
        language,
        at,
        "",
        "",
        tuple(paragraphs),
    )


def stories(shared: Path) -> Iterator[Story]:
    """Make a story of every text with at least one quotation that can be changed."""
    chance = random.Random(SEED)  # noqa: S311 - the same stories every time
    others: dict[str, str] = {}
    for number, telling in enumerate(texts(shared)):
        spoken = [one for one in utterances(telling) if _changeable(one)]
        if not spoken:
            continue
        paragraphs = list(telling.paragraphs)
        made: dict[tuple[int, int], str] = {}
        for one in reversed(spoken):
            kind, text = _changed(one, others.get(telling.language, ""), chance)
            held = paragraphs[one.passage.part]
            paragraphs[one.passage.part] = held[: one.passage.start] + text + held[one.passage.end :]
            made[one.passage.part, one.passage.start] = kind
        others[telling.language] = spoken[0].passage.text  # of another text, for the next one
        yield Story((telling, _telling(number, telling.language, paragraphs, later=1)), made)


def _changeable(one: Utterance) -> bool:
    """One run of speech, of words with spaces, not told twice."""
    plain = len(one.passage.text.split()) >= LEAST and not find_quoted(one.passage.text) and "”" not in one.passage.text
    once = sum(paragraph.count(one.passage.text) for paragraph in one.telling.paragraphs) == 1
    return plain and once and one.passage.part >= 0 and " … " not in one.words


def _changed(one: Utterance, other: str, chance: random.Random) -> tuple[str, str]:
    parts = one.passage.text.split(" ")
    kind = chance.choice(("whole", "cut", "altered", "gone"))
    if kind == "gone" and other and other != one.passage.text:
        return kind, other
    if kind == "cut":
        keep = max(LEAST // 2 + 1, round(len(parts) * chance.uniform(0.4, 0.8)))
        start = chance.choice((0, len(parts) - keep))
        return kind, " ".join(parts[start : start + keep])
    places = [place for place, word in enumerate(parts) if word.isalpha() and len(word) > 3]
    if kind == "altered" and len(parts) > LEAST and places:
        for place in chance.sample(places, min(len(places), 1 + (len(parts) > 2 * LEAST))):
            parts[place] = "zugzwang" if place % 2 else "quorum"
        return kind, " ".join(parts)
    return "whole", one.passage.text


def judged(shared: Path) -> tuple[Counter[str], Counter[tuple[str, str]], float]:
    """Count pairs made, found and right, and (made, found) wordings of the right ones; and milliseconds an article."""
    pairs: Counter[str] = Counter()
    wordings: Counter[tuple[str, str]] = Counter()
    listed = list(stories(shared))
    began = time.process_time()
    results = [quotations(story.tellings) for story in listed]
    spent = 1000 * (time.process_time() - began) / (2 * len(listed))
    for story, found in zip(listed, results, strict=True):
        first = story.tellings[0].id
        pairs["made"] += sum(kind != "gone" for kind in story.made.values())
        for one in found:
            ours = [variant for variant in one.variants if variant.article_id == first]
            theirs = [variant for variant in one.variants if variant.article_id != first]
            key = (ours[0].passage.part, ours[0].passage.start) if ours else (-9, -9)
            if not ours or not theirs or key not in story.made:
                continue
            pairs["found"] += 1
            pairs["right"] += story.made[key] != "gone"
            kind = next((v.wording for v in (*ours, *theirs) if v.wording is not Wording.WHOLE), Wording.WHOLE)
            wordings[story.made[key], kind.value] += 1
    return pairs, wordings, spent


def coverage(shared: Path) -> tuple[int, int, int]:
    """Count runs of eight words and more in quotation marks, those in speech, and speech with a speaker."""
    marked = spoken = named = 0
    for telling in texts(shared):
        said = utterances(telling)
        named += sum(bool(one.speaker or one.role) for one in said if len(one.words.split()) >= LONG)
        for number, paragraph in enumerate(telling.paragraphs[:80]):
            runs = [one for one in find_quoted(paragraph) if len(paragraph[one.start : one.end].split()) >= LONG]
            marked += len(runs)
            held = [one.passage for one in said if one.passage.part == number]
            spoken += sum(any(p.start <= run.start and run.end <= p.end for p in held) for run in runs)
    return marked, spoken, named


def measure(shared: Path) -> dict[str, float]:
    """Give precision and recall of pairs, the share of right wordings, and the share of quoted runs with a speaker."""
    pairs, wordings, _ = judged(shared)
    kept = {pair: count for pair, count in wordings.items() if pair[0] != "gone"}
    right = sum(count for (made, found), count in kept.items() if made == found)
    marked, spoken, named = coverage(shared)
    return {
        "found.precision": pairs["right"] / (pairs["found"] or 1),
        "found.recall": pairs["right"] / (pairs["made"] or 1),
        "wording.right": right / (sum(kept.values()) or 1),
        "marked.spoken": spoken / (marked or 1),
        "spoken.named": named / (spoken or 1),
    }


def main() -> None:
    """Print the wordings made and found, then one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    pairs, wordings, spent = judged(shared)
    for (made, found), count in sorted(wordings.items()):
        sys.stdout.write(f"{made:8} {found:8} {count}\n")
    counts = dict(zip(("marked", "spoken", "named"), coverage(shared), strict=True))
    sys.stdout.write(f"{dict(pairs)} {counts}; {spent:.2f} ms an article\n" + json.dumps(measure(shared)) + "\n")


if __name__ == "__main__":
    main()
