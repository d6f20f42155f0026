"""Text that speaks to machines: how seldom real articles are taken for it.

python evals/addressed.py [--shared ../shared]

`quiet` is the share of real articles in which no sentence is held to speak to machines, `sentences` that of sentences.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from octavo.brief.addressed import aim_of
from octavo.text.words import sentences

DATA = ("data/pages/expected.jsonl",)


def flagged(shared: Path) -> Iterator[tuple[int, list[str]]]:
    """Give, for each real article, its number of sentences and those that are flagged."""
    with (shared / DATA[0]).open(encoding="utf-8") as file:
        for line in file:
            found = sentences(json.loads(line)["text"])
            yield len(found), [one for one in found if aim_of(one)]


def measure(shared: Path) -> dict[str, float]:
    """Give the shares of articles and of sentences that raise no alarm."""
    found = list(flagged(shared))
    alarms = sum(len(some) for _, some in found)
    return {
        "quiet": sum(not some for _, some in found) / len(found),
        "sentences": 1 - alarms / sum(size for size, _ in found),
    }


def main() -> None:
    """Print what is flagged, then the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    for _, some in flagged(shared):
        print(*(one[:200] for one in some), sep="\n", end="\n" if some else "")
    print(json.dumps(measure(shared)))


if __name__ == "__main__":
    main()
