"""Edits told apart: real texts are changed by program, in one way each, and the change must be given its kind.

The words put in (hedges, notices) are listed here, apart from the product's. Scores are F1 of each kind and the share
of all edits given the right one as their gravest; `languages` is the same for texts that are not English.

python evals/edits.py --shared ../shared
"""

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from octavo.domain.edit import EditKind
from octavo.relate.edits import classify_edit
from octavo.text.rarity import rarities

DATA = ("data/pages/expected.jsonl",)
SEED = 4
LEAST_PARAGRAPHS = 4
NOTHING = "nothing"

HEDGES = {
    "en": "reportedly allegedly apparently possibly", "de": "angeblich offenbar möglicherweise vermutlich",
    "fr": "apparemment probablement", "es": "presuntamente posiblemente", "it": "forse probabilmente",
    "pl": "podobno prawdopodobnie", "sv": "troligen kanske", "tr": "muhtemelen", "ru": "возможно якобы",
    "nl": "vermoedelijk wellicht",
}  # fmt: skip
CORRECTIONS = {
    "en": (
        "Correction: An earlier report gave the wrong name for the harbour.",
        "This article was amended on 4 March because it named the wrong river.",
        "Editor’s note: The age of the engineer has been put right.",
    ),
    "de": (
        "Korrektur: In dem Text stand zunächst ein falscher Name des Hafens.",
        "In einer früheren Version dieses Artikels hieß es, der Fluss sei ein anderer.",
    ),
    "fr": ("Correctif : le nom du port a été rectifié.", "Une première version de cet article citait un autre fleuve."),
    "es": ("Corrección: el nombre del puerto era otro.", "Una versión anterior de este texto citaba otro río."),
    "it": ("Errata corrige: il nome del porto era sbagliato.",), "pl": ("Sprostowanie: podano błędną nazwę portu.",),
    "sv": ("Rättelse: Hamnens namn var fel.",), "tr": ("Düzeltme: Limanın adı yanlış yazılmıştı.",),
    "ru": ("Исправление: в тексте было неверно названо имя порта.",), "ja": ("訂正：港の名前が誤っていました。",),
    "nl": ("Correctie: de naam van de haven was onjuist.",),
}  # fmt: skip
RETRACTIONS = {
    "en": "This article has been retracted because its main source could not be verified.",
    "de": "Dieser Artikel wurde zurückgezogen, weil die Quelle nicht zu prüfen war.",
    "fr": "Cet article a été retiré car sa source n’a pu être vérifiée.",
    "es": "Este artículo ha sido retirado porque no se pudo comprobar la fuente.",
}
STYLES = {
    "en": {"said": "stated", "but": "yet", "also": "too", "many": "numerous", "because": "since", "big": "large"},
    "de": {"auch": "ebenfalls", "aber": "jedoch", "viele": "zahlreiche", "sagte": "erklärte", "weil": "da"},
    "fr": {"mais": "toutefois", "aussi": "également"}, "es": {"pero": "aunque", "también": "asimismo"},
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"(?<![\d.,])[1-9]\d{0,3}(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Text:
    """A wording of an article."""

    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """Two wordings and the kind of what lies between them."""

    language: str
    kind: str
    before: Text
    after: Text


Maker = Callable[[list[str], str, random.Random], tuple[list[str], list[str]] | None]


def texts(shared: Path) -> list[tuple[str, list[str]]]:
    """The real texts: (language, paragraphs)."""
    lines = (shared / DATA[0]).read_text(encoding="utf-8").split("\n")
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    found = []
    for row in rows:
        paragraphs = [" ".join(one.split()) for one in row["text"].split("\n") if len(one.split()) > 7 or "。" in one]
        if len(paragraphs) >= LEAST_PARAGRAPHS:
            found.append((row["language"] or "en", paragraphs[:60]))
    return found


def _swap(paragraphs: list[str], number: int, text: str) -> list[str]:
    return [*paragraphs[:number], text, *paragraphs[number + 1 :]]


def _places(paragraphs: list[str], pattern: re.Pattern[str]) -> list[tuple[int, re.Match[str]]]:
    return [(number, match) for number, one in enumerate(paragraphs) for match in pattern.finditer(one)]


def typo(paragraphs: list[str], language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A word misspelt before: two letters changed round, or one left out."""
    known = rarities(language)
    places = [one for one in _places(paragraphs, _WORD) if len(one[1].group()) > 5 and known.holds(one[1].group())]
    if not places:
        return None
    number, match = chance.choice(places)
    word, at = match.group(), chance.randrange(1, len(match.group()) - 2)
    wrong = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] if chance.random() < 0.5 else word[:at] + word[at + 1 :]
    )
    if wrong == word or known.holds(wrong):
        return None
    spoilt = paragraphs[number][: match.start()] + wrong + paragraphs[number][match.end() :]
    return _swap(paragraphs, number, spoilt), paragraphs


def figure(paragraphs: list[str], _language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A number that becomes another."""
    places = _places(paragraphs, _FIGURE)
    if not places:
        return None
    number, match = chance.choice(places)
    other = str(int(match.group()) + chance.randrange(1, 9))
    text = paragraphs[number]
    return paragraphs, _swap(paragraphs, number, text[: match.start()] + other + text[match.end() :])


def softened(paragraphs: list[str], language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A hedge put in behind one of the first words of a paragraph."""
    if language not in HEDGES:
        return None
    number = chance.randrange(len(paragraphs))
    parts = paragraphs[number].split()
    parts.insert(chance.randrange(2, min(7, len(parts))), chance.choice(HEDGES[language].split()))
    return paragraphs, _swap(paragraphs, number, " ".join(parts))


def hardened(paragraphs: list[str], language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """The same taken out."""
    made = softened(paragraphs, language, chance)
    return (made[1], made[0]) if made else None


def deleted(paragraphs: list[str], _language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A paragraph taken out."""
    number = chance.randrange(1, len(paragraphs))
    return paragraphs, paragraphs[:number] + paragraphs[number + 1 :]


def update(paragraphs: list[str], language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A paragraph put in."""
    made = deleted(paragraphs, language, chance)
    return (made[1], made[0]) if made else None


def moved(paragraphs: list[str], _language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A paragraph that stands elsewhere: no change of what is said."""
    number = chance.randrange(2, len(paragraphs))
    if paragraphs[number] in paragraphs[:number]:
        return None
    return paragraphs, [paragraphs[0], paragraphs[number], *paragraphs[1:number], *paragraphs[number + 1 :]]


def correction(paragraphs: list[str], language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A note of correction at the end, and a figure put right."""
    if language not in CORRECTIONS:
        return None
    note = chance.choice(CORRECTIONS[language])
    made = figure(paragraphs, language, chance)
    return paragraphs, [*(made[1] if made else paragraphs), note]


def retracted(paragraphs: list[str], language: str, _chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A notice in place of the text."""
    return (paragraphs, [RETRACTIONS[language]]) if language in RETRACTIONS else None


def style(paragraphs: list[str], language: str, chance: random.Random) -> tuple[list[str], list[str]] | None:
    """A word put for another of its meaning."""
    swaps = STYLES.get(language, {})
    places = [one for one in _places(paragraphs, _WORD) if one[1].group() in swaps]
    if not places:
        return None
    number, match = chance.choice(places)
    text = paragraphs[number]
    return paragraphs, _swap(paragraphs, number, text[: match.start()] + swaps[match.group()] + text[match.end() :])


MAKERS: dict[str, Maker] = {
    "typo": typo, "figure": figure, "softened": softened, "hardened": hardened, "deleted": deleted, "update": update,
    NOTHING: moved, "correction": correction, "retracted": retracted, "style": style,
}  # fmt: skip


def cases(shared: Path) -> Iterator[Case]:
    """Change every text in every way that it allows."""
    chance = random.Random(SEED)  # noqa: S311 - the same cases every time
    for language, paragraphs in texts(shared):
        for kind, make in MAKERS.items():
            made = make(paragraphs, language, chance)
            if made and made[0] != made[1]:
                yield Case(language, kind, *(Text("A headline", "\n".join(one)) for one in made))


def confusion(shared: Path) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], float]:
    """Count (made, found) of all and of the other languages, and the milliseconds of one edit."""
    whole: Counter[tuple[str, str]] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    listed = list(cases(shared))
    began = time.process_time()
    for case in listed:
        kind = classify_edit(case.before, case.after, language=case.language).kind
        pair = case.kind, kind.value if kind else NOTHING
        whole[pair] += 1
        if case.language != "en":
            others[pair] += 1
    return whole, others, 1000 * (time.process_time() - began) / len(listed)


def right(counted: Counter[tuple[str, str]]) -> float:
    """The share on the diagonal."""
    return sum(count for (made, found), count in counted.items() if made == found) / sum(counted.values())


def f1(counted: Counter[tuple[str, str]], kind: str) -> float:
    """F1 of one kind."""
    both = counted[kind, kind]
    made = sum(count for (one, _), count in counted.items() if one == kind)
    found = sum(count for (_, one), count in counted.items() if one == kind)
    return 2 * both / (made + found) if made + found else 0.0


def measure(shared: Path) -> dict[str, float]:
    """Give F1 of each kind, the share right of all, and of those in other languages than English."""
    whole, others, _ = confusion(shared)
    kinds = {f"{kind.value}.f1": f1(whole, kind.value) for kind in EditKind}
    return {**kinds, "right": right(whole), "languages.right": right(others)}


def main() -> None:
    """Print the confusion table, then one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    whole, _, spent = confusion(shared)
    names = list(MAKERS)
    sys.stdout.write(f"{'made / found':12}" + "".join(f"{name:>11}" for name in names) + "\n")
    for made in names:
        sys.stdout.write(f"{made:12}" + "".join(f"{whole[made, found] or '·':>11}" for found in names) + "\n")
    sys.stdout.write(f"{spent:.2f} ms an edit\n" + json.dumps(measure(shared)) + "\n")


if __name__ == "__main__":
    main()
