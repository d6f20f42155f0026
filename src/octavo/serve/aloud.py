"""What is read aloud, written as pages are: within what may be shown, in the words of the edition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from octavo.brief.speech import Frame, Told, article_lines, edition_lines
from octavo.domain.brief import BriefKind, Statement
from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.speech import Episode, Script
from octavo.errors import NotFound
from octavo.ports.tools import Tools
from octavo.serve import answering, features, shownwords, subjects
from octavo.serve import editions as edition_pages
from octavo.serve.airing import has_podcast
from octavo.serve.choosing import choose
from octavo.serve.here import Here
from octavo.serve.readable import Readable, readable
from octavo.serve.site import Site, open_site
from octavo.serve.subjects import Subject
from octavo.serve.told import asked_key, say
from octavo.serve.visit import Visit
from octavo.store import articles, briefs, editions, publishers

_OWN = frozenset({"off", "espeak"})
"""Speakers that are no model's: what publishers keep from models may be given to them."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Scripts over a site."""

    site: Site

    def editions(self) -> tuple[EditionKey, ...]:
        """Give the editions that have a podcast; see the port."""
        settings = self.site.tools.settings
        if not has_podcast(settings):
            return ()
        named = settings.speech.editions or ((settings.edition,) if settings.edition else ())
        if named:
            return tuple(EditionKey(one) for one in named if one in self.site.plans)
        with self.site.tools.database.read() as view:
            return tuple(one for one in editions.keys(view) if one in self.site.plans)

    def there(self, edition: EditionKey) -> datetime:
        """Tell the time where an edition is read; see the port."""
        return self.site.tools.now().astimezone(edition_pages.zone_of(self.site.plans[edition]))

    def briefing(self, edition: EditionKey) -> Script | None:
        """Write an edition's briefing; see the port."""
        with answering.opened(self.site, self.site.plans[edition], {"words": ""}, {}) as visit:
            return briefing_of(visit)

    def article(self, article: ArticleId) -> Script | None:
        """Write an article; see the port."""
        with self.site.tools.database.read() as view:
            found = articles.get(view, article)
        if found is None:
            return None
        same = edition_pages.in_language(self.site.plans, found.language)
        plan = self.site.plans[same[0]] if same else self.site.plan_for("")
        with answering.opened(self.site, plan, {"words": ""}, {}) as visit:
            return article_of(visit, article)

    def stands(self, episode: Episode) -> bool:
        """Tell whether an episode may still be heard; see the port."""
        plan = self.site.plans.get(episode.edition)
        if plan is None or not has_podcast(self.site.tools.settings):
            return False
        with answering.opened(self.site, plan, {"words": ""}, {}) as visit:
            return _stands(visit, episode)


def open_scripts(tools: Tools) -> Writer:
    """Write scripts for the worker, which has no site."""
    return Writer(open_site(tools))


def briefing_of(visit: Visit) -> Script | None:
    """Write the Eight of an edition; None where nothing is chosen of them, or an editor withdrew it."""
    try:
        subject = _may_be_read(visit, subjects.of_edition(visit))
    except NotFound:
        return None
    if say(visit, subject).withdrawn:
        return None
    cards = {one.telling.id: one for one in subject.read}
    chosen = choose(subject, visit.here.now).statements
    told = [
        _told(visit, cards[article], list(statements))
        for article, statements in groupby(chosen, key=lambda one: one.citations[0].passage.article_id)
    ]
    day = visit.here.language.long_day(visit.here.now, visit.here.zone)
    frame = Frame(
        visit.here.language.tag,
        visit.t("{edition}, {day}: the Eight in two minutes.", edition=visit.plan.title, day=day),
        visit.t("That was the Eight. The notes of this episode lead to the articles."),
        features.label_of(visit, BriefKind.EDITION),
    )
    lines = edition_lines(told, frame)
    return Script(f"{frame.chapter}: {day}", frame.language, lines) if lines else None


def article_of(visit: Visit, number: ArticleId) -> Script | None:
    """Write an article as its page shows it; None for one that is not there, or is kept from such speakers."""
    article = articles.get(visit.view, number)
    publisher = publishers.get(visit.view, article.publisher_id) if article else None
    if article is None or publisher is None:
        return None
    if article.rights.machines_barred and visit.site.tools.settings.speaker not in _OWN:
        return None
    shown, _ = shownwords.shown(visit.view, visit.known.display, article, fictional=publisher.fictional)
    lines = article_lines(shown, publisher.name, _when(visit.here, article.published_at, article.language))
    return Script(article.headline, article.language, lines)


def _when(here: Here, moment: datetime | None, language: str) -> str:
    """Say the day in the article's own language, where that is the page's; else leave it out."""
    same = here.language.tag.partition("-")[0] == language.partition("-")[0]
    return here.language.long_day(moment, here.zone) if moment and same else ""


def _may_be_read(visit: Visit, subject: Subject) -> Subject:
    """Leave out what publishers keep from models, where the speaker may be one."""
    if visit.site.tools.settings.speaker in _OWN:
        return subject
    read = [one for one in subject.read if not one.barred]
    return replace(subject, read=read, about=len(read))


def _told(visit: Visit, one: Readable, statements: Sequence[Statement]) -> Told:
    card = one.card
    others = card.story_publishers - 1
    reported = visit.t("Reported by {name}.", name=card.publisher_name)
    if others > 0:
        reported = visit.tn(
            "Reported by {name} and {n} other publisher.",
            "Reported by {name} and {n} other publishers.",
            others,
            name=card.publisher_name,
        )
    said = tuple((statement.text, card.id, card.language) for statement in statements)
    return Told(card.headline, card.language, card.id, said, reported)


def _stands(visit: Visit, episode: Episode) -> bool:
    ids = episode.script.articles
    own = visit.site.tools.settings.speaker in _OWN
    read = {one.telling.id: one.telling for one in readable(visit, ids) if own or not one.barred}
    if not all(one in read for one in ids):
        return False
    quoted = [line for line in episode.script.lines if line.quoted]
    taken_back = _withdrawn(visit)
    return not any(line.text in taken_back for line in quoted) and all(
        any(line.text in part for part in read[line.article_id].wording) for line in quoted
    )


def _withdrawn(visit: Visit) -> frozenset[str]:
    """Give the sentences of the briefing that an editor withdrew last."""
    try:
        there = briefs.newest(visit.view, asked_key(subjects.of_edition(visit)))
    except NotFound:
        return frozenset()
    taken_back = there.brief.statements if there and there.withdrawn_at else ()
    return frozenset(one.text for one in taken_back)
