"""What a model writes becomes statements as it streams: cut to sentences, stripped to plain text, checked."""

import re
from collections.abc import Iterable, Iterator

from octavo.brief.addressed import aim_of
from octavo.brief.grounding import Grounds, Verdict
from octavo.domain.brief import Statement
from octavo.ports.language_model import Piece
from octavo.text.words import sentences

LONGEST = 1_000
"""Characters of the longest sentence; what goes on beyond is dropped as no sentence."""

MOST = 40
"""Sentences of one answer that are looked at; a model that does not stop is cut off."""

_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"<?\b(?:https?|ftp|data|javascript|file|mailto):\S+|\bwww\.\S+", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>?", re.IGNORECASE | re.DOTALL
)
_NOTE = re.compile(r"\[(?:\^?\d+(?:\s?[,–-]\s?\d+)*|\w{1,3}\d+)\]|【[^】]*】")
_FENCE = re.compile(r"`+|\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|^\s{0,3}>+\s?")
_BULLET = re.compile(r"^\s*(?:#{1,6}\s+|[-*+•·‣–—]\s+|\d{1,2}[.)]\s+(?=\D))")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]|[\U000e0000-\U000e0fff]"
)
_ANGLES = re.compile(r"[<>{}|\\]")


def plain(text: str) -> str:
    """Strip a sentence to plain text: no markup, links, images, addresses, note marks, unseen or turning characters."""
    text = _UNSEEN.sub(lambda found: " " if found[0] in "\u2028\u2029\u202f" else "", text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", _TAG.sub("", text)))
    text = _NOTE.sub("", _ADDRESS.sub("", text))
    text = _ANGLES.sub("", _FENCE.sub("", _BULLET.sub("", text)))
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split()))


class Cutter:
    """Cuts a text that comes in pieces into sentences; one is whole when the next begins, or the text ends."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> Iterator[str]:
        """Give the sentences that are whole now."""
        self._held += text
        if not any(mark in text for mark in ".!?…。！？؟।\n "):
            return
        lines = self._held.split("\n")
        for line in lines[:-1]:
            yield from sentences(line)
        found = sentences(lines[-1])
        yield from found[:-1]
        self._held = lines[-1][lines[-1].rfind(found[-1]) :] if found else ""

    def finish(self) -> Iterator[str]:
        """Give what is left, at the end of a text."""
        yield from sentences(self._held)
        self._held = ""

    @property
    def held(self) -> int:
        """Characters that are no whole sentence yet."""
        return len(self._held)


class Sieve:
    """Lets through the sentences their sources bear out. `dropped` counts the others."""

    def __init__(self, grounds: Grounds, language: str = "", most: int = MOST) -> None:
        self._grounds, self._language, self._most = grounds, language, most
        self._cutter = Cutter()
        self._seen: set[str] = set()
        self._looked = 0
        self.dropped = 0
        self.verdicts: list[tuple[str, Verdict]] = []
        """Every sentence looked at with what was found, for logs and tests; hostile text, not to be shown."""

    @property
    def full(self) -> bool:
        """Whether it looks at no more: the model may be stopped."""
        return self._looked >= self._most or self._cutter.held > LONGEST

    def feed(self, text: str) -> list[Statement]:
        """Take some text; give the statements that are whole and borne out now."""
        if self.full:
            return []
        return [one for sentence in self._cutter.feed(text) for one in self._judged(sentence)]

    def finish(self, *, whole: bool = True) -> list[Statement]:
        """End the text; where it was cut off (not `whole`) its last words are no sentence and are dropped."""
        rest = list(self._cutter.finish())
        if not whole or any(len(one) > LONGEST for one in rest):
            self.dropped += bool(rest)
            return []
        return [one for sentence in rest for one in self._judged(sentence)]

    def _judged(self, sentence: str) -> Iterator[Statement]:
        text = plain(sentence)
        if not any(map(str.isalnum, text)) or text in self._seen:
            return
        self._seen.add(text)
        self._looked += 1
        if self._looked > self._most:
            return
        verdict = self._grounds.check(text, self._language)
        self.verdicts.append((text, verdict))
        if verdict.holds and not _aimed(sentence, text, verdict):
            yield Statement(text, verdict.citations, chosen=False)
        else:
            self.dropped += 1


def _aimed(sentence: str, text: str, verdict: Verdict) -> bool:
    """Say whether a sentence, or what it rests on, speaks to machines: it is in no prompt, but a model may say it."""
    return any(map(aim_of, (sentence, text, *(one.passage.text for one in verdict.citations))))


def sift(pieces: Iterable[Piece], sieve: Sieve) -> Iterator[Statement]:
    """Turn a model's pieces into statements as they come; read `sieve.dropped` behind it."""
    finished = False
    for piece in pieces:
        yield from sieve.feed(piece.text)
        finished = finished or piece.finished
        if sieve.full:
            return
    yield from sieve.finish(whole=finished)
