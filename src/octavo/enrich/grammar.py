"""The little grammar that labels need: which words are nouns, by their endings and their neighbours."""

from collections.abc import Sequence

from octavo.enrich.words import Word

VERB = 0.45
"""What a word counts for whose ending is seldom a noun's."""

UNSEEN = 0.5
"""What a word counts for that never stands where nouns do; each measured on French news and English abstracts."""

_VERB_ENDINGS = {
    "en": ("ed", "ing", "ly"),
    "fr": ("é", "ée", "és", "ées", "ait", "aient", "ant", "eront", "era"),
    "es": ("ó", "aba", "aban", "ando", "iendo", "mente", "aron", "ieron"),
    "pt": ("ou", "ava", "avam", "ando", "endo", "mente", "aram", "eram"),
    "it": ("ando", "endo", "mente", "ava", "avano", "arono"),
    "uk": ("ти", "ться", "ють", "ить", "ала", "али", "ила", "или", "ула", "увала", "ував", "ають"),
    "ru": ("ть", "ться", "ют", "ил", "ала", "али", "ила", "или", "ает", "яет", "ует", "ились", "ился"),
    "tr": ("dı", "di", "du", "dü", "tı", "ti", "tu", "tü", "acak", "ecek", "iyor", "ıyor", "uyor", "mış", "miş"),
}
"""Endings of words that are seldom nouns."""

_NOUN_ENDINGS = ("té", "tés", "building", "king", "wedding", "speed", "seed", "ant", "meeting", "hearing")
"""Endings of nouns that look like those of verbs."""

CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital."""

_BEFORE = {
    "en": "the a an this that these those his her its their our my your of in on for with from at by into over "
    "under between against about no some any each every all both several many few new",
    "fr": "le la les l' un une des du de d' ce cet cette ces son sa ses leur leurs au aux en par pour sur sous "
    "dans avec sans entre contre vers plusieurs deux trois quatre cinq",
    "es": "el la los las un una unos unas de del al este esta estos estas su sus en con por para sin sobre "
    "entre contra dos tres cuatro cinco",
    "pt": "o a os as um uma de do da dos das no na nos nas ao aos este esta seu sua seus suas em com por para "
    "sem sobre",
    "it": "il lo la i gli le l' un uno una di del dello della dei degli delle al allo alla dal dalla nel nella "
    "sul sulla questo questa suo sua con per senza tra fra",
    "nl": "de het een deze dit die dat zijn haar hun van in op voor met uit bij door over onder tussen tegen",
}
"""Words that nouns follow: articles, possessives, prepositions."""

_AFTER = {
    "en": "of is are was were has have had",
    "fr": "de d' du des est sont était",
    "es": "de del es son era",
    "pt": "de do da dos das é são",
    "it": "di del della dei delle è sono",
    "nl": "van is zijn was",
}
"""Words that follow nouns."""

_BEFORE_SETS = {language: frozenset(listed.split()) for language, listed in _BEFORE.items()}
_AFTER_SETS = {language: frozenset(listed.split()) for language, listed in _AFTER.items()}

_WHERE = {
    "en": "in at near from across outside towards",
    "de": "in aus nach bei",
    "fr": "à en",
    "es": "en desde",
    "pt": "em no na",
    "it": "a in",
    "nl": "in uit bij",
    "uk": "у в з із",
    "ru": "в во из",
}
_WHERE_SETS = {language: frozenset(listed.split()) for language, listed in _WHERE.items()}
_ARTICLES = {
    "en": "the",
    "de": "die das der des dem den",
    "fr": "le la les l' du des au aux",
    "es": "el la los las del al",
    "pt": "o a os as do da dos das no na",
    "it": "il lo la i gli le l' del della dello nel nella",
    "nl": "de het",
}
_ARTICLE_SETS = {language: frozenset(listed.split()) for language, listed in _ARTICLES.items()}
_LINKS = frozenset("of de d' du des del di dell' do da van der für の 的".split())
_NONE: frozenset[str] = frozenset()


def likely_noun(phrase: Sequence[Word], language: str) -> float:
    """Give what a phrase counts for by its form: a verb or an adverb makes a poor label, alone or at the end."""
    last = phrase[-1]
    if language in CAPITAL_NOUNS:
        return 1.0 if last.text[0].isupper() else VERB
    endings = _VERB_ENDINGS.get(language)
    if not endings or not last.text[0].islower():
        return 1.0
    return VERB if last.key.endswith(endings) and not last.key.endswith(_NOUN_ENDINGS) else 1.0


def tells_nouns(language: str) -> bool:
    """Say whether `stands_as_noun` knows the language."""
    return language in _BEFORE_SETS


def stands_as_noun(found: Sequence[Word], first: int, last: int, language: str) -> bool:
    """Say whether words first..last stand where nouns do: after an article, a preposition or a number, before "of"."""
    if first and found[first].joined:
        before = found[first - 1].key
        if before in _BEFORE_SETS[language] or before[0].isdigit():
            return True
    following = found[last + 1] if last + 1 < len(found) else None
    return following is not None and following.joined and following.key in _AFTER_SETS[language]


def links(key: str) -> bool:
    """Say whether a plain word may stand inside a phrase: "Boson de Higgs", "cost of living"."""
    return key in _LINKS


def place_words(language: str) -> frozenset[str]:
    """Give the prepositions that stand before places."""
    return _WHERE_SETS.get(language, _NONE)


def articles(language: str) -> frozenset[str]:
    """Give the definite articles, which people's names go without."""
    return _ARTICLE_SETS.get(language, _NONE)
