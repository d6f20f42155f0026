"""What templates are given of AI features: what is offered, and statements with the passages they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from octavo.domain.article import ArticleCard
from octavo.serve.fields import shown
from octavo.serve.frame import Frame


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a reader is offered, as a link."""

    kind: str = shown("What it is, in one word: summary, background, … Used as a style hook.")
    label: str = shown("What it is called, in the page's language.")
    path: str = shown("Where it leads.")
    opens: bool = shown("Whether it can open in place; else it leads to another page.")


@dataclass(frozen=True, slots=True)
class Field:
    """A line a reader can ask in. Its form has `q`, and hidden fields for what was asked before."""

    path: str = shown("Where the form leads.")
    label: str = shown("What can be asked, in the page's language.")
    before: Sequence[tuple[str, str]] = shown("(name, value) of the hidden fields: earlier questions, oldest first.")
    question: str = shown("What stands in the line already.")
    button: str = shown("What the button says, in the page's language.")


@dataclass(frozen=True, slots=True)
class Panel:
    """The AI features one page offers."""

    features: Sequence[Feature] = shown("What is offered, as links.")
    asks: Sequence[Field] = shown("Lines to ask in: a question, a word to define.")


@dataclass(frozen=True, slots=True)
class Source:
    """A passage a statement rests on."""

    card: ArticleCard = shown("The article it stands in.")
    text: str = shown("The passage, byte for byte.")
    path: str = shown("Address of the article that opens at the passage.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement of a brief: plain text."""

    text: str = shown("The sentence.")
    language: str = shown("The language it is in.")
    label: str = shown("Of whom or when it speaks, where the brief is a list of such; may be empty.")
    chosen: bool = shown("Whether it was copied from its one source; else a model wrote it.")
    sources: Sequence[Source] = shown("The passages it rests on, the main one first.")
    opens: bool = shown("Whether it opens a new paragraph of an article that is translated.")
    note: str = shown("That a sentence of a translation stands as it was written, in the page's language; else empty.")


@dataclass(frozen=True, slots=True)
class Told:
    """One brief as it is shown."""

    kind: str = shown("What it is in one word, such as summary or answer.")
    question: str = shown("What was asked; empty where nothing was.")
    sentences: Sequence[Sentence] = shown("Its statements; empty where the articles do not say.")
    near: Sequence[Sentence] = shown("Where the articles do not say: passages that come close, which are no answer.")
    written: bool = shown("Whether a model wrote it; else its sentences were chosen.")
    translated: bool = shown("Whether a translator made it, which writes nothing of its own.")
    model: str = shown("The model that wrote it, with its version; else empty.")
    at: datetime = shown("When it was made.")
    dropped: int = shown("How many written sentences were not shown because their sources do not bear them out.")
    changed: bool = shown("Whether articles changed since, so that statements may be left out that were there.")
    withdrawn: bool = shown("Whether an editor withdrew what stood here.")
    unsaid: bool = shown("Whether a model wrote here what the articles do not bear out, so that none of it is shown.")
    silent: bool = shown("Whether to say that the articles do not say.")
    report: str = shown("Where a report of it is sent; empty where it cannot be reported.")
    writes: str = shown("Where a model writes it; empty where none does, or it has.")
    writer: str = shown("That model, with its version; empty where none writes.")
    translates: bool = shown("Whether it is a translator that would.")


@dataclass(frozen=True, slots=True)
class Heard:
    """The newest episode of an edition's podcast."""

    path: str = shown("Where its audio is.")
    feed: str = shown("Where the podcast's feed is.")
    at: datetime = shown("When it was recorded.")
    minutes: int = shown("How many minutes it lasts.")
    voice: str = shown("What reads it aloud.")


@dataclass(frozen=True, slots=True)
class BriefPage:
    """What an AI feature says: a page of its own, whose answer other pages open in place."""

    template: ClassVar[str] = "pages/brief.html"
    frame: Frame = shown("What is around the content.")
    kind: str = shown("The feature in one word, such as summary or answer.")
    heading: str = shown("What the feature is called.")
    home: tuple[str, str] = shown("(path, title) of the page it belongs to.")
    language: str = shown("The language of that title.")
    told: Sequence[Told] = shown("What it says; of a row of questions the earliest first.")
    ask: Field | None = shown("The line to ask in, or to ask on; None where nothing is asked.")
    since: datetime | None = shown("Since when what is new is told; else None.")
    spans: Sequence[tuple[str, str]] = shown("(label, path) of other times to tell what is new since.")
    panel: Panel | None = shown("What else is offered for the same articles.")
    heard: Heard | None = shown("The newest episode of its podcast; None where there is none.")


PARTS = (Feature, Field, Panel, Source, Sentence, Told, Heard)
