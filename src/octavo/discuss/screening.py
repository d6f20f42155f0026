"""Whether a comment is shown at once: the rules that stop a flood of spam before a moderator is there.

They look at what spam cannot do without: links, the same words again and again, accounts made for it. None of them
looks at opinions; what they hold waits for a moderator, and nothing is lost.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from octavo.domain.moderation import Does, Opinion, Rule
from octavo.errors import InputError
from octavo.text.folding import split

NEW_FOR = timedelta(days=2)
"""How long an account is new."""

KNOWN_AFTER = 3
"""Comments that were shown for some hours, after which an account is not new any more, however young."""

_LINK = re.compile(r"(?:https?://|www\.)([\w.-]+\.\w{2,})|\b([\w-]{2,}\.(?:[\w-]+\.)*[a-z]{2,12})(?=/)", re.IGNORECASE)
_SHORTEST_WORD = 3
_LONGEST_PATTERN = 100
_SHORT = 5
"""Words under which two comments may well be the same ("I agree")."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rules allow; see the settings of the same names."""

    new_links: int = 0
    """Links in a comment of a new account."""
    links: int = 4
    same: int = 2
    """Comments with the same words, or leading to the same host, that new accounts may post in an hour."""
    wave: int = 8
    """Comments of new accounts within ten minutes, all over the site, from which on they wait."""


@dataclass(frozen=True, slots=True)
class Author:
    """What is known of who posts: since when the account is there, and how many of its comments were shown."""

    since: datetime
    shown: int

    def is_new(self, now: datetime) -> bool:
        """Whether it is a new account."""
        return now - self.since < NEW_FOR and self.shown < KNOWN_AFTER


@dataclass(frozen=True, slots=True)
class Lately:
    """What was posted of late: comments with each mark within the hour, comments of new accounts within ten minutes."""

    marks: Mapping[str, int]
    new: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a comment is shown, held or refused, and why: a word of ours, or the words of a rule.

    `new` says whether it counts among those of new accounts; `note` goes into the public log.
    """

    does: Does | None = None
    why: str = ""
    new: bool = False
    note: str = ""


SHOWN = Verdict()


def hosts(text: str) -> list[str]:
    """List the hosts a comment leads to, each once, without "www."."""
    found = (one or other for one, other in _LINK.findall(text))
    return list(dict.fromkeys(one.lower().removeprefix("www.") for one in found))


def marks(text: str) -> list[str]:
    """Give what two comments of one flood have in common: their words without numbers and links; the hosts of links."""
    words = [one for one in split(_LINK.sub(" ", text)) if not any(letter.isdigit() for letter in one)]
    found = [f"host {one}" for one in hosts(text)]
    if len(words) >= _SHORT:
        shape = hashlib.sha256(" ".join(sorted(set(words))).encode()).hexdigest()[:24]
        found.append(f"words {shape}")
    return found


def screen(text: str, author: Author, lately: Lately, rules: "Rules", now: datetime) -> Verdict:
    """Decide on a comment. Words and hosts that editors named come first; they hold for everybody."""
    found, new, bounds = hosts(text), author.is_new(now), rules.bounds
    named = _named(text, found, rules.named)
    if named is not None:
        return replace(named, new=new)
    why = ""
    if len(found) > (bounds.new_links if new else bounds.links):
        why = "links"
    elif new and any(count >= bounds.same for count in lately.marks.values()):
        why = "repeated"
    elif new and lately.new >= bounds.wave:
        why = "wave"
    return Verdict(Does.HOLD if why else None, why, new)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds here: the bounds of the settings, and the words and hosts editors named."""

    bounds: Bounds
    named: Sequence[Rule] = ()


def heed(verdict: Verdict, opinion: Opinion | None, sure: float) -> Verdict:
    """Hold what the rules would show when a classifier is sure enough; it can do nothing else."""
    if verdict.does is not None or opinion is None or not opinion.score >= sure:
        return verdict
    note = " ".join(one for one in (opinion.label, f"{min(opinion.score, 1.0):.0%}") if one)
    return replace(verdict, does=Does.HOLD, why=opinion.why, note=note)


def check_rule(rule: Rule) -> Rule:
    """Give a rule in the form it is kept in. Raises InputError for what would fit everything or nothing."""
    if rule.kind == "host":
        pattern = rule.pattern.strip().lower().removeprefix("https://").removeprefix("http://").strip("/ ")
        if "." not in pattern or any(one.isspace() or one == "/" for one in pattern):
            raise InputError("a host is a name such as spam.example")
    else:
        pattern = " ".join(split(rule.pattern))
        if rule.kind != "word" or len(pattern) < _SHORTEST_WORD:
            raise InputError("a word or phrase has {n} letters at least", n=_SHORTEST_WORD)
    if len(pattern) > _LONGEST_PATTERN:
        raise InputError("a rule has {n} characters at most", n=_LONGEST_PATTERN)
    return replace(rule, pattern=pattern, note=" ".join(rule.note.split())[:200])


def _named(text: str, found: Sequence[str], rules: Sequence[Rule]) -> Verdict | None:
    words = f" {' '.join(split(text))} "
    fitting = [
        one
        for one in rules
        if (one.kind == "word" and f" {one.pattern} " in words)
        or (one.kind == "host" and any(host == one.pattern or host.endswith(f".{one.pattern}") for host in found))
    ]
    refusing = [one for one in fitting if one.does is Does.REFUSE]
    chosen = (refusing or fitting)[:1]
    return Verdict(chosen[0].does, f"{chosen[0].kind}: {chosen[0].pattern}") if chosen else None
