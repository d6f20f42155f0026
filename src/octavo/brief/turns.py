"""Who speaks in which paragraph of an interview: told by labels, by dashes, or by questions one paragraph in two."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from octavo.domain.telling import HEADLINE, STANDFIRST, Telling
from octavo.text.quotes import find_quoted
from octavo.text.saying import UNSPACED, any_of

_LABEL = re.compile(r"\s*([^\W\d][^:：.!?？؟«“\"]{0,40}?)\s?[:：]\s?(?=\S)")
_DASH = re.compile(r"\s*[—–-]\s?(?=[^\W\d])|\s*[—–-]\s?[¿¡«“]")
_ASKS = re.compile(r"[?？؟][\"”’»」』)\]]*\s*$")
_ENDED = re.compile(r"[.!?…。！？؟।॥:：\"”»」』)\]]\s*$")

_LEAST_TURNS, _LEAST_ASKED = 4, 3
_LONGEST = 320
"""Characters an interviewer's turn may have."""

_SPEAKERS = 4
_MOSTLY, _NEARLY = 0.5, 0.8
_SHORT_LABEL = 2
"""Letters of a label that names nobody: "Q", "A"."""

_LONGEST_NAME = 5
_OFTEN = 0.3
"""Share of the answers in which who answers says "I"."""

_INTERVIEW = "interview"
_HEADING = 90
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph's: whether the interviewer speaks, and else who does, where that is told."""

    asks: bool
    speaker: str = ""


_ASKED = Turn(asks=True)
_Parts = Sequence[tuple[int, str]]


@lru_cache(maxsize=64)
def turns(telling: Telling) -> Mapping[int, Turn]:
    """Give the turns of an interview by the paragraph's number; nothing where it is none."""
    parts = [(number, text.strip()) for number, text in enumerate(telling.paragraphs) if text.strip()]
    if sum(_asks(text) for _, text in parts) < _PAIR:
        return {}
    labelled = _by_labels(parts)
    if labelled:
        return labelled
    asked, answered = _by_dashes(parts) or _by_questions(parts)
    texts = [text for number, text in parts if number in answered]
    if not asked or not (telling.genre == _INTERVIEW or _of_themselves(texts, telling.language)):
        return {}
    speaker = _named(texts[0]) or _interviewed(telling, min(asked))
    return dict.fromkeys(asked, _ASKED) | {number: Turn(asks=False, speaker=speaker) for number in answered}


def _of_themselves(texts: Sequence[str], language: str) -> bool:
    """Say whether who answers says "I": a list of questions that the outlet answers itself is no interview."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    said = any_of(_tables().get(primary, "").split("|"), spaced=primary not in UNSPACED)
    held = sum(said.search(_unquoted(text).lower().replace("’", "'")) is not None for text in texts)
    return held >= max(_PAIR, len(texts) * _OFTEN)


def _unquoted(text: str) -> str:
    """Leave out what others are quoted with."""
    kept, end = [], 0
    for quoted in find_quoted(text):
        kept.append(text[end : max(end, quoted.start)])
        end = quoted.end
    return "".join([*kept, text[end:]])


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads(files("octavo").joinpath("data/briefs/turns.toml").read_text(encoding="utf-8"))


def _named(text: str) -> str:
    """Give the name that the first answer opens with: "Ada Roche: We cut …"."""
    held = _LABEL.match(text)
    return held[1] if held and _PAIR <= len(held[1].split()) <= _LONGEST_NAME else ""


def _asks(text: str) -> bool:
    return _ASKS.search(text) is not None and len(text) <= _LONGEST


def _by_labels(parts: _Parts) -> dict[int, Turn]:
    """Turns that open with who speaks: "Q:", "Roche:"."""
    labels = {number: held[1] for number, text in parts if (held := _LABEL.match(text))}
    often = Counter(labels.values())
    kept = {label for label, times in often.items() if times >= _PAIR}
    if not _PAIR <= len(kept) <= _SPEAKERS or sum(often[one] for one in kept) < _LEAST_TURNS:
        return {}
    asking = Counter(labels[number] for number, text in parts if labels.get(number) in kept and _asks(text))
    asker = max(kept, key=lambda one: (asking[one] / often[one], one))
    if asking[asker] < often[asker] * _MOSTLY:
        return {}
    found: dict[int, Turn] = {}
    now: Turn | None = None
    for number, _ in parts:
        label = labels.get(number, "")
        if label in kept:
            now = _ASKED if label == asker else Turn(asks=False, speaker=label if len(label) > _SHORT_LABEL else "")
        if now:
            found[number] = now
    return found


def _by_dashes(parts: _Parts) -> tuple[set[int], set[int]] | None:
    """Turns that open with a dash, the two speakers by turns."""
    dashed = [(number, text) for number, text in parts if _DASH.match(text)]
    if len(dashed) < _LEAST_TURNS:
        return None
    first, second = dashed[::2], dashed[1::2]
    shares = [sum(_asks(text) for _, text in one) / len(one) for one in (first, second)]
    if max(shares) < _MOSTLY or min(shares) >= _MOSTLY:
        return None
    asked, answered = (first, second) if shares[0] > shares[1] else (second, first)
    return {number for number, _ in asked}, {number for number, _ in answered}


def _by_questions(parts: _Parts) -> tuple[set[int], set[int]]:
    """Turns without a mark: every other paragraph is the interviewer's, and most of those ask."""
    told = [(number, text) for number, text in parts if _ENDED.search(text) or len(text) > _HEADING]
    asking = [place for place, (_, text) in enumerate(told) if _asks(text)]
    alone = sum(place + 1 < len(told) and place + 1 not in asking for place in asking)
    if len(asking) < _LEAST_ASKED or alone < len(asking) * _NEARLY:
        return set(), set()
    asked, regular = set(asking), 0
    for before, after in pairwise(asking):
        inside = set(range(before + _PAIR, after, _PAIR)) if (after - before) % _PAIR == 0 else set()
        remarks = {place for place in inside if _said_shortly(told, place)}
        regular += (after - before) == _PAIR or (bool(inside) and inside == remarks)
        asked |= remarks
    if regular * 2 < len(asking) - 1:
        return set(), set()
    answered = set(range(asking[0], min(asking[-1] + 2, len(told)))) - asked
    return {told[place][0] for place in asked}, {told[place][0] for place in answered}


def _said_shortly(told: _Parts, place: int) -> bool:
    """Say whether a paragraph is shorter than the answers on both sides: an interviewer's remark."""
    return len(told[place][1]) < min(_LONGEST, len(told[place - 1][1]), len(told[place + 1][1]))


def _interviewed(telling: Telling, first: int) -> str:
    """Name the person who answers: who is named in most of the headline, the standfirst and the introduction."""
    opening = [telling.part(HEADLINE), telling.part(STANDFIRST), *telling.paragraphs[:first]]
    people = [name for kind, name in telling.names if kind == "person" and " " in name]
    counted = {name: sum(name in part for part in opening) for name in people}
    best = max(people, key=lambda name: counted[name], default="")
    return best if best and counted[best] else _in_headline(telling.headline, " ".join(opening[1:]))


def _in_headline(headline: str, opening: str) -> str:
    """Take who speaks from "Name: what is said", where the introduction has the name too."""
    words = headline.split(":")[0].split() if ":" in headline else []
    runs = (" ".join(words[:size]).strip("،,") for size in range(min(len(words), _LONGEST_NAME), 1, -1))
    return next((run for run in runs if run in opening), "")
