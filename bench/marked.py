"""What an article's page costs whoever marked a passage of it: CPU time of the whole web application, in one thread.

    python bench/marked.py --data-dir octavo-data/demo        (of a demo that was stopped; it is copied)

Three readers ask for the same page by turns: who marked nothing, whose passage stands there, and whose passage is
gone. With `--unsettled`, nobody keeps that it is gone, and each such page is made anew, as all were at first.
"""

import argparse
import asyncio
import re
import shutil
import statistics
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from serving import sign_in

from octavo.accounts.tokens import token_key
from octavo.actions.highlights import settle
from octavo.app import open_tools
from octavo.config import Settings
from octavo.domain.follow import Highlight, Quote
from octavo.domain.ids import ArticleId, HighlightId
from octavo.ports.tools import Tools
from octavo.serve import answering
from octavo.serve.asgi import make_asgi
from octavo.store import articles, highlights, sessions
from octavo.text.slugs import read_short_id

ASKED = 20
WHO = ("marked nothing", "a passage that stands", "a passage that is gone")


def main() -> None:
    """Print medians of the rounds."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data-dir", type=Path, required=True)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--unsettled", action="store_true")
    given = options.parse_args()
    keep = (lambda *_: None) if given.unsettled else settle
    with tempfile.TemporaryDirectory(prefix="octavo-marked-") as name, patch.object(answering, "settle", keep):
        data = shutil.copytree(given.data_dir, Path(name) / "data")
        for who, cost in asyncio.run(measure(data, given.rounds)).items():
            print(f"{who:24} {statistics.median(cost):7.0f} CPU µs ({min(cost):.0f} to {max(cost):.0f})")


async def measure(data: Path, rounds: int) -> dict[str, list[float]]:
    """Give CPU µs of each round by reader."""
    cookies = dict(zip(WHO, sign_in(data), strict=False))
    costs: dict[str, list[float]] = {who: [] for who in WHO}
    with open_tools(Settings(data_dir=data, log_level="error", accounts={"sign_up": "open"})) as tools:
        transport: Any = httpx.ASGITransport(make_asgi(tools))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            path = re.findall(r'href="(/en-gb/article/[^"#?]+)"', (await client.get("/en-gb")).text)[0]
            _mark(tools, list(cookies.values()), ArticleId(read_short_id(path.split("/")[3]) or 0))
            for turn, who in product(range(-1, rounds), WHO):
                spent = await ask(client, path, cookies[who])
                costs[who] += [spent] if turn >= 0 else []
    return costs


async def ask(client: httpx.AsyncClient, path: str, cookie: str) -> float:
    """Ask for a page some times as one reader; gives CPU µs for each."""
    begun = time.process_time()
    for _ in range(ASKED):
        answer = await client.get(path, headers={"cookie": cookie})
        if "data-me" not in answer.text:
            raise SystemExit(f"{path} was not answered to who signed in")
    return (time.process_time() - begun) / ASKED * 1e6


def _mark(tools: Tools, cookies: list[str], article: ArticleId) -> None:
    """Mark words of the article for the second reader, and words it never had for the third."""
    with tools.database.transaction() as tx:
        [whole] = articles.get_many(tx, [article])
        for cookie, words in zip(cookies[1:], (whole.text[10:60], "words that an editor took out"), strict=True):
            found = sessions.find(tx, token_key(cookie.partition("=")[2]), tools.now())
            if found:
                highlights.add(tx, found[1].id, Highlight(HighlightId(0), article, Quote(words), tools.now()))


if __name__ == "__main__":
    main()
