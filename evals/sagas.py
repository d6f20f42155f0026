"""What stories are part of: the share of a saga's chapters that are on the matter of the story it was found for.

The stories of stream_meantime are on four matters over years and bear no dates here: they are given one, twelve hours
apart. `found` is the share of stories for which a saga is found; how many there ought to be nobody has said.

python evals/sagas.py --shared ../shared
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from stories import UNDATED, candidates, rows, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.enrichment import Enrichment
from octavo.domain.ids import StoryId
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.relate.sagas import Chapter, saga_of

DATA = ("data/labelled/stream_meantime.dev.jsonl",)
APART = timedelta(hours=12)


def chapters(shared: Path) -> tuple[list[Chapter], list[str]]:
    """Read the stories as chapters, in order, and the matter of each."""
    articles, gold = stream(shared, "meantime")
    matters = {row["story"]: row["topic"] for row in rows(shared, "stream_meantime.dev.jsonl")}
    found = enrich_articles(articles, LocalEmbedder())
    listed: dict[str, list[tuple[Candidate, Enrichment]]] = defaultdict(list)
    for one, enrichment, story in zip(candidates(articles, found), found, gold, strict=True):
        listed[story].append((one, enrichment))
    made = [_chapter(number, told) for number, told in enumerate(listed.values())]
    return made, [matters[story] for story in listed]


def _chapter(number: int, told: Sequence[tuple[Candidate, Enrichment]]) -> Chapter:
    about = _most((one.key for one in enrichment.entities if one.about) for _, enrichment in told)
    topics = _most((one.code for one in enrichment.topics) for _, enrichment in told)
    return Chapter(StoryId(number), UNDATED + APART * number, tuple(about), frozenset(topics), told[0][0])


def _most(said: Iterable[Iterable[str]]) -> list[str]:
    each = [set(some) for some in said]
    counts = Counter(one for some in each for one in sorted(some))
    return [one for one, count in counts.most_common() if 2 * count >= len(each)]


def measure(shared: Path) -> dict[str, float]:
    """Give the share of chapters that are right, and of stories that have a saga."""
    made, matters = chapters(shared)
    found = {int(one.story_id): saga for one in made if (saga := saga_of(one, made)) is not None}
    right = [matters[story] == matters[int(other)] for story, saga in found.items() for other in saga.stories]
    return {"precision": sum(right) / max(1, len(right)), "found": len(found) / len(made)}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
