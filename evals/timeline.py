"""Dates in running text: those the Unicode CLDR writes, those a writer gives twice, one news text in four languages.

`written.LANGUAGE` is the share of days resolved right, of all that CLDR's own formats give for days around one of
writing: "3 March", "March 3, 2026", "3 days ago", in a sentence's place. `twice.precision` and `twice.recall`: where a
writer gives weekday and date together ("Tuesday, 3 March"), the date is taken out and the weekday alone must lead to
it. `agreement`: F1 of the days read from the same text in two languages, over all pairs (MEANTIME: en, es, it, nl).

python evals/timeline.py --shared ../shared
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from babel.dates import format_skeleton, format_timedelta

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.relate.timeline import timeline
from octavo.text.dates import parse_date
from octavo.text.moments import AHEAD, DAY, HAPPENED, find_dates
from octavo.text.words import sentences

DATA = (
    "data/pages/expected.jsonl",
    "data/labelled/keywords_wikinews_fr.jsonl",
    "data/labelled/stream_meantime.dev.jsonl",
)
WRITTEN = date(2026, 3, 4)
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "ru", "uk", "tr", "ar", "he", "zh", "ja")
SKELETONS = ("MMMMd", "yMMMMd")
AROUND = (-40, -9, -6, -5, -3, -2, 2, 3, 5, 40)
THREE_LETTERS = {"eng": "en", "spa": "es", "ita": "it", "nld": "nl"}
DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Montag Dienstag Mittwoch Donnerstag Freitag Samstag "
    "Sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
)
_TWICE = re.compile(
    rf"\b(?P<name>{'|'.join(DAYS.split())})(?P<date>,?\s(?:\(|den |dem )?"
    r"(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}|[A-Z][a-z]{2,9}\s\d{1,2})(?:,?\s20\d\d)?\)?)",
    re.IGNORECASE,
)


def _rows(shared: Path, name: str) -> list[dict[str, Any]]:
    lines = (shared / name).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def written(language: str) -> float:
    """Resolve what CLDR writes for days around one, each between two words that mean nothing."""
    right = asked = 0
    for days in AROUND:
        meant = WRITTEN + timedelta(days=days)
        forms = [format_skeleton(skeleton, meant, locale=language) for skeleton in SKELETONS]
        if -10 <= days < 0:
            forms.append(_counted(days, language))
        for form in forms:
            asked += 1
            found = find_dates(f"Xyz {form} xyz.", language, WRITTEN)
            right += [one.day for one in found if one.precision == DAY] == [meant]
    return right / asked


def _counted(days: int, language: str) -> str:
    """The distance in days, in words: three days ago."""
    return format_timedelta(timedelta(days=days), add_direction=True, granularity="day", threshold=100, locale=language)


def _published(text: str, language: str, given: str) -> date | None:
    if given:
        return datetime.fromisoformat(given).date()
    for line in text.split("\n")[:12]:
        found = parse_date(line.strip()[:24], language=language)
        if found and found.year > 1990:
            return found.date()
    return None


def given_twice(shared: Path) -> Iterator[tuple[str, date, date, str, int]]:
    """Sentences with a weekday whose date is taken out: (language, day of writing, day meant, sentence, place)."""
    rows = [(row["text"], row["language"], row["published"]) for row in _rows(shared, DATA[0])]
    rows += [(row["text"].replace("\u00ad", ""), "fr", "") for row in _rows(shared, DATA[1])]
    dated = [(text, language, _published(text, language, given or "")) for text, language, given in rows]
    listed = [(language, day, one) for text, language, day in dated if day for one in sentences(text)]
    for language, day, sentence in listed:
        for match in _TWICE.finditer(sentence):
            whole = find_dates(match["date"].strip(" ,()"), language, day)
            if len(whole) == 1 and abs((whole[0].day - day).days) <= 6:
                bare = sentence[: match.start("date")] + sentence[match.end("date") :]
                yield language, day, whole[0].day, bare, match.start()


def twice(shared: Path) -> tuple[int, int, int]:
    """Count weekdays a date stands beside: right, resolved, all of them within a week of the writing."""
    right = resolved = asked = 0
    for language, day, meant, sentence, place in given_twice(shared):
        asked += 1
        found = [one for one in find_dates(sentence, language, day) if one.start <= place < one.end]
        if found and found[0].aspect in (HAPPENED, AHEAD):
            resolved += 1
            right += found[0].day == meant
    return right, resolved, asked


def _tellings(shared: Path) -> Iterator[tuple[str, Telling]]:
    """One news text in four languages, dated by its own first words."""
    for number, row in enumerate(_rows(shared, DATA[2]), 1):
        language = THREE_LETTERS.get(row["lang"], row["lang"])
        at = parse_date(row["text"][:40], language=language)
        if at is None:
            continue
        paragraphs = tuple(part.strip() for part in row["text"].split("\n") if part.strip())
        telling = Telling(
            ArticleId(number), PublisherId(language), language, language,
            datetime(at.year, at.month, at.day, 12, tzinfo=UTC), row["title"], "", paragraphs,
        )  # fmt: skip
        yield row["story"], telling


def agreement(shared: Path) -> tuple[float, int, float]:
    """F1 of days between two languages of one text, how many days were read, and the milliseconds of a text."""
    days: dict[str, list[set[date]]] = defaultdict(list)
    began, texts = time.process_time(), 0
    for story, telling in _tellings(shared):
        texts += 1
        moments = timeline([telling], telling.at)
        days[story].append({moment.day for moment in moments} - {telling.at.date()})
    spent = 1000 * (time.process_time() - began) / (texts or 1)
    both = total = 0
    for listed in days.values():
        for one, other in combinations(listed, 2):
            both += 2 * len(one & other)
            total += len(one) + len(other)
    return both / (total or 1), sum(len(one) for listed in days.values() for one in listed), spent


def measure(shared: Path) -> dict[str, float]:
    """Give the share resolved of each language's written dates, weekdays against dates, agreement of languages."""
    right, resolved, asked = twice(shared)
    return {
        **{f"written.{language}": written(language) for language in LANGUAGES},
        "twice.precision": right / (resolved or 1),
        "twice.recall": right / (asked or 1),
        "agreement.f1": agreement(shared)[0],
    }


def main() -> None:
    """Print counts, then one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    agreed, days, spent = agreement(shared)
    counts = dict(zip(("right", "resolved", "asked"), twice(shared), strict=True))
    sys.stdout.write(f"twice {counts}; agreement {agreed:.3f} on {days} days; {spent:.2f} ms a text\n")
    sys.stdout.write(json.dumps(measure(shared)) + "\n")


if __name__ == "__main__":
    main()
