"""When it was published and last changed, on the page's own word: stated, marked, printed, in that order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from selectolax.lexbor import LexborHTMLParser

from octavo.domain.entry import Entry
from octavo.extract.datelabels import CHANGED, FIRST, PUBLISHED, is_label, labelled
from octavo.extract.hints import Hint
from octavo.extract.layout import TAG_BITS, Layout
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
_ELSEWHERE = Hint.COMMENTS | Hint.RELATED | Hint.FOOTER | TAG_BITS["footer"]
_OTHERS = Hint.COMMENTS | Hint.RELATED | Hint.NAVIGATION | TAG_BITS["nav"]  # not the article's, even at its head
_ABOVE, _BELOW, _LONGEST = 20, 8, 110  # pieces around the beginning of the body; characters
_OVER, _UNDER = 4, 12  # pieces above and below the heading where its date stands
_AFTER = 12  # pieces after the body's end
_AHEAD = timedelta(hours=24)  # how far a clock may be ahead of ours
_SAME = timedelta(hours=36)  # a day, and the zones it may be printed in
_KINDS = frozenset({"datePublished", "time", "date"})
_LABEL = 30  # characters of a label in a box of its own
_BARE = 24  # letters a line may hold beside its date and still be about nothing else
_DATED = re.compile(r"\d{4}|\d[./-]\s?\d{1,2}[./-]\s?\d\d|年|[\u0e00-\u0e7f]\.?\s\d\d")  # what may be one
_LETTER = re.compile(r"[^\W\d_]")
_DAY_FIRST = re.compile(r"en[-_](?:gb|au|nz|ie|in|za|sg|ke|ng|pk|hk)", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"""\b(?:datePublished|date_published|publishedAt|published_at|publishDate|publish_date|firstPublished(?:At)?|"""
    r"""first_published(?:_at)?|publishedDate|published_date|published_on|publishedOn|pubDate|pub_date|publicationDate|"""
    r"""publication_date|published_time|publish_time|publishTime)(?:\\{0,3}["'])?\s?[:=]\s?\\{0,3}["']?"""
    r"""((?:19|20)\d\d-?\d\d-?\d\d[^"'\\,;}<]{0,30}|1\d{9}(?:\d{3})?(?!\d))"""
)
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)|/(20\d\d)[/-]?([01]\d)/?([0-3]\d)(?=[/_.-]|$)"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """Dates a page shows: in lines over its body, in elements marked as a date, in lines near and after its body."""

    over: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def find_dates(
    statements: Statements, main: Thing | None, printed: Printed, language: str, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """When it was published and last changed; None when nothing the page says can be true.

    What the page prints over its body outweighs what it states where a template is seen to be mistaken: see
    `_corrected`. A line that is labelled as a change is no word on when the article was published.
    """
    language = _regional(statements, language)
    stated = [main.published if main else "", *(statements.first(name) for name in _PUBLISHED)]
    stated += [*printed.stated, *(thing.published for thing in statements.things if thing is not main)]
    over = _facts(printed.over)
    modified = [main.modified if main else "", *(statements.first(name) for name in _MODIFIED)]
    last = _first_date([*modified, *(text for label, text in over if label == CHANGED)], language, now)
    first = _first_date(stated, language, now)
    if first is None:
        first = _first_date(_ranked(over, printed), language, now)
    else:
        shown = [(label, text, found) for label, text in over if (found := _first_date([text], language, now))]
        voices = [found.date() for text in stated if (found := _first_date([text], language, now))]
        agreed = len(voices) > 1 and len(set(voices)) == 1
        first = _corrected(first, last, shown, agreed=agreed)
    if first and last and last < first:
        last = None
    return first, last


def _ranked(over: list[tuple[str, str]], printed: Printed) -> list[str]:
    """What the page shows of its publication, best first: labelled, then alone in a line, then marked as a date."""
    near, after = _facts(printed.near), _facts(printed.after)
    lines = [*over, *near, *after]
    found = [text for wanted in (FIRST, PUBLISHED) for label, text in lines if label == wanted]
    found += [text for label, text in over if not label and _is_bare(text)]
    found += printed.marked
    found += [text for label, text in [*near, *after] if not label and _is_bare(text)]
    return found + [text for label, text in over if not label]


def _is_bare(text: str) -> bool:
    return len(_LETTER.findall(text)) <= _BARE


def _corrected(
    first: datetime, last: datetime | None, shown: list[tuple[str, str, datetime]], *, agreed: bool
) -> datetime:
    """The stated date, or what the page prints in its place: `shown`, as (label, text, date).

    Printed as that of publication and earlier, it is believed: templates fill in the date of the last change. So is
    the only date over the body, when it stands alone in its line, the statements have not `agreed`, and it is not the
    day of a change.
    """
    if any(_may_be(text, found, first) for label, text, found in shown if label != CHANGED):
        return first
    for label, _, found in shown:
        if label == PUBLISHED and found < first:
            return found
    days = {found.date() for _, _, found in shown}
    if len(days) != 1 or agreed or any(label == CHANGED for label, _, _ in shown):
        return first
    _, text, alone = shown[0]
    return first if not _is_bare(text) or (last and abs(alone - last) < _SAME) else alone


def _may_be(text: str, found: datetime, stated: datetime) -> bool:
    """Whether a printed date is a stated one, in whatever zone and with day and month in whatever order."""
    if abs(found - stated) < _SAME:
        return True
    readings = (parse_date(text, language=language) for language in ("en", "en-gb"))
    return any(reading and reading.date() == stated.date() for reading in readings)


def _facts(lines: Iterable[str]) -> list[tuple[str, str]]:
    return [fact for line in lines for fact in labelled(line)]


def _regional(statements: Statements, language: str) -> str:
    """The language with the region that settles what 3/4/2026 is, where the page states it."""
    for stated in (statements.language, statements.first("og:locale")):
        if language == "en" and _DAY_FIRST.match(stated):
            return "en-gb"
    return language


def find_printed(layout: Layout, chosen: Sequence[int]) -> Printed:
    """Collect the dates a page shows, `chosen` being the pieces of its body."""
    begins, ends = (chosen[0], chosen[-1]) if chosen else (0, 0)
    heads = [mark.piece for mark in layout.marked if mark.node.tag == "h1" and mark.piece < begins + _ABOVE]
    above = [piece for piece in heads if piece <= begins + 1]
    head = above[-1] if above else next(iter(heads), begins)
    zone = range(max(0, head - _OVER), max(min(head + _UNDER, max(begins, head) + _BELOW), begins + 2))
    around = layout.around.local
    timed: dict[int, str] = {}
    stated: list[str] = []
    marked: list[str] = []
    for mark in layout.marked:
        bits = mark.hints | (around[mark.box] if mark.box >= 0 else 0)
        if mark.kind not in _KINDS or bits & _OTHERS:
            continue
        text = mark.attributes.get("datetime") or mark.attributes.get("content") or mark.text
        if mark.kind == "datePublished" and not bits & (_ELSEWHERE | Hint.CARDS):
            stated.append(text)
        elif mark.kind == "time" and mark.piece in zone and mark.piece < len(layout.pieces):
            line = timed.get(mark.piece, layout.pieces[mark.piece].text)
            timed[mark.piece] = line.replace(mark.text, text, 1) if mark.text and mark.text in line else text
        elif not bits & (_ELSEWHERE | Hint.CARDS):
            marked.append(text)
    near = [*range(begins, max(-1, begins - _ABOVE), -1), *range(begins + 1, begins + _BELOW)]
    return Printed(
        over=tuple(_lines(layout, zone, _OTHERS, timed)),
        stated=tuple(stated),
        marked=tuple(marked),
        near=tuple(_lines(layout, near, _ELSEWHERE, {})),
        after=tuple(_lines(layout, range(ends + 1, ends + _AFTER), _ELSEWHERE, {})),
    )


def _lines(layout: Layout, numbers: Iterable[int], unwanted: int, timed: dict[int, str]) -> Iterator[str]:
    """The short lines with digits among some pieces, times in them as their elements state them."""
    for number in numbers:
        piece = layout.pieces[number] if number < len(layout.pieces) else None
        if piece is None or len(piece.text) > _LONGEST or layout.around.local[piece.box] & unwanted:
            continue
        text = timed.get(number, piece.text)
        if _DATED.search(text):
            before = layout.pieces[number - 1].text if number else ""
            yield f"{before} {text}" if len(before) < _LABEL and is_label(before) else text


def feed_date(entry: Entry | None, now: datetime) -> datetime | None:
    """Give the feed's word on when an entry was published, where its page says nothing; a date to come is none."""
    stated = entry.published_at if entry else None
    return stated if stated and stated <= now + _AHEAD else None


def find_hidden_date(tree: LexborHTMLParser, url: str, now: datetime) -> datetime | None:
    """Find the date of a page that shows none: in the state its scripts carry, else in its address."""
    for node in tree.css("script"):
        match = _IN_SCRIPT.search(node.text())
        found = _first_date([match.group(1)], "", now) if match else None
        if found:
            return found
    address = _IN_ADDRESS.search(url)
    return _first_date(["-".join(filter(None, address.groups()))], "", now) if address else None


def _first_date(offers: Iterable[str], language: str, now: datetime) -> datetime | None:
    """The first of the dates that can be true; one without a zone is given that of the first other that has one."""
    offers = [offer for offer in dict.fromkeys(offers) if offer]
    for offer in offers:
        found = parse_date(offer, language=language)
        if found is None:
            continue
        found = found if found.tzinfo else found.replace(tzinfo=_zone_of(offers))
        if _EARLIEST < found < now + timedelta(days=1):
            return found
    return None


def _zone_of(offers: list[str]) -> tzinfo:
    zones = (found.tzinfo for offer in offers[:12] if (found := parse_date(offer)) and found.tzinfo)
    return next(zones, UTC)
