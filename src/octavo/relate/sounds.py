"""How words sound, roughly: names meet across scripts by it. Han, kana, Hangul and Thai are not heard.

A word is cut to its consonants, near ones taken as one: "Kestrel", "Кестрел" and "كيستريل" all become "kstrl". What is
left is too little to read and enough to tell names apart.
"""

from collections.abc import Iterable

from octavo.text.scripts import spelled

_LEAST = 3
"""Consonants under which a word proves nothing."""

_SHORTEST = 4
"""Letters of a word that is listened to."""

_CONSONANTS = {
    "b": "bpбпبپβπבפ",
    "f": "fvфвفڤφ",
    "t": "tтتطثθτטת",
    "d": "dдدضذظδד",
    "s": "szxçjcсзшщчцжسزشصچژσςζξסשזצš",
    "k": "kgqкгґقكغجخگکγκχקגכך",
    "l": "lлلλלł",
    "r": "rрرρר",
    "m": "mмمμמם",
    "n": "nнنνנןñ",
}
_SOUNDS = {letter: sound for sound, letters in _CONSONANTS.items() for letter in letters}
_ARTICLE = "ال"
_SOFTENING = "eiyhéèêíî"
"""Letters before which c sounds like s, near enough; before others it sounds like k."""


def sound(word: str) -> str:
    """Give a folded word's consonants, doubled ones once; "" where they are too few or the script is unknown."""
    if len(word) < _SHORTEST:
        return ""
    word = spelled(word)
    if word.startswith(_ARTICLE) and len(word) > _SHORTEST:
        word = word.removeprefix(_ARTICLE)
    heard: list[str] = []
    for place, letter in enumerate(word):
        following = word[place + 1 : place + 2]
        near = _SOUNDS.get(letter, "")
        if letter == "c" and (not following or following not in _SOFTENING):
            near = "k"
        if letter == "p" and following == "h":
            near = "f"
        if near and (not heard or heard[-1] != near):
            heard.append(near)
    return "".join(heard) if len(heard) >= _LEAST else ""


def sounds(words: Iterable[str]) -> frozenset[str]:
    """Give the sounds of some words, those that have any."""
    return frozenset(filter(None, map(sound, words)))
