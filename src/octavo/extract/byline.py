"""Who wrote it: the best-attested author line, and the people in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from octavo.domain.article import Byline
from octavo.extract.evidence import key
from octavo.extract.hints import Hint
from octavo.extract.layout import Layout
from octavo.extract.names import clean_people, is_person, starts_byline, strip_prefix
from octavo.extract.structured import Statements, Thing

_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "dcterms.creator",
    "citation_author", "cxenseparse:author", "article:author_name",
)  # fmt: skip
_ELSEWHERE = Hint.BIO | Hint.COMMENTS | Hint.RELATED | Hint.MEDIA | Hint.CAPTION
_OTHERS = Hint.BIO | Hint.COMMENTS | Hint.RELATED
_ABOVE, _BELOW, _LONGEST = 16, 4, 140  # pieces around the beginning of the body; characters
_PRINTED = 120
_NUMBERED = re.compile(r"\d{2}")  # a date, an account number: no name of an agency or a newsroom
_SEPARATED = re.compile(r"\s[|·•⋅—–]\s")
_NAME = 30  # characters


@dataclass(frozen=True, slots=True)
class _Offer:
    """Author lines from one source; whether the source says that they are people."""

    lines: tuple[str, ...]
    people: bool = False


def find_byline(
    statements: Statements,
    main: Thing | None,
    layout: Layout,
    chosen: Sequence[int],
    publisher: str,
    feed: Iterable[str],
) -> Byline:
    """Choose the first author line that names people: stated, marked, printed where the body begins, the feed's.

    When none does, the line as printed is kept: an agency, an outlet, initials.
    """
    printed = ""
    for offer in _offers(statements, main, layout, chosen, tuple(feed)):
        people = clean_people(offer.lines, publisher, known_people=offer.people)
        text = ", ".join(dict.fromkeys(strip_prefix(line) for line in offer.lines if line))
        if people:
            return Byline(text[:300], people)
        if not printed and len(text) < _PRINTED and not _NUMBERED.search(text):
            printed = text
    return Byline(printed)


def _offers(
    statements: Statements, main: Thing | None, layout: Layout, chosen: Sequence[int], feed: tuple[str, ...]
) -> Iterator[_Offer]:
    if main:
        yield _Offer(tuple(name for name, kind in main.authors if kind == "person"), people=True)
        yield _Offer(tuple(name for name, kind in main.authors if kind == ""))
    yield _Offer(_stated(statements))
    yield _Offer(_marked(layout, "author"))
    yield _Offer(_marked(layout, "byline"))
    if chosen:
        yield _Offer(_near(layout, chosen))
        yield _Offer(_dated(layout, chosen[0]))
    yield _Offer(feed)
    if chosen:
        yield _Offer(_alone(layout, chosen))
    if main:
        yield _Offer(tuple(name for name, kind in main.authors if kind == "organization"))


def _stated(statements: Statements) -> tuple[str, ...]:
    for name in _META:
        values = [value for value in statements.meta.get(name, ()) if not value.startswith("http")]
        if values:
            return tuple(values)
    if "writ" in statements.first("twitter:label1").lower():
        return (statements.first("twitter:data1"),)
    return ()


def _marked(layout: Layout, kind: str) -> tuple[str, ...]:
    """The texts of elements that say they name the author; of lines marked as bylines only the first."""
    found = []
    for mark in layout.marked:
        if mark.kind == kind and not mark.hints & _ELSEWHERE:
            text = mark.text
            if 3 < len(text) < _LONGEST:
                found.append(text)
    return tuple(dict.fromkeys(found))[: 6 if kind == "author" else 1]


def _line(layout: Layout, number: int) -> str:
    """A short line of the article's own; "" for what stands in boxes of comments, links or other people's lives."""
    piece = layout.pieces[number] if number < len(layout.pieces) else None
    if piece is None or len(piece.text) > _LONGEST or layout.around.local[piece.box] & _OTHERS:
        return ""
    return piece.text


def _near(layout: Layout, chosen: Sequence[int]) -> tuple[str, ...]:
    """The line nearest to the beginning of the body, else behind its end, that begins as bylines do."""
    begins, ends = chosen[0], chosen[-1]
    behind = range(max(ends - 1, begins + _BELOW), ends + _BELOW)
    for number in [*range(begins, max(-1, begins - _ABOVE), -1), *range(begins + 1, begins + _BELOW), *behind]:
        text = _line(layout, number)
        if text and starts_byline(text):
            return (text,)
    return ()


def _dated(layout: Layout, begins: int) -> tuple[str, ...]:
    """The names in a line near the beginning of the body that also gives the date: "Ann Lee · 4 March 2026, 13:10"."""
    for number in [*range(begins, max(-1, begins - _ABOVE), -1), *range(begins + 1, begins + _BELOW)]:
        text = _line(layout, number)
        if _NUMBERED.search(text) and (parts := _SEPARATED.split(text))[1:]:
            names = tuple(part for part in parts if is_person(part))
            if names:
                return names
    return ()


def _alone(layout: Layout, chosen: Sequence[int]) -> tuple[str, ...]:
    """A name that stands alone as the first or the last line of the body."""
    for number in (chosen[0], chosen[-1]):
        text = layout.pieces[number].text
        if len(text) <= _NAME and text[-1].isalpha() and is_person(strip_prefix(text)):
            return (text,)
    return ()


def is_byline(text: str, byline: Byline) -> bool:
    """Tell a line of the body that only says who wrote it."""
    if not byline.text or len(text) >= _LONGEST:
        return False
    plain = key(strip_prefix(text))
    return bool(plain) and plain in {key(byline.text), *map(key, byline.people)}
