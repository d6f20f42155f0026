"""Dates in running text, resolved against the day it was written: on Tuesday, 3 March, gestern."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from octavo.text.dates import parse_date
from octavo.text.momentwords import MomentWords, moment_words
from octavo.text.saying import saying_words

DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
"""How precise a date is; a week is named by its Monday, a month and a year by their first day."""

HAPPENED, AHEAD, PASSING = "happened", "ahead", "passing"
"""How a clause speaks of a date: as past, as yet to come, or in passing, of something else ("since Tuesday")."""

_NEAR = 60
_PAST = 120
_FUTURE = 330
"""Days from the writing within which a day without a year is the nearest one; for a past; for a future one."""

_MONTHS = 3
"""Months back within which "in April" is sure to be this year's."""

_COUNTED = 10
"""Days that are counted to the day: "thirty days ago" is not."""

_EITHER = (1, 2)
"""Days off at which English "last Tuesday" and "next Tuesday" may be this week's or another's."""

_MOST = 6
"""Dates of a sentence: one with more is a list."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_CLAUSE = re.compile(r"[,;:()\[\]\"“”„«»—–،؛]|\s-\s")
_WITH_YEAR = re.compile(r"(?<![\d.])(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\d-])")
_EASTERN = re.compile(r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[日号號](?!本)")
_EASTERN_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?(?!\d|以|前|後|后|度|代)")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_SPAN_BEFORE = re.compile(r"\d\.?\s?[–—-]\s?$")
_SPAN_AFTER = re.compile(r"\s?[–—-]\s?\d")
_EDGE = re.compile(r"[\W_]|$|[\u3040-\u30ff\u3400-\u9fff]")
_POSSESSIVE = re.compile(r"['’]s\b|-(?=[^\W\d_])")
_BEFORE = 24
_SAID = 16
"""Characters before a date in which a small word tells of it; in which a verb of saying makes it its own."""

_ARABIC_AND = ("و", "ب", "ل")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date that stands in a text at `start` to `end`, resolved; `aspect` says how its clause speaks of it.

    One is `loose` when the word may mean no day at all: "today" is also nowadays.
    """

    start: int
    end: int
    day: date
    precision: str = DAY
    aspect: str = HAPPENED
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A date before the clause around it is looked at: `resolve` is told whether the clause looks ahead."""

    start: int
    end: int
    resolve: Callable[[bool], date | None]
    precision: str = DAY
    loose: bool = False


def find_dates(text: str, language: str, written: date | None, told: date | None = None) -> list[Mention]:
    """List the dates in one sentence; those that cannot be told for sure are left out.

    `written` is the day of writing where it was written, None when it is not known: then only dates with a year count.
    `told` is the day the text told of last: "three days later" counts from it.
    """
    words = moment_words(language)
    if words is None:
        return []
    lowered = text.replace("İ", "i").lower()
    if len(lowered) != len(text):
        return []
    if not lowered.isascii():
        lowered = _OTHER_DIGIT.sub(lambda digit: str(int(digit.group())), lowered)
    found: list[_Found] = []
    for one in _candidates(lowered, words, written, told):
        if not found or one.start >= found[-1].end:
            found.append(one)
    if len(found) > _MOST:
        return []
    mentions = (_judged(one, lowered, words, written) for one in found)
    return [one for one in mentions if one]


def _candidates(text: str, words: MomentWords, written: date | None, told: date | None) -> Iterator[_Found]:
    if words.anywhere:
        yield from sorted(_eastern(text, words, written), key=lambda one: one.start)
        return
    for token in _TOKEN.finditer(text):
        word, start = token.group(), token.start()
        if word[0].isdigit():
            found = _numeric(text, start, words, written) or _phrase(text, start, words, written, told)
        elif word in words.triggers:
            found = _phrase(text, start, words, written, told)
        elif words.language == "ar" and word.startswith(_ARABIC_AND) and word[1:] in words.triggers:
            found = _phrase_inside(text, start + 1, words, written)
        else:
            continue
        if found:
            yield found


def _numeric(text: str, start: int, words: MomentWords, written: date | None) -> _Found | None:
    match = _WITH_YEAR.match(text, start)
    if match:
        whole = parse_date(match.group(), language=words.language)
        day = whole.date() if whole else None
        return _Found(start, match.end(), lambda _: day)
    match = words.day_month.match(text, start)
    if match:
        return _of_month(match, words, written)
    match = words.year.match(text, start)
    frame = _framed(match, words.in_year, text) if match else None
    if match and frame:
        year = date(int(match["year"]), 1, 1)
        return _Found(start - len(frame[0]), match.end() + len(frame[1]), lambda _: year, YEAR)
    return None


def _framed(match: re.Match[str], frames: Sequence[tuple[str, str]], text: str) -> tuple[str, str] | None:
    """The frame that stands around a match, a word's edge before it and behind it."""
    for before, after in frames:
        start, end = match.start() - len(before), match.end() + len(after)
        framed = start >= 0 and text.startswith(before, start) and text.startswith(after, match.end())
        if framed and _EDGE.match(text[start - 1 : start]) and _EDGE.match(text[end : end + 1]):
            return before, after
    return None


def _phrase(text: str, start: int, words: MomentWords, written: date | None, told: date | None) -> _Found | None:
    match = words.amount.match(text, start)
    if match:
        return _shifted(match, text, words, written, told)
    match = words.month_day.match(text, start)
    if match:
        return _of_month(match, words, written)
    match = words.month.match(text, start)
    frame = _framed(match, words.in_month, text) if match else None
    if match and frame and (match["year"] or written):
        resolve = partial(_month, match["year"], words.months[match["month"]], written)
        return _Found(start - len(frame[0]), match.end() + len(frame[1]), resolve, MONTH)
    return _phrase_inside(text, start, words, written)


def _phrase_inside(text: str, start: int, words: MomentWords, written: date | None) -> _Found | None:
    """A day or weekday by its name; the word may be joined to a particle before it, so edges are not asked for."""
    if written is None:
        return None
    tail = text[start:]
    match = words.weekday.match(tail)
    if match and not match["bare"]:
        return _weekday(match, start, words, written)
    match = words.week.match(tail)
    if match:
        monday = written - timedelta(days=written.weekday()) + timedelta(weeks=words.weeks[match["week"]])
        return _Found(start, start + match.end(), lambda _: monday, WEEK)
    match = words.day.match(tail)
    if match:
        word = match["day"]
        named = written + timedelta(days=words.days[word])
        return _Found(start, start + match.end(), lambda _: named, loose=word in words.loose)
    match = words.weekday.match(tail)
    return _weekday(match, start, words, written) if match else None


def _month(year: str | None, month: int, written: date | None, ahead: bool) -> date | None:
    if year:
        return date(int(year), month, 1)
    if written is None:
        return None
    behind = (written.month - month) % 12
    if ahead and behind:
        behind -= 12
    if behind > _MONTHS:
        return None
    number = written.year * 12 + written.month - 1 - behind
    return date(number // 12, number % 12 + 1, 1)


def _shifted(
    match: re.Match[str], text: str, words: MomentWords, written: date | None, told: date | None
) -> _Found | None:
    """So many days before or after the day of writing, or the day told last."""
    number = int(match["n"]) if match["n"].isdigit() else words.numbers[match["n"]]
    for frame, sign, chained in words.shifts:
        base = told if chained else written
        if number > _COUNTED or base is None or not _framed(match, (frame,), text):
            continue
        day = base + timedelta(days=sign * number)
        spans = sign > 0 and not chained  # "in three days" is a span as often as a date
        start, end = match.start() - len(frame[0]), match.end() + len(frame[1])
        return _Found(start, end, partial(_unless_span, day, spans))
    return None


def _unless_span(day: date, spans: bool, ahead: bool) -> date | None:
    return day if ahead or not spans else None


def _weekday(match: re.Match[str], start: int, words: MomentWords, written: date) -> _Found:
    group = match.lastgroup or "bare"
    name = match["bare"] or next(form for form in _longest(words) if form in match.group())
    number = words.weekdays[name]
    back = (written.weekday() - number) % 7
    forward = (number - written.weekday()) % 7

    def resolve(ahead: bool) -> date | None:
        if group == "bare":
            return written + timedelta(days=forward) if ahead else written - timedelta(days=back)
        sign = -1 if group.startswith("last") else 1
        if words.anywhere:  # the Friday of last week
            return written + timedelta(weeks=sign, days=number - written.weekday())
        days = back if sign < 0 else forward
        return None if days in _EITHER and words.language == "en" else written + timedelta(days=sign * (days or 7))

    return _Found(start, start + match.end(), resolve)


def _longest(words: MomentWords) -> list[str]:
    return sorted(words.weekdays, key=len, reverse=True)


def _of_month(match: re.Match[str], words: MomentWords, written: date | None) -> _Found | None:
    month, day, year = words.months[match["month"]], int(match["day"]), match["year"]
    if not year and written is None:
        return None
    return _Found(match.start(), match.end(), partial(_nearest, int(year or 0), month, day, written))


def _nearest(year: int, month: int, day: int, written: date | None, ahead: bool) -> date | None:
    """The day meant: of the year given, else the nearest; None where last year's and the next are as likely."""
    if year or written is None:
        return _day(year, month, day)
    near = [found for number in (-1, 0, 1) if (found := _day(written.year + number, month, day))]
    if ahead:
        return next((one for one in near if 0 <= (one - written).days <= _FUTURE), None)
    closest = min(near, key=lambda one: abs((one - written).days), default=None)
    if closest and abs((closest - written).days) <= _NEAR:
        return closest
    return next((one for one in near if -_PAST <= (one - written).days <= 0), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _eastern(text: str, words: MomentWords, written: date | None) -> Iterator[_Found]:
    """Dates of Chinese and Japanese text."""
    for match in _EASTERN.finditer(text):
        found = _eastern_day(match, written)
        if found:
            yield found
    for match in _EASTERN_MONTH.finditer(text):
        month = int(match["month"] or 0)
        if month <= 12 and not _EASTERN.match(text, match.start()):
            day = date(int(match["year"]), month or 1, 1)
            yield _Found(match.start(), match.end(), partial(_given, day), MONTH if month else YEAR)
    if written is not None:
        yield from _eastern_words(text, words, written)


def _eastern_words(text: str, words: MomentWords, written: date) -> Iterator[_Found]:
    for match in words.anywhere.finditer(text) if words.anywhere else ():
        found = _phrase_inside(text, match.start(), words, written)
        if found:
            yield found
    for match in words.amount.finditer(text):
        shifted = _shifted(match, text, words, written, None)
        if shifted:
            yield shifted


def _given(day: date, _ahead: bool) -> date:
    return day


def _eastern_day(match: re.Match[str], written: date | None) -> _Found | None:
    day, month, year = int(match["day"]), match["month"], match["year"]
    if month:
        known = bool(year) or written is not None
        resolve = partial(_nearest, int(year or 0), int(month), day, written)
        return _Found(match.start(), match.end(), resolve) if known and int(month) <= 12 else None
    if year or written is None:
        return None
    return _Found(match.start(), match.end(), partial(_of_this_month, day, written))


def _of_this_month(day: int, written: date, ahead: bool) -> date | None:
    """The day a number alone names: the last of that number, or where the clause looks ahead the next."""
    step = 1 if ahead else -1
    month = written.year * 12 + written.month - 1
    for number in (month, month + step):
        found = _day(number // 12, number % 12 + 1, day)
        if found and ((found >= written) if ahead else (found <= written)):
            return found
    return None


def _judged(one: _Found, text: str, words: MomentWords, written: date | None) -> Mention | None:
    clause = text if words.whole else _clause(text, one.start, one.end)
    said = _of_saying(one, text, words.language)
    ahead = not said and bool(words.ahead.search(clause))
    day = one.resolve(ahead)
    if day is None:
        return None
    future = written is not None and day > written
    aspect = AHEAD if future or (ahead and day == written) else HAPPENED
    if _in_passing(one, text, words) or (not said and words.unsure.search(clause)):
        aspect = PASSING
    return Mention(one.start, one.end, day, one.precision, aspect, one.loose)


def _of_saying(one: _Found, text: str, language: str) -> bool:
    """Say whether a date is that of the saying: a verb of saying stands right before it, "said on Tuesday that …"."""
    saying = saying_words(language)
    if saying is None:
        return False
    return saying.verb.search(text, max(0, one.start - _SAID), one.start) is not None


def _clause(text: str, start: int, end: int) -> str:
    """The part of a sentence between marks in which a date stands."""
    begins = 0
    for mark in _CLAUSE.finditer(text, 0, start):
        begins = mark.end()
    mark_after = _CLAUSE.search(text, end)
    return text[begins : mark_after.start() if mark_after else len(text)]


def _in_passing(one: _Found, text: str, words: MomentWords) -> bool:
    before = text[max(0, one.start - _BEFORE) : one.start]
    if words.passing_before.search(before) or _SPAN_BEFORE.search(before):
        return True
    if _SPAN_AFTER.match(text, one.end) or _POSSESSIVE.match(text, one.end):
        return words.language != "tr" or bool(_SPAN_AFTER.match(text, one.end))
    return bool(words.passing_after and words.passing_after.match(text, one.end))
