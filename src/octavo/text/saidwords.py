"""Words as readers follow and mute them: the same however they are written, found where they stand by themselves."""

import re
import unicodedata
from functools import lru_cache

# Scripts that write words together, or hang small words on them, are looked through letter by letter.
_TOGETHER = re.compile(
    "[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]"
)


def plain(text: str) -> str:
    """Write text as words are compared: compatible forms alike, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=20_000)
def form(word: str) -> re.Pattern[str]:
    """Give what finds a plain word in a plain text."""
    exact = re.escape(word)
    return re.compile(exact if _TOGETHER.search(word) else rf"(?<!\w){exact}(?!\w)")
