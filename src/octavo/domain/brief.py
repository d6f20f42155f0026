"""Brief, Statement, Citation: what is said about stored articles, chosen or written, and the passages it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.telling import Passage


class BriefKind(StrEnum):
    """What a brief is for."""

    SUMMARY = "summary"
    ANSWER = "answer"
    BACKGROUND = "background"
    PERSPECTIVES = "perspectives"
    CHANGES = "changes"
    DEFINITION = "definition"
    SIMPLER = "simpler"
    TRANSLATION = "translation"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage a statement rests on, in one stored version of its article.

    `version` is what `text.versions.version_of` gives for the words the article had then: when the article's words are
    others now, the statement has to be checked again.
    """

    passage: Passage
    version: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a brief, plain text. `chosen`: copied from its one passage byte for byte; else a model wrote it.

    `label` says of whom or when it speaks where a brief is a list of such: a publisher's name, a day.
    """

    text: str
    citations: tuple[Citation, ...]
    chosen: bool = True
    label: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Text about stored articles: statements in order, none of them without a citation.

    No statements: the articles do not say. `model` and `prompt` name what wrote it, with versions ("" where every
    statement is chosen); `language` is the one it is in. `dropped` counts written sentences the check did not let pass.
    `near` are passages that come close where the articles do not say; they are no answer, and are not kept.
    """

    kind: BriefKind
    language: str
    statements: tuple[Statement, ...]
    made_at: datetime
    question: str = ""
    model: str = ""
    prompt: str = ""
    dropped: int = 0
    near: tuple[Statement, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the articles do not say."""
        return not self.statements

    @property
    def written(self) -> bool:
        """Whether a model wrote any of it."""
        return any(not one.chosen for one in self.statements)

    @property
    def versions(self) -> dict[int, str]:
        """The stored versions it rests on, by article."""
        cited: Sequence[Citation] = [one for statement in self.statements for one in statement.citations]
        return {one.passage.article_id: one.version for one in cited}


@dataclass(frozen=True, slots=True)
class KeptBrief:
    """A brief as it is kept. `key` names what it was made from, `asked` what was asked alone; both are hashes.

    `subject` is what it is about ("article/17", "story/3", "edition/en-gb", "archive"), `path` the page it stands on.
    `reasons` are what readers gave in their reports, the newest last; `note` is the editor's who withdrew it.
    """

    key: bytes
    asked: bytes
    subject: str
    path: str
    brief: Brief
    reports: int = 0
    reasons: tuple[str, ...] = ()
    reported_at: datetime | None = None
    withdrawn_at: datetime | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """How commands call it: the beginning of its key."""
        return self.key.hex()[:12]
