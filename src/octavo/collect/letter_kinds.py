"""What kind of letter it is: an issue, or one that asks to be confirmed; and who vouches for it."""

import re

from octavo.collect.letter_words import CONFIRMING
from octavo.domain.newsletter import Issue, Letter

_SHORT = 2_500  # characters: a request to confirm is no longer
_MOST_LINKS = 5
_CONFIRMS = re.compile(r"confirm|verif|activat|opt-?in|validat|subscri|bestaetig|inscri", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_PASSED = re.compile(r";\s*dmarc\s*=\s*pass\b", re.IGNORECASE)


def confirmation_links(letter: Letter, issue: Issue) -> tuple[str, ...]:
    """Give the addresses a request to confirm may mean; none where the letter is no such request."""
    asks = CONFIRMING.search(letter.subject) or CONFIRMING.search(issue.text[:_SHORT])
    if not asks or len(issue.text) > _SHORT or not issue.links:
        return ()
    likely = [url for url, words in issue.links if CONFIRMING.search(words) or _CONFIRMS.search(f"{words} {url}")]
    return tuple(dict.fromkeys(likely or [url for url, _ in issue.links]))[:_MOST_LINKS]


def passed_dmarc(letter: Letter, server: str) -> bool:
    """Tell whether the mail server of this name says that the sender is who it says (RFC 8601, RFC 7489)."""
    for said in letter.vouched:
        plain = _ASIDE.sub(" ", said)
        name = plain.split(";")[0].split()
        if name and name[0].lower() == server.lower():
            return bool(_PASSED.search(plain))
    return False
