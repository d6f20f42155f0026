"""Consonants of a word by how they sound, in the scripts that news is written in.

Latin, Cyrillic, Arabic, Hebrew, Greek, Han, kana, Hangul, and those of India, Sri Lanka, Armenia, Georgia and Ethiopia.
"""

import re
import unicodedata

from anyascii import anyascii

_VOWELS = "aeiouy"
"""What is dropped at the end: Arabic and Hebrew mostly leave vowels out, and spellings differ in them first of all."""

_CYRILLIC = {
    **dict.fromkeys("бп", "b"),
    **dict.fromkeys("вф", "f"),
    **dict.fromkeys("дтѳ", "t"),
    **dict.fromkeys("жзсцчшщђћџѕ", "s"),
    **dict.fromkeys("гґкхқғһ", "k"),
    **dict.fromkeys("лљ", "l"),
    "м": "m",
    **dict.fromkeys("нњң", "n"),
    "р": "r",
    **dict.fromkeys("аяоёуюэеиыіїєйўәөүұѓ", "a"),
    "ј": "a",
}
_ARABIC = {
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("فڤ", "f"),
    **dict.fromkeys("تطثدضذٹڈ", "t"),
    **dict.fromkeys("سصشزژظجچ", "s"),
    **dict.fromkeys("كکگقغخحهہھ", "k"),
    "ل": "l",
    "م": "m",
    **dict.fromkeys("نں", "n"),
    **dict.fromkeys("رڑ", "r"),
    **dict.fromkeys("اآأإىيیےةءئؤعو", "a"),
}
_HEBREW = {
    **dict.fromkeys("בפ", "b"),
    "ף": "f",
    **dict.fromkeys("תטד", "t"),
    **dict.fromkeys("סשצץז", "s"),
    **dict.fromkeys("כךקגחה", "k"),
    "ל": "l",
    **dict.fromkeys("מם", "m"),
    **dict.fromkeys("נן", "n"),
    "ר": "r",
    **dict.fromkeys("איעו", "a"),
}
_GREEK = {
    **dict.fromkeys("βφ", "f"),
    "π": "b",
    **dict.fromkeys("τθδ", "t"),
    **dict.fromkeys("σςζ", "s"),
    **dict.fromkeys("κγχ", "k"),
    "ξ": "ks",
    "ψ": "bs",
    "λ": "l",
    "μ": "m",
    "ν": "n",
    "ρ": "r",
    "Π": "b",
    "Τ": "t",
    "Κ": "k",
    **dict.fromkeys("αεηιουωάέήίόύώϊϋΐΰ", "a"),
}
_GREEK_PAIRS = (
    ("μπ", "π", "μΠ"),
    ("ντ", "τ", "νΤ"),
    ("γκ", "κ", "νΚ"),
    ("γγ", "νΚ", "νΚ"),
    ("τσ", "σ", "σ"),
    ("τζ", "σ", "σ"),
)
"""Greek pairs of letters, how they sound at the beginning or after a consonant, and how after a vowel."""

_LATIN = {
    **dict.fromkeys("bp", "b"),
    **dict.fromkeys("fv", "f"),
    **dict.fromkeys("dt", "t"),
    **dict.fromkeys("sz", "s"),
    **dict.fromkeys("kgqc", "k"),
    **dict.fromkeys("lmnr", ""),
    **dict.fromkeys(_VOWELS, "a"),
}
_LATIN.update({letter: letter for letter in "lmnr"})

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("šşșčćçžżźŝĉ", "ß"),
        **dict.fromkeys("đð", "d"),
        "þ": "t",
        "ł": "l",
        "ı": "i",
        "ø": "o",
        "å": "o",
        "æ": "a",
        "œ": "o",
        "ə": "a",
        "’": "",
        "ʼ": "",
        "'": "",
        "`": "",
        "ʻ": "",
        "‘": "",
        "\u00ad": "",
        "\u200c": "",
        "ñ": "n",
        "ğ": "g",
    }
)
"""Latin letters of one language or another; ß stands for every hissing sound, as Š, Ş, Č, Ç and Ž are."""

_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ss", "z"),
        ("s?zcz|shch|s?tsch|dsch|sch|tch|dzh|dj|dz|d?ts|tz|cz|sz|zs|zh|sh", "ß"),
        ("(?<=[ui])gh(?=[^aeiouy]|$)|(?<=ou|au)gh", ""),
        ("ch(?=[rl])|(?<=mi)ch(?=ae|el|al)|cch|(?<=[aou])ch(?=$|[^aeiouy])", "k"),
        ("ch", "ß"),
        ("kh|gh|ck|qu|cq", "k"),
        ("ph", "f"),
        ("[td]h", "t"),
        ("^x|^q(?=i)", "ß"),
        ("x", "kß"),
        ("s?c(?=[eiy])|ß(?=[cz])", "ß"),
        ("^g(?=e|i|y)|dg(?=e|i)", "ß"),
        ("ng$", "n"),
        ("^wh", "w"),
        ("(?<=o)h(?=[ln])|(?<=[bcdfgklmnprsvwz])h|h$", ""),
        ("h", "k"),
        ("^j|(?<=[aundr])j(?=[aeiou])", "ß"),
        ("j", "y"),
    )
)
"""How Latin letters together sound, in order; each pattern looks at a few letters only."""

_INNER_J = frozenset("de nl sv da no nb nn fi et lt lv pl cs sk sl hr bs sr hu is".split())
"""Languages that write y as j inside names they spell their own way: "Netanjahu"."""

_SLAVIC = frozenset("ru uk be".split())
_SHORT_WORD = 5
_CASES = re.compile("(?:[ое]го|[ое]му|ым|им|ом|ем|єм|ём|ої|ою|ими|ыми)$")
"""Endings of cases that have a consonant, in words longer than `_SHORT_WORD`: "Зеленского", "Путиным", "Байденом"."""

_W_IS_V = frozenset("de pl".split())
_DOUBLED = re.compile(r"(.)\1+")
_BEFORE_B = re.compile("n(?=a*b)")
_KOREAN = re.compile("^g(?=[ei])")
_HISS = re.compile("ts|ds")
_BLOCK, _NASALS = 128, frozenset({1, 2})
"""Letters of a script of India, and where in it the signs stand that make a vowel nasal."""

_C = re.compile("c(?!h)")
_BENGALI_V = "\u09ad"
"""What Bengali writes for the v of a foreign name."""


def consonants(word: str, language: str = "") -> str:
    """Give how a word sounds: consonants in nine kinds, vowels gone, doubled ones once.

    "Zelensky", "Selenskyj", "Зеленський" and "زيلينسكي" all give "slnsk".
    """
    lowered = unicodedata.normalize("NFC", word).lower()
    heard = _heard(lowered, language)
    heard = _HISS.sub("s", heard)
    heard = _BEFORE_B.sub("m", heard)
    return _DOUBLED.sub(r"\1", heard.replace("a", ""))


def spelled(word: str) -> str:
    """Write a word of India, Sri Lanka, Armenia, Georgia or Ethiopia in Latin letters, roughly; others stay.

    The blocks of India's scripts are laid out alike.
    """
    if not _is_spelled(word[:1]):
        return word
    if word[0] > "\u0dff" or word[0] < "\u0900":
        return anyascii(word).lower().replace("'", "")
    plain = "".join("n" if letter >= "\u0900" and ord(letter) % _BLOCK in _NASALS else letter for letter in word)
    return _C.sub("ch", anyascii(plain.replace(_BENGALI_V, "v")).lower().replace("'", ""))


def _is_spelled(head: str) -> bool:
    return "\u0900" <= head <= "\u0dff" or "\u0530" <= head <= "\u058f" or "\u10a0" <= head <= "\u139f"


def _heard(word: str, language: str) -> str:
    head = word[:1]
    if "\u0400" <= head <= "\u052f":
        return _cyrillic(_CASES.sub("", word) if language in _SLAVIC and len(word) > _SHORT_WORD else word)
    if "\u0600" <= head <= "\u06ff":
        return _arabic(word)
    if "\u0590" <= head <= "\u05ff":
        return _hebrew(word)
    if "\u0370" <= head <= "\u03ff" or "\u1f00" <= head <= "\u1fff":
        return _greek(word)
    if "\uac00" <= head <= "\ud7a3":
        return "".join(_latin(_KOREAN.sub("k", anyascii(letter).lower()), "") for letter in word)
    if _is_spelled(head):
        return _latin(spelled(word).replace("j", "dj"), "")
    if head >= "\u0e00":
        return "".join(_latin(anyascii(letter).lower(), "") for letter in word)
    return _latin(word, language)


def _cyrillic(word: str) -> str:
    word = re.sub("^у(?=[аоэеи])|^ў", "в", word)
    word = re.sub("нг$", "н", word)
    word = re.sub("(?<=а)х$", "", word)
    return "".join(_CYRILLIC.get(letter, "") for letter in word)


def _arabic(word: str) -> str:
    word = "".join(letter for letter in word if not unicodedata.combining(letter) and letter != "ـ")
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    word = re.sub("^و|(?<=ا)و(?=ا)", "ف", word)
    word = re.sub("ن[غجكق]$", "ن", word)
    word = re.sub("[هةحہ](?:$|(?=\u200c))", "", word)
    return "".join(_ARABIC.get(letter, "") for letter in word)


def _hebrew(word: str) -> str:
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    word = re.sub("^ו|וו|ב$", "ף", word)
    word = re.sub("[ג]['׳]", "ש", word)
    word = re.sub("ה$", "", word)
    return "".join(_HEBREW.get(letter, "") for letter in word)


def _greek(word: str) -> str:
    for written, sound, nasal in _GREEK_PAIRS:
        word = re.sub(f"(?<=[αεηιουωάέήίόύώ]){written}", nasal, word).replace(written, sound)
    return "".join(_GREEK.get(letter, "") for letter in word)


def _latin(word: str, language: str) -> str:
    if language == "de":
        word = re.sub("^ch(?=[ao])", "k", word)
    word = word.translate(_LETTERS)
    word = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    for pattern, sound in _SPELLINGS[:-2] if language in _INNER_J else _SPELLINGS:
        word = pattern.sub(sound, word)
    if language in _INNER_J:
        word = re.sub("^j", "ß", word).replace("j", "y")
    word = _w(word, language)
    return "".join("s" if letter == "ß" else _LATIN.get(letter, "") for letter in word)


def _w(word: str, language: str) -> str:
    """Tell w that sounds like v from w that is half a vowel: "Lawrow" and "Kowalski", but "Dawson" and "Owen"."""
    slavic = language in _W_IS_V or word.count("w") > 1 or re.search("(?:sk[iya]|[cß]k[iya]|ak)$", word)
    return re.sub("w" if slavic else "^w|(?<=a)w(?=[aeiou])", "v", word)
