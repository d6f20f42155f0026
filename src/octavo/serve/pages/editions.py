"""Every edition, by language."""

from octavo.domain.edition import EditionPlan
from octavo.serve.contexts import EditionsPage, Frame
from octavo.serve.visit import Visit


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
        groups=[(tag, sorted(groups[tag], key=lambda plan: plan.title)) for tag in order],
    )
