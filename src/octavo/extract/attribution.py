"""Who a page says wrote it, and where it says so: claims from its statements, its marks and its lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from octavo.extract.agencies import find_agency
from octavo.extract.bylinewords import BY, PARTICLES
from octavo.extract.evidence import key
from octavo.extract.hints import Hint
from octavo.extract.layout import HEADINGS, Layout, Marked
from octavo.extract.names import Role, is_person, read_line, split_role
from octavo.extract.structured import Statements, Thing

_META = re.compile(
    r"(?:^|[:._-])(?:author|authors|author_name|author-name|articleauthor|byl|byline|creator|writer)$|^citation_authors?$"
)
_NO_META = re.compile(r"^twitter:|url|_id$|^og:site|generator")
_OTHERS = Hint.COMMENTS | Hint.RELATED
_PICTURES = Hint.MEDIA | Hint.CAPTION
_ABOVE, _HEADLINE, _BELOW, _BEHIND = 16, 40, 4, 26  # pieces around the beginning and the end of the body
_AT_ONCE, _CLOSING = 3, 12  # pieces above the headline that still belong to it; pieces at the end of the body
_LONGEST, _LONGEST_MARK, _NAME = 140, 700, 40  # characters
_MANY_MARKS, _MANY_LINKS = 60, 12
_NUMBERED = re.compile(r"\d{2}")
_SEPARATED = re.compile(r"\s[|·•⋅—–]\s|(?<=\d)(?=[A-Z][a-zà-ÿ]+\s[A-Z])")
_MORE = re.compile(
    r"^(?:(?:view|see|read|show|find)?\s?(?:all|more|other)\s(?:of\s)?(?:posts|articles|stories|reviews|blogs)?\s?"
    r"(?:by|from)|(?:posts|articles|stories)\sby|(?:alle|mehr|weitere)\s(?:artikel|beiträge)\svon|"
    r"(?:tous ses|plus d')?\s?articles\sde|(?:más|todos los)\s(?:artículos|noticias)\sde|about|über|à propos de|sobre|"
    r"meet)\s(?=[^\W\d_])",
    re.IGNORECASE,
)
_IS = re.compile(r":\s|,?\s(?:is|was|has|ist|schreibt|arbeitet|est|es|è|é|är|er|jest|to|joined|writes|covers|works)\s")
_ABOUT = re.compile(
    r"^(?:about (?:the|this) (?:author|writer)s?|the authors?|meet the author|author bio|written by|"
    r"über (?:den|die) autor(?:in|en)?|zur person|à propos de l'auteur|sobre (?:el|la|o|a) autora?|l'autore|o autorze|"
    r"об авторе|про автора|عن الكاتب|yazar hakkında|over de auteur|om forfatteren|om författaren)\W{0,3}$",
    re.IGNORECASE,
)
_BY_INSIDE = re.compile(
    r"^.{0,60}\b(?:written|words|posted|story|authored|geschrieben) (?:by|von)\s|"
    r"^(?:originally )?(?:published|posted|updated|written)\b[^.]{0,40}?\sby\s",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"^(?:[a-zäöü]{2,4}(?:[,/]\s?[a-zäöü]{2,5}){1,4}(?:;.{0,80})?|"
    r"(?i:[\w.-]{0,20}(?:redaktion|redaction|rédaction|redacción|redazione|redactie|newsroom)\b[\w .-]{0,30}))$"
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:©\s?)?(?:\d{4}\s?(?:[-–]\s?\d{4})?)?\s{0,3}(?:©\s?)?(?:by\s)?", re.IGNORECASE
)
_OWNED = re.compile(r"['’]s\s.{0,400}$")


class Kind(Enum):
    """Where a name stands that a page offers as its author's."""

    PERSON = "person"
    """In the article's structured data, as a person."""
    PLAIN = "plain"
    ORGANIZATION = "organization"
    ELSEWHERE = "elsewhere"
    """In structured data of the page, where the article's names nobody."""
    META = "meta"
    LABEL = "label"
    """twitter:label1, "Written by"."""
    AUTHOR_NEAR = "author_near"
    """In an element marked as the author, near the beginning of the body."""
    AUTHOR_BEHIND = "author_behind"
    AUTHOR_FAR = "author_far"
    BYLINE_NEAR = "byline_near"
    BYLINE_BEHIND = "byline_behind"
    BYLINE_FAR = "byline_far"
    LINKED = "linked"
    """A link inside a mark near the body."""
    BY_ABOVE = "by_above"
    """In a line that begins with "By"."""
    BY_BELOW = "by_below"
    """In such a line just below the beginning of the body."""
    BY_BEHIND = "by_behind"
    DATED = "dated"
    """In a line that gives the date too."""
    ALONE = "alone"
    """Alone in a line between the headline and the body."""
    ALONE_DATED = "alone_dated"
    """Alone in a line beside one that gives the date."""
    ALONE_FIRST = "alone_first"
    ALONE_LAST = "alone_last"
    ALONE_BEHIND = "alone_behind"
    ABOUT = "about"
    """Under "About the author", or where a sentence says what they do."""
    MORE = "more"
    """In "All articles by"."""
    SITE = "site"
    """Who owns the site, by its name, its first line or its copyright."""
    FEED = "feed"
    OTHER = "other"
    """As photographer, editor, translator …"""
    AGENCY = "agency"
    """In a short line that names a news agency."""
    DESK = "desk"
    """In the last line, where a desk or initials sign."""


_FOR_MACHINES = frozenset({Kind.PERSON, Kind.PLAIN, Kind.ORGANIZATION, Kind.ELSEWHERE, Kind.META, Kind.LABEL})


@dataclass(frozen=True, slots=True)
class Claim:
    """A line of a page, the people it names, and where it stands."""

    kind: Kind
    line: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """All that authors are read from."""

    statements: Statements
    main: Thing | None
    layout: Layout
    chosen: Sequence[int]
    publisher: str
    feed: tuple[str, ...] = ()


def gather_claims(source: Source) -> list[Claim]:
    """Every line of a page that offers authors, those that name no person too."""
    found = [*_stated(source)]
    found += [_claim(Kind.FEED, line, source, known=True) for line in source.feed]
    if source.chosen:
        found += _marked(source)
        found += _lines(source)
        found += _behind(source)
    found += _owner(source)
    return [claim for claim in found if claim.line]


def _claim(kind: Kind, line: str, source: Source, *, known: bool = False) -> Claim:
    named = read_line(line, source.publisher, known_people=known)
    if named.role is Role.OTHER and (named.people or kind not in _FOR_MACHINES):
        kind = Kind.OTHER
    return Claim(kind, line, named.people)


def _stated(source: Source) -> Iterator[Claim]:
    kinds = {"person": Kind.PERSON, "organization": Kind.ORGANIZATION}
    main = source.main
    for name, kind in main.authors if main else ():
        yield _claim(kinds.get(kind, Kind.PLAIN), name, source, known=kind == "person")
    if main is None or not main.authors:
        for thing in source.statements.things[:6]:
            for name, kind in thing.authors:
                yield _claim(Kind.ELSEWHERE, name, source, known=kind == "person")
    yield from _meta(source)
    if "writ" in source.statements.first("twitter:label1").lower():
        yield _claim(Kind.LABEL, source.statements.first("twitter:data1"), source)


def _meta(source: Source) -> Iterator[Claim]:
    for name, values in source.statements.meta.items():
        if not _META.search(name) or _NO_META.search(name):
            continue
        for value in dict.fromkeys(values):
            if not value.startswith(("http", "@", "www.")) and len(value) < _LONGEST_MARK:
                yield _claim(Kind.META, value, source)


def _zone(source: Source, number: int) -> str:
    """Tell whether a piece stands near the beginning of the body, behind its end, or elsewhere."""
    begins, ends = source.chosen[0], source.chosen[-1]
    if _top(source) <= number < begins + _BELOW:
        return "near"
    return "behind" if ends - _AT_ONCE < number <= ends + _BEHIND else "far"


def _headline(source: Source) -> int:
    """The piece the headline is: the last first-level heading above the body."""
    begins = source.chosen[0]
    return max((m.piece for m in source.layout.marked if m.kind == "h1" and m.piece <= begins), default=-1)


def _top(source: Source) -> int:
    begins, headline = source.chosen[0], _headline(source)
    return max(0, min(begins - _ABOVE, headline - _BELOW if headline > begins - _HEADLINE else begins))


def _marked(source: Source) -> Iterator[Claim]:
    """The texts of elements that say they name the author, the innermost that name one."""
    layout = source.layout
    marks = [mark for mark in layout.marked if mark.kind in ("author", "byline", "creator")]
    taken: list[tuple[int, str]] = []
    for mark in reversed(marks[:_MANY_MARKS]):
        if mark.hints & (_OTHERS | _PICTURES) & ~Hint.BYLINE or _local(layout, mark) & _OTHERS:
            continue
        text = mark.text
        zone = _zone(source, mark.piece)
        if zone != "far" and len(text) < _LONGEST_MARK and split_role(text)[0] is not Role.OTHER:
            yield from _linked(mark, source)
        if zone == "behind" and len(text) >= _LONGEST and (subject := _subject(text)):
            yield _claim(Kind.ABOUT, subject, source)
        inside = any(0 <= piece - mark.piece < 8 and inner in text for piece, inner in taken)
        if not 2 < len(text) < _LONGEST or inside:
            continue
        claim = _claim(Kind(f"{'byline' if mark.kind == 'byline' else 'author'}_{zone}"), text, source)
        if claim.people:
            taken.append((mark.piece, text))
        yield claim


def _local(layout: Layout, mark: Marked) -> int:
    return layout.around.local[mark.box] if 0 <= mark.box < len(layout.around.local) else 0


def _linked(mark: Marked, source: Source) -> Iterator[Claim]:
    for link in mark.node.css("a")[:_MANY_LINKS]:
        text = " ".join(link.text(separator=" ").split())
        if 2 < len(text) < _NAME:
            yield _claim(Kind.LINKED, text, source)


def _line(source: Source, number: int) -> str:
    """A short line of the article's own; "" for what stands in boxes of comments or links."""
    pieces = source.layout.pieces
    if not 0 <= number < len(pieces) or len(pieces[number].text) > _LONGEST:
        return ""
    if source.layout.around.local[pieces[number].box] & _OTHERS:
        return ""
    return pieces[number].text


def _turn(source: Source) -> int:
    """Where what stands near the beginning of the body ends."""
    return min(source.chosen[0] + _BELOW, source.chosen[-1] + 1)


def _lines(source: Source) -> Iterator[Claim]:
    """What lines near the beginning of the body say."""
    for number in range(_top(source), _turn(source)):
        text = _line(source, number)
        if not text:
            continue
        before = _line(source, number - 1)
        if before and len(before) < _NAME and _is_label(before):
            text = f"{before.rstrip(' :')}: {text}"
        if split_role(text)[0] is not Role.UNSAID or _BY_INSIDE.search(text):
            yield _claim(Kind.BY_ABOVE if number <= source.chosen[0] + 1 else Kind.BY_BELOW, text, source)
        elif _NUMBERED.search(text) and (parts := _SEPARATED.split(text))[1:]:
            names = (split_role(part)[1] for part in parts if split_role(part)[0] is not Role.OTHER)
            yield Claim(Kind.DATED, text, tuple(name for name in names if is_person(name)))
        elif _stands_apart(source, number) and _only_names(text, source):
            if kind := _alone(source, number):
                yield _claim(kind, text, source)
        elif len(text) < _NAME and find_agency(text):
            yield Claim(Kind.AGENCY, text, ())


def _is_label(text: str) -> bool:
    """Tell a line that only says that the next one names the writer: "By", "Author:"."""
    return text.lower().strip(" :：") in BY


def _alone(source: Source, number: int) -> Kind | None:
    begins = source.chosen[0]
    if number == begins or number in source.chosen[:_BELOW]:
        return Kind.ALONE_FIRST
    headline = _headline(source)
    if number < (headline if headline >= 0 else begins - 1) - _AT_ONCE:
        return None
    dated = any(_NUMBERED.search(_line(source, near)) for near in (number - 1, number + 1))
    return Kind.ALONE_DATED if dated else Kind.ALONE


def _stands_apart(source: Source, number: int) -> bool:
    """Tell a line that is no heading and no link of a list."""
    piece = source.layout.pieces[number]
    tag = source.layout.boxes[piece.box].tag if piece.box >= 0 else ""
    return tag not in HEADINGS and not (tag == "li" and piece.linked)


def _only_names(text: str, source: Source) -> bool:
    """Tell a line that holds names and nothing else."""
    if text[-1] in ".!?:…" or _is_said(text):
        return False
    named = read_line(text, source.publisher).people
    return bool(named) and 4 * sum(len(key(name)) for name in named) > 3 * len(key(text))


def _is_said(text: str) -> bool:
    """Tell a line of which more than a quarter is small words that no name holds, before it is read for names."""
    small = sum(len(word) for word in text.split() if word.isalpha() and word.islower() and word not in PARTICLES)
    return 4 * small > len(key(text))


def _behind(source: Source) -> Iterator[Claim]:
    """What the last lines of the body and the lines behind it say."""
    ends = source.chosen[-1]
    about = ""
    for number in range(max(ends - _CLOSING, _turn(source)), ends + _BEHIND):
        text = _line(source, number)
        more = _MORE.match(text)
        if _ABOUT.match(text):
            about = text
            continue
        if more:
            yield _claim(Kind.MORE, text[more.end() :], source)
        elif split_role(text)[0] is not Role.UNSAID or _BY_INSIDE.search(text):
            yield _claim(Kind.BY_BEHIND, text, source)
        elif text and _stands_apart(source, number) and _only_names(text, source):
            yield from _signed(source, number, about)
        elif subject := _subject(source.layout.pieces[number].text if number < len(source.layout.pieces) else ""):
            yield _claim(Kind.ABOUT, subject, source)
        elif ends <= number <= ends + 1 and _DESK.match(text):
            yield Claim(Kind.DESK, text.partition(";")[0], ())
        about = ""


def _signed(source: Source, number: int, about: str) -> Iterator[Claim]:
    """A line of names alone, at the end."""
    ends = source.chosen[-1]
    text = _line(source, number)
    if about or _line(source, number + 1)[: len(text)] == text:
        yield _claim(Kind.ABOUT, text, source)
    elif ends <= number <= ends + _BELOW:
        yield _claim(Kind.ALONE_LAST if number <= ends + 1 else Kind.ALONE_BEHIND, text, source)


def _subject(text: str) -> str:
    """The person a sentence begins with that says what they do: "Ann Lee is a reporter"."""
    found = _IS.search(text[:60])
    return text[: found.start()] if found and is_person(text[: found.start()]) else ""


def _owner(source: Source) -> Iterator[Claim]:
    """Who owns the site, where it is one person's."""
    pieces = source.layout.pieces
    yield from (Claim(Kind.SITE, name, (name,)) for name in _persons([_OWNED.sub("", source.publisher)]))
    yield from (Claim(Kind.SITE, name, (name,)) for name in _persons(_OWNED.sub("", p.text[:400]) for p in pieces[:2]))
    for piece in pieces[-12:]:
        rights = _RIGHTS.search(piece.text[:_LONGEST])
        if rights and rights.group():
            rest = re.split(r"[.,|•·]", piece.text[rights.end() : rights.end() + _NAME])[0].strip()
            yield from (Claim(Kind.SITE, piece.text, (name,)) for name in _persons([rest]))


def _persons(texts: Iterable[str]) -> Iterator[str]:
    return (text.strip() for text in texts if is_person(text.strip()))
