"""Which language this is written in.

The text decides; what the publisher says (`hint`) weighs in only where a text is short, because page attributes are
wrong one time in twenty. Identification is py3langid's (after Lui and Baldwin 2012).
"""

import re

from octavo.text.telling import ranked as rank

ENOUGH = 160
"""Letters from which on the text alone decides."""

_FEW = 20
"""Letters under which nothing is told from the text: the hint is taken where its script is the text's."""

SAMPLE = 2000
"""Characters looked at: more change nothing."""

_ALIKE = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"id", "ms"}),
    frozenset({"hr", "sr", "bs", "sh"}),
    frozenset({"cs", "sk"}),
    frozenset({"gl", "pt"}),
    frozenset({"az", "tr"}),
    frozenset({"ru", "be", "bg", "mk", "uk"}),
    frozenset({"fa", "ckb", "ps"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"en", "pcm"}),
)
"""Languages that short texts do not tell apart: there the publisher's word is taken."""

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja", 0.05),
    (re.compile("[\uac00-\ud7af]"), "ko", 0.3),
    (re.compile("[\u4e00-\u9fff]"), "zh", 0.4),
    (re.compile("[\u0e00-\u0e7f]"), "th", 0.4),
    (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), "el", 0.4),
    (re.compile("[\u10a0-\u10ff]"), "ka", 0.4),
    (re.compile("[\u0530-\u058f]"), "hy", 0.4),
    (re.compile("[\u0d80-\u0dff]"), "si", 0.4),
    (re.compile("[\u0b80-\u0bff]"), "ta", 0.4),
)
"""Scripts that only one of the larger languages is written in, and the share of letters that decides."""

_WRITTEN = {
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "latin": re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]"),
}
_SCRIPT_OF = {
    **dict.fromkeys("ru uk be bg sr mk kk ky mn tg".split(), "cyrillic"),
    **dict.fromkeys("ar fa ur ps ckb ug sd".split(), "arabic"),
    **dict.fromkeys("hi mr ne".split(), "devanagari"),
    **dict.fromkeys("ja ko zh th el ka hy si ta he yi bn pa gu te kn ml am my km lo".split(), "another"),
}
"""The script of each language that is not written in Latin letters."""

_HEBREW = re.compile("[\u05d0-\u05ea]")
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN = re.compile("[ыэъё]")


def article_language(text: str, hint: str = "") -> str:
    """Name the language of `text` as a primary subtag (BCP 47), with the publisher's `hint` for short texts.

    A text without letters gets the hint, or "und".
    """
    sample = text[:SAMPLE]
    said = hint.replace("_", "-").split("-")[0].lower()
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return said or "und"
    by_script = _by_script(sample, letters, said)
    if by_script:
        return by_script
    ranked = rank(sample)
    found = ranked[0][0]
    if found == "pcm" and not said and letters < ENOUGH:
        return "en"  # a headline of short words looks like Nigerian Pidgin, whose publishers say that it is
    if not said or said == found:
        return _told_apart(found, sample)
    if letters < _FEW and _script(sample) == _SCRIPT_OF.get(said, "latin"):
        return said
    if letters < ENOUGH and (_alike(found, said) or _plausible(said, ranked, letters)):
        return said
    if _alike(found, said) and letters < 4 * ENOUGH:
        return said
    return _told_apart(found, sample)


def _by_script(sample: str, letters: int, said: str) -> str:
    for pattern, language, share in _SCRIPTS:
        if len(pattern.findall(sample)) >= share * letters:
            if language == "zh" and said in {"ja", "yue", "wuu"}:
                return said if said != "ja" or letters < 12 else "zh"
            return language
    if len(_HEBREW.findall(sample)) >= 0.4 * letters:
        return said if said == "yi" else "he"
    return ""


def _script(sample: str) -> str:
    """Name the script most letters are of; "" for one not listed."""
    counts = {name: len(pattern.findall(sample)) for name, pattern in _WRITTEN.items()}
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else ""


def _told_apart(found: str, sample: str) -> str:
    """Settle Russian against Ukrainian by the letters only one of them has."""
    if found in {"ru", "uk"}:
        lowered = sample.lower()
        ukrainian, russian = len(_UKRAINIAN.findall(lowered)), len(_RUSSIAN.findall(lowered))
        if ukrainian != russian:
            return "uk" if ukrainian > russian else "ru"
    return "no" if found in {"nb", "nn"} else found


def _alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _ALIKE)


def _plausible(said: str, ranked: list[tuple[str, float]], letters: int) -> bool:
    """Say whether the hint is among the first few, further down the shorter the text is."""
    depth = 25 if letters < 40 else 8 if letters < 90 else 3
    return said in {language for language, _ in ranked[:depth]}
