"""Where and when it was filed: "KYIV, 4 March (Agency) -"."""

import re
from collections.abc import Iterable
from itertools import islice

from octavo.domain.article import Dateline
from octavo.extract.credit import find_agency

_DASH = r"\s?(?:[–—―]|\s--?\s|-\s|:\s)\s?"
_PLACE = r"(?P<place>[^\W\d_][\w .,'’/&-]{1,50}?)"
_LATIN = re.compile(rf"^{_PLACE}(?:,\s[^()]{{3,25}}?\d{{1,4}})?\s?(?:[(/][^()]{{2,30}}[)/])?{_DASH}(?=\S)")
_GERMAN = re.compile(r"^(?P<place>[A-ZÄÖÜ][\w/ -]{2,30}?)(?:\s\((?P<agency>[\w/ .-]{2,20})\)|\.\s(?=[A-ZÄÖÜ„\"]))")
_ARABIC = r"[\u0600-\u06ff]{2,14}"
_CASELESS = re.compile(rf"^(?P<place>{_ARABIC}(?:\s{_ARABIC}){{0,3}})\s?(?:\([^()]{{2,30}}\)\s?)?[—–]\s")
_FIRST = 3  # paragraphs; a caption or a standfirst may stand above the opening
_CHINESE = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}社)(?P<place>[\u4e00-\u9fff]{2,8}?)\d{1,2}月")


def find_dateline(paragraphs: Iterable[str]) -> Dateline:
    """Read the place one of the first paragraphs opens with; no place when they open like any sentence."""
    for opening in islice(paragraphs, _FIRST):
        place = _place(opening)
        if place:
            return Dateline(place)
    return Dateline()


def _place(opening: str) -> str:
    chinese = _CHINESE.match(opening)
    if chinese:
        return chinese["place"]
    head = opening[:110]
    match = _LATIN.match(head)
    if match and _is_place(match["place"], bracketed="(" in match.group()):
        return match["place"].strip(" ,.")
    match = _GERMAN.match(head)
    if match and find_agency(match["agency"] or "") and _is_place(match["place"], bracketed=True):
        return match["place"].strip()
    match = _CASELESS.match(head)
    return match["place"] if match else ""


def _is_place(place: str, *, bracketed: bool) -> bool:
    words = place.replace(",", " ").split()
    if not 1 <= len(words) <= 6:
        return False
    first = words[0].replace("-", "")
    if bracketed:
        return first[0].isupper()
    return first.isupper() and len(first) > 2 and first.isalpha()
