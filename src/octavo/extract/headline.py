"""The headline, from evidence: what the page prints, what it states, what the feed says; never the site's name."""

import html
import re
from collections.abc import Iterable

from octavo.extract.evidence import Known, key
from octavo.extract.hints import Hint
from octavo.extract.layout import Layout
from octavo.extract.structured import Statements, Thing
from octavo.text.urls import host_of, publisher_host

_SEPARATORS = re.compile(r"\s[|\-–—:·•*»«<~]{1,2}\s|\s?[｜_]\s?|\s//\s|--|\s[|]|[|]\s")
_PRINTED, _STATED, _SHARED, _FEED, _WINDOW = 1.6, 1.0, 1.0, 0.8, 0.2
_ALIKE = 0.34  # share of the shorter title's words; a printed heading this unlike all stated titles is another text's
_LONGEST = 400
_SUMMARY = 20  # characters of a summary worth knowing
_BODY = 400  # characters of a stated body worth trusting
_TAIL = 30  # characters; what a page title adds after its last separator is rarely longer
_WORD = re.compile(r"\w+")


def known_of(statements: Statements, url: str = "") -> Known:
    """What the page states about its article elsewhere, to know its text by."""
    sites = site_keys(statements, "", url)
    titles = {statements.first("og:title"), statements.first("twitter:title"), statements.title}
    titles |= {thing.headline for thing in statements.things}
    titles |= {strip_site(title, sites) for title in titles}
    summaries = {statements.first("og:description"), statements.first("description")}
    summaries |= {thing.description for thing in statements.things}
    body = max((thing.body for thing in statements.things), key=len, default="")
    return Known(
        titles=frozenset(filter(None, map(key, titles))),
        summaries=tuple(sorted({key(text) for text in summaries if len(text) > _SUMMARY})),
        body=key(body) if len(body) > _BODY else "",
    )


def site_keys(statements: Statements, publisher: str, url: str) -> frozenset[str]:
    """What the site may call itself, as letters and digits: its names, its host with and without the last label."""
    host = publisher_host(host_of(url))
    names = {publisher, statements.first("og:site_name"), statements.first("application-name"), host}
    names.add(host.rpartition(".")[0])
    names |= {thing.publisher for thing in statements.things}
    return frozenset(filter(None, map(key, names)))


def strip_site(title: str, sites: Iterable[str]) -> str:
    """Take the site's name, and what follows it, off the end of a title, or its name off the start."""
    title = title[:_LONGEST]
    before, colon, after = title.partition(": ")
    if colon and any(key(before) == site for site in sites):
        return after.strip()
    marks = list(_SEPARATORS.finditer(title))
    for mark in marks:
        tail = key(title[mark.end() :])
        if any(_names(tail, site) for site in sites):
            return title[: mark.start()].strip()
    if marks and any(key(title[: marks[0].start()]) == site for site in sites):
        return title[marks[0].end() :].strip()
    if marks and len(title) - marks[-1].end() < _TAIL < marks[-1].start() and "|" in marks[-1].group():
        return title[: marks[-1].start()].strip()
    return title


def _names(text: str, site: str) -> bool:
    if len(site) < 3 or not text:
        return False
    return text == site or text.startswith(site) or (len(text) > 4 and (site.startswith(text) or site.endswith(text)))


def find_headline(
    statements: Statements, main: Thing | None, layout: Layout, sites: frozenset[str], feed_title: str
) -> str:
    """Choose the headline by a vote of its sources; of one headline written in two ways, the printed one is taken."""
    shared = statements.first("og:title")
    stated = [strip_site(text, sites) for text in (main.headline if main else "", shared, feed_title, statements.title)]
    headings = printed_headings(layout, sites)
    printed = _resembling(headings, stated)
    if not printed and headings and not any(stated[:3]):
        printed = headings[0]
    offers = [
        (strip_site(printed, sites), _PRINTED),
        (stated[0], _STATED),
        (stated[1], _SHARED),
        (stated[2], _FEED),
        (stated[3], _WINDOW),
        (strip_site(statements.first("twitter:title"), sites), _WINDOW),
    ]
    votes: dict[str, float] = {}
    written: dict[str, str] = {}
    for text, weight in offers:
        plain = key(text)
        if plain and plain not in sites:
            votes[plain] = votes.get(plain, 0.0) + weight
            written.setdefault(plain, text)
    return written[max(votes, key=votes.__getitem__)][:_LONGEST] if votes else ""


def printed_headings(layout: Layout, sites: frozenset[str]) -> list[str]:
    """The texts of the page's first-rank headings that are not the site's name."""
    marks = [mark for mark in layout.marked if mark.kind in ("h1", "headline") and not mark.hints & Hint.HIDDEN]
    texts = [html.unescape(mark.text) for mark in marks[:12]]
    return [text for text in texts if len(text) > 3 and key(text) not in sites]


def _resembling(headings: list[str], stated: list[str]) -> str:
    """The heading most like what is stated; the first of equals; "" when none is like it."""
    best, likeness = "", _ALIKE
    for heading in headings:
        near = max((_likeness(heading, text) for text in stated if text), default=0.0)
        if near > likeness:
            best, likeness = heading, near
    return best


def _likeness(one: str, other: str) -> float:
    if key(one) == key(other):
        return 2.0
    first, second = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(first & second) / max(1, min(len(first), len(second)))
