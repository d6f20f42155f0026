"""The answer that needs no language model: sentences chosen from the articles a reader asks about."""

from collections.abc import Sequence
from datetime import datetime

from octavo.brief.background import background
from octavo.brief.changes import changes
from octavo.brief.definitions import definition
from octavo.brief.edition import edition_brief
from octavo.brief.nearness import Sense
from octavo.brief.perspectives import perspectives
from octavo.brief.questions import answer
from octavo.brief.summary import article_summary, story_summary
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.serve.readable import within_limits
from octavo.serve.subjects import Subject


def choose(subject: Subject, now: datetime, sense: Sense | None = None) -> Brief:
    """Choose sentences; none where the articles do not say. No publisher is quoted beyond what it allows.

    `sense` tells what the words of a question mean, where it is asked and can be.
    """
    read = [one.telling for one in subject.read]
    if not read:
        return Brief(subject.kind, subject.language, (), now, subject.question)
    own, rest = read[: subject.about], read[subject.about :]
    if subject.kind is BriefKind.ANSWER and own:
        found = answer(subject.question, own, now, subject.asks_in, subject.before, sense)
    else:
        found = _chosen(subject, own, rest, now)
    return within_limits(found, subject.read)


def _chosen(subject: Subject, own: Sequence[Telling], rest: Sequence[Telling], now: datetime) -> Brief:
    """Choose from `own`, what is asked about, with the help of the `rest`."""
    kind = subject.kind
    silent = Brief(kind, subject.language, (), now, subject.question)
    if kind is BriefKind.DEFINITION and (own or rest):
        first, *others = [*own, *rest]
        return definition(subject.question, first, others, now)
    if not own:
        return silent
    if kind is BriefKind.BACKGROUND:
        return _background(subject, own, rest, now) or silent
    if kind is BriefKind.PERSPECTIVES:
        return perspectives(own, now)
    if kind is BriefKind.CHANGES:
        return changes(own, subject.since or now, now)
    if kind is BriefKind.EDITION:
        return edition_brief([[one] for one in own], now, subject.language)
    if kind is BriefKind.SUMMARY:
        return article_summary(own[0], now) if subject.single else story_summary(own, now)
    return silent


def _background(subject: Subject, own: Sequence[Telling], rest: Sequence[Telling], now: datetime) -> Brief | None:
    """Choose what came before the newest article: in the reader's language where that tells anything, else another."""
    asked = (subject.asks_in, subject.language, *(one.language for one in own))
    for language in dict.fromkeys(one.partition("-")[0] for one in asked):
        spoken = [one for one in own if one.language.partition("-")[0] == language]
        if spoken:
            found = background(max(spoken, key=lambda one: (one.at, one.id)), [*own, *rest], now)
            if not found.silent:
                return found
    return None
