"""The headline, from evidence: what the page prints, what it states, what the feed says; never the site's name."""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from octavo.extract.evidence import Known, key
from octavo.extract.hints import Hint
from octavo.extract.layout import TAG_BITS, Layout, Marked
from octavo.extract.structured import Statements, Thing
from octavo.text.unseen import tidy
from octavo.text.urls import host_of, publisher_host
from octavo.text.words import words

_SEPARATORS = re.compile(r"\s[|\-–—:·•*»«<~]{1,2}\s|\s?[｜_]\s?|\s//\s|--|\s[|]|[|]\s")
# What each source weighs. A logistic fit over 487 pages of known headline (50 features, hosts apart) chose no better
# than these; what divides its choices is mended below by where a heading stands and what it is made of.
_PRINTED, _STATED, _SHARED, _FEED, _WINDOW = 1.6, 1.05, 1.0, 0.8, 0.2
_PART = 1.7  # for a stated title that is one element of the printed one: the rest of that is a kicker or a source
_ALIKE = 0.34  # share of the shorter title's words; a printed heading this unlike all stated titles is another text's
_LONGEST = 400
_SUMMARY = 20  # characters of a summary worth knowing
_BODY = 400  # characters of a stated body worth trusting
_TAIL = 30  # characters; what a page title adds after its last separator is rarely longer
_NEWS = frozenset(
    "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle reviewnewsarticle "
    "liveblogposting".split()
)
_MOST = 12
_SAME = 2.0
_PARAGRAPH = 180  # characters; a longer first-rank heading is a text set large
_ABOVE = 7  # pieces before the body among which a heading of lower rank may be the headline
_BELOW = 0.5  # of its likeness is left to a heading below the body's beginning, or on a card
_PATH = TAG_BITS["nav"] | TAG_BITS["ol"] | TAG_BITS["ul"] | Hint.NAVIGATION


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
    statements: Statements, main: Thing | None, layout: Layout, sites: frozenset[str], feed_title: str, begins: int = 0
) -> str:
    """Choose the headline by a vote of its sources; of one headline written in two ways, the printed one is taken.

    `begins` is the number of the piece the body begins with, 0 when that is not known.
    """
    stated = [main.headline if main else "", statements.first("og:title"), feed_title, statements.title]
    stated = [strip_site(text, sites) for text in stated]
    printed = _printed(layout, sites, stated, begins)
    # Off the news an article's JSON-LD is mostly a plugin's, filled from the title for search engines: no second voice.
    copied = main is not None and not main.types & _NEWS and key(stated[0]) == key(stated[3])
    offers = [
        (strip_site(printed.text, sites), _PRINTED),
        *zip(stated, (0.0 if copied else _STATED, _SHARED, _FEED, _WINDOW), strict=True),
        (strip_site(statements.first("twitter:title"), sites), _WINDOW),
    ]
    votes: dict[str, float] = {}
    written: dict[str, str] = {}
    for text, weight in offers:
        plain = key(text)
        if plain and plain not in sites:
            votes[plain] = votes.get(plain, 0.0) + weight
            written.setdefault(plain, text)
    for plain in votes.keys() & printed.parts:
        votes[plain] += _PART
    return written[max(votes, key=votes.__getitem__)][:_LONGEST] if votes else ""


@dataclass(frozen=True, slots=True)
class _Printed:
    """The heading a page prints over its article, and the elements in it that are set apart, as letters and digits."""

    text: str = ""
    parts: frozenset[str] = frozenset()


def _printed(layout: Layout, sites: frozenset[str], stated: list[str], begins: int) -> _Printed:
    """The page's heading most like what it states; the first of them when it states nothing.

    A heading in a path of links ("Home > Politics > ...") is the search engines' title: the article's own follows it.
    """
    marks = [mark for mark in layout.marked if mark.kind in ("h1", "headline") or mark.node.tag == "h1"]
    headings = [(mark, mark.text) for mark in marks[:_MOST]]
    headings = [(mark, text) for mark, text in headings if len(text) > 3 and key(text) not in sites]
    own = [(mark, text) for mark, text in headings if not _in_path(layout, mark)]
    best, likeness = None, _ALIKE
    for mark, text in own:
        near = _nearest(text, stated)
        if len(text) > _PARAGRAPH and near < _SAME:
            continue
        if mark.piece > begins > 0 or mark.hints & (Hint.CARDS | Hint.RELATED):
            near *= _BELOW
        if near > likeness:
            best, likeness = mark, near
    if best is None and own and not any(stated[:3]):
        best = own[0][0]
    if best is not None:
        return _read(best)
    after = headings[0][0].piece + 1 if headings and not own else max(0, begins - _ABOVE)
    return _lesser(layout, range(after, min(after + _ABOVE, len(layout.pieces))), stated)


def _in_path(layout: Layout, mark: Marked) -> bool:
    return mark.box >= 0 and layout.around.local[mark.box] & _PATH != 0


def _read(mark: Marked) -> _Printed:
    """Read a heading without the times in it, and with no space before a point that has none on the page."""
    text, joined = mark.text, mark.node.text()
    for point in ":,;.!?":
        if f" {point}" not in joined:
            text = text.replace(f" {point}", point)
    inner = list(islice(mark.node.traverse(), 1, _MOST))
    for node in inner:
        if node.tag == "time":
            text = text.replace(tidy(node.text(separator=" ")), "", 1)
    whole = key(text)
    parts = {key(node.text()) for node in inner}
    parts |= {whole.removeprefix(part) for part in parts}
    large = frozenset(part for part in parts if len(part) < len(whole) < 2 * len(part))
    return _Printed(tidy(html.unescape(text)), large)


def _lesser(layout: Layout, numbers: range, stated: list[str]) -> _Printed:
    """The heading of lower rank most like what is stated; a kicker, with which a stated title begins, is none."""
    best, likeness = "", _ALIKE
    titles = [key(text) for text in stated]
    for number in numbers:
        piece = layout.pieces[number]
        if layout.boxes[piece.box].tag not in ("h2", "h3"):
            continue
        plain = key(piece.text)
        near = _nearest(piece.text, stated, max)
        if near > likeness and not any(title != plain and title.startswith(plain) for title in titles):
            best, likeness = piece.text, near
    whole = key(best)
    return _Printed(best, frozenset(title for title in titles if title != whole and whole.endswith(title)))


def _nearest(one: str, stated: list[str], of: Callable[[int, int], int] = min) -> float:
    """The largest share of words it has in common with a stated title, of the shorter or the longer of the two.

    _SAME when it is one of them; 0.0 when nothing is stated.
    """
    plain, mine = key(one), set(words(one.lower()))
    nearest = 0.0
    for text in filter(None, stated):
        if key(text) == plain:
            return _SAME
        theirs = set(words(text.lower()))
        nearest = max(nearest, len(mine & theirs) / max(1, of(len(mine), len(theirs))))
    return nearest
