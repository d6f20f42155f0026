"""Where and when it was filed: "KYIV, 4 March (Agency) -"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from octavo.domain.article import Dateline
from octavo.extract.agencies import find_agency, is_agency
from octavo.extract.bylinewords import MONTHS, NOWHERE, PARTICLES, WEEKDAYS

_FIRST = 3  # paragraphs; a caption or a standfirst may stand above the opening
_READ, _BACK, _AGAIN = 130, 8_000, 30  # characters of the opening; of the text, and its paragraphs, looked through
_WORDS, _CAPITALS, _NAME = 4, 3, 45  # words of a place; of one only its capitals tell; characters

_BEGINS = r"(?=[\"'“”„«»‘’¿¡(\[]{0,2}(?:[^\W\d_a-zß-öø-ÿ]|\d))"
_DASH = re.compile(rf"\s?(?:[—–――]|(?<=[\s).\]/,])-{{1,3}}(?=\s|[A-Z])|\.-|/-|(?<=[\s)\]])\.--)\s{{0,2}}{_BEGINS}")
_STOP = re.compile(rf"(?<=[^\W\d_]{{3}})[.·:|•]\s{{1,2}}{_BEGINS}|\s[·|•]\s{_BEGINS}")
_BRACKETS = re.compile(r"[(（\[/«][^()（）\[\]/«»]{1,40}[)）\]/»]")
_FOREMOST = re.compile(r"^[(（\[【]\s?(?P<inside>[^()（）\[\]【】]{2,40}?)\s?[)）\]】]\s{0,2}[-–—]?\s{0,2}")
_EAST = re.compile(
    r"^[(（\[【]?(?:(?:[\u4e00-\u9fff]{2,6}社|中新网|中新網|新华网)(?:记者[\u4e00-\u9fff]{2,4}?)?)?"
    r"(?P<place>[\u4e00-\u9fff]{2,8}?)\d{1,2}月\d{1,2}日(?:综合)?[电電]|"
    r"^[(（\[【](?:中央社)(?:記者[\u4e00-\u9fff]{2,3})?(?P<taiwan>[\u4e00-\u9fff]{2,6}?)\d{1,2}日(?:綜合|專)?[电電]|"
    r"^[(（\[【](?P<japan>[\u30a0-\u30ff\u4e00-\u9fff]{2,10}?)(?:共同|時事|ロイター|聯合ニュース)[)）\]】]|"
    r"^[(（\[【](?P<reuters>[\u30a0-\u30ff\u4e00-\u9fff]{2,10}?)[\s　]\d{1,2}日[\s　]ロイター[)）\]】]|"
    r"^[(（\[【](?P<korea>[\uac00-\ud7af]{2,8}(?:·[\uac00-\ud7af]{2,8})?)\s?=\s?[\uac00-\ud7af\w]{2,8}[)）\]】]"
)
_OURS = re.compile(
    r"^(?:dal(?:la)? nostr[oa] (?:corrispondente|inviat[oa])|de notre (?:correspondante?|envoyée?)(?: spéciale?)?|"
    r"(?:nuestro|nuestra|corresponsal|enviad[oa] especial)|von unserem korrespondenten|van onze correspondent)"
    r"(?: (?:da|a|à|en|in|aus))?\s",
    re.IGNORECASE,
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(WEEKDAYS)
_DATE = re.compile(
    rf"[,.،]?\s{{0,2}}(?:\b(?:{_WEEKDAY})\b[,.]?\s{{0,2}})?(?:\b\d{{4}}[.,]?\s)?(?:\bthe\s)?"
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th|\.|º|er|-an)?\s?(?:de\s|d['’]\s?)?(?:{_MONTH})\b\.?|"
    rf"\b(?:{_MONTH})\b\.?\s?\d{{1,2}}(?:st|nd|rd|th|\.|,)?|"
    r"\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\b\d{4}-\d{2}-\d{2})"
    rf"(?:,?\s?(?:de\s|del\s)?\d{{4}}(?:\sг\.)?)?(?:,?\s(?:{_WEEKDAY}))?[,.،]?",
    re.IGNORECASE,
)
_IN = (
    "in|aus|nach|bei|von|à|en|at|near|from|of|w|we|v|ve|u|em|im|di|da|a|till|från|i|fra|til|te|op|naar|uit|в|у|з|из|από|"
    "στη|στην"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the beginning of a text says of where it comes from."""

    place: str = ""
    agency: str = ""


@cache
def _cities() -> frozenset[str]:
    text = files("octavo").joinpath("data/bylines/cities.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split("|"))


def find_dateline(paragraphs: Iterable[str]) -> Dateline:
    """Read the place one of the first paragraphs opens with; no place when they open like any sentence."""
    listed = list(paragraphs)
    for number, opening in enumerate(islice(listed, _FIRST)):
        again = "" if number else f"{opening[:_BACK]} {' '.join(listed[1:_AGAIN])[:_BACK]}"
        found = read_opening(opening, again)
        if found.place:
            return Dateline(found.place)
    return Dateline()


def read_opening(opening: str, text: str = "") -> Opening:
    """Read the place and the agency a paragraph opens with.

    `text` is where the place may be named again; without one, as for a paragraph that is not the first, only marks that
    leave no doubt count: capitals, a date, an agency, a dash.
    """
    head = opening[:_READ].strip()
    east = _EAST.match(head)
    if east:
        place = next(name for name in east.groups() if name)
        return Opening(place.replace("·", "/"), find_agency(_bracketed(head)) or _eastern(head, place))
    foremost = _FOREMOST.match(head)
    if foremost and (agency := find_agency(foremost["inside"])):
        return Opening(_left_of(head[foremost.end() :], agency, text).place, agency)
    return _left_of(head, "", text)


def _bracketed(head: str) -> str:
    return head[1 : head.find("=")] if "=" in head[:20] else ""


def _eastern(head: str, place: str) -> str:
    """The agency in an opening without spaces: what stands before the place, or behind it."""
    before, _, after = head.partition(place)
    inside = re.split(r"[)）\]】]", after)[0].lstrip(" =·　")
    return (
        find_agency(before.strip("(（[【")) or find_agency(inside) or find_agency(inside.split()[-1] if inside else "")
    )


def _left_of(head: str, agency: str, text: str) -> Opening:
    """Read the part of an opening left of its dash, of its bracketed agency, or of its full stop."""
    for bracket in _BRACKETS.finditer(head):
        named = find_agency(bracket.group())
        if named:
            left, dated = _undated(_BRACKETS.sub(" ", head[: bracket.start()]))
            place = _place(left)
            if place and (dated or len(place.split()) <= _CAPITALS):
                return Opening(place, named)
    dash = _DASH.search(head)
    if dash and dash.start() > 1:
        left, right = head[: dash.start()], head[dash.end() :]
        bare, dated = _undated(_OURS.sub("", _BRACKETS.sub(" ", left)))
        bare, last = _signed(bare)
        named = agency or last or _named_first(right)
        marked = bool(_BRACKETS.search(left)) or (text != "" and dash.group().strip() in ("—", "–"))
        if (place := _place(bare)) and _is_meant(place, text, sure=bool(dated or named), marked=marked):
            return Opening(place, named)
    stop = _STOP.search(head)
    if stop:
        bare, dated = _undated(head[: stop.start()])
        place = _place(bare)
        sign = stop.group().strip()
        named = agency or _named_first(_DATE.sub("", head[stop.end() :], count=1).lstrip(" ."))
        if place and (
            named
            or dated
            or ((text or place.isupper()) and _is_known(place))
            or (sign != ":" and _is_named_again(place, text))
        ):
            return Opening(place, named)
    return Opening("", agency)


def _signed(bare: str) -> tuple[str, str]:
    """Part the agency from the end of what stands left of a dash: "الرياض واس"."""
    words = bare.split()
    for count in range(min(3, len(words) - 1), 0, -1):
        last = " ".join(words[-count:])
        if is_agency(last):
            return " ".join(words[:-count]).strip(" ,.;:،"), find_agency(last)
    return bare, ""


def _named_first(right: str) -> str:
    """The agency the text behind a dash begins with: "القاهرة - رويترز", "МОСКВА, 5 янв — РИА Новости."."""
    first = re.split(r"[,.:،\n]|\s[-–—]|[-–—]\s", right[:40])[0]
    return find_agency(first) if is_agency(first) else ""


def _undated(left: str) -> tuple[str, bool]:
    """What is left of an opening without its date; whether it had one."""
    bare = _DATE.sub(" ", left) if any(map(str.isdigit, left)) else left
    return bare.strip(" ,.;:-–—،/()\t"), bare != left


def _place(left: str) -> str:
    """The place a text is, its country and agency left out; "" when it is none by its shape."""
    name, *country = (part.strip(" .،") for part in re.split(r",|،|\s-\s|\s[–—]\s", left.strip()))
    words = name.split()
    if any(len(part.split()) > _CAPITALS or not all(map(_is_cased, part.split())) for part in country):
        return ""
    if not 1 <= len(words) <= _WORDS or len(name) > _NAME or len(name) < 2 or any(sign.isdigit() for sign in name):
        return ""
    if find_agency(name) or not name[0].isalpha() or any(mark in name for mark in '?!;:=@#%&*"“”„«»'):
        return ""
    if {word.lower().strip(".,") for word in words} & NOWHERE - PARTICLES or words[0].lower() in NOWHERE:
        return "" if not _is_known(name) else name
    return name if all(_is_cased(word) for word in words) else ""


def _is_cased(word: str) -> bool:
    return not word[0].islower() or word.lower() in PARTICLES or word in {"am", "an", "on", "upon", "sur", "im", "sul"}


def _is_meant(place: str, text: str, *, sure: bool, marked: bool) -> bool:
    """Tell a place before a dash from a word that happens to stand there.

    `marked`: a bracket stands behind it, or the dash is a long one; a script without capitals needs no more.
    """
    short = len(place.split()) <= _CAPITALS
    if sure or _is_known(place):
        return True
    if place.isupper():
        return short
    if place.lower() == place.upper():
        return marked and short
    return _is_named_again(place, text)


def _is_known(place: str) -> bool:
    plain = place.lower()
    return plain in _cities() or all(part.strip() in _cities() for part in plain.split("/"))


def _is_named_again(place: str, text: str) -> bool:
    """Tell whether the text speaks of something in, from or near the place."""
    again = re.compile(rf"(?<!\w)(?:{_IN})\s(?:{'|'.join(re.escape(part.strip()) for part in place.split('/'))})(?!\w)")
    return bool(again.search(text, len(place)))
