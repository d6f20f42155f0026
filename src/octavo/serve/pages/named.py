"""Somebody, or an organisation, in the news: who names them, their stories, and what they said themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from octavo.domain.article import ArticleCard
from octavo.domain.ids import ArticleId
from octavo.domain.quotation import Quotation
from octavo.domain.story import Story
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.closely import Quoted
from octavo.serve.contexts import Frame, NamedPage
from octavo.serve.pages.digested import quoted
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import digests, hashtags, reading, stories

_READ = 120
"""Newest articles that stories, hashtags and company are looked for in."""

_STORIES = 8
_QUOTATIONS = 8
_HASHTAGS = 8
_BESIDE = 8
_NAMES = 6
_LONGEST = 120
_SEVERAL = 2
"""Articles from which a page is worth being found by search engines."""


def load_person(visit: Visit) -> NamedPage:
    """Read one page of a person. Raises NotFound for one that no article names."""
    return _page(visit, "person", "Person")


def load_organisation(visit: Visit) -> NamedPage:
    """Read one page of an organisation. Raises NotFound for one that no article names."""
    return _page(visit, "org", "Organization")


def _page(visit: Visit, kind: str, called: str) -> NamedPage:
    key = f"{kind}/{visit.names['name'][:_LONGEST]}"
    path = links.entity(visit.plan.key, key)
    ids = reading.named_ids(visit.view, key, visit.before, PAGE + 1)
    names = reading.entity_names(visit.view, key)
    if not ids or not names:
        raise NotFound("no article names this")
    cards, older = visit.page(ids, path)
    first = visit.before is None
    newest = reading.named_ids(visit.view, key, None, _READ) if first else []
    told = _stories(visit, newest, cards)
    name, *others = names
    description = visit.t("Every article that names {name}, in any language, newest first.", name=name)
    about = {"@type": called, "name": name, "alternateName": others[:_NAMES], "url": visit.here.absolute(path)}
    return NamedPage(
        frame=Frame(
            title=name,
            description=description,
            path=path,
            kind=links.ENTITIES[kind],
            feed=path,
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
            index=first and len(ids) >= _SEVERAL,
            data=_described(described_list(visit, name, path, cards), about),
        ),
        name=name,
        key=key,
        others=others[:_NAMES],
        follows=bool(reading.about_ids(visit.view, key, None, 1)),
        quotations=_said(visit, told, names),
        stories=told,
        hashtags=hashtags.common(visit.view, newest, _HASHTAGS, visit.plan.language.split("-")[0]) if newest else (),
        beside=[one for one in reading.named_in(visit.view, newest, _BESIDE + 1) if one[0] != key][:_BESIDE],
        cards=cards,
        older=older,
    )


def _described(lists: Sequence[Mapping[str, Any]], about: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Say what the list is about."""
    listed, *rest = lists
    return ({**listed, "about": {name: value for name, value in about.items() if value}}, *rest)


def _stories(visit: Visit, ids: Sequence[ArticleId], cards: Sequence[ArticleCard]) -> list[Story]:
    """Give the stories of several articles that these belong to, the one that moved last first.

    Each under a headline in a language that is read here, where one of the cards has any.
    """
    found = {one.id: one for one in stories.stories_of(visit.view, ids).values() if one.article_count > 1}
    leads = {one.lead_article_id for one in found.values()}
    best_last = [*cards[::-1], *(one for one in cards if one.id in leads)]
    read = {one.story_id: one for one in best_last if one.language in visit.languages}
    named = [
        replace(one, headline=read[one.id].headline, language=read[one.id].language) if one.id in read else one
        for one in found.values()
    ]
    return sorted(named, key=lambda one: one.last_at, reverse=True)[:_STORIES]


def _said(visit: Visit, told: Sequence[Story], names: Sequence[str]) -> list[Quoted]:
    """Give what somebody of these names said in these stories, by the texts' own word."""
    known = {_plain(one) for one in names}
    read = digests.get_many(visit.view, [one.id for one in told])
    found = [one for story in told if story.id in read for one in read[story.id].quotations if _speaks(one, known)][
        :_QUOTATIONS
    ]
    cards = visit.cards([variant.article_id for one in found for variant in one.variants])
    return quoted(visit, found, {card.id: card for card in cards})


def _speaks(one: Quotation, known: set[str]) -> bool:
    return any(_plain(variant.speaker) in known for variant in one.variants if variant.speaker)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
