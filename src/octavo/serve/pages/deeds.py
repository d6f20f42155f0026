"""What editors decided that changes what readers see: every reader may read it, with the reason given."""

from octavo.serve.desked import DeedsPage
from octavo.serve.frame import Frame
from octavo.serve.pages.desking import deed
from octavo.serve.visit import Visit
from octavo.store import audit

PAGE = 60


def load(visit: Visit) -> DeedsPage:
    """Read one page of the public log."""
    asked = visit.query.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = audit.shown(visit.view, PAGE + 1, before)
    path = f"/{visit.plan.key}/decisions"
    title = visit.t("What editors decided")
    return DeedsPage(
        frame=Frame(
            title=title,
            description=visit.t("Every decision of an editor that changes what readers see, with its reason."),
            path=path,
            kind="deeds",
            alternates=visit.everywhere("/decisions"),
            index=before is None,
        ),
        deeds=[deed(visit, one, named=False) for one in found[:PAGE]],
        more=f"{path}?before={found[PAGE - 1].id}" if len(found) > PAGE else "",
    )
