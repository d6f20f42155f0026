"""What the pages of what a reader keeps are given to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from octavo.domain.article import ArticleCard
from octavo.domain.follow import ReadingList
from octavo.serve.fields import shown
from octavo.serve.frame import Frame


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article's text, in a passage the reader marked or outside of all."""

    text: str = shown("The words.")
    number: int = shown("The highlight's number; 0 outside of all.")
    first: bool = shown("Whether the passage begins here.")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage somebody marked, and what became of it."""

    number: int = shown("The highlight's number.")
    held: str = shown("same, changed (the article says it otherwise now) or gone (it says it no longer).")
    then: str = shown("The words as they were marked.")
    now: str = shown("The words the article has in their place; empty when they are gone.")
    note: str = shown("The reader's note; empty for none.")
    at: datetime = shown("When it was marked.")


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reader marked in one article."""

    passages: Sequence[Passage] = shown("The passages, in the order they were marked.")
    lines: Mapping[int, Sequence[Piece]] = shown("The text of the blocks that hold passages, by its first line.")

    @property
    def gone(self) -> list[int]:
        """The numbers of those the article holds no longer."""
        return [one.number for one in self.passages if one.held == "gone"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to follow or to mute, and what the reader does with it."""

    kind: str = shown("story, hashtag, person, place, publisher or word.")
    key: str = shown("What tells it from others of its kind.")
    name: str = shown("What it is called.")
    label: str = shown("What it is called, as readers know it: a hashtag with its sign.")
    path: str = shown("Its page; empty for one that has none.")
    stance: str = shown("follow, mute, or empty.")
    weight: int = shown("How much more (2, 1) or less (-1, -2) of it the reader wants; 0 as much as of anything.")


@dataclass(frozen=True, slots=True)
class Sought:
    """A search somebody keeps."""

    number: int = shown("The search's number, as forms have it.")
    name: str = shown("What it is called.")
    path: str = shown("Path of what it finds, the newest first.")
    feed: str = shown("Path of its Atom feed.")


@dataclass(frozen=True, slots=True)
class Kept:
    """An article in a list of kept ones, and when it came there."""

    card: ArticleCard = shown("The article.")
    at: datetime = shown("When it was saved, read, or put into the list.")
    number: str = shown("The article's short id, as forms have it.")


@dataclass(frozen=True, slots=True)
class Noted:
    """An article with what was marked in it."""

    card: ArticleCard = shown("The article.")
    passages: Sequence[Passage] = shown("The passages marked in it.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article of the ranking made for one reader, and why it stands there."""

    card: ArticleCard = shown("The article.")
    why: Sequence[str] = shown("Why it is there: translated clauses such as “because you follow #Tide”.")
    subjects: Sequence[Subject] = shown("What there could be more or less of, strongest reason first.")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Saved articles: those of the reader's account; without one, filled in by the browser."""

    template: ClassVar[str] = "pages/saved.html"
    frame: Frame = shown("What is around the content.")
    entries: Sequence[Kept] = shown("The articles, the last saved first; none where nobody is signed in.")
    total: int = shown("How many are saved.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class FollowingPage:
    """Everything a reader follows and mutes."""

    template: ClassVar[str] = "pages/following.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    followed: Sequence[tuple[str, Sequence[Subject]]] = shown("(kind in words, what is followed), by kind.")
    muted: Sequence[tuple[str, Sequence[Subject]]] = shown("(kind in words, what is muted), by kind.")
    tastes: Sequence[Subject] = shown("What the reader wants more or less of, and neither follows nor mutes.")
    searches: Sequence[Sought] = shown("The searches the reader keeps, oldest first.")
    edition_feeds: bool = shown("Whether reader apps show the edition's feeds beside those followed.")
    feeds: int = shown("How many feeds reader apps show.")


@dataclass(frozen=True, slots=True)
class ForYouPage:
    """What one reader may want to read, with reasons; the Eight first, as for everybody."""

    template: ClassVar[str] = "pages/for_you.html"
    frame: Frame = shown("What is around the content.")
    eight: Sequence[ArticleCard] = shown("The articles that lead the Eight, in their order.")
    picks: Sequence[Chosen] = shown("The articles for this reader, best first.")
    muted: int = shown("How many more there would be that the reader muted.")
    reasons: Sequence[str] = shown("What mutes them.")
    follows: int = shown("How many things the reader follows.")
    learns: bool = shown("Whether what the reader read or saved counts as well.")


@dataclass(frozen=True, slots=True)
class KeepPage:
    """One article as its reader keeps it: save, lists, follow and mute, passages; all of it by plain forms."""

    template: ClassVar[str] = "pages/keep.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    card: ArticleCard = shown("The article.")
    number: str = shown("The article's short id, as forms have it.")
    subjects: Sequence[Subject] = shown("What it is about, to follow and to mute.")
    lists: Sequence[tuple[ReadingList, bool]] = shown("(list, whether it holds the article) of the reader's lists.")
    marked: Marked = shown("What the reader marked in it.")
    paragraphs: Sequence[tuple[int, str]] = shown("(line, text) of its paragraphs, to mark one.")
    given: Mapping[str, str] = shown("What was in the form, where it is shown again.")


@dataclass(frozen=True, slots=True)
class HighlightsPage:
    """Every passage a reader marked, by article, the last first."""

    template: ClassVar[str] = "pages/highlights.html"
    frame: Frame = shown("What is around the content.")
    articles: Sequence[Noted] = shown("Articles with passages, the one marked last first.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What a reader read, where they asked for it to be remembered."""

    template: ClassVar[str] = "pages/history.html"
    frame: Frame = shown("What is around the content.")
    on: bool = shown("Whether what is read is remembered.")
    entries: Sequence[Kept] = shown("What was read, the last first.")
    older: str = shown("Path of the next page, empty at the end.")


@dataclass(frozen=True, slots=True)
class ListsPage:
    """A reader's lists."""

    template: ClassVar[str] = "pages/lists.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    lists: Sequence[ReadingList] = shown("The lists, the newest first.")
    given: Mapping[str, str] = shown("What was in the form, where it is shown again.")


@dataclass(frozen=True, slots=True)
class OwnListPage:
    """One of a reader's own lists."""

    template: ClassVar[str] = "pages/own_list.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    list: ReadingList = shown("The list.")
    entries: Sequence[Kept] = shown("Its articles, the last put in first.")
    address: str = shown("The full address it is shared under; empty while it is not.")
    older: str = shown("Path of the next page, empty at the end.")
