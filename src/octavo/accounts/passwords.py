"""Passwords: refuse those everybody tries first, hash with argon2id (RFC 9106), check without telling by time.

Length is the one rule there is, as NIST SP 800-63B-4 advises: no classes of characters, no expiry, no hints.
"""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from octavo.errors import InputError

SHORTEST, LONGEST = 10, 256
"""Characters; longer ones would only let somebody keep the processor busy."""

SITE_WORDS = ("octavo", "newspaper", "news", "reader", "editor", "moderator", "owner", "admin", "password", "welcome")
"""Words of this place: no password is hardly more than some of them, as none is than its account's name or address."""


class Passwords:
    """Hashes and checks passwords with so much memory for each. Safe to use from many threads."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=memory_kib, parallelism=1)
        self._nobodys = ""

    def hash(self, password: str) -> str:
        """Hash a password; the parameters and a random salt are in what comes out."""
        return self._hasher.hash(password)

    def fits(self, kept: str, password: str) -> bool:
        """Tell whether this is the password; takes as long for an account without one ("") as for any other."""
        if not self._nobodys:
            self._nobodys = self._hasher.hash("nobody's")
        try:
            fits = self._hasher.verify(kept or self._nobodys, password[:LONGEST])
            return fits and bool(kept) and len(password) <= LONGEST
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Tell whether a password was hashed with other parameters than those of now."""
        return self._hasher.check_needs_rehash(kept)


def check_password(password: str, *own: str) -> str:
    """Refuse a password that is guessed at once; `own` are the account's name and address. Raises InputError."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            "a password has {least} to {most} characters: a few words in a row make a good one",
            least=SHORTEST,
            most=LONGEST,
        )
    plain = password.casefold()
    bare = plain.rstrip("0123456789!.?")
    if plain in common() or bare in common() or len(set(plain)) < 4 or _is_of_this_place(plain):
        raise InputError("this password is on the lists that are tried first: choose another")
    for one in own:
        said = one.casefold().partition("@")[0]
        if len(said) > 3 and said in plain and len(plain) - len(said) < 4:
            raise InputError("this password is hardly more than your name: choose another")
    return password


def _is_of_this_place(plain: str) -> bool:
    for word in SITE_WORDS:
        plain = plain.replace(word, "")
    return len(plain) < 4


@cache
def common() -> frozenset[str]:
    """Give the passwords found most often where passwords leaked: the list that comes with zxcvbn."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - a megabyte that only a new password needs

    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def passwords(memory_kib: int) -> Passwords:
    """Give what hashes and checks passwords with so much memory."""
    return Passwords(memory_kib)
