"""Copies: texts edited as copies are, told from other reports of the event, from forms filled in, and from all others.

The edits are made by program from the texts of real pages; forms (weather, markets, courts, sport) are invented here.
Provenance is measured on the sample newswire, whose truth is written beside it.

python evals/copies.py --shared ../shared
"""

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from octavo.adapters.newswire.library import read_library
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.relation import Candidate
from octavo.domain.telling import Telling
from octavo.enrich.fingerprint import fingerprint
from octavo.relate.duplicates import copied
from octavo.relate.provenance import provenance
from octavo.relate.texts import read_telling, shared_text
from octavo.text.shingles import overlap, shingles

DATA = (
    "data/pages/expected.jsonl",
    "data/labelled/stream_ecbplus.dev.jsonl",
    "data/labelled/stream_meantime.dev.jsonl",
)
SEED = 2
"""The thresholds of relate/duplicates.py were fitted on edits and forms made with seed 1."""

AT = datetime(2024, 1, 1, tzinfo=UTC)
LEAD, SHORTEST, LONGEST = 1_000, 600, 8_000
OWN_WORDS, ONE_TEXT = 0.3, 0.6
SOME = 30
"""Of the pairs of different texts with one and the same frame, every so manieth is looked at."""

OCR = str.maketrans({"e": "c", "l": "1", "o": "0", "n": "u", "i": "l", "s": "5", "a": "o", "t": "f"})
"""What a reading machine takes letters for."""

AROUND = """Skip to the content | Subscribe from 1 euro a month | Log in | Newsletter: the morning in ten minutes
Share this article on all your channels. Copy the address. Print. Save for later. Report a mistake to the desk.
More on this: What we know so far. The picture of the day. Your questions, answered by our readers’ editor.
Most read: Ten walks for a wet weekend. How we cooked with what was left. The crossword: have another try.
We and our partners use cookies to measure how our pages are read; you may change your choice at any time.
Support our work: our journalists are paid by those who read them, and by nobody else. Become a member today.
All rights reserved. No part of this page may be given again without leave in writing. Imprint. Contact. Terms."""
"""What stands around an article and is sometimes taken along; invented."""

Pair = tuple[str, str]
Edit = Callable[[random.Random, str, Sequence[str]], str]


def _parts(text: str) -> list[str]:
    """Give the sentences, each with its paragraph's break before it."""
    return [part for part in re.split(r"(?<=[.!?。！？…])\s*(?=\S)|\n+", text) if part.strip()]


def _words(text: str) -> tuple[list[str], str]:
    """Give the words and what joins them; characters where a script has no spaces."""
    return (text.split(), " ") if text.count(" ") * 20 > len(text) else (list(text), "")


def reprint(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Set anew: other quotation marks and dashes, a place in front, one sentence gone."""
    parts = _parts(text)
    del parts[rng.randrange(len(parts))]
    return f"MILLBROOK – {' '.join(parts)}".replace("“", '"').replace("”", '"').replace("—", "-").replace("’", "'")


def cut(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Keep the beginning, a quarter to four fifths of the whole."""
    return text[: int(len(text) * rng.uniform(0.25, 0.8))]


def surrounded(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Take along what stands around the article."""
    lines = AROUND.split("\n")
    rng.shuffle(lines)
    return "\n".join([*lines[:3], text[: int(len(text) * rng.uniform(0.6, 1.0))], *lines[3:]])


def reordered(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Put the sentences, two or three together, in another order."""
    parts = _parts(text)
    runs = [parts[start : start + 3] for start in range(0, len(parts), 3)]
    rng.shuffle(runs)
    return " ".join(part for run in runs for part in run)


def lightly(rng: random.Random, text: str, others: Sequence[str]) -> str:
    """Change one word in twelve."""
    return _replaced(rng, text, others, 0.08)


def heavily(rng: random.Random, text: str, others: Sequence[str]) -> str:
    """Change one word in five, leave out one sentence in six and cut the end."""
    parts = [part for part in _parts(text) if rng.random() > 1 / 6]
    return _replaced(rng, " ".join(parts[: max(4, int(len(parts) * 0.85))]), others, 0.2)


def misread(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Read by a machine: one letter in twenty-five wrong, spaces lost and won."""
    found = []
    for char in text:
        chance = rng.random()
        wrong = char.translate(OCR) if char.isascii() else chr(ord(char) ^ 1)
        found.append(char if chance > 0.04 else ("" if chance < 0.006 else wrong))
    return "".join(found)


EDITS: dict[str, Edit] = {
    edit.__name__: edit for edit in (reprint, cut, surrounded, reordered, lightly, heavily, misread)
}


def _replaced(rng: random.Random, text: str, others: Sequence[str], share: float) -> str:
    words, joint = _words(text)
    for index in range(len(words)):
        chance = rng.random()
        if chance < share:
            words[index] = "" if chance < share / 4 else rng.choice(others)
    return joint.join(words)


SYLLABLES = "bran cor dal els fen gor hal isk jor kel lum mar nor ost pel quin ros sel tor ulm var wen yar zel".split()


def _name(rng: random.Random) -> str:
    return "".join(rng.sample(SYLLABLES, rng.choice((2, 2, 3)))).capitalize()


def forms(seed: int) -> dict[str, list[str]]:
    """Fill in forms, forty of each kind: the same words around other names and figures, as desks send out daily."""
    rng = random.Random(seed)  # noqa: S311 - a test set, made the same every time
    makers = (_weather, _market, _court, _match)
    return {maker.__name__[1:]: [maker(rng) for _ in range(40)] for maker in makers}


def _weather(rng: random.Random) -> str:
    sky = ("sunny spells", "light rain", "heavy showers", "fog before noon", "clear skies", "snow on high ground")
    days = [
        f"{day} will bring {rng.choice(sky)} in the {rng.choice(('north', 'south', 'west', 'east'))}, with highs of "
        f"{rng.randint(2, 33)} degrees and lows of {rng.randint(-9, 15)} degrees, and winds of up to "
        f"{rng.randint(9, 80)} km/h."
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    ]
    return f"This is the forecast for {_name(rng)} and the coast, given by the weather office. " + " ".join(days)


def _market(rng: random.Random) -> str:
    lines = [
        f"Shares of {_name(rng)} {rng.choice(('rose', 'fell'))} {rng.randint(1, 9)}.{rng.randint(0, 99):02} percent "
        f"to {rng.randint(3, 900)}.{rng.randint(0, 99):02} crowns on {rng.randint(1, 99)},{rng.randint(100, 999)}."
        for _ in range(9)
    ]
    return (
        f"The {_name(rng)} index closed at {rng.randint(1000, 9999)}.{rng.randint(0, 99):02} points, after "
        f"{rng.randint(1000, 9999)}.{rng.randint(0, 99):02} points the day before, the exchange said. {' '.join(lines)}"
    )


def _court(rng: random.Random) -> str:
    lines = [
        f"{_name(rng)} {_name(rng)}, {rng.randint(18, 80)}, of {_name(rng)} Road, "
        f"admitted driving uninsured on {rng.randint(1, 28)} March, was fined {rng.randint(100, 900)} pounds "
        f"and must pay costs of {rng.randint(40, 200)} pounds."
        for _ in range(7)
    ]
    return f"The following cases were heard by the magistrates of {_name(rng)} this week. {' '.join(lines)}"


def _match(rng: random.Random) -> str:
    home, away = _name(rng), _name(rng)
    lines = [
        f"{_name(rng)} made it {goals}–{rng.randint(0, 3)} for {rng.choice((home, away))} in the "
        f"{rng.randint(1, 90)}th minute, assisted by {_name(rng)}, and was booked for taking off his shirt."
        for goals in range(1, 7)
    ]
    return (
        f"{home} met {away} in front of {rng.randint(1, 60)},{rng.randint(100, 999)} spectators on Saturday. "
        f"{' '.join(lines)} The referee was {_name(rng)} of {_name(rng)}."
    )


def _read(shared: Path, name: str) -> Iterator[dict[str, str]]:
    for line in (shared / name).read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)


def candidate(number: int, text: str) -> Candidate:
    """Make the candidate that relate would see."""
    sketch = fingerprint(text)
    return Candidate(ArticleId(number), PublisherId(f"p{number}"), "", text[:LEAD], "", AT, fingerprint=sketch)


def pages(shared: Path) -> tuple[list[str], list[str]]:
    """Give texts of real pages, and the language of each."""
    found: dict[str, Pair] = {}
    for row in _read(shared, "data/pages/expected.jsonl"):
        if len(row["text"]) >= SHORTEST:
            found.setdefault(row["text"][:SHORTEST], (row["text"][:LONGEST], row["language"]))  # one stands there twice
    return [text for text, _ in found.values()], [language for _, language in found.values()]


def edited(texts: Sequence[str], languages: Sequence[str], seed: int) -> dict[str, list[str]]:
    """Edit every text in every way."""
    words: dict[str, list[str]] = defaultdict(list)
    for text, language in zip(texts, languages, strict=True):
        words[language].extend(_words(text)[0])
    found: dict[str, list[str]] = {name: [] for name in EDITS}
    for number, (text, language) in enumerate(zip(texts, languages, strict=True)):
        for name, edit in EDITS.items():
            rng = random.Random(f"{seed}/{name}/{number}")  # noqa: S311
            found[name].append(edit(rng, text, words[language]))
    return found


def same_event(shared: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Give pairs of reports of one event: by different hands, and of one text in two outlets.

    The streams say which story a text is of, not whose it is; agencies' texts stand in them several times. Of a pair
    with under 3 in 10 shingles in common the words are taken to be two reporters', of one with over 6 to be one's;
    what lies between is left out.
    """
    stories: dict[str, list[str]] = defaultdict(list)
    for name in DATA[1:]:
        for row in _read(shared, name):
            if len(row["text"]) >= SHORTEST:
                stories[f"{row['story']}/{row['lang']}"].append(row["text"])
    pairs = [pair for texts in stories.values() for pair in combinations(texts, 2)]
    known = {text: shingles(text) for text in {text for pair in pairs for text in pair}}
    shares = [overlap(known[one], known[other])[1] for one, other in pairs]
    apart = [pair for pair, share in zip(pairs, shares, strict=True) if share < OWN_WORDS]
    return apart, [pair for pair, share in zip(pairs, shares, strict=True) if share > ONE_TEXT]


def telling(number: int, text: str, **more: Any) -> Telling:
    """Make the telling that a story's provenance sees."""
    facts = {"publisher_id": PublisherId(f"p{number}"), "publisher": f"p{number}", "language": "", "at": AT, **more}
    return Telling(ArticleId(number), headline="", paragraphs=tuple(text.split("\n")), **facts)


def judged(pairs: Sequence[tuple[Candidate, Candidate]]) -> int:
    """Count the pairs taken for copies."""
    return sum(copied(one, other) > 0 for one, other in pairs)


def sets(shared: Path) -> tuple[dict[str, list[Pair]], dict[str, list[Pair]]]:
    """Give the pairs that are copies, and those that are none."""
    texts, languages = pages(shared)
    apart, together = same_event(shared)
    made = edited(texts, languages, SEED)
    right = {name: list(zip(texts, changed, strict=True)) for name, changed in made.items()}
    wrong = {
        "event": apart,
        "others": list(combinations(texts, 2)),
        "surrounded": list(combinations(made["surrounded"], 2))[::SOME],
        **{name: list(combinations(filled, 2)) for name, filled in forms(SEED).items()},
    }
    return {**right, "real": together}, wrong


def copies(right: dict[str, list[Pair]], wrong: dict[str, list[Pair]]) -> dict[str, float]:
    """Measure copies as relate sees articles: F1 and precision of all, recall of each edit, others kept apart."""
    known = {text: candidate(number, text) for number, text in enumerate(_texts(right, wrong))}
    hits, alarms = (
        {name: judged([(known[one], known[other]) for one, other in pairs]) for name, pairs in some.items()}
        for some in (right, wrong)
    )
    edits, hit = (sum(values[name] for name in EDITS) for values in ({n: len(p) for n, p in right.items()}, hits))
    false = sum(alarms.values())
    return {
        "edits.f1": 2 * hit / (edits + hit + false),
        **_scores(hits, alarms, right, "all"),
        **{f"{name}.recall": hits[name] / len(pairs) for name, pairs in right.items()},
        **{f"{name}.kept_apart": 1 - alarms[name] / len(pairs) for name, pairs in wrong.items()},
    }


def whole_texts(right: dict[str, list[Pair]], wrong: dict[str, list[Pair]]) -> dict[str, float]:
    """Measure the same as a story's provenance sees it, which holds the whole texts; random pairs are left out."""
    some = {name: pairs for name, pairs in wrong.items() if name != "others"}
    known = {text: read_telling(telling(number, text)) for number, text in enumerate(_texts(right, some))}
    hits, alarms = (
        {
            name: sum(shared_text(known[one], known[other]) is not None for one, other in pairs)
            for name, pairs in chosen.items()
        }
        for chosen in (right, some)
    )
    return _scores(hits, alarms, right, "whole")


def _texts(*chosen: dict[str, list[Pair]]) -> list[str]:
    return list(dict.fromkeys(text for one in chosen for pairs in one.values() for pair in pairs for text in pair))


def _scores(hits: dict[str, int], alarms: dict[str, int], right: dict[str, list[Pair]], name: str) -> dict[str, float]:
    found, false, there = sum(hits.values()), sum(alarms.values()), sum(map(len, right.values()))
    return {f"{name}.f1": 2 * found / (there + found + false), f"{name}.precision": found / max(1, found + false)}


def newswire(*, credited: bool) -> tuple[float, float]:
    """Measure the sample newswire's provenance: precision and recall of who carries the agency's texts.

    Without its name at the outlets, only texts in the agency's language can be known for its own.
    """
    library = read_library()
    publishers = {one.key: one for one in library.publishers}
    agency = next(key for key, one in publishers.items() if one.kind == "agency")
    carries, found = set(), set()
    events: dict[str, list[Telling]] = defaultdict(list)
    for number, one in enumerate(library.articles):
        named = publishers[one.publisher]
        source = one.agency if credited or one.publisher == agency else ""
        if one.agency and one.event and (credited or named.language == publishers[agency].language):
            carries.add(ArticleId(number))
        more = {"publisher": named.name, "publisher_id": PublisherId(one.publisher), "owner": named.owner}
        events[one.event].append(telling(number, one.body, at=AT - one.age, source=source, **more))
    for event, tellings in events.items():
        if event:
            found |= {one.article_id for voice in provenance(tellings).agencies for one in voice.carriers}
    return len(found & carries) / max(1, len(found)), len(found & carries) / len(carries)


def measure(shared: Path) -> dict[str, float]:
    """Give the scores of copies and of provenance."""
    right, wrong = sets(shared)
    scores = {**copies(right, wrong), **whole_texts(right, wrong)}
    for name, credited in (("credited", True), ("uncredited", False)):
        scores[f"newswire.{name}.precision"], scores[f"newswire.{name}.recall"] = newswire(credited=credited)
    return scores


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    sys.stdout.write(json.dumps(measure(parser.parse_args().shared)) + "\n")


if __name__ == "__main__":
    main()
