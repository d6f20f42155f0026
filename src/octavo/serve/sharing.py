"""Contexts of sharing: the page that hands something on, and a story's card for other sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from octavo.domain.article import ArticleCard
from octavo.domain.story import Story
from octavo.serve.fields import shown
from octavo.serve.frame import Frame

_FRAME = "What is around the content."


@dataclass(frozen=True, slots=True)
class Sending:
    """What a menu of sharing needs of the article or story it stands on."""

    url: str = shown("The address that is sent to other programs: the publisher's own, where there is one.")
    address: str = shown("The full address of the page here.")
    title: str = shown("The headline.")
    language: str = shown("The language of the headline.")
    mail: str = shown("A mailto: address with the headline and the link.")
    page: str = shown("Path of the page with more ways to share.")


@dataclass(frozen=True, slots=True)
class SendPage:
    """Everything that can be done to hand an article or a story on."""

    template: ClassVar[str] = "pages/send.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown("What is wrong with the address that was given; empty for nothing.")
    sending: Sending = shown("What is shared.")
    back: str = shown("Path of the page it is about.")
    services: Sequence[tuple[str, str]] = shown("(name, address that sends it there) of services anybody may use.")
    kinds: Sequence[tuple[str, str]] = shown("(kind, name) of programs people run on servers of their own.")
    given: Mapping[str, str] = shown("The kind and the server that were given.")
    made: str = shown("The address that sends it to that server; empty where none was given.")
    snippet: str = shown("The HTML that shows a story's card elsewhere; empty for an article.")
    card: str = shown("Path of that card.")


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a small frame on another site: no script, no cookie, no picture."""

    template: ClassVar[str] = "pages/card.html"
    frame: Frame = shown(_FRAME)
    story: Story = shown("The story.")
    lead: ArticleCard = shown("The article that speaks for it.")
    publishers: Sequence[str] = shown("Some of those who report it.")
    others: int = shown("How many more there are.")
    look: str = shown("light, dark, or empty: as the reader's system.")
    style: str = shown("Its style.")
