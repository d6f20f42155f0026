"""What every page has around its content: title, description, addresses, what programs are told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from octavo.serve.fields import shown


@dataclass(frozen=True, slots=True)
class Me:
    """Who reads the page, where somebody is signed in."""

    name: str = shown("The reader's name.")
    role: str = shown("owner, editor, moderator or reader.")
    token: str = shown("What every form carries, so that no other site can send one in the reader's name.")
    moderates: bool = shown("Whether the reader sees the moderators' queue.")
    edits: bool = shown("Whether the reader sees the editor's desk.")
    unread: int = field(default=0, metadata={"help": "How many notifications were not read yet."})


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around its content."""

    title: str = shown("The page's title, without the site's name.")
    description: str = shown("One or two sentences for search engines and link previews.")
    path: str = shown("The page's canonical path.")
    kind: str = shown("What the page is, in one word: front, article, … Used as a style hook.")
    feed: str = field(default="", metadata={"help": "Path the page's feeds are built from; empty when it has none."})
    podcast: str = field(default="", metadata={"help": "Path of the podcast that belongs to the page; may be empty."})
    canonical: str = field(default="", metadata={"help": "Path of the one page to index, when it is not this one."})
    alternates: Sequence[tuple[str, str]] = field(
        default=(), metadata={"help": "(language tag, path) of the same page in other editions."}
    )
    original: str = field(default="", metadata={"help": "Address elsewhere of the page to index in place of this."})
    index: bool = field(default=True, metadata={"help": "Whether search engines may list the page."})
    robots: str = field(
        default="index,follow,max-image-preview:large",
        metadata={"help": "What robots may do with the page, if `index`."},
    )
    fictional: bool = field(default=False, metadata={"help": "Whether something on the page is invented."})
    notice: str = field(default="", metadata={"help": "A sentence at the top of the page from those who run it."})
    topic: str = field(default="", metadata={"help": "The section the page belongs to, marked in the menu."})
    picture: str = field(default="", metadata={"help": "Address of a picture for link previews, 1200 × 630 pixels."})
    published: str = field(default="", metadata={"help": "When the article was published, ISO 8601."})
    data: Sequence[Mapping[str, Any]] = field(default=(), metadata={"help": "JSON-LD descriptions of the page."})
    live: str = field(default="", metadata={"help": "The list whose new articles are announced; empty for none."})
    since: int = field(default=0, metadata={"help": "The last change the page knows of."})
    me: Me | None = field(default=None, metadata={"help": "Who reads it; None where nobody is signed in."})


class Context(Protocol):
    """What a page is given to show: a frozen dataclass with a template and a frame; all_contexts.py lists them."""

    template: ClassVar[str]

    @property
    def frame(self) -> Frame:
        """What is around the content."""
        ...
