"""A running site's search as readers wait for it: milliseconds of /search and /suggest, median and 99th.

    python bench/asking.py http://127.0.0.1:8000 [--edition en-gb] [--asked 200]

Every question is a new one, so that no page is kept; one is asked after the other, on one connection.
"""

import argparse
import http.client
import itertools
import random
import time
from statistics import quantiles
from urllib.parse import quote, urlsplit

WORDS = (
    "flood storm oil price ferry strike school court vaccine trial planet mission bridge mill power outage hospital "
    "government harbour island water dam lake rain goal final coach film music book reading company union talks vote"
).split()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("site")
    options.add_argument("--edition", default="en-gb")
    options.add_argument("--asked", type=int, default=200)
    given = options.parse_args()
    chance = random.Random(3)  # noqa: S311 - chooses words, guards nothing
    pairs = list(itertools.permutations(WORDS, 2))
    questions = [" ".join(one) for one in chance.sample(pairs, given.asked)]
    link = http.client.HTTPConnection(urlsplit(given.site).netloc)
    for page, texts in (("search", questions), ("suggest", [one[: len(one) // 2] for one in questions])):
        taken = [
            asked(link, f"/{given.edition}/{page}?q={quote(text)}&n={number}") for number, text in enumerate(texts)
        ]
        cuts = quantiles(taken, n=100)
        print(f"/{page}: median {cuts[49]:.1f} ms, 99th {cuts[98]:.1f} ms of {len(taken)}")


def asked(link: http.client.HTTPConnection, path: str) -> float:
    """Ask once; gives milliseconds until all of the answer is here."""
    begun = time.perf_counter()
    link.request("GET", path)
    answer = link.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
