"""The check of written sentences: true and subtly false ones made by program from real texts, and people's judgements.

From each text some sentences are taken and told again: as they stand, shortened, split, turned, rounded ("about"), like
a headline; and falsely: with a name put out for another of its kind from the text or from another, a number, a day, a
quotation, a speaker changed, a "not" put in or taken out. Each is held to its own text among two others. `kept` is
the share of true ones let through, `stopped` that of false ones, all and by kind, on the half of the texts nothing
was tuned on (`--half tune` shows the other). `faithful.auc` is how well the score ranks sentences that a summariser
wrote, by whether people found them borne out, on the half of the texts evals/fit_grounding.py was not fitted on.

python evals/grounding.py --shared ../shared [--half tune] [--show KIND] [--language xx]
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from retold import AT, FALSE, FRENCH, PAGES, STREAM, TRUE, Text, cases, half, rows, texts

from octavo.brief.grounding import Grounds, Verdict
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling

JUDGED = "data/labelled/faithful_qags_cnndm.jsonl"
DATA = (PAGES, STREAM, FRENCH, JUDGED)
CORE = ("name_here", "name_elsewhere", "number", "number_here", "date", "quote")
KINDS = tuple(make.__name__ for make in (*TRUE, *FALSE))
TRULY = frozenset(make.__name__ for make in TRUE)


def grounds(listed: Sequence[Text]) -> dict[ArticleId, Grounds]:
    """Make each text ready beside two others of its language."""
    by_language: dict[str, list[Text]] = defaultdict(list)
    for one in listed:
        by_language[one.telling.language].append(one)
    found = {}
    for many in by_language.values():
        for place, one in enumerate(many):
            others = [many[(place + step) % len(many)].telling for step in (1, 2)]
            found[one.telling.id] = Grounds([one.telling, *(other for other in others if other is not one.telling)])
    return found


def judged(shared: Path, which: str, language: str = "") -> tuple[list[tuple[Text, str, str, Verdict]], float]:
    """Give every sentence made with what was found of it (text, kind, sentence, verdict), and milliseconds for one."""
    listed = list(texts(shared, which))
    ready = grounds(listed)
    made = [case for case in cases(listed) if not language or case[0].telling.language == language]
    began = time.process_time()
    found = [
        (one, kind, stated, ready[one.telling.id].check(stated, one.telling.language)) for one, kind, stated, _ in made
    ]
    return found, 1000 * (time.process_time() - began) / (len(made) or 1)


def shares(found: Sequence[tuple[Text, str, str, Verdict]]) -> dict[str, float]:
    """Give the shares kept and stopped, all and by kind."""
    total = Counter(kind for _, kind, _, _ in found)
    passed = Counter(kind for _, kind, _, verdict in found if verdict.holds)
    scores = {f"kept.{kind}": passed[kind] / total[kind] for kind in KINDS if kind in TRULY and total[kind]}
    scores |= {f"stopped.{kind}": 1 - passed[kind] / total[kind] for kind in KINDS if kind not in TRULY and total[kind]}
    scores["kept"] = sum(passed[kind] for kind in TRULY) / (sum(total[kind] for kind in TRULY) or 1)
    scores["stopped.core"] = 1 - sum(passed[kind] for kind in CORE) / (sum(total[kind] for kind in CORE) or 1)
    return scores


def faithful(shared: Path, which: str) -> tuple[list[float], list[int]]:
    """Score the sentences people judged, of one half; and what they found."""
    ready: dict[str, Grounds] = {}
    scores, labels = [], []
    for row in rows(shared, JUDGED):
        source = str(row["source"])
        if half(source) != which:
            continue
        if source not in ready:
            ready[source] = Grounds([one_telling(source)])
        scores.append(ready[source].check(str(row["claim"]), "en").score)
        labels.append(int(str(row["ok"])))
    return scores, labels


def one_telling(text: str) -> Telling:
    """Make a telling of a text alone."""
    return Telling(ArticleId(1), PublisherId("p"), "P", "en", AT, "", "", (text,), dated=False)


def area(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Give the area under the curve: how often a sentence borne out is ranked above one that is not."""
    right = [score for score, label in zip(scores, labels, strict=True) if label]
    wrong = [score for score, label in zip(scores, labels, strict=True) if not label]
    won = sum((one > other) + 0.5 * (one == other) for one in right for other in wrong)
    return won / (len(right) * len(wrong) or 1)


def measure(shared: Path, which: str = "report") -> dict[str, float]:
    """Give shares kept and stopped, all and by kind, and the area under the curve of the judged ones."""
    return {**shares(judged(shared, which)[0]), "faithful.auc": area(*faithful(shared, which))}


def main() -> None:
    """Print counts by kind and language, then one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--show", default="", metavar="KIND", help="print the sentences of a kind that were misjudged")
    parser.add_argument("--language", default="")
    given = parser.parse_args()
    found, spent = judged(given.shared, given.half, given.language)
    for kind in KINDS:
        here = [verdict.holds == (kind in TRULY) for _, named, _, verdict in found if named == kind]
        sys.stdout.write(f"{'kept' if kind in TRULY else 'stopped':8}{kind:16}{sum(here):6} of {len(here)}\n")
    tongues: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one, kind, stated, verdict in found:
        tongues[one.telling.language].append((kind in TRULY, verdict.holds == (kind in TRULY)))
        if kind == given.show and verdict.holds != (kind in TRULY):
            reasons = [f"{reason.fault}: {reason.words}" for reason in verdict.reasons]
            sys.stdout.write(f"{one.telling.language} {verdict.score:.2f} {reasons} {stated}\n")
    for language, rights in sorted(tongues.items()):
        true, false = ([right for truly, right in rights if truly == which] for which in (True, False))
        line = f"{language}: kept {sum(true)} of {len(true)}, stopped {sum(false)} of {len(false)}\n"
        sys.stdout.write(line)
    auc = area(*faithful(given.shared, given.half))
    sys.stdout.write(f"{spent:.2f} ms a sentence\n{json.dumps({**shares(found), 'faithful.auc': auc})}\n")


if __name__ == "__main__":
    main()
