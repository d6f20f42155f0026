"""Ranking: does the Eight, seen through a tenth of the publishers, name what all the others report?

Every hour of a labelled stream the page is laid out from what one publisher in ten has said so far; what is right is
how many of the other publishers report each story in the last 3, 6 and 12 hours. (The stream's times are those of a
crawl that took each story at once, so that what comes later cannot be foretold from it.) The same is measured of simple
orders: the newest stories, those of most articles, of most publishers. `kept` is the share of places that stay the same
when the page is laid out again five minutes later; `publishers` the share of different publishers leading the Eight.

python evals/ranking.py --shared ../shared
"""

import argparse
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType

from stories import candidates, metrics, newswire, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.edition import Edition, EditionPlan
from octavo.domain.ids import EditionKey, StoryId
from octavo.domain.relation import Candidate
from octavo.domain.story import Story
from octavo.enrich.article import enrich_articles
from octavo.relate.edition import EIGHT, lay_out_edition
from octavo.relate.provenance import count_publishers, independent_reports
from octavo.relate.rank import RankedInput

DATA = ("data/labelled/stream_uci_news.dev.jsonl", "evals/metrics.py")
PLAN = EditionPlan(EditionKey("en-us"), "United States", "en", "us", languages=("en",))
WINDOWS = (3, 6, 12)
EVERY = timedelta(hours=1)
FIRST = timedelta(hours=3)
SHARES = 10
AGAIN = timedelta(minutes=5)
NEWEST = 30

Told = Mapping[StoryId, Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class Hour:
    """The stories as some publishers tell them at an hour, and how many of the others report each."""

    now: datetime
    inputs: list[RankedInput]
    others: dict[int, dict[str, int]]
    """By hours looked back."""


def told(shared: Path) -> dict[StoryId, list[Candidate]]:
    """Read the stream: the articles of each labelled story, in order of time."""
    articles, gold = stream(shared, "uci_news")
    listed = candidates(articles, enrich_articles(articles, LocalEmbedder()))
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one, story in zip(listed, gold, strict=True):
        found[story].append(one)
    return {StoryId(number): found[story] for number, story in enumerate(sorted(found), 1)}


def known_at(stories: Told, now: datetime) -> list[RankedInput]:
    """Give the stories as the pipeline would know them at `now`."""
    inputs = []
    for story_id, members in stories.items():
        here = [one for one in members if one.at <= now]
        if here:
            newest = here[-NEWEST:]
            story = Story(
                story_id, here[-1].headline, here[-1].language, here[0].at, here[-1].at, here[-1].id,
                article_count=len(here), publisher_count=count_publishers(here),
                report_count=len(independent_reports(newest)),
            )  # fmt: skip
            inputs.append(RankedInput(story, tuple(newest)))
    return inputs


def seen(one: Candidate, share: int) -> bool:
    """Say whether an article's publisher is of the tenth that is read."""
    return zlib.crc32(one.publisher_id.encode()) % SHARES == share


def hours(stories: Told, share: int) -> Iterator[Hour]:
    """Give every hour of the stream that has some behind it."""
    read = {story_id: [one for one in members if seen(one, share)] for story_id, members in stories.items()}
    times = [one.at for members in stories.values() for one in members]
    now = min(times) + FIRST
    while now <= max(times):
        others = {back: told_lately(stories, share, now, timedelta(hours=back)) for back in WINDOWS}
        yield Hour(now, known_at(read, now), others)
        now += EVERY


def told_lately(stories: Told, share: int, now: datetime, back: timedelta) -> dict[str, int]:
    """Count for each story the publishers not read that reported it lately."""
    found = {}
    for story_id, members in stories.items():
        lately = [one for one in members if now - back <= one.at <= now and not seen(one, share)]
        if lately:
            found[str(story_id)] = count_publishers(lately)
    return found


def simple(key: Callable[[Story], float]) -> Callable[[Hour], list[str]]:
    """Order stories by one thing."""
    return lambda hour: [str(one.story.id) for one in sorted(hour.inputs, key=lambda one: -key(one.story))][:EIGHT]


ORDERS: dict[str, Callable[[Hour], list[str]]] = {
    "newest": simple(lambda story: story.last_at.timestamp()),
    "articles": simple(lambda story: story.article_count),
    "publishers": simple(lambda story: story.publisher_count),
}


def eight(hour: Hour) -> list[str]:
    """Lay the hour's page out."""
    return [str(slot.story_id) for slot in lay_out_edition(PLAN, hour.inputs, hour.now).edition.eight]


def gain(run: Sequence[str], others: Mapping[str, int]) -> float:
    """Give the share of the other publishers that the best eight stories could have named (places count alike)."""
    best = sum(sorted(others.values(), reverse=True)[:EIGHT])
    return sum(others.get(one, 0) for one in run) / best if best else 0.0


@cache
def _metrics(shared: Path) -> ModuleType:
    return metrics(shared)


def ndcg(run: Sequence[str], others: Mapping[str, int], shared: Path) -> float:
    """Give nDCG@8; a story's grade is how many others report it, by powers of two (1, 2, 4, 8 … are 1, 2, 3, 4)."""
    grades = {story: number.bit_length() for story, number in others.items()}
    return float(_metrics(shared).ndcg([grades.get(one, 0) for one in run], list(grades.values()), EIGHT))


def steadiness(stories: Told, listed: Sequence[Hour], share: int) -> tuple[float, float]:
    """Give the share of places kept when a page is laid out again, and of different publishers leading."""
    read = {story_id: [one for one in members if seen(one, share)] for story_id, members in stories.items()}
    same = places = leaders = 0
    by_id = {one.id: one for members in stories.values() for one in members}
    for hour in listed:
        first = lay_out_edition(PLAN, hour.inputs, hour.now).edition
        later = known_at(read, hour.now + AGAIN)
        again = lay_out_edition(PLAN, later, hour.now + AGAIN, before=first).edition
        same += sum(one.story_id == two.story_id for one, two in zip(first.eight, again.eight, strict=False))
        places += len(first.eight)
        leaders += len({by_id[slot.article_id].publisher_id for slot in first.eight})
    return same / max(1, places), leaders / max(1, places)


def sample_newswire() -> dict[str, float]:
    """Lay out the sample newswire: the share of its Eight that several publishers report, and of different events."""
    listed, events = newswire()
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one, event in zip(listed, events, strict=True):
        found[event].append(one)
    stories = {StoryId(number): members for number, members in enumerate(found.values(), 1)}
    now = max(one.at for one in listed)
    languages = tuple(sorted({one.language for one in listed}))
    page: Edition = lay_out_edition(replace(PLAN, languages=languages), known_at(stories, now), now).edition
    many = [slot for slot in page.eight if count_publishers(stories[slot.story_id]) > 1]
    return {"newswire.several": len(many) / EIGHT, "newswire.filled": len(page.eight) / EIGHT}


def measure(shared: Path) -> dict[str, float]:
    """Give the scores of the Eight: what the floors hold."""
    return {name: value for name, value in compared(shared).items() if name.split(".")[0] not in ORDERS}


def compared(shared: Path) -> dict[str, float]:
    """Give the scores of the Eight, and of the simple orders beside it."""
    stories = told(shared)
    listed = [(share, hour) for share in range(SHARES) for hour in hours(stories, share)]
    found: dict[str, float] = {}
    for name, order in {"eight": eight, **ORDERS}.items():
        pairs = [(order(hour), hour) for _, hour in listed]
        for back in WINDOWS:
            grades = [ndcg(run, hour.others[back], shared) for run, hour in pairs]
            found[f"{name}.ndcg8.{back}h"] = sum(grades) / len(grades)
            found[f"{name}.named.{back}h"] = sum(gain(run, hour.others[back]) for run, hour in pairs) / len(pairs)
    kept, publishers = steadiness(stories, [hour for share, hour in listed if not share], 0)
    return {**found, "eight.kept": kept, "eight.publishers": publishers, **sample_newswire()}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(compared(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
