"""Short ids and readable slugs for URLs."""

import unicodedata

_JOINERS = "\u200c\u200d\u00ad\u2060'\u2019"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def short_id(number: int) -> str:
    """Write an id in base 36: 11 characters for an article."""
    if number < 0:
        raise ValueError("ids are not negative")
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def read_short_id(text: str) -> int | None:
    """Read what `short_id` wrote; None when it is something else."""
    if not text or len(text) > 12 or any(char not in _DIGITS for char in text):
        return None
    return int(text, 36)


def _kept(char: str) -> str:
    """Keep letters, digits and the marks many scripts write vowels with; joiners vanish, all else parts words."""
    if char.isalnum() or unicodedata.category(char)[0] == "M":
        return char
    return "" if char in _JOINERS else " "


def slug(text: str, limit: int = 60) -> str:
    """Make a readable piece of an address from a headline, in its own script, cut between words."""
    folded = unicodedata.normalize("NFKC", text[:1000]).lower()
    words = "".join(map(_kept, folded)).split()
    kept: list[str] = []
    for word in words:
        if sum(map(len, kept)) + len(kept) + len(word) > limit:
            break
        kept.append(word)
    return "-".join(kept) or (words[0][:limit] if words else "")
