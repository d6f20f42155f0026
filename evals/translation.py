"""Translators that work on this machine, beside leaving a text as it is, and what the check lets through.

`PAIR.chrf` is chrF (Popovic 2015; sacrebleu) of what is translated, against people's or our own references, over 100;
`PAIR.gain` how much that is above the original text's. `PAIR.kept` is the share of these sentences that pass the check
(names, numbers, days, quotation marks, denials), `PAIR.news` that of sentences from the middle of real news. The bar of
a pair that is offered: chrF .50, gain .15, kept and news .60 (news where there is any: none is Portuguese).

Texts: MEANTIME's headlines and first sentences (en, es, it; the same articles), and translation.tsv, 40 sentences of
ours in English, Portuguese (each twice) and Spanish. Ours are short and plain, and come easier than news.

python evals/translation.py --shared ../shared [--all]    also times; --all: pairs of Apertium that are not offered, too
"""

import argparse
import csv
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from octavo.adapters.translators import apertium
from octavo.adapters.translators.apertium import ApertiumTranslator
from octavo.adapters.translators.bergamot import BergamotTranslator
from octavo.brief.translated import lost, peel
from octavo.config import AiSettings
from octavo.errors import SettingsError
from octavo.ports.translator import Pair, Translator
from octavo.text.words import sentences

DATA = ("data/labelled/stream_meantime.dev.jsonl",)
OWN = Path(__file__).with_name("translation.tsv")
CODES = {"eng": "en", "spa": "es", "ita": "it", "nld": "nl"}
COLUMNS = {"en": ("en", "again"), "pt": ("pt", "outra"), "es": ("es",)}
WRITTEN = date(2009, 11, 20)
NEWS = 150
"""Sentences of news of which the check's share is taken."""

TRIED = {("en", "es"): "eng-spa", ("es", "en"): "spa-eng", ("it", "es"): "ita-spa", ("es", "it"): "spa-ita"}
"""Pairs of Apertium that do not reach the bar."""


@dataclass(frozen=True)
class Set:
    """Sentences with what each may be in the other language."""

    given: Sequence[str]
    wanted: Sequence[Sequence[str]]


def news(shared: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Read MEANTIME: article to language to (headline, text)."""
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for line in (shared / DATA[0]).read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            found[row["story"]][CODES[row["lang"]]] = (row["title"], row["text"])
    return found


def sets(articles: Mapping[str, Mapping[str, tuple[str, str]]], pair: Pair) -> Iterator[Set]:
    """Give what there is for a pair: headlines, first sentences, our own."""
    one, other = pair
    if {one, other} <= set(CODES.values()):
        both = [held for held in articles.values() if one in held and other in held]
        yield Set([held[one][0] for held in both], [[held[other][0] for held in both]])
        firsts = [(sentences(held[one][1])[:1], sentences(held[other][1])[:1]) for held in both]
        yield Set([first[0] for first, _ in firsts], [[second[0] for _, second in firsts]])
        return
    with OWN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    yield Set([row[one] for row in rows], [[row[column] for row in rows] for column in COLUMNS[other]])


def made(translator: Translator, pair: Pair, given: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Translate as an article is: (translation or "", what the check found)."""
    peeled = [peel(one) for one in given]
    found = [
        one.around(text) for one, text in zip(peeled, translator.translate([p.text for p in peeled], pair), strict=True)
    ]
    faults = [
        [str(fault.fault) for fault in lost(one, pair[0], text, pair[1], WRITTEN)] if text else ["nothing"]
        for one, text in zip(given, found, strict=True)
    ]
    return list(zip(found, faults, strict=True))


def middle(articles: Mapping[str, Mapping[str, tuple[str, str]]], language: str) -> list[str]:
    """Give sentences from the middle of news."""
    texts = [sentences(held[language][1])[1:7] for held in articles.values() if language in held]
    return [one for many in texts for one in many if len(one) > 30][:NEWS]


def score(translator: Translator, pair: Pair, shared: Path, faults: Counter[str]) -> dict[str, float]:
    """Measure one pair."""
    articles = news(shared)
    chrf, asis, kept, total = [], [], 0, 0
    for one in sets(articles, pair):
        found = made(translator, pair, one.given)
        texts = [text or given for (text, _), given in zip(found, one.given, strict=True)]
        chrf.append(CHRF().corpus_score(texts, one.wanted).score / 100)
        asis.append(CHRF().corpus_score(list(one.given), one.wanted).score / 100)
        kept, total = kept + sum(not wrong for _, wrong in found), total + len(found)
    scores = {"chrf": sum(chrf) / len(chrf), "gain": (sum(chrf) - sum(asis)) / len(chrf), "kept": kept / total}
    if pair[0] in CODES.values():
        found = made(translator, pair, middle(articles, pair[0]))
        faults.update(kind for _, wrong in found for kind in set(wrong))
        scores["news"] = sum(not wrong for _, wrong in found) / len(found)
    return scores


def here() -> list[Translator]:
    """Give the translators this machine has."""
    found: list[Translator] = []
    makers: tuple[Callable[[AiSettings], Translator], ...] = (BergamotTranslator, ApertiumTranslator)
    for make in makers:
        try:
            found.append(make(AiSettings()))
        except SettingsError as error:
            print(error, file=sys.stderr)
    return found


def measure(shared: Path) -> dict[str, float]:
    """Measure the pairs that are offered."""
    return {
        f"{'-'.join(pair)}.{name}": value
        for translator in here()
        for pair in translator.pairs
        for name, value in score(translator, pair, shared, Counter()).items()
    }


def times(translator: Translator, pair: Pair, shared: Path) -> str:
    """Time an article of 30 sentences, as readers wait for it: two sentences first, then six at a time."""
    given = (middle(news(shared), pair[0]) if pair[0] in CODES.values() else next(sets({}, pair)).given)[:30]
    spent, began = sum(os.times()[:4]), time.perf_counter()
    made(translator, pair, given[:2])
    first = time.perf_counter() - began
    for start in range(2, len(given), 6):
        made(translator, pair, given[start : start + 6])
    whole, cpu = time.perf_counter() - began, sum(os.times()[:4]) - spent
    return f"first two {first:.2f} s, {len(given)} sentences {whole:.2f} s, {cpu:.2f} s of processors"


def main() -> None:
    """Print scores, faults and times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    if chosen.all:
        apertium.MODES = {**apertium.MODES, **TRIED}
    for translator in here():
        for pair, name in translator.pairs.items():
            faults: Counter[str] = Counter()
            scores = score(translator, pair, chosen.shared, faults)
            print("-".join(pair), name, {key: round(value, 3) for key, value in scores.items()}, dict(faults))
            print("   cold:", times(translator, pair, chosen.shared))
            print("   warm:", times(translator, pair, chosen.shared))


if __name__ == "__main__":
    main()
