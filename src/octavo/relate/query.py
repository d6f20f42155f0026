"""What a reader's line of a search means: words, phrases, alternatives, operators such as `source:`.

Nothing a reader types is an error. A name before a colon that is no operator is part of a word, an operator without a
value is one that is still being typed and says nothing yet, and a date that is none is a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

LONGEST = 300
"""Characters of a question that are read."""

MOST = 40
"""Parts of a question that are read."""

WORD, SINCE, UNTIL = "word", "after", "before"

_NAMES: Mapping[str, str] = {
    name: kind
    for kind, names in {
        "source": "source publisher outlet from مصدر المصدر ناشر",
        "tag": "tag hashtag وسم الوسم",
        "place": "place where location مكان المكان",
        "language": "lang language لغة اللغة",
        "section": "section topic قسم القسم",
        "by": "by author كاتب الكاتب بقلم",
        "has": "has with فيه يحوي",
        SINCE: "after since بعد منذ",
        UNTIL: "before until قبل حتى",
        "sort": "sort order ترتيب",
    }.items()
    for name in names.split()
}
"""Operators by every name they go by; kinds are the values."""

_PICTURE = frozenset("picture pictures image images photo photos صورة صور".split())
_NEWEST = frozenset("new newest date latest الأحدث احدث جديد".split())
_DAYS_AGO = {"today": 0, "yesterday": 1, "اليوم": 0, "أمس": 1, "امس": 1}
_UNITS = {"h": 1.0, "d": 24.0, "w": 168.0, "m": 720.0, "y": 8760.0}
"""Hours in what 7d, 24h, 2w, 3m and 1y count."""

_OPEN, _CLOSE = '"“”„«»', '"“”„«»'
_PART = re.compile(
    rf"(?<!\S)(?P<minus>[-−])?(?:(?P<name>[^\W\d_]+)[:：])?"
    rf"(?:[{_OPEN}](?P<quoted>[^{_CLOSE}]*)(?:[{_CLOSE}]|$)|(?P<bare>[^\s{_OPEN}]+)|(?P<nothing>(?<=[:：])))"
    rf"|(?P<loose>[^\s{_OPEN}]+)|[{_OPEN}](?P<phrase>[^{_CLOSE}]*)(?:[{_CLOSE}]|$)"
)
_OR = frozenset({"OR", "|"})
_ANY_HOUR = datetime(2000, 1, 1, tzinfo=UTC)
_RELATIVE = re.compile(r"(\d{1,4})([hdwmy])")
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a question says. `values` are alternatives; `wanted` is False after a minus; `written` is how the
    reader put it, so that a question can be written again without it."""

    kind: str
    values: tuple[str, ...]
    wanted: bool = True
    written: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a search, read; `parts` stand in the order of the line."""

    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The words that are looked for, as an index takes them."""
        return " ".join(_term(one) for one in self.of(WORD) if one.wanted and len(one.values) == 1)

    @property
    def either(self) -> tuple[tuple[str, ...], ...]:
        """The groups of words of which one is enough."""
        return tuple(one.values for one in self.of(WORD) if one.wanted and len(one.values) > 1)

    @property
    def without(self) -> tuple[str, ...]:
        """The words and phrases that may not be there."""
        return tuple(_term(one) for one in self.of(WORD) if not one.wanted)

    @property
    def plain(self) -> bool:
        """Whether its words are words alone: nothing is quoted and there are no alternatives."""
        return not any(one.wanted and (one.quoted or len(one.values) > 1) for one in self.of(WORD))

    @property
    def filters(self) -> tuple[Part, ...]:
        """Everything that is shown as a condition of its own: all but words that are looked for."""
        return tuple(one for one in self.parts if one.kind != WORD or not one.wanted)

    def of(self, kind: str) -> list[Part]:
        """Give the parts of one kind."""
        return [one for one in self.parts if one.kind == kind]

    def without_part(self, left_out: Part) -> "Question":
        """Say the same without one part."""
        return Question(tuple(one for one in self.parts if one is not left_out))

    def written(self) -> str:
        """Write the question as a reader would."""
        return " ".join(one.written for one in self.parts if one.written)


def parse(line: str) -> Question:
    """Read a line; at most LONGEST characters and MOST parts of it."""
    parts: list[Part] = []
    joins = False
    for match in list(_PART.finditer(line[:LONGEST]))[:MOST]:
        if match["bare"] in _OR and not match["name"] and not match["minus"]:
            joins = bool(parts)
            continue
        part = _part(match)
        if part is None:
            joins = False
        elif joins and (joined := _joined(parts[-1], part)):
            parts[-1], joins = joined, False
        else:
            parts.append(part)
            joins = False
    return Question(tuple(parts))


def operator(kind: str, value: str, *, wanted: bool = True) -> Part:
    """Make the part a form's control stands for."""
    shown = f'"{value}"' if re.search(r"\s", value) else value
    name = "lang" if kind == "language" else kind
    return Part(kind, (value,), wanted, f"{'' if wanted else '-'}{name}:{shown}")


def unfinished(line: str) -> tuple[str, str, str]:
    """Cut a line before its last part, which is still being typed; gives what stands before, its kind and value.

    The kind is WORD for plain words, which are given together from the last operator or quotation on.
    """
    cut = line[:LONGEST]
    match = re.search(r"(?<!\S)(?:#|([^\W\d_]+)[:：]\s?)([^\s\"“”„«»]*)$", cut)
    kind = "tag" if match and not match[1] else _NAMES.get(_plain(match[1]) if match else "", "")
    if match and kind:
        return cut[: match.start()].rstrip(), kind, match[2]
    words = re.search(r"(?:^|(?<=\s))(?![-−])[^\s:：\"“”„«»]+(?:\s+(?![-−])[^\s:：\"“”„«»]+)*\s*$", cut)
    if words is None:
        return cut.rstrip(), WORD, ""
    return cut[: words.start()].rstrip(), WORD, words[0].strip()


def span(part: Part, now: datetime, zone: tzinfo) -> datetime | None:
    """Say the moment an `after:` or `before:` names: the start of that day, month or year; None for no date."""
    text = _plain(part.values[0])
    if text in _DAYS_AGO:
        return _midnight(now.astimezone(zone).date() - timedelta(days=_DAYS_AGO[text]), zone)
    relative = _RELATIVE.fullmatch(text)
    if relative:
        return now - timedelta(hours=int(relative[1]) * _UNITS[relative[2]])
    found = _DATE.fullmatch(text)
    if found is None or not 1970 <= int(found[1]) <= 9998:
        return None
    try:
        return _midnight(date(int(found[1]), int(found[2] or 1), int(found[3] or 1)), zone)
    except ValueError:
        return None


def newest_first(question: Question) -> bool:
    """Say whether the finds are wanted in order of time."""
    return bool(question.of("sort"))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _part(match: re.Match[str]) -> Part | None:
    written = match[0].strip()
    loose = match["loose"] if match["loose"] is not None else match["phrase"]
    if loose is not None:
        return _word(loose, written, wanted=True, quoted=match["phrase"] is not None)
    wanted, quoted = not match["minus"], match["quoted"] is not None
    value = " ".join((match["quoted"] if quoted else match["bare"] or "").split())
    kind = _NAMES.get(_plain(match["name"] or ""), "")
    if not kind and not quoted and value.startswith("#") and not match["name"] and value.strip("#"):
        return Part("tag", (value.strip("#"),), wanted, written)
    if not kind:
        bare = f"{match['name']}:{value}" if match["name"] else value
        return _word(bare, written, wanted=wanted, quoted=quoted and not match["name"])
    return _condition(kind, value, written, wanted=wanted, quoted=quoted)


def _condition(kind: str, value: str, written: str, *, wanted: bool, quoted: bool) -> Part | None:
    values = tuple(one.lstrip("#").strip() for one in ([value] if quoted else re.split("[,،]", value)))
    values = tuple(dict.fromkeys(one for one in values if one))
    if not values:
        return None
    part = Part(kind, values, wanted, written)
    folded = _plain(values[0])
    known = {"has": folded in _PICTURE, "sort": folded in _NEWEST and wanted}
    if kind in (SINCE, UNTIL):
        # What a date means depends on the hour and the place; whether it is one does not.
        known[kind] = wanted and span(part, _ANY_HOUR, UTC) is not None
    return part if known.get(kind, True) else _word(written.lstrip("-−"), written, wanted=wanted, quoted=False)


def _word(text: str, written: str, *, wanted: bool, quoted: bool) -> Part | None:
    shown = " ".join(text.split())
    if not any(map(str.isalnum, shown)):
        return None
    return Part(WORD, (shown,), wanted, written, quoted)


def _joined(first: Part, second: Part) -> Part | None:
    """Make one part of two with OR between them, where they say the same kind of thing."""
    if first.kind != second.kind or not (first.wanted and second.wanted) or first.kind in (SINCE, UNTIL, "sort"):
        return None
    values = (first.values, second.values)
    if first.kind == WORD:
        values = (_terms(first), _terms(second))
    return replace(first, values=(*values[0], *values[1]), written=f"{first.written} OR {second.written}")


def _terms(part: Part) -> tuple[str, ...]:
    return part.values if len(part.values) > 1 else (_term(part),)


def _term(part: Part) -> str:
    return f'"{part.values[0]}"' if part.quoted else part.values[0]


def _plain(text: str) -> str:
    """Bring a value to the form it is compared in: small letters, and digits of every script as ASCII's."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in folded)


def merge(question: Question, given: Iterable[Part]) -> Question:
    """Add what a form's controls say to what was typed; what was typed already is not said twice."""
    said = {(one.kind, one.values, one.wanted) for one in question.parts}
    extra: Sequence[Part] = [one for one in given if (one.kind, one.values, one.wanted) not in said]
    return Question((*question.parts, *extra))
