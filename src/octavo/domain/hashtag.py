"""HashtagRules: an editor's word on hashtags; HashtagUse: how much one is used, and whether that grows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from octavo.domain.enrichment import Hashtag


@dataclass(frozen=True, slots=True)
class HashtagRule:
    """What an editor decided on one hashtag: folded into another ("" for none), or muted; `note` says why."""

    tag: str
    made_at: datetime
    into: str = ""
    muted: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class HashtagRules:
    """All of an instance's rules. What was found in articles stays as it is, so that any rule can be taken back."""

    into: Mapping[str, str] = field(default_factory=dict)
    """Tag to the tag it is folded into; never a chain."""
    muted: frozenset[str] = frozenset()

    def canonical(self, tag: str) -> str:
        """Give the tag a tag is shown as."""
        return self.into.get(tag, tag)

    def hidden(self, tag: str) -> bool:
        """Say whether a tag is shown nowhere."""
        return self.canonical(tag) in self.muted

    def spellings(self, tag: str) -> list[str]:
        """List the tags that are shown as this one, itself first."""
        return [tag, *sorted(other for other, into in self.into.items() if into == tag)]

    def apply(self, tags: Iterable[Hashtag]) -> list[Hashtag]:
        """Give hashtags as they are shown: folded, the best score of each kept, muted ones gone; in the same order."""
        shown: dict[str, Hashtag] = {}
        for one in tags:
            tag = self.canonical(one.tag)
            held = shown.get(tag)
            if self.hidden(tag):
                continue
            if held is None:
                shown[tag] = replace(one, tag=tag)
            elif one.score > held.score:
                shown[tag] = replace(held, score=one.score)
        return list(shown.values())


@dataclass(frozen=True, slots=True)
class HashtagUse:
    """How many articles carried a hashtag in the last 24 hours, and on a usual day of the week before."""

    tag: str
    label: str
    last_day: int
    usual: float

    @property
    def growth(self) -> float:
        """How many times the usual number the last day's is; one article a day counts as usual at least."""
        return self.last_day / max(1.0, self.usual)


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of one day, in UTC."""

    day: date
    articles: int
