"""One key for all spellings of a person's name, in every script Octavo can hear: given and family name by sound.

A name is taken apart (titles, initials, patronymics and particles go), each part is cut to its consonants, and the
family name put first where a language does that. What is left is the same for "Volodymyr Zelensky", "Wolodymyr
Selenskyj", "Володимир Зеленський" and "فولوديمير زيلينسكي", and different for Volodymyr Zelensky and Mikhail Zelinsky.
"""

import re
from collections.abc import Mapping, Sequence

from octavo.text.scripts import consonants

_PARTS = re.compile(r"[^\W_](?:[\w\u0300-\u036f\u0900-\u0963\u0971-\u0dff'’ʼ`׳\u064b-\u0652\u200c])*")
_PARTICLES = frozenset(
    "al el ul ad as ash an at az bin ibn ben bint ould von van der den de da do dos das di del della du la le los las "
    "ter zu zum jr sr ii iii iv аль эль ас аш ад ан ат аз бин бен ибн фон ван дер де да ди ла بن ابن بنت ال فون دير دي "
    "دا فان אל בן פון דר φον ντερ ντε".split()
)
"""Small words of names that are left out or written together as a language likes; none tells a name alone."""

_SERVANT = re.compile("^(?:abd|abdel|abdal|abdul|abdur|abdus|abdol|абд|абдель|абдул|абдаль|عبد|עבד)$")
_SERVANTS = re.compile("^(?:abdel|abdal|abdul|abdol)-?(?=[a-z]{4})|^عبدال")
"""The first half of names of God's servants, which one writes together with what follows and another apart."""

_PATRONYMIC = re.compile("(?:ович|евич|ьич|овна|евна|ична|ovi[ct]h|evi[ct]h|ovna|evna|йович|івна|ївна)$")
_FAMILY_FIRST = frozenset(
    "kim park lee choi jung kang cho yoon jang lim han moon xi li wang zhang liu chen yang zhao huang zhou wu xu sun "
    "hu ma zhu guo he lin gao luo deng peng nguyen tran pham orban ким пак ли ван чжан лю чэнь си мун ву ху чжоу "
    "كيم شي لي وانغ مون".split()
)
"""Family names of languages that put them first; one at the end of a name of two words is put first."""

_INITIAL = re.compile(r"\b[^\W\d_]\.|(?<!\S)[A-Za-z](?=\s)")
"""A letter for a name: "J." and the J of "Donald J Trump"; Cyrillic writes whole Chinese names with one letter."""

_CUT = 4
"""Words a name is told by: the first three and the last of a longer one."""

_LEAST = 2
"""Consonants a key needs: fewer would be shared by too many."""

_EASTERN = re.compile("[\u3400-\u9fff\uac00-\ud7a3]+")


def name_parts(name: str) -> list[str]:
    """Take a person's name apart into the words that tell it: no initials, patronymics or particles."""
    if "," in name:
        family, _, given = name.partition(",")
        name = f"{given} {family}" if given.strip() else family
    plain = _INITIAL.sub(" ", name.replace("-", " ").replace("‑", " "))
    words = [word.strip("'’ʼ`") for word in _PARTS.findall(plain)]
    kept = [word for word in words if word.lower() not in _PARTICLES] or words
    if len(kept) > 2:
        kept = [kept[0], *(word for word in kept[1:-1] if not _PATRONYMIC.search(word.lower())), kept[-1]]
    return _servants(kept)


def _servants(words: Sequence[str]) -> list[str]:
    """Join "Abdel" with the word behind it."""
    joined: list[str] = []
    for word in words:
        lowered = word.lower()
        if joined and word == "الله":
            joined[-1] += "لله"
        elif joined and _SERVANT.match(joined[-1].lower()):
            joined[-1] = f"abd{word}" if word[0].isascii() else _abd(word)
        else:
            joined.append(_SERVANTS.sub("عبد" if lowered.startswith("عبد") else "abd", lowered))
    return joined


def _abd(word: str) -> str:
    if word.startswith("ال"):
        return f"عبد{word[2:]}"
    return f"абд{word.lower()}" if "\u0400" <= word[0].lower() <= "\u052f" else word


def person_key(name: str, language: str = "", givens: Mapping[str, str] | None = None) -> str:
    """Give the key of a full name; "" for one that is too short to tell anybody by.

    `givens` are given names that sound different from language to language ("michael" to "mikhail"), by sound.
    """
    parts = name_parts(name)
    heard = [part for word in parts for part in _sounds(word, language)]
    if len(parts) > 1 and parts[-1].lower() in _FAMILY_FIRST and parts[0].lower() not in _FAMILY_FIRST:
        heard = [heard[-1], *heard[:-1]]
    if len(heard) > _CUT:
        heard = [*heard[: _CUT - 1], heard[-1]]
    if givens and len(heard) > 1:
        heard[0] = givens.get(parts[0].lower(), heard[0])
    key = re.sub("n(?=b)", "m", "".join(sound or "a" for sound in heard))
    return key if len(key) >= _LEAST and (len(parts) > 1 or _EASTERN.fullmatch(name)) else ""


def _sounds(word: str, language: str) -> list[str]:
    if _EASTERN.fullmatch(word):
        return [consonants(letter) for letter in word]
    return [consonants(word, language)]
