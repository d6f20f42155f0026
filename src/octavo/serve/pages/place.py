"""A place's news: every article that is about it, in any language, newest first, and where it is."""

from collections.abc import Sequence
from dataclasses import replace

from octavo.domain.article import ArticleCard
from octavo.domain.digest import Located
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, PlacePage
from octavo.serve.pages.drawn import draw_places, name_of
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import digests, reading

_LONGEST = 24

_STORIES = 8
"""Stories about a place that are asked where in it they are: each is read and unpacked."""


def load(visit: Visit) -> PlacePage:
    """Read one page of a place's news. Raises NotFound for a place no article is about."""
    key = f"place/{visit.names['place'][:_LONGEST]}"
    path = links.place(visit.plan.key, visit.names["place"])
    ids = reading.about_ids(visit.view, key, visit.before, PAGE + 1)
    name = visit.here.place_name(key, reading.entity_name(visit.view, key))
    if not ids or not name:
        raise NotFound("no article is about this place")
    cards, older = visit.page(ids, path)
    title = visit.t("News about {name}", name=name)
    located = _located(visit, key, cards) if visit.before is None else []
    return PlacePage(
        frame=Frame(
            title=title,
            description=visit.t("Every article about {name}, in any language, newest first.", name=name),
            path=path,
            kind="place",
            live=key if visit.before is None else "",
            since=visit.since,
            feed=path,
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
            index=visit.before is None,
            data=described_list(visit, title, path, cards),
        ),
        name=name,
        key=key,
        map=draw_places(visit.here, located),
        places=[(one.key, name_of(visit.here, one)) for one in located if one.key != key],
        cards=cards,
        older=older,
    )


def _located(visit: Visit, key: str, cards: Sequence[ArticleCard]) -> list[Located]:
    """Find where a place is, or which places of a country the newest stories about it are about, told of most first.

    What stories were found to be about, several outlets say so: one alone may have taken a name for another.
    """
    ids = list(dict.fromkeys(card.story_id for card in cards if card.story_id is not None))[:_STORIES]
    found: dict[str, Located] = {}
    for digest in digests.get_many(visit.view, ids).values():
        for one in digest.places:
            if one.key == key or (not one.whole and key == f"place/{one.country}"):
                before = found[one.key].articles if one.key in found else 0
                found[one.key] = replace(one, articles=one.articles + before)
    inside = [one for one in found.values() if not one.whole]
    return sorted(inside, key=lambda one: (-one.articles, one.key))
