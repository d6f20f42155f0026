"""What one reader muted: which articles that leaves out, and by which of their wishes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from octavo.domain.follow import OF_ENTITY, Follow, FollowKind, Stance
from octavo.domain.ids import ArticleId, PublisherId

# Scripts that write words together, or hang small words on them, are looked through letter by letter.
_TOGETHER = re.compile(
    "[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article is told by: its publisher, hashtags, the keys of whom and what it is about, story and words."""

    id: ArticleId
    publisher_id: PublisherId
    text: str
    hashtags: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    story: str = ""
    """The key of its story: the short id."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reader follows, or mutes, made ready to be held against articles."""

    named: dict[tuple[FollowKind, str], Follow] = field(default_factory=dict)
    words: tuple[tuple[re.Pattern[str], Follow], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.named or self.words)

    def met_by(self, facts: Facts) -> list[Follow]:
        """List the wishes an article meets, the most particular kind first."""
        asked = [
            (FollowKind.STORY, facts.story),
            *((kind, key) for kind in OF_ENTITY.values() for key in facts.keys),
            *((FollowKind.HASHTAG, tag) for tag in facts.hashtags),
            (FollowKind.PUBLISHER, facts.publisher_id),
        ]
        found = [self.named[one] for one in asked if one in self.named]
        if self.words:
            text = plain(facts.text)
            found += [wish for form, wish in self.words if form.search(text)]
        return list(dict.fromkeys(found))


def wishes(follows: Iterable[Follow], stance: Stance) -> Wishes:
    """Make ready what somebody follows, or what they mute."""
    named: dict[tuple[FollowKind, str], Follow] = {}
    words: list[tuple[re.Pattern[str], Follow]] = []
    for one in follows:
        if one.stance is not stance:
            continue
        if one.kind is FollowKind.WORD:
            words.append((_form(one.key), one))
        else:
            named[one.kind, one.key] = one
    return Wishes(named, tuple(words))


def word_key(text: str) -> str:
    """Give the key of a word or phrase: the same however it is written."""
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """Write text as words are compared: compatible forms alike, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def _form(word: str) -> re.Pattern[str]:
    exact = re.escape(word)
    return re.compile(exact if _TOGETHER.search(word) else rf"(?<!\w){exact}(?!\w)")
