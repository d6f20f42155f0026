"""How well pages become articles: text, title, authors, day, language against the gold, and pages a second.

    python evals/extraction.py --shared PATH [--limit N] [--worst body|title|authors|day|language] [--set fundus|wcxb]

Body: F1 over the multiset of lower-case tokens (every CJK character is one), of standfirst and body against the gold
text. Title: equal letters and digits. Authors: F1 over names, pages with authors in the gold. Day: equal local date,
or the same instant. Prints a table and, as its last line, one JSON object.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from octavo.domain.article import Article
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article
from octavo.text.dates import parse_date

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
NOT_WORD = re.compile(r"[\W_]+")
SEVERAL = re.compile(r",\s(?:and\s)?|\sand\s|\s&\s|;")
LETTERS = re.compile(r"^(?:Dr|Prof)\.?\s|(?:^|\s)(?:Ph\.?D\.?|M\.?D\.?|MBA|DVM|RDN?|FOMA|DABOM|FACLM|CEPF®)(?=\s|$)")
DATA = ("data/pages",)
FLOORED = ("body", "worst_tenth", "title", "authors", "day", "language")
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class Result:
    """One page's scores."""

    id: str
    scores: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    complete: float = 0.0
    seconds: float = 0.0


def token_f1(found: str, gold: str) -> float:
    a, b = Counter(TOKEN.findall(found.lower())), Counter(TOKEN.findall(gold.lower()))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def norm(text: str) -> str:
    return NOT_WORD.sub("", text.lower())


def names(lines: list[str]) -> set[str]:
    """Part lines that name several people, and drop letters behind a name: gold and found alike."""
    parts = [part for line in lines for part in SEVERAL.split(line)]
    return {norm(LETTERS.sub("", part)) for part in parts} - {""}


def names_f1(found: list[str], gold: list[str]) -> float:
    a, b = names(found), names(gold)
    return 2 * len(a & b) / (len(a) + len(b)) if a | b else 1.0


def same_day(found: datetime | None, gold: str) -> bool:
    wanted = parse_date(gold)
    if found is None or wanted is None:
        return False
    if found.date() == wanted.date():
        return True
    return wanted.tzinfo is not None and found.astimezone(wanted.tzinfo).date() == wanted.date()


def full_text(article: Article) -> str:
    return f"{article.standfirst}\n{article.text}"


def printed_authors(article: Article) -> list[str]:
    if article.byline.people:
        return list(article.byline.people)
    return [article.byline.text] if article.byline.text else []


def score(gold: dict[str, Any], article: Article | None) -> Result:
    result = Result(gold["id"])
    if article is None:
        result.scores = dict.fromkeys(("body", "title", "authors", "day", "language"), 0.0)
        return result
    result.complete = article.complete
    result.scores["body"] = token_f1(full_text(article), gold["text"])
    result.scores["title"] = float(norm(article.headline) == norm(gold["title"]))
    if gold["authors"]:
        result.scores["authors"] = names_f1(printed_authors(article), gold["authors"])
    if gold["published"]:
        result.scores["day"] = float(same_day(article.published_at, gold["published"]))
    result.scores["language"] = float(article.language.partition("-")[0] == gold["language"])
    result.notes = {
        "title": f"{article.headline!r} for {gold['title']!r}",
        "authors": f"{printed_authors(article)} (printed {article.byline.text!r}) for {gold['authors']}",
        "day": f"{article.published_at} for {gold['published']}",
        "language": f"{article.language} for {gold['language']}",
    }
    return result


def pages(shared: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    root = shared / "data" / "pages"
    gold = [json.loads(line) for line in (root / "expected.jsonl").open(encoding="utf-8")]
    known = {page["id"]: page for page in map(json.loads, (root / "manifest.jsonl").open(encoding="utf-8"))}
    return [(known[page["id"]], page) for page in gold]


def extract_all(shared: Path, limit: int = 0) -> list[Result]:
    results = []
    chosen = pages(shared)
    for page, gold in chosen[:: max(1, len(chosen) // limit)] if limit else chosen:
        html = gzip.decompress((shared / "data" / "pages" / page["file"]).read_bytes())
        start = time.process_time()
        try:
            article = extract_article(PageSource(url=page["url"], html=html), now=NOW)
        except NotAnArticle:
            article = None
        seconds = time.process_time() - start
        result = score(gold, article)
        result.seconds = seconds
        results.append(result)
    return results


def tenth(values: list[float]) -> float:
    return sorted(values)[len(values) // 10] if values else 0.0


def summarise(results: list[Result]) -> dict[str, Any]:
    columns: dict[str, list[float]] = defaultdict(list)
    for result in results:
        for name, value in result.scores.items():
            columns[name].append(value)
    summary: dict[str, Any] = {name: round(sum(values) / len(values), 4) for name, values in columns.items()}
    worst = sorted(columns["body"])[: max(1, len(columns["body"]) // 10)]
    summary |= {
        "worst_tenth": round(tenth(columns["body"]), 4),
        "worst_tenth_mean": round(sum(worst) / len(worst), 4),
        "below_half": sum(value < 0.5 for value in columns["body"]),
        "pages": len(results),
        "pages_a_second": round(len(results) / sum(result.seconds for result in results), 1),
    }
    return summary


def by_set(results: list[Result]) -> dict[str, list[Result]]:
    sets: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        sets[result.id.partition("/")[0]].append(result)
    return sets


def measure(shared: Path) -> dict[str, float]:
    """Give the scores that have floors: a set and a measure each."""
    summaries = {name: summarise(found) for name, found in by_set(extract_all(shared)).items()}
    return {f"{name}.{score}": values[score] for name, values in summaries.items() for score in FLOORED}


def show(summary: dict[str, dict[str, Any]]) -> None:
    rows = list(next(iter(summary.values())))
    print(f"{'':18}" + "".join(f"{name:>10}" for name in summary))
    for row in rows:
        print(f"{row:18}" + "".join(f"{values.get(row, ''):>10}" for values in summary.values()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--limit", type=int, default=0)
    options.add_argument("--worst", default="")
    options.add_argument("--count", type=int, default=25)
    options.add_argument("--set", default="")
    chosen = options.parse_args(sys.argv[1:])
    results = extract_all(chosen.shared, chosen.limit)
    summary = {name: summarise(found) for name, found in by_set(results).items()}
    if chosen.worst:
        wanted = [result for result in results if result.id.startswith(chosen.set) and chosen.worst in result.scores]
        for result in sorted(wanted, key=lambda r: r.scores[chosen.worst])[: chosen.count]:
            print(f"{result.scores[chosen.worst]:.3f} {result.id} {result.notes.get(chosen.worst, '')}")
    show(summary)
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
