"""Which user names and e-mail addresses there may be."""

import unicodedata

from octavo.domain.account import SEPARATORS, name_key
from octavo.domain.mail import read_address
from octavo.errors import InputError

SHORTEST, LONGEST = 2, 30

_RESERVED = frozenset(
    "admin administrator all anonymous deleted editor everyone here me mod moderator null octavo official owner "
    "reader root staff support system undefined".split()
)


def check_name(name: str) -> str:
    """Give a name in the form it is kept in: NFC. Raises InputError, which says what a name is made of."""
    found = unicodedata.normalize("NFC", name.strip().removeprefix("@"))
    if not SHORTEST <= len(found) <= LONGEST:
        raise InputError("a name has {least} to {most} characters", least=SHORTEST, most=LONGEST)
    if not all(_is_letter(one) or one in SEPARATORS for one in found):
        raise InputError("a name is made of letters, digits, and _ - . between them, without spaces")
    if not (_is_letter(found[0]) and _is_letter(found[-1])) or unicodedata.category(found[0]).startswith("M"):
        raise InputError("a name begins and ends with a letter or a digit")
    if len(_scripts(found)) > 1:
        raise InputError("a name is written in one script: letters of two can pass for somebody else's")
    if name_key(found) in _RESERVED:
        raise InputError("this name would be taken for the newspaper's own: choose another")
    return found


def check_email(address: str) -> str:
    """Give an address, "" for none. Raises InputError for what cannot be one."""
    return read_address(address) if address.strip() else ""


def _is_letter(one: str) -> bool:
    return unicodedata.category(one)[0] in "LM" or unicodedata.category(one) == "Nd"


def _scripts(name: str) -> set[str]:
    """Name the scripts of a name's letters; Japanese writes in three, and Korean in two, that are one here."""
    east = {"CJK": "HAN", "HIRAGANA": "HAN", "KATAKANA": "HAN", "HANGUL": "HAN"}
    found = {
        unicodedata.name(one, "?").split(" ")[0].split("-")[0] for one in name if unicodedata.category(one)[0] == "L"
    }
    return {east.get(one, one) for one in found}
