"""What an AI feature says of an article, a story, the Eight or everything: sentences, each with its sources."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from octavo.brief.translated import VERSION as TRANSLATED
from octavo.domain.article import ArticleCard
from octavo.domain.brief import Brief, BriefKind, Statement
from octavo.domain.ids import ArticleId
from octavo.serve import airing, features
from octavo.serve.briefed import BriefPage, Feature, Field, Panel, Sentence, Source, Told
from octavo.serve.frame import Frame
from octavo.serve.passages import path_to
from octavo.serve.subjects import EARLIER, PLACES, Subject
from octavo.serve.told import Saying, is_translated, say, writer_of
from octavo.serve.visit import Moved, Visit

_SPANS = (timedelta(hours=3), timedelta(days=1), timedelta(days=7))


def load_article(visit: Visit) -> BriefPage | Moved:
    """Answer for an article. Raises NotFound, InputError."""
    return _load(visit, PLACES["article"])


def load_story(visit: Visit) -> BriefPage | Moved:
    """Answer for a story. Raises NotFound, InputError."""
    return _load(visit, PLACES["story"])


def load_edition(visit: Visit) -> BriefPage | Moved:
    """Tell the Eight. Raises NotFound."""
    return _load(visit, PLACES["edition"])


def load_archive(visit: Visit) -> BriefPage | Moved:
    """Answer from everything. Raises NotFound, InputError."""
    return _load(visit, PLACES["archive"])


def _load(visit: Visit, place: Callable[[Visit], Subject | Moved]) -> BriefPage | Moved:
    found = place(visit)
    return found if isinstance(found, Moved) else _page(visit, found)


def _page(visit: Visit, subject: Subject) -> BriefPage:
    label = features.label_of(visit, subject.kind)
    name = subject.home[1]
    asks = subject.kind in (BriefKind.ANSWER, BriefKind.DEFINITION)
    heard = airing.newest(visit) if subject.kind is BriefKind.EDITION else None
    return BriefPage(
        frame=Frame(
            title=f"{subject.question or label} · {name}",
            description=visit.t("Sentences chosen from the articles, each with where it stands."),
            path=subject.asked,
            kind="brief",
            podcast=heard.feed if heard else "",
            index=False,
        ),
        kind=str(subject.kind),
        heading=label,
        home=subject.home,
        language=visit.plan.language if subject.key == "archive" else subject.language,
        told=_told(visit, subject),
        ask=_field(visit, subject) if asks else None,
        since=subject.since,
        spans=_spans(visit, subject) if subject.since else (),
        panel=_others(visit, subject),
        heard=heard,
    )


def _told(visit: Visit, subject: Subject) -> list[Told]:
    """Tell everything that was asked; nothing where a question is still to come."""
    if subject.kind in (BriefKind.ANSWER, BriefKind.DEFINITION) and not subject.question:
        return []
    rounds = [
        replace(subject, question=one, before=subject.before[:number]) for number, one in enumerate(subject.before)
    ]
    earlier = [replace(shown(visit, one, say(visit, one)), writes="", report="") for one in rounds]
    return [*earlier, shown(visit, subject, say(visit, subject))]


def shown(visit: Visit, subject: Subject, saying: Saying) -> Told:
    """Bring what is said to the page: each statement with the passages it rests on."""
    brief = saying.brief
    cards = {key: one.card for key, one in saying.read.items()}
    writes = "" if saying.fresh or saying.withdrawn else subject.beside("/written")
    said = sentences(visit, brief, cards)
    wants_writer = subject.kind in features.WRITTEN_ONLY and (bool(writes) or saying.unsaid)
    silent = not said and not saying.withdrawn and not wants_writer
    return Told(
        kind=str(brief.kind),
        question=subject.question,
        sentences=said,
        near=[sentence(visit, one, brief.language, cards) for one in brief.near] if silent else [],
        written=brief.written,
        translated=saying.kept.brief.prompt == TRANSLATED,
        model=brief.model if brief.written else "",
        at=brief.made_at,
        dropped=brief.dropped,
        changed=saying.changed,
        withdrawn=saying.withdrawn,
        unsaid=saying.unsaid,
        silent=silent,
        report="" if saying.withdrawn or not said else subject.beside("/report"),
        writes=writes,
        writer=writer_of(visit, subject) if writes else "",
        translates=bool(writes) and is_translated(visit, subject),
    )


def sentences(visit: Visit, brief: Brief, cards: dict[ArticleId, ArticleCard]) -> list[Sentence]:
    """Bring a brief's statements to the page; a translation in paragraphs, with a note where it is none."""
    said = [sentence(visit, one, brief.language, cards) for one in brief.statements]
    if brief.kind is not BriefKind.TRANSLATION:
        return said
    parts = [one.citations[0].passage.part for one in brief.statements]
    left = visit.t("Not translated")
    return [
        replace(one, opens=place > 0 and parts[place] != parts[place - 1], note=left if one.chosen else "")
        for place, one in enumerate(said)
    ]


def sentence(visit: Visit, statement: Statement, language: str, cards: dict[ArticleId, ArticleCard]) -> Sentence:
    """Bring one statement to the page. A copied one is in the language of its article."""
    passages = [one.passage for one in statement.citations if one.passage.article_id in cards]
    sources = [Source(cards[one.article_id], one.text, path_to(visit, cards[one.article_id], one)) for one in passages]
    own = sources[0].card.language if statement.chosen and sources else language
    return Sentence(statement.text, own, statement.label, statement.chosen, sources, opens=False, note="")


def _field(visit: Visit, subject: Subject) -> Field:
    asked = [one for one in (*subject.before, subject.question) if one]
    if subject.kind is BriefKind.DEFINITION:
        return features.field(visit, subject.path, subject.kind, subject.question)
    field = features.field(visit, subject.path, subject.kind, "", asked[-EARLIER:])
    return replace(field, label=visit.t("Ask more")) if asked else field


def _spans(visit: Visit, subject: Subject) -> list[tuple[str, str]]:
    now = visit.here.now
    labels = (visit.t("Last three hours"), visit.t("Last day"), visit.t("Last week"))
    return [
        (label, replace(subject, since=(now - span).replace(second=0, microsecond=0)).asked)
        for label, span in zip(labels, _SPANS, strict=True)
    ]


def _others(visit: Visit, subject: Subject) -> Panel | None:
    """Give what else is offered for the same article or story."""
    place = subject.key.partition("/")[0]
    kinds: Sequence[BriefKind] = {"article": features.OF_ARTICLE, "story": features.OF_STORY}.get(place, ())
    found = features.offered(visit, subject.language)
    others = [
        Feature(str(one), features.label_of(visit, one), f"{subject.home[0]}/{features.WORDS[one]}", opens=False)
        for one in kinds
        if one in found and one is not subject.kind and not (one is BriefKind.TRANSLATION and _own(visit, subject))
    ]
    return Panel(others, []) if others else None


def _own(visit: Visit, subject: Subject) -> bool:
    return subject.language.split("-")[0] == visit.plan.language.split("-")[0]
