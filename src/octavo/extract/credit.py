"""The source, when it is not the publisher: an agency whose copy this is."""

import re
from collections.abc import Iterable, Sequence

from octavo.domain.article import Byline
from octavo.extract.agencies import find_agency, is_agency
from octavo.extract.dateline import read_opening
from octavo.extract.evidence import key
from octavo.extract.hints import Hint
from octavo.extract.layout import TAG_BITS, Layout
from octavo.extract.names import Role, split_role
from octavo.extract.structured import Thing

_BRACKETED = re.compile(r"[(（]\s?(?P<name>[\w .-]{2,40})\s?[)）]")
_DESK = re.compile(r"redak|redac|rédac|redaz|newsroom|staff|team|desk|editor|online|web|\.\w{2,4}$")
_BRACKETS = {")": "(", "）": "（", "]": "[", "/": "/"}
_SAID_LAST = re.compile(r"(?:\s[—–-]{1,2}|[.!?”\"»]\s?[—–/-]{1,2})\s{0,2}(?P<names>[^\W\d_][\w ./]{1,30}?)[\s.]{0,3}$")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©\s?)?(?:\d{4}(?:\s?[-–]\s?\d{4})?\s{0,2})?(?P<name>[^.,|©]{2,40})", re.IGNORECASE
)
_BUREAU = re.compile(r"^[(\[]?bur[-/][a-z]{1,4}(?:[-/][a-z]{1,4}){0,4}[)\]]?$")
_NUMBER = re.compile(r",?\s?\w{2,12}:\d{4,8}[-\d/]{2,24}$")  # of a dispatch
_INPUTS = re.compile(
    r"(?:with (?:inputs?|files|reports?|material|reporting) (?:from|by)|"
    r"mit (?:material|informationen|agenturmaterial) (?:von|der)|con información de|con informazioni di|"
    r"com informações d[aeo]|avec|mit|med|met|con|com|with)\s(?P<names>[\w./ '-]{2,40})$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"(?P<name>Associated Press|AP|Reuters|AFP|dpa|Bloomberg|Canadian Press)\s(?:\w+\s){0,2}?"
    r"(?:writers?|journalists?|reporters?|correspondents?|staff|videojournalists?)\b.{0,160}\bcontributed",
)
_SOURCES = tuple(
    "source quell fuente fonte bron kilde källa źród zdroj forrás sursa izvor источник джерело المصدر منبع מקור kaynak "
    "sumber nguồn 来源 來源 出典 출처 स्रोत πηγή".split()
)
_PICTURES = Hint.MEDIA | Hint.CAPTION | Hint.COMMENTS | Hint.RELATED | TAG_BITS["figure"]
_ABOVE, _BELOW, _BEHIND = 12, 4, 6  # pieces around the beginning of the body and behind its end
_SHORT, _LINE, _CLOSING = 60, 120, 260  # characters of a sign-off, of a line beside the body, of a closing read


def find_credit(
    byline: Byline, main: Thing | None, paragraphs: Sequence[str], publisher: str, beside: Iterable[str] = ()
) -> str:
    """Name the agency: in the author line, in "CITY (Agency) -" at the opening, signed off at the closing, or beside.

    `beside` are short lines around the body (credit_lines). An organisation that the page gives as author and that is
    not the publisher is one too, known or not; an agency that only the story is about is none.
    """
    own = find_agency(publisher)
    opening = paragraphs[0] if paragraphs else ""
    for agency in (
        find_agency(byline.text),
        *(read_opening(paragraph).agency for paragraph in paragraphs[:3]),
        *(_signed_off(paragraph) for paragraph in reversed(paragraphs[-3:])),
        *map(_beside, beside),
    ):
        if agency and agency != own:
            return agency
    bracketed = _BRACKETED.search(opening[:90])
    organisations = {name for name, kind in main.authors if kind == "organization"} if main else set()
    named = {*organisations, bracketed["name"].strip() if bracketed else ""}
    outside = byline.text in named and not byline.people and not _same(byline.text, publisher)
    return byline.text if outside and key(publisher) and byline.text else ""


def credit_lines(layout: Layout, chosen: Sequence[int]) -> list[str]:
    """The short lines above, below and behind the beginning and the end of the body that belong to no picture."""
    if not chosen:
        return []
    begins, ends = chosen[0], chosen[-1]
    pictures = {media.before for media in layout.media}
    marked = {mark.piece for mark in layout.marked if mark.kind in ("author", "byline", "creator")}
    numbers = [*range(max(0, begins - _ABOVE), begins + _BELOW), *range(max(ends - 1, begins + _BELOW), ends + _BEHIND)]
    found = []
    for number in numbers:
        piece = layout.pieces[number] if number < len(layout.pieces) else None
        if piece is None or len(piece.text) > _LINE or layout.around.local[piece.box] & _PICTURES:
            continue
        if pictures.isdisjoint((number - 1, number)) and (number in marked or not _is_bare(piece.text)):
            found.append(piece.text)
    return found


def _is_bare(line: str) -> bool:
    """Tell an agency's name alone, which may as well be a picture's credit, or two letters of a button."""
    rest = split_role(line)[1]
    return rest == line.strip() and is_agency(line) and "," not in line


def _beside(line: str) -> str:
    """The agency a line beside the body credits: alone, behind "By", "Source:", "©", or behind the writers' names."""
    role, rest = split_role(line)
    label = line[: line.find(rest)].lower() if rest else ""
    if role is Role.OTHER and not any(word in label for word in _SOURCES):
        return ""
    if is_agency(line) or is_agency(rest):
        return find_agency(rest) or find_agency(line)
    rights = _RIGHTS.match(line)
    if rights:
        return find_agency(rights["name"])
    return _tail(rest.split()) if role is Role.WRITER or _INPUTS.search(line) else ""


def _tail(parts: Sequence[str]) -> str:
    """The agency the last words of a line are."""
    for count in range(min(4, len(parts) - 1), 0, -1):
        last = " ".join(parts[-count:])
        if is_agency(last):
            return find_agency(last)
    return ""


def _signed_off(paragraph: str) -> str:
    """The agency that signs a closing paragraph: "(dpa)", "mho/afp", "— AFP", "© AFP", "With inputs from PTI"."""
    closing = paragraph.strip()
    if _BUREAU.match(closing):
        return "AFP"
    if len(closing) < _SHORT and is_agency(_NUMBER.sub("", closing)):
        return find_agency(_NUMBER.sub("", closing))
    rights = _RIGHTS.search(closing[:_CLOSING])
    if rights and (agency := find_agency(rights["name"])):
        return agency
    contributed = _CONTRIBUTED.search(closing[:_CLOSING]) if "contributed" in closing[:_CLOSING] else None
    if contributed:
        return find_agency(contributed["name"])
    end = closing[-_CLOSING:].rstrip(" .。")
    opens = end.rfind(_BRACKETS[end[-1]], 0, -1) if end and end[-1] in _BRACKETS else -1
    bracketed = end[opens + 1 : -1] if opens >= 0 else ""
    if is_agency(bracketed) and not _spelled(end[:opens], bracketed):
        return find_agency(bracketed)
    for pattern in (_SAID_LAST, _INPUTS):
        said = pattern.search(end.rstrip(" .)"))
        if said and is_agency(said["names"]):
            return find_agency(said["names"])
    return ""


def _spelled(text: str, code: str) -> bool:
    """Tell whether the words before a bracket are what its letters stand for: "Australian Federal Police (AFP)"."""
    letters = code.strip().lower()
    words = [word for word in re.findall(r"[^\W\d_]+", text[-120:]) if word[0].isupper()]
    initials = "".join(word[0].lower() for word in words[-len(letters) :])
    return letters.isalpha() and len(letters) > 1 and initials == letters


def _same(name: str, publisher: str) -> bool:
    """Tell whether a name is the publisher's, or a desk of it."""
    first, second = name.lower(), publisher.lower()
    return first in second or second in first or bool(_DESK.search(first))
