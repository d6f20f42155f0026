"""Where and when it was filed: "KYIV, 4 March (Agency) -"."""

import re

from octavo.domain.article import Dateline

_DASH = r"\s?(?:[–—―]|\s--?\s|-\s|:\s)\s?"
_PLACE = r"(?P<place>[^\W\d_][\w .,'’/&-]{1,50}?)"
_LATIN = re.compile(rf"^{_PLACE}(?:,\s[^()]{{3,25}}?\d{{1,4}})?\s?(?:[(/][^()]{{2,30}}[)/])?{_DASH}(?=\S)")
_GERMAN = re.compile(r"^(?P<place>[A-ZÄÖÜ][\w/ -]{2,30}?)(?:\s\((?P<agency>[\w/ .-]{2,20})\)|\.\s(?=[A-ZÄÖÜ„\"]))")
_CHINESE = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}社)(?P<place>[\u4e00-\u9fff]{2,8}?)\d{1,2}月")


def find_dateline(opening: str) -> Dateline:
    """Read the place a first paragraph opens with; no place when it opens like any sentence."""
    chinese = _CHINESE.match(opening)
    if chinese:
        return Dateline(chinese["place"])
    head = opening[:110]
    match = _LATIN.match(head)
    if match and _is_place(match["place"], bracketed="(" in match.group()):
        return Dateline(match["place"].strip(" ,."))
    match = _GERMAN.match(head)
    if match and match["agency"] and _is_place(match["place"], bracketed=True):
        return Dateline(match["place"].strip())
    return Dateline()


def _is_place(place: str, *, bracketed: bool) -> bool:
    words = place.replace(",", " ").split()
    if not 1 <= len(words) <= 6:
        return False
    first = words[0]
    if bracketed:
        return first[0].isupper()
    return first.isupper() and len(first) > 2 and first.isalpha()
