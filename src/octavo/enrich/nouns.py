"""Which words may be labels where capitals and articles do not tell nouns: Arabic, Turkish, Slavic, Chinese."""

import re
from collections.abc import Sequence, Set
from functools import cache

from octavo.enrich.words import Word

NO_LABEL = 0.0
DOUBTFUL = 0.4
"""What a word counts for that is no noun, and one of which nothing tells."""

_ARABIC_BEFORE = frozenset("في من إلى على عن مع بعد قبل ضد بين حول خلال عبر منذ هذا هذه كل أي وزير رئيس".split())
_ARABIC_NOUN = re.compile("^(?:[وفبك]?ال|لل)..|.{2,}(?:ة|ات|ية)$")
_ARABIC_ADVERB = re.compile("(?:ً|ًا|اً)$")
_ARABIC_JOINED = re.compile("^[وف]?[ب]?(?=ال)")

_SLAVIC_OTHER = re.compile(
    "(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ых|их|ую|юю|ыми|ими|ть|ться|тся|ет|ют|ит|ят|ает|ают|"
    "ал|ала|али|ил|ила|или|ел|ела|ели|лся|лась|лись|но|вший|вшая|вшие|я́|ій|іх|ої|ою|ому|ими|ти|тися|ться|ють|ять|"
    "ав|яв|ив|ила|ено|ано|ється|ються)$"
)
_SLAVIC_NOUN = re.compile("(?:ание|ение|ость|ство|ция|сия|тель|ист|ння|ття|ція|сія|ство|ник|ка)$")

_TURKISH_OTHER = re.compile(
    "(?:m[ae]k|[dt][ıiuü]|[dt][ıiuü]ler|[dt][ıiuü]lar|[ıiuü]yor|[ae]c[ae][kğ][ıi]?|m[ıiuü]ş|[ae]r[ae]k|ken|[yıiuü]p|"
    "m[ae]l[ıi]|[dt][ıiuü]ğ[ıiuü]|[dt][ıiuü]ğ[ıiuü]n[ıi]|[ae]n|m[ae]y[ae]|m[ae]s[ıi]|l[ıiuü]|s[ıiuü]z|c[ae]|nd[ae]|"
    "n[ıiuü]n|l[ae]r[ıi]|l[ae]rın|l[ae]rin|n[ae]|d[ae]n|t[ae]n|n[ıiuü]|y[ae]|y[ıiuü]|n[ıiuü])$"
)
_CHINESE_LEAST = 3
_SURU = frozenset("し する した して され させ しよう できる".split())
_HIRAGANA = re.compile("[\u3040-\u309f]")
_KATAKANA = re.compile("[\u30a1-\u30fe]{3,}")


def label_worth(phrase: Sequence[Word], after: Word | None, nouns: Set[str], language: str) -> float:
    """Give what a phrase counts for as a label: 1 for a noun, less for one in doubt, nothing for a verb."""
    if language == "ar":
        return _arabic(phrase, nouns)
    if language in {"ru", "uk", "be", "bg"}:
        return _slavic(phrase[-1])
    if language in {"tr", "az"}:
        return _turkish(phrase[-1])
    if language == "zh":
        return 1.0 if len(phrase) > 1 or len(phrase[0].text) >= _CHINESE_LEAST else DOUBTFUL
    if language == "ja":
        return _japanese(phrase[-1], after)
    if language == "de":
        return 1.0 if phrase[-1].text[0].isupper() else NO_LABEL
    return 1.0


def sure_nouns(found: Sequence[Word], language: str) -> Set[str]:
    """Give the folded Arabic words that are nouns in this text: with the article, a noun's ending or a preposition."""
    if language != "ar":
        return _nothing()
    sure = {word.key for word in found if _ARABIC_NOUN.search(word.key)}
    sure |= {word.key[2:] for word in found if word.key.startswith("ال") and len(word.key) > 4}
    sure |= {word.key for index, word in enumerate(found) if index and found[index - 1].key in _ARABIC_BEFORE}
    return sure


@cache
def _nothing() -> frozenset[str]:
    return frozenset()


def bare_label(text: str, language: str) -> str:
    """Take off what Arabic writes together with a noun: "and", "in", "to"."""
    if language != "ar":
        return text
    if text.startswith("لل"):
        return f"ال{text[2:]}"
    joined = _ARABIC_JOINED.match(text)
    return text[joined.end() :] if joined else text


def _arabic(phrase: Sequence[Word], nouns: Set[str]) -> float:
    if any(_ARABIC_ADVERB.search(word.text) for word in phrase):
        return NO_LABEL
    return 1.0 if all(word.key in nouns for word in phrase) else NO_LABEL


def _slavic(word: Word) -> float:
    if word.text[0].isupper() or _SLAVIC_NOUN.search(word.key):
        return 1.0
    return NO_LABEL if _SLAVIC_OTHER.search(word.key) else 1.0


def _turkish(word: Word) -> float:
    if word.text[0].isupper():
        return 1.0
    return NO_LABEL if _TURKISH_OTHER.search(word.key) else 1.0


def _japanese(word: Word, after: Word | None) -> float:
    if _KATAKANA.fullmatch(word.text):
        return 1.0
    if _HIRAGANA.search(word.text) or (after and after.text in _SURU):
        return NO_LABEL
    return 1.0 if len(word.text) > 1 else NO_LABEL
