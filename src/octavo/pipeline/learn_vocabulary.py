"""articles -> vocabulary: what readers can be offered as they type."""

from collections import Counter
from collections.abc import Iterator

from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import changes, vocabulary
from octavo.store.vocabulary import WORD, Named
from octavo.text.folding import split, unspaced
from octavo.text.words import words

CONSUMER = "vocabulary"
NEWEST = 20_000
"""Articles whose names and words are offered: a bound to the work, and older news is not begun to be typed."""

TAGS, NAMES, WORDS = 8_000, 12_000, 10_000
"""How many of each are kept, the most used ones; words for each language."""

SHORTEST_WORD = 4
LEAST_USED = 2
"""Headlines that use a word before anyone is asked whether it was meant."""

_WORDS_OF_A_NAME = 5
_LONGEST = 80


def learn_vocabulary(tools: Tools) -> int:
    """Learn anew when articles have changed since the last time; gives how many rows were written."""
    with tools.database.read() as view:
        seq = changes.last_seq(view)
        if seq == changes.position(view, CONSUMER):
            return 0
        wanted = [*_tags(view), *_names(view), *_words(view)]
    with tools.database.transaction() as tx:
        written = vocabulary.replace(tx, wanted)
        changes.set_position(tx, CONSUMER, seq)
    return written


def starts(name: str) -> list[str]:
    """Give the folded beginnings of a name, one for each of its words: "ada quill" and "quill".

    A name in a script without spaces has one only.
    """
    found = split(name)[:_LONGEST]
    if found and unspaced(found[0]):
        return ["".join(found)]
    return [" ".join(found[place:]) for place in range(min(len(found), _WORDS_OF_A_NAME))]


def _tags(view: Read) -> Iterator[Named]:
    labels: dict[str, Counter[str]] = {}
    for tag, label, uses in vocabulary.tags(view, NEWEST):
        labels.setdefault(tag, Counter())[label] += uses
    kept = sorted(labels.items(), key=lambda pair: (-pair[1].total(), pair[0]))[:TAGS]
    for tag, spelt in kept:
        label = min(spelt.items(), key=lambda pair: (-pair[1], pair[0]))[0]
        for start in {start for one in spelt for start in starts(_spaced(one))}:
            yield Named("tag", tag, start, label, _rounded(spelt.total()))


def _spaced(label: str) -> str:
    """Cut a hashtag where its words begin: "CentralBank" may be begun with "bank"."""
    cut = "".join(
        f" {char}" if char.isupper() and before.islower() else char
        for before, char in zip(f" {label}", label, strict=False)
    )
    return cut.replace("_", " ")


def _names(view: Read) -> Iterator[Named]:
    found = [
        (kind, key, name, uses)
        for kind, key, name, uses in vocabulary.names(view, NEWEST)
        if not key.startswith(("surname/", "other/"))
    ]
    for kind, key, name, uses in sorted(found, key=lambda one: (-one[3], one[1], one[2]))[:NAMES]:
        for start in starts(name):
            yield Named(kind, key, start, name, _rounded(uses))


def _words(view: Read) -> Iterator[Named]:
    counted: dict[str, Counter[str]] = {}
    printed: dict[str, str] = {}
    for language, headline in vocabulary.headlines(view, NEWEST):
        found: set[str] = set()
        for word in words(headline):
            folded = split(word)
            if len(folded) == 1 and len(folded[0]) >= SHORTEST_WORD and not folded[0].isdigit():
                found.add(folded[0])
                printed.setdefault(folded[0], word.lower())
        counted.setdefault(language.split("-")[0], Counter()).update(found)
    for language, used in counted.items():
        kept = sorted(used.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS]
        for word, uses in kept:
            if uses >= LEAST_USED:
                yield Named(WORD, word, word, printed[word], _rounded(uses), language)


def _rounded(uses: int) -> int:
    """Give the power of two below: what is kept need not change with every article."""
    return int(1 << (max(1, uses).bit_length() - 1))
