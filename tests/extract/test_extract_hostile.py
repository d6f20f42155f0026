"""Bombs of 5 MB take time and memory that grow with their size; payloads of others raise nothing but our error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .bombs import BOMBS, read

ROOT = Path(__file__).parents[2]
MOST = 25  # times the seconds of a plain page of the same size: nested bylines take 16 to 19, a plain page .16 s
GROWTH = 3  # times the seconds of half the page; twice would be exactly in proportion


@pytest.fixture(scope="module")
def taken() -> dict[str, tuple[float, float]]:
    """The CPU seconds of every bomb at 2.5 and at 5 MB, as far as the process came."""
    command = [sys.executable, "-m", "tests.extract.bombs", "5"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert rows, run.stderr
    return {name: (half, whole) for name, half, whole in rows}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_of_five_megabytes_are_read_within_bounds(bomb: str, taken: dict[str, tuple[float, float]]) -> None:
    assert bomb in taken, f"ran out of time or memory after {list(taken)[-1]}"
    plain = taken["plain"][1]
    half, whole = taken[bomb]
    assert whole < MOST * plain
    assert whole < GROWTH * half + plain


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)>",
    "<math><mi><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://[::1",
    "http://a:99999999/",
    "//",
    "\ud800",
    "\x00\ufffe\ufeff",
    "9" * 400,
    "0001-01-01T00:00:00+99:99",
    "2026-02-31",
    "&#x110000;&#xd800;&#0;",
    '{"@type":["NewsArticle",null,[]],"@id":{}}',
)
PLACES = (
    "<html><body>{}<p>The ferry will keep its crossings.</p>",
    "<title>{}</title><h1>{}</h1><p>{}</p>",
    '<meta property="og:title" content="{}"><meta name="author" content="{}"><meta property="og:image" content="{}">',
    '<meta property="article:published_time" content="{}"><link rel="canonical" href="{}"><html lang="{}"><p>{}',
    '<time datetime="{}">{}</time><span itemprop="author">{}</span><a rel="author" href="{}">{}</a><p>{}',
    '<script type="application/ld+json">{}</script><p>Text',
    '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{}","author":"{}","datePublished":"{}",'
    '"image":"{}","url":"{}","inLanguage":"{}","articleBody":"{}"}}</script><p>Text',
    '<article><p>Words of it, said so.</p><figure><img src="{}" srcset="{} 1w" alt="{}"><figcaption>{}</figcaption>'
    '</figure><iframe src="{}" title="{}"></iframe><table><tr><td rowspan="{}">{}</table><p>More of it, said so.</p>',
)


BEHIND = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings, it said.</p>" * 5


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_raise_nothing_else_and_leave_no_address_but_of_the_web(payload: str, place: str) -> None:
    page = place.replace("{}", payload).replace("{{", "{").replace("}}", "}") + BEHIND
    article = read(page.encode("utf-8", "surrogatepass"))
    if article is not None:
        picture = article.image.url if article.image else ""
        addresses = [picture, article.canonical_url, *(block.url for block in article.blocks)]
        assert [one for one in addresses if one and not one.startswith(("https://", "http://"))] == []
        assert "\0" not in article.text
