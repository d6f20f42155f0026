"""What comments that were removed here have in common, learned from what moderators decided.

Each word has a weight: how often it stood in what was removed, against how often in what moderators let stand. The
words of a comment that tell most are taken together by Fisher's method, as mail filters do: many of one kind make it
sure, some of either kind make it doubt. It learns of spam, insults and hate only; whether something is false, or has
nothing to do with the matter, is not in its words.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.discuss.screening import hosts
from octavo.domain.moderation import Decided, Opinion, Reason, Said
from octavo.text.folding import root, split, unspaced

WHY = "learned"
LEARNED_OF = frozenset({Reason.SPAM, Reason.ABUSE, Reason.HATE})
"""Reasons whose removals are learned from."""

LEAST = 40
"""Decisions on comments with different words, from which on it says anything."""

LEAST_OF_EACH = 10
"""Of these, removed and let stand: so many of each at least."""

_CLUES = 40
"""Words that are heard, those that tell most first."""

_FEWEST_CLUES = 3
_TELLING = 0.1  # how far from a half a word's weight must be
_STRENGTH = 0.45  # how many comments a word never seen before counts for, which say nothing


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the weight of each word, and how often each reason went with it."""

    weights: Mapping[str, float]
    reasons: Mapping[str, Mapping[str, int]]

    def judge(self, said: Said) -> Opinion | None:
        """Say how sure it is that moderators would remove this; None where its words tell nothing.

        The words of what it is about are not heard: they are the matter's, not the comment's.
        """
        found = words(said.text) - words(said.about)
        clues = sorted(
            ((abs(self.weights[one] - 0.5), one) for one in found if one in self.weights),
            key=lambda clue: (-clue[0], clue[1]),
        )
        heard = [one for how_far, one in clues[:_CLUES] if how_far >= _TELLING]
        if len(heard) < _FEWEST_CLUES:
            return None
        labels: Counter[str] = Counter()
        for one in heard:
            labels.update(self.reasons.get(one, {}))
        score = _together([self.weights[one] for one in heard])
        label = min(labels, key=lambda one: (-labels[one], one)) if labels else ""
        return Opinion(WHY, score, label)


def learn(decided: Iterable[Decided]) -> Learned | None:
    """Learn from decisions; None where there are too few. A text that came many times counts once, as it was first
    given."""
    known: dict[frozenset[str], Decided] = {}
    for one in decided:
        found = words(one.text)
        if found and (not one.reason or one.reason in LEARNED_OF):
            known.setdefault(found, one)
    removed = {found: one.reason for found, one in known.items() if one.reason}
    stand = [found for found, one in known.items() if not one.reason]
    if len(known) < LEAST or min(len(removed), len(stand)) < LEAST_OF_EACH:
        return None
    bad = Counter(word for found in removed for word in found)
    good = Counter(word for found in stand for word in found)
    reasons: dict[str, Counter[str]] = {}
    for found, reason in removed.items():
        for word in found:
            reasons.setdefault(word, Counter())[reason] += 1
    weights = {
        word: _weight(bad[word] / len(removed), good[word] / len(stand), bad[word] + good[word]) for word in bad | good
    }
    return Learned(weights, reasons)


def words(text: str) -> frozenset[str]:
    """Give what a comment is compared by: the roots of its words, pairs of letters in scripts without spaces, hosts."""
    found = split(text)
    told = {root(one) for one in found if len(one) > 1 and not one.isdigit()}
    told |= {one + two for one, two in pairwise(found) if unspaced(one) and unspaced(two)}
    return frozenset(told | {f"host {one}" for one in hosts(text)})


def _weight(bad: float, good: float, seen: int) -> float:
    """Weigh a word by the shares of comments it stood in (G. Robinson's estimate): near a half while it was rare."""
    return (_STRENGTH * 0.5 + seen * bad / (bad + good)) / (_STRENGTH + seen)


def _together(weights: Sequence[float]) -> float:
    """Take weights together: 1 where all tell against a comment, 0 where all tell for it, a half where they differ."""
    against = 1 - _chance(-2 * sum(math.log(1 - one) for one in weights), len(weights))
    in_favour = 1 - _chance(-2 * sum(math.log(one) for one in weights), len(weights))
    return (against - in_favour + 1) / 2


def _chance(value: float, pairs: int) -> float:
    """Give how likely chi-squared with twice as many degrees of freedom is this large or larger."""
    half = value / 2
    term = total = math.exp(-half)
    for number in range(1, pairs):
        term *= half / number
        total += term
    return min(total, 1.0)
