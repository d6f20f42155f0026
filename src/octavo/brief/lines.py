"""The sentences of a telling as they are chosen from: where they stand, and whether they may stand alone."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from octavo.brief.addressed import Aim, aim_of
from octavo.brief.leaning import leans
from octavo.brief.turns import Turn, turns
from octavo.domain.brief import Citation, Statement
from octavo.domain.telling import Passage, Telling
from octavo.relate.tellings import LONGEST, passages
from octavo.relate.words import terms
from octavo.text.quotes import Quoted, find_quoted
from octavo.text.saying import saying_words
from octavo.text.versions import version_of

MOST = 80
"""Sentences of one telling that are read."""

_SHORTEST, _LONGEST = 32, 420
_LONGEST_PAIR = 560
_BACK = 3
_WIDE = 2.4
"""Letters of a sentence that may be shown; a character of a script without spaces says as much as two or so."""

_CREDIT = re.compile(
    r"(?:^|[(\[|/])\s*(?:photo|picture|image|foto|imagen|bild|archivbild|crédit|crédits|credit|fotografía|фото|fotoğraf|"
    r"תמונה|צילום|صورة|تصوير|图片|圖片|写真|तस्वीर|फोटो)\w*(?:\s+(?:by|von|de|par|credit))?\s*[:：/©|]"
    r"|©|\bgetty images\b|\ball rights reserved\b|\balle rechte vorbehalten\b|\btous droits réservés\b",
    re.IGNORECASE,
)
_FILED = re.compile(r"^[^.!?:;\"“”„«»]{2,64}?\s[—–-]{1,2}\s")
_ENDS = (":", "：", "?", "？", "؟", "…", "...", ",", "،", ";")
_WHOLE = re.compile(r"[.!。！।॥](?:\s?[\"”’»›)\]」』])*$")
_CLOSING = re.compile(r"\s?[”»\"’」』]")
_MARK = 2
"""Characters at a paragraph's beginning in which speech opens that goes on in the next one."""

_LETTERED = 2.0
"""Letters a sentence must have for each of its digits to say anything."""


@dataclass(frozen=True)
class Line:
    """One sentence of a telling; `number` counts through all of them.

    `cut`: it is a piece of somebody's speech. `turn`: whose turn it belongs to, in an interview.
    """

    number: int
    passage: Passage
    telling: Telling
    names: Collection[str]
    cut: bool = False
    turn: Turn | None = None

    @cached_property
    def terms(self) -> Mapping[str, float]:
        """Its words, and how much each says."""
        return terms(self.passage.text, self.telling.language)

    @cached_property
    def leans(self) -> bool:
        """Whether it points back at the sentence before it."""
        first = self.number == 0
        return leans(self.passage.text, self.telling.language, self.names, opening=first)

    @cached_property
    def shown(self) -> bool:
        """Whether it may be shown at all: whole, of some length, nobody's speech without the speaker, for readers.

        What an interviewer says is never shown: it is neither news nor the answer.
        """
        if self.turn and self.turn.asks:
            return False
        return readable(self.passage.text) and not self.cut and not self._nameless and self.aim is not Aim.AIMED

    @cached_property
    def aim(self) -> Aim:
        """Whether it speaks to machines."""
        return aim_of(self.passage.text)

    @property
    def speaker(self) -> str:
        """Who says it, where it is an answer in an interview."""
        return self.turn.speaker if self.turn else ""

    @property
    def _nameless(self) -> bool:
        return nameless(self.passage.text, self.telling.language)


def lines(telling: Telling, *, standfirst: bool = False, most: int = MOST) -> list[Line]:
    """List the sentences of a telling's paragraphs, the standfirst's before them when asked for."""
    names = known_names(telling)
    spoken = {part: find_quoted(telling.part(part)[:LONGEST]) for part in telling.parts}
    found: list[Line] = []
    spoken_by = turns(telling)
    for passage in passages(telling):
        if passage.part < 0 and not standfirst:
            continue
        if len(found) >= most:
            break
        own = undated(passage, telling)
        found.append(Line(len(found), own, telling, names, _cut(own, spoken[own.part]), spoken_by.get(own.part)))
    return found


def joined(held: Sequence[Line], number: int) -> Line | None:
    """Put a sentence that points back behind those before it, back to one that does not, as one passage.

    None where no such stands before it in its paragraph, _BACK sentences off at most.
    """
    line = held[number]
    other = line.passage
    if line.cut or line.aim is Aim.AIMED or nameless(other.text, line.telling.language):
        return None
    if not _WHOLE.search(other.text) or other.text[0].islower():
        return None
    if line.turn and line.turn.asks:
        return None
    for before in reversed(held[max(0, number - _BACK) : number]):
        one = before.passage
        if one.part != other.part or other.end - one.start > _LONGEST_PAIR or not _leads(before):
            return None
        if not before.leans:
            text = line.telling.part(other.part)[one.start : other.end]
            return replace(before, passage=replace(one, end=other.end, text=text))
    return None


def spoken(held: Sequence[Line], number: int) -> Line | None:
    """Put a sentence that was cut out of somebody's speech back into it, as one passage; None if that is too long."""
    line = held[number]
    one = line.passage
    text = line.telling.part(one.part)
    start, end = one.start, one.end
    mates = [other.passage for other in held if other.passage.part == one.part]
    for quoted in find_quoted(text[:LONGEST]):
        if quoted.start < start < quoted.end:
            start = max((other.start for other in mates if other.start <= quoted.start), default=start)
        if quoted.start < end < quoted.end:
            end = min((other.end for other in mates if other.end >= quoted.end), default=end)
            mark = _CLOSING.match(text, end)
            end = mark.end() if mark else end
    if (start, end) == (one.start, one.end) or end - start > _LONGEST_PAIR:
        return None
    whole = replace(one, start=start, end=end, text=text[start:end])
    fit = _WHOLE.search(whole.text) and aim_of(whole.text) is not Aim.AIMED and not _CREDIT.search(whole.text)
    return replace(line, passage=whole, cut=False) if fit else None


def _leads(line: Line) -> bool:
    """Whether a sentence may open a passage, or stand inside it: whole, nobody's speech, for readers."""
    text = line.passage.text
    stands = not line.cut and line.aim is not Aim.AIMED and not nameless(text, line.telling.language)
    return stands and _WHOLE.search(text) is not None and not text[0].islower() and not _CREDIT.search(text)


def known_names(telling: Telling) -> frozenset[str]:
    """Give the words that a telling's names are made of, in lower case."""
    return frozenset(word.lower() for _, name in telling.names for word in name.split() if len(word) > 1)


def readable(text: str) -> bool:
    """Say whether a sentence is one: of some length, ended, more letters than figures, no credit of a picture."""
    wide = sum("\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0eff" for char in text)
    size = len(text) + (_WIDE - 1) * wide
    if not _SHORTEST <= size <= _LONGEST or text.endswith(_ENDS) or not _WHOLE.search(text) or text[0].islower():
        return False
    letters = sum(map(str.isalpha, text)) * (_WIDE if wide else 1)
    return letters >= _LETTERED * sum(map(str.isdigit, text)) and not _CREDIT.search(text)


def nameless(text: str, language: str) -> bool:
    """Say whether a sentence is for the most part speech, and does not say whose."""
    quoted = find_quoted(text)
    inside = sum(one.end - one.start for one in quoted)
    if not quoted or inside * 2 < len(text):
        return False
    outside = _outside(text, quoted)
    words = saying_words(language)
    if words is None:
        return len(outside.split()) < 2
    lowered = outside.lower()
    return not (words.verb.search(lowered) or words.according.search(lowered))


def _outside(text: str, quoted: Sequence[Quoted]) -> str:
    rest, end = [], 0
    for one in quoted:
        rest.append(text[end : max(end, one.start - 1)])
        end = one.end + 1
    return " ".join([*rest, text[end:]])


def _cut(passage: Passage, quoted: Sequence[Quoted]) -> bool:
    """Say whether a sentence begins or ends within somebody's speech."""
    sure = [one for one in quoted if one.closed or one.start <= _MARK]
    return any(one.start < edge < one.end for one in sure for edge in (passage.start, passage.end)) or any(
        one.start <= passage.start and passage.end <= one.end for one in sure
    )


def undated(passage: Passage, telling: Telling) -> Passage:
    """Leave out where a report was filed, which opens it: "MUSCAT (Meridian) — The Gulf …"."""
    if passage.part > 1 or passage.start:
        return passage
    head = _FILED.match(passage.text)
    if head is None or not _is_place(head.group(), telling):
        return passage
    size = head.end()
    return replace(passage, start=passage.start + size, text=passage.text[size:])


def _is_place(head: str, telling: Telling) -> bool:
    place = telling.dateline.casefold()
    if place and head.casefold().startswith(place):
        return True
    first = head.split()[0].strip(",.")
    return (first.isupper() and len(first) > 2) or ("(" in head and first[:1].isupper())


def quote(passage: Passage, telling: Telling, label: str = "") -> Statement:
    """Make a statement of a passage, cited as it stands now."""
    return Statement(passage.text, (Citation(passage, version_of(telling.wording)),), label=label)


def statements(chosen: Sequence[Line], label: str = "") -> tuple[Statement, ...]:
    """Make statements of lines, in this order; what is answered in an interview is labelled with who answers."""
    return tuple(quote(one.passage, one.telling, label or one.speaker) for one in chosen)


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Give the share of one sentence's weight that another's words hold."""
    whole = sum(one.values())
    return sum(weight for term, weight in one.items() if term in other) / whole if whole else 0.0


def standing(found: Sequence[Line]) -> Iterator[Line]:
    """Give the lines that may be shown by themselves."""
    return (one for one in found if one.shown and not one.leans)
