"""Who said what: the same quotation across outlets, whole, cut, altered or translated."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from octavo.domain.ids import ArticleId
from octavo.domain.quotation import Quotation, Variant, Wording
from octavo.domain.telling import Telling
from octavo.relate.sounds import sound
from octavo.relate.utterances import Utterance, utterances
from octavo.text.words import words

MOST = 40
"""Quotations given of one story."""

_TELLINGS = 60
_WORDS = 160
"""Tellings of a story, the first, that are read; words of a quotation that are compared."""

_RUN = 3
_COMMON = 40
"""Words in a row that make two quotations worth comparing; a run shared by more than so many leads nowhere."""

_SAME = 0.75
_LEAST = 4
_LONG = 8
"""Share of the shorter one's words found in order in the longer; words found at least; words that need no speaker."""

_SPELLING = 0.8
_SPELT = 5
"""Likeness, and letters, of two words from which they are one word spelt in two ways."""

_MISSING = 0.8
"""Share of the missing words found in the outlet's other quotations from which nothing was cut."""

_LENGTHS = (0.5, 2.0)
_DAYS = 2
_EASTERN = 2.4
"""Lengths of a translation against the original; days between them; characters a Chinese or Japanese one is worth."""

_BRACKETS = re.compile(r"[\[(][^\])]{0,80}[\])]|…|\.\.\.")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_CHANGES = 6


@dataclass(eq=False)
class _Compared:
    """An utterance with its words made comparable."""

    said: Utterance
    words: tuple[str, ...]

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self.words[n : n + _RUN] for n in range(max(1, len(self.words) - _RUN + 1)))

    @cached_property
    def family(self) -> str:
        """The speaker's last name, as it sounds where it can be heard."""
        parts = self.said.speaker.split()
        last = parts[-1].casefold() if parts else ""
        return sound(last) or last

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(self.said.words))


@dataclass
class _Group:
    head: _Compared
    others: list[tuple[_Compared, Wording, tuple[tuple[str, str], ...]]]


def quotations(tellings: Sequence[Telling]) -> tuple[Quotation, ...]:
    """Give what people say in a story's tellings, what most outlets give first, at most MOST."""
    spoken = [utterances(telling) for telling in tellings[:_TELLINGS]]
    compared = [_Compared(one, _plain(one)) for listed in spoken for one in listed]
    elsewhere: dict[ArticleId, list[_Compared]] = defaultdict(list)
    for one in compared:
        elsewhere[one.said.telling.id].append(one)
    groups = _translated(_grouped(compared, elsewhere))
    found = [_quotation(group) for group in groups]
    found.sort(key=lambda one: (-len(one.publishers), not one.speaker, one.first.at, one.head.passage.part))
    return tuple(found[:MOST])


def _plain(one: Utterance) -> tuple[str, ...]:
    """The words of an utterance without case, accents and marks; what stands in brackets is not the speaker's."""
    text = unicodedata.normalize("NFKD", _BRACKETS.sub(" ", one.words.casefold()))
    kept = "".join(char for char in text if not unicodedata.combining(char) and char not in "'’‘`-‑")
    return tuple(words(_NUMBER.sub(lambda number: re.sub(r"\D", "", number.group()), kept)))[:_WORDS]


def _grouped(compared: Sequence[_Compared], elsewhere: dict[ArticleId, list[_Compared]]) -> list[_Group]:
    """Put each quotation with the fullest one it is a wording of; never with another's copy."""
    groups: list[_Group] = []
    index: dict[tuple[str, tuple[str, ...]], list[_Group]] = defaultdict(list)
    for one in sorted(compared, key=lambda one: (-len(one.words), one.said.telling.at, one.said.telling.id)):
        near = _nearby(one, index)
        home = max(near, key=lambda group: _share(group.head, one), default=None)
        if home is not None and _same(home.head, one):
            home.others.append((one, *_wording(home.head, one, elsewhere)))
            continue
        group = _Group(one, [])
        groups.append(group)
        for run in one.runs:
            index[one.said.telling.language, run].append(group)
    return groups


def _nearby(one: _Compared, index: dict[tuple[str, tuple[str, ...]], list[_Group]]) -> list[_Group]:
    found: dict[int, _Group] = {}
    for run in one.runs:
        held = index.get((one.said.telling.language, run), ())
        if len(held) <= _COMMON:
            found |= {id(group): group for group in held}
    return list(found.values())[:_COMMON]


def _share(head: _Compared, one: _Compared) -> float:
    return len(head.runs & one.runs) / (len(one.runs) or 1)


def _blocks(head: _Compared, one: _Compared) -> SequenceMatcher[str]:
    return SequenceMatcher(None, head.words, one.words, autojunk=False)


def _same(head: _Compared, one: _Compared) -> bool:
    if head.words == one.words:
        return True
    if len(one.words) < _LEAST:
        return bool(head.family) and head.family == one.family and _share(head, one) == 1.0
    matched = sum(block.size for block in _blocks(head, one).get_matching_blocks())
    if matched < _LEAST or matched / len(one.words) < _SAME:
        return False
    strangers = bool(head.family and one.family) and not _one_person(head, one)
    return not strangers or (matched >= _LONG and matched == len(one.words))


def _one_person(first: _Compared, second: _Compared) -> bool:
    names = first.said.speaker, second.said.speaker
    return first.family == second.family or names[0].endswith(names[1]) or names[1].endswith(names[0])


def _wording(
    head: _Compared, one: _Compared, elsewhere: dict[ArticleId, list[_Compared]]
) -> tuple[Wording, tuple[tuple[str, str], ...]]:
    missing: list[str] = []
    changes: list[tuple[str, str]] = []
    for kind, start, end, other, until in _blocks(head, one).get_opcodes():
        gone, new = head.words[start:end], one.words[other:until]
        if kind == "delete":
            missing += gone
        elif kind != "equal" and not _respelt(gone, new):
            changes.append((" ".join(gone), " ".join(new)))
    if changes:
        return Wording.ALTERED, tuple(changes[:_CHANGES])
    if not missing:
        return Wording.WHOLE, ()
    given = {word for other in elsewhere[one.said.telling.id] for word in other.words}
    if sum(word in given for word in missing) / len(missing) >= _MISSING:
        return Wording.WHOLE, ()
    return (Wording.CUT if one.said.telling.whole else Wording.PART), ()


def _respelt(gone: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether two runs of words are the same but for spaces or a spelling: ten year, tenyear; colour, color."""
    first, second = "".join(gone), "".join(new)
    if first == second:
        return True
    if (
        not first
        or not second
        or min(len(first), len(second)) < _SPELT
        or first[0] != second[0]
        or len(gone) != len(new)
    ):
        return False
    digits = any(char.isdigit() for char in first + second)
    return (
        not digits and abs(len(first) - len(second)) <= 1 and SequenceMatcher(None, first, second).ratio() >= _SPELLING
    )


def _translated(groups: list[_Group]) -> list[_Group]:
    """Join groups of two languages where speaker, numbers, length and day all say they are one, and only one fits."""
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda group: (group.head.said.telling.at, group.head.said.telling.id)):
        homes = [home for home in kept if _translation(home.head, group.head)]
        if len(homes) == 1 and not any(_translation(group.head, other[0]) for other in homes[0].others):
            translated = [(one, Wording.TRANSLATED, ()) for one in (group.head, *(other[0] for other in group.others))]
            homes[0].others += translated
        else:
            kept.append(group)
    return kept


def _translation(first: _Compared, second: _Compared) -> bool:
    one, two = first.said, second.said
    if one.telling.language == two.telling.language or not first.family or first.family != second.family:
        return False
    if not first.numbers or first.numbers != second.numbers or max(map(len, first.numbers)) < 2:
        return False
    if abs((one.telling.at - two.telling.at).days) > _DAYS:
        return False
    return _LENGTHS[0] <= _length(one) / _length(two) <= _LENGTHS[1]


def _length(one: Utterance) -> float:
    wide = sum("\u3040" <= char <= "\u9fff" for char in one.words)
    return len(one.words) + (_EASTERN - 1) * wide


def _quotation(group: _Group) -> Quotation:
    others = sorted(group.others, key=lambda other: (other[0].said.telling.at, other[0].said.telling.id))
    return Quotation(
        _variant(group.head.said),
        tuple(replace(_variant(one.said), wording=wording, changes=changes) for one, wording, changes in _once(others)),
    )


def _once(
    others: Iterable[tuple[_Compared, Wording, tuple[tuple[str, str], ...]]],
) -> list[tuple[_Compared, Wording, tuple[tuple[str, str], ...]]]:
    """An article that gives a quotation twice, in standfirst and text, counts once: with its longest wording."""
    best: dict[ArticleId, tuple[_Compared, Wording, tuple[tuple[str, str], ...]]] = {}
    for other in others:
        key = other[0].said.telling.id
        if key not in best or len(other[0].words) > len(best[key][0].words):
            best[key] = other
    return list(best.values())


def _variant(one: Utterance) -> Variant:
    telling = one.telling
    return Variant(
        telling.id, telling.publisher, telling.at, telling.language, one.passage, one.words, one.speaker, one.role
    )
