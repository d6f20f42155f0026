"""Classifier: what a program thinks of a comment. It gives an opinion; what follows is up to moderators."""

from dataclasses import dataclass
from typing import Protocol

from octavo.domain.moderation import Opinion, Said


class Classifier(Protocol):
    """Looks at comments before they are shown."""

    @property
    def on(self) -> bool:
        """Whether there is anything to ask."""
        ...

    def judge(self, said: Said) -> Opinion | None:
        """Say what it thinks; None when it cannot tell, or not soon enough. Never raises, and is asked outside of
        transactions."""
        ...


@dataclass(frozen=True, slots=True)
class NobodyJudges:
    """The classifier of an instance that wants none."""

    on: bool = False

    def judge(self, said: Said) -> None:
        """Have no opinion."""
