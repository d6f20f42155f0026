"""The live stream: everything new in the edition's languages, newest first."""

from octavo.serve.contexts import Frame, ListPage
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import reading


def load(visit: Visit) -> ListPage:
    """Read one page of the newest articles."""
    path = f"/{visit.plan.key}/latest"
    languages = visit.languages
    ids = reading.latest_ids(visit.view, languages, visit.before, PAGE + 1) if languages else []
    cards, older = visit.page(ids, path)
    heading = visit.t("Latest")
    intro = visit.t("Every new article, newest first.")
    return ListPage(
        frame=Frame(
            title=heading,
            description=intro,
            path=path,
            kind="latest",
            live="latest" if visit.before is None else "",
            since=visit.since,
            feed=path,
            alternates=visit.everywhere("/latest"),
            index=visit.before is None,
            data=described_list(visit, heading, path, cards),
        ),
        heading=heading,
        intro=intro,
        lead=(),
        cards=cards,
        notes={},
        older=older,
    )
