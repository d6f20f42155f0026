"""Which agency's text an article says it is or has in it: author line, place line, sign-off; never a quoted one.

"told Reuters" says whom somebody spoke to; "(Reuters) -" and "mit Material der dpa" say whose words these are.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from octavo.domain.telling import Passage, Telling

_LINE = 120
"""Characters of a line that says nothing but whose text this is."""

_HEAD = 90
"""Characters of a first paragraph in which its place, date and agency stand."""

_PLACE = 7
"""Words of a place line before the agency: "WASHINGTON/NEW YORK, 4 March"."""

_LAST = 3
"""Paragraphs at the end in which a sign-off may stand."""

_CODE, _SHORT = 4, 2
_TITLED = frozenset("lusa tass ansa jiji elta belta ians unian efe".split())
_EDGES = " \t.,;:：()[]{}<>（）［］【】\"'“”„«»*-–—©/|"
_PARTS = re.compile(r"[/,;|&+·•–—、，；]|\s-\s|(?<!\w)(?:and|und|et|y|e|ed|og|och|en|i|ve|и|та|و|dan|ja)(?!\w)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BRACKETS = re.compile(r"[(（\[［【/]\s?([^()（）\[\]［］【】/\n]{2,40})\s?[)）\]］】/]")
_DASHED = re.compile(r"\s?\.?\s?[-–—=＝:.]")
_CABLE = re.compile(r"^[\[【（(]?\s?([\u3400-\u9fff][^\n。，,]{1,28}?)\d日[电電讯訊]")
_OPENING = re.compile(r"^([^\W\d_][^-–—\n]{1,24}?)\s{0,2}[-–—]\s")
_BEHIND_DASH = re.compile(r"^[^.\n]{2,40}[.]?\s[—–-]\s([^.,\n—–-]{2,24})[.,]")
_END = re.compile(r"[(（\[［]([^()（）\[\]［］\n]{2,60})[)）\]］]\s?[.。]?\s*$")
_DESK = re.compile(r"^bur(?:-[a-z]{2,4}){0,4}/[a-z]{2,4}(?:/[a-z]{2,4})?$")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EAST_BEFORE = re.compile("[=＝ \u30a0-\u30ff日]")


class Extent(IntEnum):
    """How much of an article is the agency's; the more the higher."""

    BESIDES = 1  # the outlet reports, the agency has added something
    PART = 2  # the agency's text is in it
    WHOLE = 3  # the text is the agency's


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency credited, "" for agencies without a name; `passage` is where in the text, None for the author line."""

    agency: str
    extent: Extent
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    forms: dict[str, str]
    before: dict[str, Extent]
    behind: dict[str, Extent]
    unnamed: frozenset[str]
    desk: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def _words() -> _Words:
    data = files("octavo").joinpath("data")
    names = tomllib.loads(data.joinpath("bylines/agencies.toml").read_text(encoding="utf-8"))["agencies"]
    table = tomllib.loads(data.joinpath("credits/words.toml").read_text(encoding="utf-8"))
    before, behind = (
        {word: Extent[extent.upper()] for extent, listed in table[side].items() for word in _listed(listed)}
        for side in ("before", "behind")
    )
    return _Words(
        {form: agency for agency, forms in names.items() for form in forms.split("|")},
        before,
        behind,
        frozenset(_listed(table["agencies"]["unnamed"])),
        tuple((agency, tuple(one.split("|"))) for agency, listed in table["desk"].items() for one in listed),
    )


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split("|") if word.strip()]


def agency_named(name: str) -> str:
    """Give the agency's usual name for one of its forms, "" for anything else; "AP" is one, "ap" is not."""
    text = name.strip(_EDGES)
    agency = _words().forms.get(text.casefold()) or _words().forms.get(text.lower(), "")
    if not agency or not text.isascii() or len(text) > _CODE:
        return agency
    if len(text) <= _SHORT:
        return agency if text.isupper() else ""
    return agency if text.isupper() or text.islower() or text.lower() in _TITLED else ""


def line_credits(line: str) -> tuple[tuple[str, Extent], ...]:
    """Read a line that says nothing else: (agency, extent) of each it names, () where any other word stands in it."""
    text = _YEAR.sub("", line).strip(_EDGES)
    if not text or len(text) > _LINE:
        return ()
    rest, extent = _without_words(text)
    found = []
    for part in (part.strip(_EDGES) for part in _PARTS.split(rest)):
        if not part:
            continue
        agency = agency_named(part)
        if agency or part.casefold() in _words().unnamed:
            found.append((agency, extent if agency else min(extent, Extent.PART)))
        elif not (part.isascii() and (part.isupper() or part.islower()) and len(part) <= _CODE):
            return ()
    return tuple(found)


def _without_words(text: str) -> tuple[str, Extent]:
    """Take off the words before and behind the names, and give what they say of the extent."""
    extent = Extent.WHOLE
    for _ in range(2):  # "Source: with AFP"
        plain = text.lower()
        before = max((word for word in _words().before if _begins(plain, word)), key=len, default="")
        if before and plain not in _words().forms:
            extent = min(extent, _words().before[before])
            text = text[len(before) :].strip(_EDGES)
    plain = text.lower()
    behind = max((word for word in _words().behind if plain.endswith(word)), key=len, default="")
    if behind:
        extent = min(extent, _words().behind[behind])
        text = text[: -len(behind)].strip(_EDGES)
        text = text[4:] if text.lower().startswith("the ") and not agency_named(text) else text
    return text, extent


def _begins(text: str, word: str) -> bool:
    following = text[len(word) : len(word) + 1]
    return text.startswith(word) and (not following.isalpha() or not word[-1].isalpha() or bool(_EAST.match(word)))


def find_credits(telling: Telling) -> list[Credit]:
    """List the agencies whose text an article says it is or has in it, what the page says first, then the text."""
    return [*_of_page(telling), *_of_beginning(telling), *_of_end(telling)]


def has_own_author(telling: Telling) -> bool:
    """Tell whether somebody is named as author who is no agency."""
    byline = telling.byline.strip(_EDGES)
    return bool(byline) and not line_credits(byline) and bool(_people(byline))


def _people(byline: str) -> list[str]:
    parts = [part.strip(_EDGES) for part in _PARTS.split(_without_words(byline)[0])]
    return [part for part in parts if part and not agency_named(part) and part.casefold() not in _words().unnamed]


def _of_page(telling: Telling) -> Iterator[Credit]:
    source = telling.source.strip()
    own = telling.publisher.casefold()
    published = agency_named(telling.publisher)
    if published:
        yield Credit(published, Extent.WHOLE)
    named = _of_byline(telling.byline, telling.language)
    yield from (Credit(agency, extent) for agency, extent in named)
    if source and source.casefold() != own and not published:
        agency = agency_named(source) or source
        if agency not in {name for name, _ in named}:
            yield Credit(agency, Extent.PART if has_own_author(telling) else Extent.WHOLE)


def _of_byline(byline: str, language: str) -> list[tuple[str, Extent]]:
    """Read an author line: "A. Reporter mit dpa", "A. Reporter and AP" have the agency's text in hers.

    In English "A. Reporter, AP" says whom she works for; in other languages the agency may be a second author.
    """
    whole = line_credits(byline)
    if whole or len(byline) > _LINE:
        return list(whole)
    plain = byline.lower()
    for word, extent in _words().before.items():
        place = plain.find(f" {word} ")
        if extent < Extent.WHOLE and place > 0:
            found = line_credits(byline[place + len(word) + 2 :])
            if found:
                return [(agency, min(extent, said)) for agency, said in found]
    employer = language.startswith("en")
    return [
        (agency, extent if employer and not _joined(byline, part) else min(extent, Extent.PART))
        for part in _PARTS.split(byline)[1:]
        for agency, extent in line_credits(part)
    ]


def _joined(byline: str, part: str) -> bool:
    """Tell "A. Reporter and AP" from "A. Reporter, AP": whether a word stands between and not a mark."""
    before = byline[: byline.find(part)].rstrip()
    return bool(before) and before[-1].isalpha()


def _of_beginning(telling: Telling) -> Iterator[Credit]:
    """Read the place line of the first paragraph: "BEIRUT, 4 March (Reuters) -", "МОСКВА. /ТАСС/."."""
    first = next((part for part in telling.parts if part >= 0), None)
    if first is None:
        return
    text = telling.part(first)
    head = text[:_HEAD]
    for match in _BRACKETS.finditer(head):
        if not _is_place_line(head, match):
            continue
        for agency in _in_brackets(match.group(1)):
            yield _credit(telling, first, match.span(), agency)
        return
    for pattern in (_CABLE, _OPENING, _BEHIND_DASH):
        found = pattern.match(head)
        agencies = _dashed(found.group(1), pattern is _CABLE) if found else ()
        if found and agencies:
            yield from (_credit(telling, first, found.span(), agency) for agency in agencies)
            return


def _credit(telling: Telling, part: int, span: tuple[int, int], agency: str) -> Credit:
    start, end = span
    return Credit(agency, Extent.WHOLE, Passage(telling.id, part, start, end, telling.part(part)[start:end]))


def _is_place_line(head: str, match: re.Match[str]) -> bool:
    """Tell a place line from a sentence with brackets in it: few words before, a dash behind, or square ones first."""
    if match.start() == 0 and head[0] in "【［[（(":
        return True
    return len(head[: match.start()].split()) <= _PLACE and bool(_DASHED.match(head, match.end()))


def _in_brackets(text: str) -> list[str]:
    agency = agency_named(text)
    if agency:
        return [agency]
    whole = [agency for agency, _ in line_credits(text) if agency]
    return whole or [agency for agency in (_east(text),) if agency]


def _east(text: str) -> str:
    """Read "ワシントン＝共同", "東京 5日 ロイター", "서울=연합뉴스": no space need stand around the name."""
    if not _EAST.search(text):
        return ""
    for form, agency in _words().forms.items():
        if not _EAST.match(form):
            continue
        before = text[: -len(form)]
        if text.endswith(form) and (not before or _EAST_BEFORE.match(before[-1])):
            return agency
        if text.startswith(form) and text[-1] in "电電讯訊":
            return agency
    return ""


def _dashed(text: str, cable: bool) -> Sequence[str]:
    if cable:
        return [agency for form, agency in _words().forms.items() if len(form) > 1 and text.startswith(form)][:1]
    agency = agency_named(text)
    if agency:
        return [agency]
    parts = text.split("/")  # "dpa/Berlin –"
    return [agency for agency in map(agency_named, parts) if agency] if len(parts) > 1 else ()


def _of_end(telling: Telling) -> Iterator[Credit]:
    """Read the sign-off: a line of its own, brackets at the very end, or what one agency's desk alone writes."""
    parts = [part for part in telling.parts if part >= 0][-_LAST:]
    for part in parts[::-1]:
        text = telling.part(part)
        start, line = len(text) - len(text.lstrip()), text.strip()
        found: Sequence[tuple[str, Extent]] = _signed(line)
        end = start + len(line)
        if not found and part == parts[-1]:
            match = _END.search(text)
            found = _signed(match.group(1)) if match else ()
            start, end = match.span() if match else (start, end)
        passage = Passage(telling.id, part, start, end, text[start:end])
        yield from (Credit(agency, extent, passage) for agency, extent in found)


def _signed(text: str) -> Sequence[tuple[str, Extent]]:
    if len(text) > 3 * _LINE:
        return ()
    found = line_credits(text)
    if found:
        return found
    plain = text.casefold()
    if _DESK.match(plain.strip(_EDGES)):
        return (("AFP", Extent.WHOLE),)
    for agency, words in _words().desk:
        first, *others = words
        after_marks = (re.search(rf"[;,.]\s?{re.escape(word)}", plain) for word in others)
        if 0 <= plain.find(first) <= _SHORT and all(after_marks):
            return ((agency, Extent.WHOLE),)
    return ()
