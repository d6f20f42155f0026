"""Prompts for language models: our rules apart, other people's text fenced and numbered to be cited."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from octavo.brief.addressed import aim_of
from octavo.brief.asking import read_question
from octavo.brief.lines import Line, lines
from octavo.brief.questions import ranked
from octavo.domain.brief import BriefKind, Citation
from octavo.domain.telling import Telling
from octavo.ports.language_model import Prompt
from octavo.text.versions import version_of

BUDGET = 12_000
"""Characters of material a prompt holds at most, about 3,000 tokens of a Latin script."""

TELLINGS = 12
"""Articles of one prompt."""

QUESTION = 300
"""Characters of a question that are put in."""

_TOKENS = {
    BriefKind.SUMMARY: 260, BriefKind.ANSWER: 260, BriefKind.BACKGROUND: 320, BriefKind.PERSPECTIVES: 420,
    BriefKind.CHANGES: 320, BriefKind.DEFINITION: 140, BriefKind.SIMPLER: 600, BriefKind.TRANSLATION: 2_000,
    BriefKind.EDITION: 620,
}  # fmt: skip
_FEW = 36
"""Sentences of one article that are put in where several are told; what a news text is about stands in its first."""

_FENCE = re.compile(r"<{2,}|>{2,}|={3,}|-{3,}|`{3,}|#{2,}")
_NOTE = re.compile(r"\[(?=\s*\^?\d)")
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
CITED = re.compile(r"\[\s*(\d{1,4}(?:\s*[,;，、–-]\s*\d{1,4})*)\s*\]")


@dataclass(frozen=True, slots=True)
class Framed:
    """A prompt with what its numbers stand for: passage n is `lines[n - 1]`."""

    prompt: Prompt
    lines: tuple[Line, ...]

    def cited(self, numbers: Iterable[int]) -> tuple[Citation, ...]:
        """Give what numbers cite, each once, in order; numbers that stand for nothing are left out."""
        found = [self.lines[number - 1] for number in dict.fromkeys(numbers) if 0 < number <= len(self.lines)]
        return tuple(Citation(one.passage, version_of(one.telling.wording)) for one in found)

    def read(self, text: str) -> Iterator[tuple[str, tuple[Citation, ...]]]:
        """Read an answer: each line's sentence and what the numbers at its end cite. Nothing in it is checked here."""
        for line in text.splitlines():
            numbers = [int(one) for group in CITED.findall(line) for one in re.findall(r"\d+", group)]
            sentence = " ".join(CITED.sub("", line).split())
            if sentence:
                yield sentence, self.cited(numbers)


@cache
def rules_of(kind: str) -> tuple[str, str]:
    """Read a kind's rules: (version, text), from the file of its name in prompts/."""
    folder = files("octavo").joinpath("brief/prompts")
    head, _, rules = folder.joinpath(f"{kind}.md").read_text(encoding="utf-8").partition("\n")
    common = folder.joinpath("common.md").read_text(encoding="utf-8").partition("\n")
    version = f"{head.removeprefix('version ').strip()}.{common[0].removeprefix('version ').strip()}"
    return version, f"{rules.strip()}\n\n{common[2].strip()}"


def prompt_for(
    kind: BriefKind,
    tellings: Sequence[Telling],
    language: str,
    question: str = "",
    earlier: Sequence[str] = (),
    budget: int = BUDGET,
) -> Framed:
    """Frame what a model is asked: `language` is the one to answer in, `budget` bounds the material, in characters.

    `question` is the reader's (ANSWER), the term (DEFINITION) or the time since when (CHANGES); data as the articles
    are. Sentences that speak to machines are left out.
    """
    version, rules = rules_of(kind)
    chosen = _chosen(kind, tellings[:TELLINGS], language, question, earlier)
    kept = _within(chosen, budget - len(question) - 80)
    numbered = {id(line): number for number, line in enumerate(kept, 1)}
    material = "\n\n".join(_article(number, telling, kept, numbered) for number, telling in _told(kept))
    if question:
        asked = [
            *(f"EARLIER: {tame(one)[:QUESTION]}" for one in earlier[-2:]),
            f"QUESTION: {tame(question)[:QUESTION]}",
        ]
        material = f"{material}\n\n" + "\n".join(asked)
    prompt = Prompt(f"{kind}/{version}", rules.replace("{language}", language), material, most_tokens=_TOKENS[kind])
    return Framed(prompt, tuple(kept))


def tame(text: str) -> str:
    """Make text one line that cannot pass for a fence, a number of ours or the end of the material."""
    shown = _UNSEEN.sub(" ", text)
    return " ".join(_NOTE.sub("(", _FENCE.sub(" ", shown)).split())


def _chosen(
    kind: BriefKind, tellings: Sequence[Telling], language: str, question: str, earlier: Sequence[str]
) -> list[Line]:
    """Put lines in order of how much they are needed."""
    told = [[one for one in lines(telling, standfirst=True) if not aim_of(one.passage.text)] for telling in tellings]
    if len(told) > 1:
        told = [held[:_FEW] for held in told]
    first: list[Line] = []
    if kind is BriefKind.ANSWER and question:
        asked = read_question(question, language, earlier)
        best = {(one.line.telling.id, one.line.number) for one in ranked(asked, tellings)[:24]}
        first = [
            line for held in told for line in held
            if any((line.telling.id, line.number + step) in best for step in (-1, 0, 1))
        ]  # fmt: skip
    held = {id(one) for one in first}
    rest = [one for turn in range(max(map(len, told), default=0)) for row in told for one in row[turn : turn + 1]]
    return [*first, *(one for one in rest if id(one) not in held)]


def _within(chosen: Sequence[Line], budget: int) -> list[Line]:
    """Take lines while they fit, and put them in the order of reading."""
    kept: list[Line] = []
    seen: dict[int, int] = {}
    for line in chosen:
        size = len(line.passage.text) + 8
        if line.telling.id not in seen:
            size += len(line.telling.headline) + len(line.telling.publisher) + 80
        if size > budget:
            continue
        budget -= size
        seen.setdefault(line.telling.id, len(seen))
        kept.append(line)
    return sorted(kept, key=lambda one: (seen[one.telling.id], one.number))


def _told(kept: Sequence[Line]) -> Iterator[tuple[int, Telling]]:
    tellings = {line.telling.id: line.telling for line in kept}
    return iter(enumerate(tellings.values(), 1))


def _article(number: int, telling: Telling, kept: Sequence[Line], numbered: Mapping[int, int]) -> str:
    headline, publisher = ("" if aim_of(one) else tame(one) for one in (telling.headline, telling.publisher))
    head = f"<<<ARTICLE {number} | {publisher} | {telling.at:%Y-%m-%d} | {headline}>>>"
    body = [f"[{numbered[id(one)]}] {tame(one.passage.text)}" for one in kept if one.telling.id == telling.id]
    return "\n".join([head, *body, f"<<<END {number}>>>"])
