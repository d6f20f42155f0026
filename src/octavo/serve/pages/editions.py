"""Every edition, by language; each leads to the page a reader came from, as that edition has it."""

import re
from urllib.parse import quote

from octavo.domain.edition import EditionPlan
from octavo.serve.contexts import EditionsPage, Frame
from octavo.serve.visit import Visit

_EVERYWHERE = re.compile(
    r"/(latest|search|sources|hashtags|about|saved|settings|section/\d{8}|(hashtag|place|source|story|article)/[^?#\\]{1,300})"
)
"""Pages that every edition has, in its own words."""


def load(visit: Visit) -> EditionsPage:
    """List the editions: the reader's own language first, the others by their names in it."""
    groups: dict[str, list[EditionPlan]] = {}
    for plan in visit.site.plans.values():
        groups.setdefault(plan.language, []).append(plan)
    own = visit.plan.language
    order = sorted(groups, key=lambda tag: (tag != own, visit.here.language.language_name(tag), tag))
    title = visit.t("Editions")
    return EditionsPage(
        frame=Frame(
            title=title,
            description=visit.t("The newspaper in every language and country it is made for."),
            path=f"/{visit.plan.key}/editions",
            kind="editions",
            alternates=visit.everywhere("/editions"),
        ),
        rest=came_from(visit.query.get("at", "")),
        groups=[(tag, sorted(groups[tag], key=lambda plan: plan.title)) for tag in order],
    )


def came_from(rest: str) -> str:
    """Give the rest of an address if every edition has a page there, quoted; else "", which is the front page."""
    fits = _EVERYWHERE.fullmatch(rest) and ".." not in rest and rest.isprintable()
    return quote(rest, safe="/:@!$&'()*+,;=~") if fits else ""
