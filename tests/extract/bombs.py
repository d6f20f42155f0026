"""Pages built to keep an extractor busy, and a process of its own that reads them under limits of the system.

    python -m tests.extract.bombs MEGABYTES    prints one JSON line a bomb: its name, CPU seconds at half and whole size

The first line is a plain page of the same size, to which the others are compared. The process may take 1.5 GB of
addresses and no more than some minutes in all: what runs away is ended by the system, after the last line it printed.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from octavo.domain.article import Article
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MOST_BYTES = 1_500_000_000
MOST_SECONDS = 400
SENTENCE = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings, the council said.</p>"
ARTICLE = f"<article><h1>Ferry stays</h1>{SENTENCE * 8}</article>"
STATED = '{"@type":"NewsArticle","headline":"Ferry stays",%s}'


def _again(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A page of one thing over and over, to a size in bytes."""
    return lambda size: before + unit * (size // len(unit.encode())) + after


def _numbered(unit: str, most: int, before: str = "", after: str = "") -> Callable[[int], str]:
    """The same with a number in each, so that none is like another: `most` of them at 5 MB."""
    return lambda size: before + "".join(unit % number for number in range(most * size // 5_000_000)) + after


def _stated(unit: str, before: str, after: str) -> Callable[[int], str]:
    """JSON-LD of one thing over and over."""
    return _again(unit, f'<script type="application/ld+json">{before}', f"{after}</script>")


def _state(size: int) -> str:
    """A script that holds JSON in a string in JSON, cut off inside the string."""
    return "<script>" + json.dumps('{"a":' + '"{\\"p\\":\\"word"' * (size // 18)) + "</script>"


PLAIN = _again(SENTENCE)
BOMBS: dict[str, Callable[[int], str]] = {
    "nested divs": _again("<div>"),
    "nested boxes of text": _again('<div class="story body">a '),
    "nested bylines": _again("<div class=byline>By Ann Lee"),
    "nested lists": _again("<ul><li>a"),
    "nested tables": _again("<table><tr><td>a"),
    "nested quotations": _again("<blockquote>a "),
    "nested microdata": _again('<div itemscope itemtype="http://schema.org/NewsArticle"><b itemprop=author>Ann'),
    "open bold type": _again("<p><b>x"),
    "open fonts": _again("<font color=a><p>x"),
    "open links": _numbered("<a class=%d><p>x", 300_000),
    "formatting closed in the wrong order": _again("<b><p></b>x"),
    "stray end tags": _again("</p>"),
    "text beside cells": _again("<table>a<b>"),
    "attributes of one": _numbered("a%d=1 ", 1_000_000, "<div ", ">x"),
    "attributes of the body": _numbered("a%d=1 ", 1_000_000, "<body ", ">x"),
    "attributes of many": _again("<p " + " ".join(f"a{number}=1" for number in range(10)) + ">x</p>"),
    "a class of many words": _again("story body:", "<p class='", "'>x</p>"),
    "a line": _again("word, word. ", "<p>", "</p>"),
    "a line without spaces": _again("x", "<p>"),
    "spaces": _again(" ", "<p>a", "b</p>"),
    "brackets": _again("<"),
    "half tags": _again("<a"),
    "half entities": _again("&amp", "<p>"),
    "long ligatures": _again("﷽", "<p>"),
    "accents": _again("\u0301", "<p>a"),
    "credits": _again("Photo: (photo ", "<figure><img src=/a.jpg><figcaption>", "</figcaption></figure>"),
    "capitals": _again("TARN (Wire) - A ", "<p>"),
    "names": _again("By Ann Lee and ", "<p class=byline>"),
    "a title": _again("a - b | ", "<h1>"),
    "comments": _again("<!-- -->"),
    "open comments": _again("<!--", "<p>x"),
    "instructions": _again("<?x ?>"),
    "scripts": _again("<script>x</script>"),
    "open strings in scripts": _again('"' + "a" * 79, "<script>", "</script>"),
    "strings in strings": _state,
    "stated arrays": _stated("[", "", ""),
    "stated arrays, closed": lambda size: _stated("[" * (size // 2) + "]" * (size // 2), "", "")(size),
    "stated objects": _stated('{"a":', "", ""),
    "stated commas": _stated(", ", "[", ""),
    "stated numbers": _stated("9", STATED[:-4] + '"dateModified":', "}"),
    "stated keywords": _stated('"a,b",', STATED[:-4] + '"keywords":[', '"a"]}'),
    "stated markup": _stated("<div><b></p>", STATED[:-4] + '"articleBody":"', '"}'),
    "half characters": _stated("\\ud800", '{"a":"', '"}'),
    "meta elements": _numbered("<meta name=n%d content=x>", 100_000),
    "paragraphs": _numbered("<p>x%d</p>", 100_000),
    "pictures": _numbered("<img src=/%d.jpg alt='words of it'>", 100_000),
    "figures": _numbered("<figure><img src=/%d.jpg></figure>", 100_000, SENTENCE, SENTENCE),
    "sizes of a picture": _again("/a.jpg 1w, ", f"{SENTENCE}<figure><img srcset='", f"'></figure>{SENTENCE}"),
    "frames": _numbered("<iframe src=/%d></iframe>", 100_000, SENTENCE, SENTENCE),
    "links": _numbered("<a href=/%d>x</a>", 100_000),
    "marked names": _numbered("<span itemprop=author>Ann%d</span>", 100_000),
    "times": _again("<time datetime=2026-01-01T00:00:00Z>x</time>"),
    "rows": _again("<tr><td>1<td>2", f"{SENTENCE}<table>", f"</table>{SENTENCE}"),
    "wide cells": _again("<tr><td rowspan=65534 colspan=1000>1", f"{SENTENCE}<table>", f"</table>{SENTENCE}"),
    "lines of code": _again("a\n", "<pre>"),
    "headings": _again("<h1>Ferry stays</h1>"),
}


def read(html: bytes) -> Article | None:
    """The article of a page, None where it holds none; no other error may come of it."""
    try:
        return extract_article(PageSource(url="https://gazette.example/news/ferry", html=html), now=NOW)
    except NotAnArticle:
        return None


def seconds(html: str) -> float:
    """The CPU seconds it takes to read a page."""
    begun = time.process_time()
    read(html.encode())
    return time.process_time() - begun


def main(size: int) -> None:
    """Read each bomb behind an article, at half its size and at its size."""
    seconds(ARTICLE)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    for name, build in {"plain": PLAIN, **BOMBS}.items():
        taken = [seconds(ARTICLE + build(part)) for part in (size // 2, size)]
        sys.stdout.write(json.dumps([name, *taken]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(float(sys.argv[1]) * 1_000_000))
