"""Summaries: three chosen sentences beside lead-3, LexRank and TextRank, by ROUGE-2, in one run.

python evals/summaries.py [--shared ../shared]

Three sets, made of the labelled data: `described` (articles without what stands in their publisher's description of
them, against that description), `told` (articles against what people called true in summaries of them), `others` (an
outlet's telling of an event against the leads of the others'). ROUGE-2 is Lin's (2004), F1 over pairs of words, folded,
no stems; several references: the best. Peers are sumy's (`pip install -e '.[bench]'`), given our own sentences.
"""

import argparse
import gzip
import importlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise
from pathlib import Path

from octavo.brief.summary import article_summary
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.text.folding import split
from octavo.text.html import decode, parse
from octavo.text.words import sentences

DATA = (
    "data/labelled/faithful_qags_cnndm.jsonl",
    "data/labelled/stream_ecbplus.dev.jsonl",
    "data/pages/expected.jsonl",
    "data/pages/html",
)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
SENTENCES = 3
PEERS = ("lexrank", "textrank")
_LEAST_WORDS = 12
_LEAST_SENTENCES, _MOST_SENTENCES = 8, 80
_LEAD = 2
_STANDS = 0.6

Case = tuple[str, str, str, list[str]]
"""Language, headline, text, references."""


def rouge2(said: str, wanted: str) -> float:
    """F1 of the pairs of words two texts have in common."""
    one, other = (Counter(pairwise(split(text))) for text in (said, wanted))
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values())) if common else 0.0


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def described(shared: Path) -> list[Case]:
    """Give articles with the description their publisher gave, where it is none of their own sentences."""
    found: list[Case] = []
    files = {row["id"]: row["file"] for row in _read(shared / "data/pages/manifest.jsonl")}
    for row in _read(shared / "data/pages/expected.jsonl"):
        if (
            not row["id"].startswith("fundus/")
            or not _LEAST_SENTENCES <= len(sentences(row["text"])) <= _MOST_SENTENCES
        ):
            continue
        page = decode(gzip.decompress((shared / "data/pages" / files[row["id"]]).read_bytes()))
        told = _description(page)
        body = _without(row["text"], told)
        if len(split(told)) >= _LEAST_WORDS and len(sentences(body)) >= _LEAST_SENTENCES:
            found.append((row["language"] or "en", row["title"], body, [told]))
    return found


def _without(text: str, told: str) -> str:
    """Leave out the sentences that stand in the description, or nearly: most of their pairs of words do."""
    pairs = set(pairwise(split(told)))

    def fresh(sentence: str) -> bool:
        own = list(pairwise(split(sentence)))
        return not own or sum(pair in pairs for pair in own) < _STANDS * len(own)

    kept = (" ".join(filter(fresh, sentences(line))) for line in text.split("\n"))
    return "\n".join(line for line in kept if line)


def _description(page: str) -> str:
    for node in parse(page).css("meta[property='og:description'], meta[name='description']"):
        content = node.attributes.get("content")
        if content:
            return " ".join(unescape(content).split())
    return ""


def told(shared: Path) -> list[Case]:
    """Give articles with the sentences of summaries that people found to be true to them."""
    true: dict[str, list[str]] = defaultdict(list)
    for row in _read(shared / "data/labelled/faithful_qags_cnndm.jsonl"):
        if int(row["ok"]):
            true[row["source"]].append(row["claim"])
    return [("en", "", source, [" ".join(said)]) for source, said in true.items()]


def others(shared: Path) -> list[Case]:
    """Give the first text of each event with the leads of the others'."""
    events: dict[str, list[str]] = defaultdict(list)
    for row in _read(shared / "data/labelled/stream_ecbplus.dev.jsonl"):
        events[row["story"]].append(row["text"])
    found: list[Case] = []
    for texts in events.values():
        long = [text for text in texts if len(sentences(text)) >= _LEAST_SENTENCES]
        for text in long[:3]:
            leads = [" ".join(sentences(other)[:_LEAD]) for other in texts if other != text]
            if leads:
                found.append(("en", "", text, leads))
    return found


def lead3(_language: str, _headline: str, text: str) -> list[str]:
    """Give the first three sentences."""
    return sentences(text)[:SENTENCES]


def ours(language: str, headline: str, text: str) -> list[str]:
    """Give what Octavo chooses; the first sentences where it chooses none."""
    paragraphs = tuple(text.split("\n"))
    telling = Telling(ArticleId(1), PublisherId("p"), "P", language, NOW, headline, paragraphs=paragraphs)
    return [one.text for one in article_summary(telling, NOW, SENTENCES).statements]


def _peer(name: str) -> Callable[[str, str, str], list[str]]:
    """Make a peer of sumy's; its tokenizer is ours, so that all choose from the same sentences."""
    parser, stemmers = (importlib.import_module(f"sumy.{one}") for one in ("parsers.plaintext", "nlp.stemmers"))
    module, kind = {"lexrank": ("lex_rank", "LexRank"), "textrank": ("text_rank", "TextRank")}[name]
    summarizer = getattr(importlib.import_module(f"sumy.summarizers.{module}"), f"{kind}Summarizer")

    class Cut:
        """Our own sentences and words."""

        def to_sentences(self, text: str) -> tuple[str, ...]:
            return tuple(sentences(text))

        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(split(text))

    made = summarizer(stemmers.null_stemmer)

    def choose(language: str, headline: str, text: str) -> list[str]:
        del language, headline
        lines = "\n\n".join(line for line in text.split("\n") if not re.fullmatch(r"[A-Z\s]+", line))
        return [str(one) for one in made(parser.PlaintextParser.from_string(lines, Cut()).document, SENTENCES)]

    return choose


def scored(cases: Sequence[Case], choose: Callable[[str, str, str], list[str]]) -> float:
    """Give the mean ROUGE-2 of what is chosen."""
    total = 0.0
    for language, headline, text, wanted in cases:
        said = " ".join(choose(language, headline, text))
        total += max(rouge2(said, one) for one in wanted)
    return total / len(cases)


def sets(shared: Path) -> Mapping[str, list[Case]]:
    """Give the three sets."""
    return {"described": described(shared), "told": told(shared), "others": others(shared)}


def measure(shared: Path) -> dict[str, float]:
    """Give ROUGE-2 of ours in each set."""
    return {f"{name}.rouge2": scored(cases, ours) for name, cases in sets(shared).items()}


def main() -> None:
    """Print ours beside the peers, a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    for name, cases in sets(shared).items():
        rows = {"ours": scored(cases, ours), "lead3": scored(cases, lead3)}
        rows |= {peer: scored(cases, _peer(peer)) for peer in PEERS}
        shown = {key: round(value, 4) for key, value in rows.items()}
        print(json.dumps({"set": name, "articles": len(cases), **shown}), flush=True)


if __name__ == "__main__":
    main()
