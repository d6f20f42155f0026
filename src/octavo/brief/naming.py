"""Names of a stated sentence, and whether they stand in a source: whole, by family name, in another form."""

from collections.abc import Sequence
from functools import lru_cache

from octavo.brief.reading import Read
from octavo.brief.runs import Run
from octavo.brief.sources import Line, head
from octavo.relate.numbered import ANDS
from octavo.text.folding import fold

_INFLECTING = frozenset("ru uk be pl cs sk sl hr sr bg tr az fi hu et lv lt el ro de".split())
"""Languages that put endings on names."""

_PREFIXING = frozenset({"ar", "he", "fa"})
_BASE, _LONGEST_ENDING = 3, 3
_LEAST_INITIALS = 2
_JOINED = ("و", "ب", "ل", "ك", "ف", "ال", "وال", "بال", "لل")
_HEBREW = ("ו", "ב", "ל", "ה", "מ", "ש", "כ", "וה", "של")
_PEOPLES = frozenset("s n an ian ese i ish er ers ans ians is'".split())
"""Endings by which English makes of a land its people."""


def stands(run: Run, stated: Read, line: Line, within: Run | None = None) -> list[tuple[int, int]]:
    """Give where a name stands in a sentence of a source: spans of tokens; [] where it does not.

    Its last word must stand there, and the others there or anywhere before it in the telling ("Ada Corrigan" for
    "Corrigan" where the telling has both).
    """
    read = line.read
    if stated.words.spaceless:
        return _unspaced(run, read)
    allowed = within.places if within else range(len(read.tokens))
    keys = [stated.tokens[place].key for place in run.places]
    likely = (
        allowed
        if stated.language in _PREFIXING
        else (here for here in line.heads.get(head(keys[-1]), ()) if here in allowed)
    )
    found = [here for here in likely if same_name(keys[-1], read.tokens[here].key, read.language)]
    if not found and len(keys) == 1:
        found = _otherwise(keys[0], stated, run, read, allowed)
    if not found or within:
        return [(here, here + 1) for here in found]
    spans = []
    for here in found:
        first = here
        while first > 0 and here - first < len(keys) + _BROKEN and _joins(read, first - 1, keys):
            first -= 1
        spans.append((first, here + 1))
    before = [read.tokens[here].key for first, last in spans for here in range(first, last)]
    rest = [key for key in keys[:-1] if not any(same_name(key, other, read.language) for other in before)]
    if rest and not _in_telling(rest, keys[-1], line):
        return []
    return spans


_BROKEN = 4
"""Tokens that may stand within a name beside its own: brackets, initials, an article."""

_ARTICLE = 1.2


def _joins(read: Read, place: int, keys: Sequence[str]) -> bool:
    """Say whether a token goes with the name behind it: another name's word, a bracket, a small word, but no "and"."""
    token = read.tokens[place]
    if place in read.names or token.key in _BRACKETS or token.key in keys:
        return True
    return bool(read.stems[place]) and read.weights[place] < _ARTICLE and token.key not in ANDS


_BRACKETS = frozenset("().-")


def _unspaced(run: Run, read: Read) -> list[tuple[int, int]]:
    found, at = [], read.text.find(run.text)
    while at >= 0:
        span = read.at(at, at + len(run.text))
        found.append((span[0], span[-1] + 1))
        at = read.text.find(run.text, at + 1)
    return found


def _in_telling(rest: Sequence[str], last: str, line: Line) -> bool:
    """Say whether a telling has a name's other words right before its last one somewhere."""
    return fold(" ".join([*rest, last])) in line.source.folded


@lru_cache(maxsize=100_000)
def same_name(one: str, other: str, language: str) -> bool:
    """Say whether two words (lower case) are one name, in a language that may put endings or small words on it."""
    if one == other or fold(one) == fold(other):
        return True
    short, long = sorted((fold(one), fold(other)), key=len)
    if language in _INFLECTING:
        common = 0
        for mine, theirs in zip(short, long, strict=False):
            if mine != theirs:
                break
            common += 1
        return common >= _BASE and len(short) - common <= 2 and len(long) - common <= _LONGEST_ENDING
    if language in _PREFIXING and len(short) >= _BASE and long.endswith(short):
        return long[: -len(short)] in (_JOINED if language != "he" else _HEBREW)
    return language == "en" and len(short) > _BASE and long.startswith(short) and long[len(short) :] in _PEOPLES


def same_land(one: str, other: str) -> bool:
    """Say whether two words for one country mean the whole of it: Scotland is not the United Kingdom."""
    return not one.startswith(_PARTS_OF_LANDS) and not other.startswith(_PARTS_OF_LANDS)


_PARTS_OF_LANDS = ("scot", "wales", "welsh", "engl", "irish", "schott", "walis", "écoss", "escoc", "galles", "gallois")


def _otherwise(key: str, stated: Read, run: Run, read: Read, allowed: range) -> list[int]:
    """A land by its people, and a body by its initials."""
    land = {stated.lands[place] for place in run.places if place in stated.lands}
    if land:
        held = [place for place, code in read.lands.items() if code in land and place in allowed]
        return [place for place in held if same_land(key, read.tokens[place].key)]
    if run.text.isupper() and len(key) >= _LEAST_INITIALS:
        names = [place for place in read.names if place in allowed]
        for start in range(len(names) - len(key) + 1):
            chosen = names[start : start + len(key)]
            near = chosen[-1] - chosen[0] <= 2 * len(key)
            if near and "".join(read.tokens[place].key[:1] for place in chosen) == key:
                return [chosen[0]]
    return []
