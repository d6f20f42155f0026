"""Author lines to people's names: apart, clean, without titles, roles, dates and outlets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from octavo.extract.agencies import find_agency
from octavo.extract.bylinewords import BEHIND, BY, DOUBTFUL, MONTHS, NOBODY, OTHERS, PARTICLES, PLACES, ROLES

_LABEL = re.compile(r"^([^\W\d][^:：／=＝|\n]{0,40}?)\s{0,2}[:：／=＝|]\s{0,3}(?=\S)")
_SHORTEST_LABELS = ("文/", "文／", "圖/", "图/")
_ATTACHED = re.compile(
    r"^[【\[（(]?(?:本报|本報|本网|本網|特约|特約|見习|实习|實習|新华社|新華社|人民日报)?(?:记者|記者|通讯员|撰文|责编|責編)"
)
_INSIDE = re.compile(
    r"^.{0,60}\b(?:written by|words by|posted by|story by|authored by|geschrieben von)\s{1,3}(?=\S)|"
    r"^(?:originally )?(?:published|posted|updated|written)\b[^.]{0,40}?\sby\s{1,3}(?=\S)",
    re.IGNORECASE,
)
_JOINED = (
    "and|und|et|y|og|och|en|i|e|ve|и|та|й|і|dan|with|mit|avec|con|και|és|és|ja|și|và|ir|un|dhe|eta|και|و|"
    "AND|UND|ET|MIT|WITH|ET"
)
_SPLIT = re.compile(
    rf"\s{{0,2}}(?:[;|/／•·⋅●、，؛،]|,\s(?:(?:{_JOINED})\s)?|\s(?:{_JOINED}|&|＆)\s|\s-\s|\s[–—]\s|\n)\s{{0,2}}"
)
_HARD = re.compile(r"[;|\n•·]")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.|º|er)?[\s-](?:de\s)?(?:{_MONTH})\b\.?|"
    rf"\b(?:{_MONTH})\b\.?\s\d{{1,2}}\b|\b(?:19|20)\d\d\b|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,2}}:\d{{2}})"
)
_WEEKDAY = r"(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
_DATE = re.compile(rf"\s{{0,2}}(?:\b(?:on|at|am|vom|le|el|il|op|den)\s)?{_WEEKDAY}\b{_DAY}.*$", re.IGNORECASE)
_DATED = re.compile(rf"^{_WEEKDAY}{_DAY}(?:,?\s(?:19|20)\d\d|\d\d)?[\s,|·•–—-]{{0,4}}(?=[^\W\d])", re.IGNORECASE)
_TRAILER = re.compile(
    r"\s{0,2}(?:\(.{0,80}\)|<.{0,80}>|\[.{0,80}\]|\b(?:for|für|pour|in|aus)\s[A-Z].{0,60}|"
    r",?\s\b(?:updated|published|posted|last updated|reviewed|is a|has been|says|said)\b.{0,120}|"
    r"@\S{1,60}|https?:\S{1,200}|\S{1,60}@\S{1,60})$",
    re.IGNORECASE,
)
_TITLES = (
    r"(?i:dr|prof|mr|mrs|ms|miss|sir|dame|rev|hon|ing|mag|dipl|dott|sen|rep|dra|drs|adv|col|capt|lt|sr|sra|"
    r"д-р|проф|господин|sayın|shri|smt|pastor)\.?"
)
_HONOURS = re.compile(
    rf"^{_TITLES}\s{{1,2}}(?=\S{{2,}}\s)|"
    r",?\s{1,2}(?:(?i:ph\.?d\.?|m\.d\.?|mba|r\.d\.n?\.?|msc|m\.sc\.|bsc|esq\.?|cfp®?|cepf®?|psy\.?d\.?|pharmd)|"
    r"MD|RDN?|RN|MS|MA|M\.A\.|CPA|FACP|DO|LCSW|MPH|Jr\.?|CSCS|DDS|DVM|LDN|CSSD|CPT|NP|PA-C|J\.D\.|JD|FOMA|DABOM|FACLM)"
    r"(?=,|\s|$)"
)
_REPORTS = ("報導", "報道", "报道")  # behind a place
_OWN = re.compile(r"^(?:본지|본보|本報|本报)\s")
_DIGIT = re.compile(r"\d")
_DOMAIN = re.compile(r"[^\W\d_]{2}\.[a-z]{2,}")
_SURNAME_FIRST = re.compile(
    r"^([^\W\d_][\w'’-]{1,20}),\s([^\W\d_][\w'’-]{1,20}(?:\s[^\W\d_]\.?){0,2}|(?:[^\W\d_]\.\s?){1,3})$"
)
_HAN = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff々·・]+$")
_KATAKANA = re.compile(r"[\u30a0-\u30ff]")
_HALF = 3  # characters of a family or a given name written in Chinese characters
_HANGUL = re.compile(r"^[\uac00-\ud7af]+$")
_OUTLET = re.compile(
    r"(?:社|網|网|報|报|新聞|新闻|编辑部|編輯部|部|局|中心|頻道|频道|電視|电视|现代|現代|日刊|通信|デジタル|ニュース|"
    r"综合|綜合|뉴스|신문|방송|일보)$"
)
_NO_NAMES = PLACES | BY | OTHERS
_MOST = 25
_LONG = 50
_LONGEST_LINE = 1_000  # characters


class Role(Enum):
    """Whom the beginning of a line says it names."""

    WRITER = "writer"
    OTHER = "other"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What a line says: whom it names, as what, and whether a role is printed."""

    people: tuple[str, ...] = ()
    role: Role = Role.UNSAID


@lru_cache(maxsize=4_096)
def read_line(line: str, publisher: str = "", *, known_people: bool = False) -> Named:
    """Read an author line: its people, split and clean, and whether it says that they wrote.

    One name alone will do where `known_people` says that they are persons, or where the line says that they wrote.
    """
    line = _ended(_INSIDE.sub("by ", line[:_LONGEST_LINE].strip()))
    role, rest = split_role(_DATED.sub("", line) if _DIGIT.search(line[:_LONG]) else line)
    alone = known_people or role is not Role.UNSAID
    people: dict[str, str] = {}
    outlet = _key(publisher)
    for name in _names(rest):
        fit = is_person(name) or (alone and _is_first_name(name))
        if fit and _key(name) != outlet:
            people.setdefault(_key(name), name)
    return Named(tuple(people.values())[:_MOST], role)


def clean_people(offer: Iterable[str], publisher: str, *, known_people: bool = False) -> tuple[str, ...]:
    """Split author lines into people's names; outlets, agencies, roles, dates and addresses are dropped.

    `known_people` says that the page itself calls them persons: then one name alone will do.
    """
    people: dict[str, str] = {}
    for line in offer:
        for name in read_line(line, publisher, known_people=known_people).people:
            people.setdefault(_key(name), name)
    return tuple(people.values())[:_MOST]


@lru_cache(maxsize=4_096)
def split_role(line: str) -> tuple[Role, str]:
    """Part a line into what its beginning says ("By", "Von", "Photo:", "文／") and the rest."""
    line = _ended(line.strip(" \t,;|•–—-"))
    label = _LABEL.match(line)
    if label and (role := _role(label[1])):
        return role, line[label.end() :]
    if line.startswith(_SHORTEST_LABELS):
        return _role(line[0]) or Role.WRITER, line[2:].strip()
    attached = _ATTACHED.match(line)
    if attached:
        return Role.WRITER, line[attached.end() :].strip(" ：:】])）")
    words = line.split(None, 6)
    for count in range(min(5, len(words) - 1), 0, -1):
        said = " ".join(words[:count])
        if said.lower() in DOUBTFUL and not said.islower():
            continue
        if role := _role(said):
            return role, line[_length(words, count, line) :].strip(" ,;:|-–—•")
    return Role.UNSAID, line


def _role(said: str) -> Role | None:
    plain = " ".join(said.lower().split()).strip(" :：")
    if plain in BY:
        return Role.WRITER
    return Role.OTHER if plain in OTHERS else None


def _length(words: list[str], count: int, line: str) -> int:
    """Where in the line its first words end."""
    end = 0
    for word in words[:count]:
        end = line.index(word, end) + len(word)
    return end


def strip_prefix(text: str) -> str:
    """Remove a leading "By", "Von", "Par", … from an author line."""
    role, rest = split_role(text)
    return rest.strip(" ,;:|-–—\u2022") or text if role is Role.WRITER else text.strip(" ,;:|-–—\u2022") or text


def starts_byline(text: str) -> bool:
    """Tell whether a line begins as bylines do: "By", "Von", "文／"."""
    return split_role(text)[0] is Role.WRITER


def _ended(line: str) -> str:
    for begins, ends in (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】")):
        if line.startswith(begins) and line.endswith(ends):
            return line[1:-1].strip()
    return line


def _names(line: str) -> Iterable[str]:
    """The parts of a line that may be names, clean; what follows a role up to the next bar or semicolon is dropped."""
    swapped = _SURNAME_FIRST.match(line)
    if swapped and not find_agency(swapped[1]) and not _words(line) & (NOBODY | ROLES):
        yield f"{swapped[2]} {swapped[1]}"
        return
    line = _HONOURS.sub("", line)
    past = 0
    skipping = False
    for number, part in enumerate(_SPLIT.split(line)):
        at = line.find(part, past) if part else past
        if skipping and _HARD.search(line[past:at]):
            skipping = False
        past = at + len(part)
        if number and _words(part) & ROLES:
            skipping = True
        if not skipping:
            role, rest = split_role(part)
            if role is Role.OTHER:
                skipping = True
                continue
            if number and (part.lower() in PLACES or part.endswith(_REPORTS)):
                continue
            yield _clean(rest if role is Role.WRITER and number == 0 else part)


@lru_cache(maxsize=4_096)
def is_person(name: str) -> bool:
    """Tell a person's name from a role, an outlet or a sentence by its shape."""
    if _DIGIT.search(name) or len(name) > _LONG or any(mark in name for mark in "@/:!?©™®#_{}[]=+*…"):
        return False
    parts = name.split()
    if _words(name) & (NOBODY | ROLES) or name.lower() in _NO_NAMES or _DOMAIN.search(name) or find_agency(name):
        return False
    if not name.isascii() and len(parts) == 1:
        return _is_whole(name)
    if not 2 <= len(parts) <= 6 or _OUTLET.search(name):
        return False
    if len(parts) == 2 and _HAN.match("".join(parts)) and max(map(len, parts)) > _HALF:
        return False
    return all(_is_part(part) for part in parts) and any(part.lower().strip(".") not in PARTICLES for part in parts)


def _is_whole(name: str) -> bool:
    """Tell a name that is written without a space, as in Chinese, Japanese and Korean."""
    if _OUTLET.search(name):
        return False
    if _HAN.match(name):
        foreign = "・" in name or "·" in name
        return 2 <= len(name) <= (12 if foreign else 5) and (foreign or not _KATAKANA.search(name))
    if _HANGUL.match(name):
        return 2 <= len(name) <= 4
    return 2 <= len(name) <= 12 and not name[0].islower() and not name[0].isascii() and name[0].isalpha()


def _is_part(part: str) -> bool:
    if part[0].islower():
        return part.lower() in PARTICLES or "'" in part or "’" in part
    return part[0].isalpha() or part[0] in "'’\"“("


def _is_first_name(name: str) -> bool:
    letters = name.replace("-", "").replace(".", "")
    if not 2 < len(name) < 20 or not name[0].isupper() or not letters.isalpha() or _DOMAIN.search(name):
        return False
    return not find_agency(name) and not _words(name) & (NOBODY | ROLES)


def _clean(part: str) -> str:
    name = _OWN.sub("", _DATE.sub("", part) if _DIGIT.search(part) else part)
    name = _HONOURS.sub("", _TRAILER.sub("", name.strip())).strip(" ,;:.|-–—\"'“”()（）【】")
    name = " ".join(_HONOURS.sub("", name).split())
    for word in BEHIND:
        if name.endswith(word) and len(name) > len(word) + 1:
            return name.removesuffix(word).strip()
    return _without_agency(_without_role(name))


def _without_agency(name: str) -> str:
    """Cut an agency printed behind a name: "Ann Lee The Associated Press"."""
    parts = name.split()
    for cut in range(2, len(parts)):
        if find_agency(" ".join(parts[cut:])):
            return " ".join(parts[:cut])
    return name


def _without_role(name: str) -> str:
    """Cut a role printed behind a name without a comma: "Ann Lee Senior Writer"."""
    parts = name.split()
    for number, part in enumerate(parts):
        if part.lower().strip(".,()") in ROLES:
            if number < 2:
                return name
            return " ".join(parts[: min(number, 3 if parts[1].lower() in PARTICLES or len(parts[1]) < 3 else 2)])
    return name


def _words(text: str) -> set[str]:
    return {part.lower().strip(".,()®'’:") for part in text.split()}


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
