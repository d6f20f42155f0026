"""A place's news: every article that is about it, in any language, newest first."""

from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, PlacePage
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import reading

_LONGEST = 24


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
        cards=cards,
        older=older,
    )
