"""Brief without any model: sentences chosen from an article, never written."""

from collections import Counter
from collections.abc import Sequence

from octavo.text.words import sentences, words

READ = 40
"""Sentences of an article that are weighed; what a news text is about stands in its first ones."""

_SHORTEST = 40
_LONGEST = 360
_UNSPACED_WORTH = 2
"""A character of a script written without spaces says about as much as two of an alphabet."""


def choose_sentences(headline: str, text: str, limit: int = 3) -> list[str]:
    """Choose up to `limit` sentences that say most of what the text says, in its own order.

    A sentence is worth the words it shares with the rest of the text, each counted once over all that is chosen, and
    more the nearer it stands to the beginning. One that only repeats the headline is worth nothing.
    """
    found = [one for one in sentences(text)[:READ] if _readable(one)]
    bags = [_content(sentence) for sentence in found]
    weights = Counter(word for bag in bags for word in bag)
    said = _content(headline)
    chosen: list[int] = []
    while len(chosen) < min(limit, len(found)):
        best = max((n for n in range(len(found)) if n not in chosen), key=lambda n: _worth(n, bags[n], weights, said))
        if _worth(best, bags[best], weights, said) <= 0:
            break
        chosen.append(best)
        said |= bags[best]
    return [found[number] for number in sorted(chosen)]


def _worth(position: int, bag: set[str], weights: Counter[str], said: set[str]) -> float:
    """Words met once in the text say little about it; a long sentence is not better for being long."""
    fresh = sum(weights[word] - 0.9 for word in bag if word not in said)
    return fresh / (6 + len(bag)) / (1 + position / 8)


def _readable(sentence: str) -> bool:
    size = sum(1 if char.isascii() or not _unspaced(char) else _UNSPACED_WORTH for char in sentence)
    return _SHORTEST <= size <= _LONGEST and not sentence.endswith((":", "?", "…"))


def _unspaced(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0eff"


def _content(text: str) -> set[str]:
    """Read the words that carry meaning, roughly and in any language: the longer ones, and numbers."""
    return {word for word in map(str.casefold, words(text)) if len(word) > 3 or word.isdigit() or _unspaced(word[0])}


def choose_across(texts: Sequence[tuple[str, str]], limit: int = 3) -> list[tuple[int, str]]:
    """Choose one sentence each from several articles about one event: (which article, sentence), none saying the same.

    `texts` are (headline, text) pairs, the article that leads first.
    """
    found: list[tuple[int, str]] = []
    said: set[str] = set()
    for number, (headline, text) in enumerate(texts):
        for sentence in choose_sentences(headline, text, limit=1):
            bag = _content(sentence)
            if bag and len(bag & said) / len(bag) < 0.5:
                found.append((number, sentence))
                said |= bag
        if len(found) == limit:
            break
    return found
