"""What the pages of the discussion are given to show, and the part of other pages that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from octavo.domain.comment import Ballot, Comment, Wording
from octavo.serve.fields import shown
from octavo.serve.frame import Frame


@dataclass(frozen=True, slots=True)
class About:
    """What a comment is about, where a page shows comments on several things."""

    words: str = shown("The article's headline.")
    path: str = shown("The article's page.")
    publisher: str = shown("Who published it.")
    language: str = shown("The language of the headline.")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as one reader sees it."""

    comment: Comment = shown("The comment: its state, its author's name, when it was posted and edited, its votes.")
    html: Markup = shown("Its words, as safe HTML; empty where this reader may not see them.")
    path: str = shown("The page of this one comment.")
    anchor: str = shown("Where it stands on this page.")
    badge: str = shown("What its author is here, in words: Moderator, Editor, Owner; empty for a reader.")
    own: bool = shown("Whether the reader wrote it.")
    vote: Ballot = shown("How the reader voted: 1, 0 or -1.")
    votes: bool = shown("Whether the reader may vote on it.")
    edits: bool = shown("Whether the reader may edit it now.")
    deletes: bool = shown("Whether the reader may delete it.")
    replies: "Sequence[Remark]" = shown("The answers to it that are shown.")
    more: int = shown("How many more there are below it.")
    answers: str = shown("Whom it answers, where it does not stand below that comment; else empty.")
    about: About | None = shown("What it is about, on a page that shows comments on several things.")


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said about an article or a story, as one reader sees it."""

    path: str = shown("The page of what is talked about.")
    all: str = shown("The page of all comments, where a new one is sent.")
    key: str = shown("What is talked about in one word, such as article/ab12, to hear of new comments.")
    total: int = shown("How many comments there are.")
    said: Sequence[Remark] = shown("Those shown, each with answers to it.")
    order: str = shown("best, new or old: which comes first.")
    orders: Sequence[tuple[str, str, str]] = shown("(order, its name, path) of the orders there are.")
    more: str = shown("Path of the page that goes on after these; empty on the last.")
    open: bool = shown("Whether comments are taken here.")
    note: str = shown("Why none are, where somebody said so.")
    writes: bool = shown("Whether the reader may comment here now.")
    watched: bool = shown("Whether the reader watches this discussion.")
    quotes: bool = shown("Whether a passage can be quoted: under an article.")
    longest: int = shown("Characters of the longest comment.")
    sending: str = shown("What names the one sending of the form, so that it is done once.")
    back: str = shown("This page, by its path inside the edition: where forms lead back to.")
    text: str = field(default="", metadata={"help": "What was in the form, where it is shown again."})
    quote: str = field(default="", metadata={"help": "The passage that was in the form."})
    problem: str = field(default="", metadata={"help": "What is wrong with what was sent; empty at first."})


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """All that is said about an article or a story."""

    template: ClassVar[str] = "pages/comments.html"
    frame: Frame = shown("What is around the content.")
    heading: str = shown("The headline of what is talked about.")
    language: str = shown("The headline's language.")
    talk: Talk = shown("The discussion.")
    newest: Sequence[Remark] = shown("The newest comments, for the feeds.")


@dataclass(frozen=True, slots=True)
class CommentPage:
    """One comment: what it answers, what answers it, how it read before."""

    template: ClassVar[str] = "pages/comment.html"
    frame: Frame = shown("What is around the content.")
    heading: str = shown("The headline of what is talked about.")
    language: str = shown("The headline's language.")
    before: Sequence[Remark] = shown("What it answers, and what that answers, the first one said first.")
    said: Remark = shown("The comment, with the answers to it.")
    more: str = shown("Path of the page with further answers; empty on the last.")
    wordings: Sequence[tuple[Wording, Markup]] = shown("Earlier wordings with their HTML, the first one first.")
    talk: Talk = shown("The discussion it belongs to; its form answers this comment.")


@dataclass(frozen=True, slots=True)
class ChangeCommentPage:
    """Where somebody edits or deletes their own comment."""

    template: ClassVar[str] = "pages/change_comment.html"
    frame: Frame = shown("What is around the content.")
    kind: str = shown("edit or delete.")
    said: Remark = shown("The comment as it is.")
    text: str = shown("Its words, or what was in the form.")
    seen: int = shown("How often it had been edited when this page was made.")
    minutes: int = shown("How many minutes are left to edit it.")
    longest: int = shown("Characters of the longest comment.")
    back: str = shown("The page to go to afterwards: its path inside the edition.")
    problem: str = shown("What is wrong with what was sent; empty at first.")


PARTS = (About, Remark, Talk)
PAGES = (CommentsPage, CommentPage, ChangeCommentPage)
