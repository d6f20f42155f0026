"""What a name or a term in an article means, without any model: the sentence that introduces it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from octavo.brief.lines import Line, lines, overlap, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.text.folding import root, split
from octavo.text.saying import UNSPACED, saying_words

_IS = {
    "en": r"is|was|are|were|refers to|means|stands for|known as",
    "ar": r"هو|هي|هم|وهو|وهي",
    "es": r"es|son|fue|era|significa",
    "de": r"ist|war|sind|gilt als|bezeichnet",
    "fr": r"est|sont|était|fut|désigne|signifie",
    "uk": r"[—–-]|є|це|був|була",
    "az": r"[—–-]|olan",
    "tr": r"olan",
    "he": r"הוא|היא|הם|הייתה|היה",
    "zh": r"是|为|為|指",
    "ja": r"とは|は",
    "hi": r"एक",
}
_AGAIN = 0.6
_MOST = 2
_LONGEST_TERM = 80
_LEAST = 1.0


def definition(term: str, telling: Telling, tellings: Sequence[Telling], now: datetime) -> Brief:
    """Choose up to two sentences that say who or what `term` is: from the article itself, else from the `tellings`."""
    wanted = " ".join(term.split())[:_LONGEST_TERM]
    found = list(_introducing(wanted, telling))
    if not found:
        others = [one for one in tellings if one.id != telling.id and one.language == telling.language]
        found = [pair for one in others for pair in _introducing(wanted, one)]
    found.sort(key=lambda pair: -pair[0])
    chosen: list[Line] = []
    for _, line in found:
        if len(chosen) < _MOST and all(overlap(line.terms, one.terms) < _AGAIN for one in chosen):
            chosen.append(line)
    return Brief(BriefKind.DEFINITION, telling.language, statements(chosen), now, question=wanted)


def _introducing(term: str, telling: Telling) -> Iterator[tuple[float, Line]]:
    """Give the sentences that introduce a term, with how plainly they do; the first is where most are introduced."""
    keys = [root(word) for word in split(term)]
    if not keys:
        return
    seen = 0
    for line in lines(telling, standfirst=True):
        text = line.passage.text
        held = {root(word) for word in split(text)}
        if not held.issuperset(keys):
            continue
        seen += 1
        worth = _plainness(term, text, telling.language) - 0.1 * (seen - 1)
        if worth >= _LEAST and line.shown and not line.leans:
            yield worth, line


def _plainness(term: str, text: str, language: str) -> float:
    """How plainly a sentence says what a term is: "X is a …", "X, the …", "the minister X", "X (…)"; 0 for not."""
    primary = language.partition("-")[0]
    lowered, wanted = text.lower(), re.escape(term.lower())
    verb = _IS.get(primary, _IS["en"])
    edge = "" if primary in UNSPACED else r"(?!\w)"
    if re.search(rf"{wanted}{edge}[^.,;:]{{0,12}}?(?<!\w)(?:{verb}){edge}", lowered):
        return 2.0
    if re.search(rf"{wanted}{edge}\s?(?:[,،，、]\s?[^\W\d]|\(|[—–-]\s)", lowered):
        return 1.6
    words = saying_words(primary)
    roles = "|".join(map(re.escape, words.roles)) if words else ""
    if roles and re.search(rf"(?:{roles})\w*\s(?:\w+\s){{0,4}}?{wanted}{edge}", lowered):
        return 1.3
    return 0.0
