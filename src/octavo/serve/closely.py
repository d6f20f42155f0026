"""What templates are given of a story read closely: its figures, what differs, what happened when, who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from octavo.domain.article import ArticleCard
from octavo.domain.story import Story
from octavo.serve.fields import shown
from octavo.serve.plots.svg import Drawing


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one article, where its publisher's policy lets them be shown."""

    card: ArticleCard = shown("The article they stand in.")
    text: str = shown("The words, in the article's language; empty where the policy shows none.")
    mark: str = shown("The part of the words that matters; empty for none.")


@dataclass(frozen=True, slots=True)
class Given:
    """One value of a number, and all who give it."""

    mark: str = shown("The number: as printed in the page's language, else written in it.")
    said: Sequence[Said] = shown("The sentences that give it, the first told first; `mark` is the number as printed.")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One number of a story, as each outlet gives it."""

    label: str = shown("What is counted or measured, in the page's language.")
    scope: str = shown("Of whom, where and of when, in the page's language; may be empty.")
    values: Sequence[Given] = shown("Its values: of one that changed in order of time, else what most give first.")
    latest: str = shown("The value that stands now, of one that changed; else empty.")
    others: str = shown("The highest or lowest other count that is given now; empty where there is none.")
    odometer: Drawing | None = shown("How it changed; None where it did not, or too little is told of it.")


@dataclass(frozen=True, slots=True)
class Differs:
    """Two passages that do not bear each other out, or what one outlet alone has."""

    kind: str = shown("headline, outlets, only or missing.")
    label: str = shown("What differs, in the page's language.")
    words: Sequence[Said] = shown("The words that say so.")


@dataclass(frozen=True, slots=True)
class Happened:
    """One day of a story's timeline."""

    day: date = shown("The day, or the first of the week, month or year.")
    precision: str = shown("day, week, month or year.")
    ahead: bool = shown("Whether it is still to come.")
    said: Said = shown("The sentence that tells it.")
    outlets: int = shown("How many outlets say so.")


@dataclass(frozen=True, slots=True)
class Version:
    """How one outlet gives a quotation."""

    card: ArticleCard = shown("The article.")
    how: str = shown("How its wording stands to the fullest, in the page's language; empty for the same words.")
    changes: Sequence[tuple[str, str]] = shown("(words of the fullest wording, words here) where they differ.")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What somebody said, and how outlets give it."""

    words: Said = shown("The fullest wording.")
    speaker: str = shown("Who said it; empty where no text says for sure.")
    role: str = shown("What the texts call the speaker; may be empty.")
    versions: Sequence[Version] = shown("Each outlet's wording, the first seen first.")


@dataclass(frozen=True, slots=True)
class Closely:
    """A story read closely."""

    outlets: int = shown("How many outlets carry it.")
    reports: int = shown("How many independent reports there are.")
    figures: Sequence[FigureRow] = shown("Its numbers, the most told first.")
    differences: Sequence[Differs] = shown("What differs, the gravest first.")
    days: Sequence[Happened] = shown("What happened when, by the texts themselves, in order of time.")
    calendar: Drawing | None = shown("These days as a picture; None where they are too few.")
    quotations: Sequence[Quoted] = shown("Who said what, what most outlets give first.")


@dataclass(frozen=True, slots=True)
class Altered:
    """One passage that a publisher changed."""

    kind: str = shown("What kind of change it is, for programs: a word of domain.edit.EditKind.")
    label: str = shown("What kind of change it is, in the page's language.")
    pieces: Sequence[tuple[str, str]] = shown("(text, same, gone or new), in the order of reading.")


@dataclass(frozen=True, slots=True)
class Edited:
    """What a publisher changed at one time."""

    at: datetime | None = shown("When the later wording was seen or, for the present one, made; None unknown.")
    kinds: Sequence[str] = shown("The kinds of its changes for programs, the gravest first.")
    labels: Sequence[str] = shown("The same in the page's language.")
    changes: Sequence[Altered] = shown("The passages that changed; spelling and mere rewording left out.")


@dataclass(frozen=True, slots=True)
class EarlierStory:
    """A story that came before another."""

    story: Story = shown("The earlier story.")
    why: Sequence[str] = shown("What both speak of.")


@dataclass(frozen=True, slots=True)
class Larger:
    """What a story is part of: a war, a trial, an election, told in many stories."""

    about: Sequence[tuple[str, str]] = shown("(key, name) of the two that all its stories are about.")
    count: int = shown("How many stories it has, this one among them.")
    since: datetime = shown("When the first of them began.")
    stories: Sequence[Story] = shown("The others, the newest first.")


PARTS = (Altered, Edited, EarlierStory, Larger, Said, Given, FigureRow, Differs, Happened, Version, Quoted, Closely)
