"""When it was published and last changed, on the page's own word: stated, marked, printed, in that order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from selectolax.lexbor import LexborHTMLParser

from octavo.domain.entry import Entry
from octavo.extract.hints import Hint
from octavo.extract.layout import Layout
from octavo.extract.structured import Statements, Thing
from octavo.text.dates import parse_date

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_PUBLISHED = (
    "article:published_time og:article:published_time datepublished parsely-pub-date dc.date.issued dcterms.created "
    "dcterms.date dc.date date pubdate publishdate publish-date publish_date og:publish_date published-date "
    "sailthru.date article.published publication_date cxenseparse:recs:publishtime article:published "
    "og:published_time og:pubdate last-published datecreated citation_publication_date citation_date creation_date "
    "published date.issued"
).split()
_MODIFIED = (
    "article:modified_time og:updated_time datemodified last-modified lastmod article:updated_time dcterms.modified"
).split()
_ELSEWHERE = Hint.COMMENTS | Hint.RELATED | Hint.FOOTER
_ABOVE, _BELOW, _LONGEST = 20, 8, 110  # pieces around the beginning of the body; characters
_AHEAD = timedelta(hours=24)  # how far a clock may be ahead of ours
_SAME = timedelta(hours=36)  # a day, and the zones it may be printed in
_DIGIT = re.compile(r"\d")
_CHANGED = re.compile(
    r"updat|modif|revis|review|aktualis|stand\b|mis à jour|actuali|uppdat|oppdat|aggiorn|güncel|обнов|онов|تحديث|更新",
    re.IGNORECASE,
)
_IN_SCRIPT = re.compile(
    r'\\{0,3}"(?:datePublished|date_published|publishedAt|published_at|publishDate|publish_date|firstPublished|publishedDate|'
    r'published_on|pubDate)\\{0,3}"\s?:\s?\\{0,3}"(\d{4}-\d\d-\d\d[^"\\]{0,30})'
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class Printed:
    """Dates a page shows: in marked elements and in lines near the beginning of its body."""

    marked: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def find_dates(
    statements: Statements, main: Thing | None, printed: Printed, language: str, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """When it was published and last changed; None when nothing the page says can be true.

    The only date printed beside the headline, when it is no date of change, outweighs a stated one that is neither its
    day nor the day of a change: a template's mistake is seen by no one, the printed date by everyone.
    """
    published = [main.published] if main else []
    published += [thing.published for thing in statements.things if thing is not main]
    published += [statements.first(name) for name in _PUBLISHED]
    published += [*printed.marked, *printed.near]
    modified = [main.modified] if main else []
    modified += [statements.first(name) for name in _MODIFIED]
    first = _first_date(published, language, now)
    last = _first_date(modified, language, now)
    alone = _only_date(printed.near, language, now)
    if alone and first and not any(stated and abs(alone - stated) < _SAME for stated in (first, last)):
        first = alone
    if first and last and last < first:
        last = None
    return first, last


def _only_date(lines: Sequence[str], language: str, now: datetime) -> datetime | None:
    """The date of the lines when they name one day only, and none of them says it is a date of change."""
    days = {found.date(): found for line in lines if (found := _first_date([line], language, now))}
    if len(days) != 1 or any(_CHANGED.search(line) for line in lines):
        return None
    return next(iter(days.values()))


def find_printed(layout: Layout, chosen: Sequence[int]) -> Printed:
    """Collect the dates a page shows, `chosen` being the pieces of its body."""
    begins = chosen[0] if chosen else 0
    marked = []
    for wanted in ("datePublished", "time", "date"):
        for mark in layout.marked:
            if mark.kind == wanted and not mark.hints & (_ELSEWHERE | Hint.CARDS):
                marked.append(mark.attributes.get("datetime") or mark.attributes.get("content") or mark.text)
    around = layout.around.local
    near = []
    for number in [*range(begins, max(-1, begins - _ABOVE), -1), *range(begins + 1, begins + _BELOW)]:
        piece = layout.pieces[number] if number < len(layout.pieces) else None
        if piece and len(piece.text) <= _LONGEST and not around[piece.box] & _ELSEWHERE and _DIGIT.search(piece.text):
            near.append(piece.text)
    return Printed(tuple(marked), tuple(near))


def feed_date(entry: Entry | None, now: datetime) -> datetime | None:
    """Give the feed's word on when an entry was published, where its page says nothing; a date to come is none."""
    stated = entry.published_at if entry else None
    return stated if stated and stated <= now + _AHEAD else None


def find_hidden_date(tree: LexborHTMLParser, url: str, now: datetime) -> datetime | None:
    """Find the date of a page that shows none: in the state its scripts carry, else in its address."""
    for node in tree.css("script"):
        match = _IN_SCRIPT.search(node.text())
        if match:
            return _first_date([match.group(1)], "", now)
    address = _IN_ADDRESS.search(url)
    return _first_date(["-".join(address.groups())], "", now) if address else None


def _first_date(offers: Iterable[str], language: str, now: datetime) -> datetime | None:
    offers = [offer for offer in dict.fromkeys(offers) if offer]
    zone: tzinfo = UTC
    for offer in offers[:12]:
        stated = parse_date(offer)
        if stated and stated.tzinfo:
            zone = stated.tzinfo
            break
    for offer in offers:
        found = parse_date(offer, language=language)
        if found is None:
            continue
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        if _EARLIEST < found < now + timedelta(days=1):
            return found
    return None
