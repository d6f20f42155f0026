"""What kind of change a publisher made: typo, style, update, figure, correction, softened, hardened, deleted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from octavo.domain.edit import HEADLINE_PLACE, Change, Edit, EditKind, Worded
from octavo.relate.diffs import blocks, spans
from octavo.text.editing import EditingWords, editing_words
from octavo.text.rarity import Rarities, rarities
from octavo.text.words import words

_ALIKE = 0.5
"""Share of their words, Dice's, from which two sentences are two wordings of one."""

_KEPT = 0.6
"""The same for a sentence that lost its name: the rest of it must still stand."""

_PAIRED = 60
"""Sentences gone and new that are set against each other."""

_SHORT = 6
"""Words of a run put in or taken out within which a "reportedly" qualifies what stands beside it."""

_DELETED = 5
"""Words from which a sentence that is gone is a passage deleted."""

_RESTYLED = 0.34
"""Share of a sentence's words that may be new for it to say the same."""

_MISSPELT = 0.7
_LEAST_LETTERS = 3
"""Likeness of two words, and letters, from which one is a slip for the other."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f'’٬٫]\d+)*")
_THOUSANDS = re.compile(r"[.,\u00a0\u202f'’٬](?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![^\W_])[^\W\d_][\w’'-]{1,24}(?:\s[^\W\d_][\w’'-]{1,24}){1,3}")
_KEY = re.compile(r"[\W_]+")
_COMPARED = 400
"""Words of one sentence that are compared."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What judging a pair needs to know of the article: its language's words, and names that are in it no more."""

    words: EditingWords | None
    rarities: Rarities
    lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two wordings of one sentence, by words, and the runs in which they differ."""

    before: list[str]
    after: list[str]
    runs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def classify_edit(before: Worded, after: Worded, *, language: str = "", correction: str = "") -> Edit:
    """Say what changed between two wordings. `correction` is the note that extract found beside the later text."""
    old, new = before.text, after.text
    context = _Context(editing_words(language), rarities(language), _lost_names(old, new))
    changes = [*_of_headline(before.headline, after.headline, context), *_of_text(old, new, context)]
    if correction and correction not in old and not any(one.kind is EditKind.CORRECTION for one in changes):
        changes.append(Change(EditKind.CORRECTION, "", correction, len(new)))
    return Edit(tuple(changes))


def _of_headline(before: str, after: str, context: _Context) -> list[Change]:
    if " ".join(before.split()) == " ".join(after.split()):
        return []
    kind = _kind(before, after, context) if before and after else EditKind.UPDATE
    return [Change(kind, before, after, HEADLINE_PLACE)]


def _of_text(before: str, after: str, context: _Context) -> list[Change]:
    """The changes of the body: sentences paired by their words, the rest gone or new."""
    old_spans, new_spans = spans(before), spans(after)
    old = [" ".join(before[start:end].split()) for start, end in old_spans]
    new = [" ".join(after[start:end].split()) for start, end in new_spans]
    gone: list[tuple[int, int]] = []
    came: list[int] = []
    for kind, start, end, other, until in blocks(old, new):
        if kind != "equal":
            gone += [(number, other) for number in range(start, end)]
            came += range(other, until)
    pairs = _paired([old[number] for number, _ in gone], [new[number] for number in came])
    found: list[Change] = []
    for one, two in pairs.items():
        if old[gone[one][0]] != new[came[two]]:  # else it moved
            place = new_spans[came[two]][0]
            found.append(_change(old[gone[one][0]], new[came[two]], place, context))
    starts = [start for start, _ in new_spans]
    for run in _runs([gone[one] for one in range(len(gone)) if one not in pairs]):
        at = run[-1][1]
        place = starts[at] if at < len(starts) else len(after)
        found.append(_removed(" ".join(old[number] for number, _ in run), place))
    added = [came[two] for two in range(len(came)) if two not in pairs.values()]
    for run in _runs([(number, 0) for number in added]):
        found += _added([(new[number], starts[number]) for number, _ in run], context)
    return sorted(found, key=lambda change: change.place)


def _paired(gone: Sequence[str], came: Sequence[str]) -> dict[int, int]:
    """Pair sentences gone with sentences new, the likest first, each once: by number."""
    if not gone or not came:
        return {}
    old = [frozenset(_keys(one)) for one in gone[:_PAIRED]]
    new = [frozenset(_keys(one)) for one in came[:_PAIRED]]
    scored = [
        (2 * len(one & two) / (len(one) + len(two) or 1), -abs(first - second), first, second)
        for first, one in enumerate(old)
        for second, two in enumerate(new)
    ]
    pairs: dict[int, int] = {}
    for score, _, first, second in sorted(scored, reverse=True):
        if score < _ALIKE and not _misspelt_whole(gone[first], came[second], alone=len(gone) == len(came) == 1):
            continue
        if first not in pairs and second not in pairs.values():
            pairs[first] = second
    return pairs


def _keys(sentence: str) -> Iterator[str]:
    """The words two sentences are paired by; pairs of characters where there are no spaces."""
    listed = [word.casefold() for word in words(sentence)[:_COMPARED]]
    if len(listed) > 1 and sum(len(word) == 1 for word in listed) * 2 > len(listed):
        yield from (one + two for one, two in pairwise(listed))
    else:
        yield from listed


def _misspelt_whole(one: str, two: str, *, alone: bool) -> bool:
    """Take the only sentence gone and the only one new for wordings of one when their letters are alike."""
    return alone and max(len(one), len(two)) < _COMPARED and SequenceMatcher(None, one, two).ratio() >= _MISSPELT


def _runs(numbers: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Put numbers that follow one another together."""
    found: list[list[tuple[int, int]]] = []
    for number in numbers:
        if found and found[-1][-1][0] == number[0] - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _removed(text: str, place: int) -> Change:
    kind = EditKind.DELETED if len(words(text)) >= _DELETED else EditKind.STYLE
    return Change(kind, text, "", place)


def _added(run: Sequence[tuple[str, int]], context: _Context) -> list[Change]:
    """New sentences: the publisher's word on what it did, apart from what the text newly tells."""
    told: list[tuple[str, int]] = []
    found: list[Change] = []
    for sentence, place in run:
        said = _declared(sentence, context)
        if said:
            found.append(Change(said, "", sentence, place))
        else:
            told.append((sentence, place))
    if told:
        found.append(Change(EditKind.UPDATE, "", " ".join(sentence for sentence, _ in told), told[0][1]))
    return found


def _declared(sentence: str, context: _Context) -> EditKind | None:
    if context.words is None:
        return None
    lowered = sentence.lower().replace("’", "'")
    if context.words.retraction.search(lowered):
        return EditKind.RETRACTED
    return EditKind.CORRECTION if context.words.correction.search(lowered) else None


def _change(before: str, after: str, place: int, context: _Context) -> Change:
    said = _declared(after, context)
    kind = said if said and said is not _declared(before, context) else _kind(before, after, context)
    return Change(kind, before, after, place)


def _kind(before: str, after: str, context: _Context) -> EditKind:
    """Judge two wordings of one sentence."""
    if _KEY.sub("", before).casefold() == _KEY.sub("", after).casefold():
        return EditKind.TYPO
    sides = _sides(before, after)
    if _figures_differ(sides, context):
        return EditKind.FIGURE
    if _undoubled(sides.before) == _undoubled(sides.after) or all(
        _slip(gone, new, context.rarities) for gone, new in sides.runs
    ):
        return EditKind.TYPO
    certainty = _certainty(before, after, sides, context)
    if certainty:
        return certainty
    return EditKind.STYLE if _same_sense(before, after, sides, context) else EditKind.UPDATE


def _sides(before: str, after: str) -> _Sides:
    old, new = words(before)[:_COMPARED], words(after)[:_COMPARED]
    low, lower = [word.casefold() for word in old], [word.casefold() for word in new]
    runs = tuple(
        (tuple(old[start:end]), tuple(new[other:until]))
        for kind, start, end, other, until in blocks(low, lower)
        if kind != "equal"
    )
    return _Sides(old, new, runs)


def _figures_differ(sides: _Sides, context: _Context) -> bool:
    """Say whether a number became another: it stands on both sides, in one place, with another value."""
    old, new = " ".join(sides.before), " ".join(sides.after)
    gone, came = _figures(old, context), _figures(new, context)
    lost, won = gone - came, came - gone
    if not lost or not won:
        return False
    spelt = context.words.numbers if context.words else {}
    return any(_counts(one, spelt) and _counts(two, spelt) for one, two in sides.runs)


def _counts(run: Sequence[str], spelt: Iterable[str]) -> bool:
    return any(word[:1].isdigit() or word.casefold() in spelt for word in run)


def _figures(text: str, context: _Context) -> Counter[str]:
    """The numbers of a text by value, in digits and in words."""
    found = Counter(_THOUSANDS.sub("", number) for number in _NUMBER.findall(text))
    if context.words:
        numbers = context.words.numbers
        found.update(str(numbers[word]) for word in map(str.casefold, words(text)) if word in numbers)
    return found


def _certainty(before: str, after: str, sides: _Sides, context: _Context) -> EditKind | None:
    """Softened or hardened: by a "reportedly" or an accusation put in or taken out, or a name that is gone."""
    short = [run for run in sides.runs if max(map(len, run)) <= _SHORT]
    if context.words and short:
        hedged = _difference(context.words.hedge, before, after) if _in(context.words.hedge, short) else 0
        charged = _difference(context.words.charge, before, after) if _in(context.words.charge, short) else 0
        if hedged or charged:
            return EditKind.SOFTENED if hedged > 0 or (not hedged and charged < 0) else EditKind.HARDENED
    kept = 2 * len({*sides.before} & {*sides.after}) / (len({*sides.before}) + len({*sides.after}) or 1)
    if kept >= _KEPT and any(name in before for name in context.lost):
        replaced = any(_NAME.search(" ".join(new)) and _proper(" ".join(new)) for _, new in sides.runs)
        return None if replaced else EditKind.SOFTENED
    return None


def _difference(pattern: re.Pattern[str], before: str, after: str) -> int:
    return len(pattern.findall(after.lower())) - len(pattern.findall(before.lower()))


def _in(pattern: re.Pattern[str], runs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    return any(
        pattern.search(" ".join(side).lower()) or pattern.search("".join(side).lower()) for run in runs for side in run
    )


def _lost_names(before: str, after: str) -> frozenset[str]:
    """Names of two words and more that the later text has no more, neither whole nor their last word."""
    found = {name for name in _NAME.findall(before) if _proper(name)}
    return frozenset(name for name in found if name.split()[-1] not in after)


def _proper(name: str) -> bool:
    return all(word[0].isupper() for word in name.split())


def _slip(gone: Sequence[str], new: Sequence[str], known: Rarities) -> bool:
    """Tell a slip set right: a word spelt, split or doubled otherwise; not one word for another."""
    one, two = "".join(gone).casefold(), "".join(new).casefold()
    if one == two:
        return True
    if len(gone) != len(new) or any(char.isdigit() for char in one + two):
        return False
    return all(_misspelt(first.casefold(), second.casefold(), known) for first, second in zip(gone, new, strict=True))


def _undoubled(listed: Sequence[str]) -> list[str]:
    """Words with none twice in a row: "the the"."""
    return [word.casefold() for number, word in enumerate(listed) if number == 0 or word != listed[number - 1]]


def _misspelt(first: str, second: str, known: Rarities) -> bool:
    if first == second:
        return True
    if min(len(first), len(second)) < _LEAST_LETTERS or abs(len(first) - len(second)) > 2:
        return False
    if SequenceMatcher(None, first, second).ratio() < _MISSPELT:
        return False
    return not known or not known.holds(first)


def _same_sense(before: str, after: str, sides: _Sides, context: _Context) -> bool:
    """Say whether a sentence tells the same in other words: little of it is new, and no name, number or "not"."""
    if context.words and _difference(context.words.negation, before, after):
        return False
    fresh = [word for _, new in sides.runs for word in new]
    held = {word.casefold() for word in sides.before}
    telling = [word for word in fresh if word.casefold() not in held]
    same_figures = _figures(" ".join(sides.before), context) == _figures(" ".join(sides.after), context)
    if any(
        (word[:1].isdigit() and not same_figures) or (word[:1].isupper() and word != sides.after[0]) for word in telling
    ):
        return False
    return len(telling) <= max(2.0, _RESTYLED * len(sides.after))
