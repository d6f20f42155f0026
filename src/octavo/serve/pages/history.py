"""What a reader read, where they asked for it to be remembered; off until then."""

from octavo.accounts.permissions import Act, demand
from octavo.domain.follow import ReadMark
from octavo.serve.contexts import Frame
from octavo.serve.owned import HistoryPage
from octavo.serve.pages.keptlists import entries, moment_in, older_than
from octavo.serve.visit import PAGE, Visit
from octavo.store import history


def load(visit: Visit) -> HistoryPage:
    """Give one page of the history. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    found = moment_in(visit)
    before = ReadMark(found[1], found[0]) if found else None
    kept = [(one.article_id, one.at) for one in history.latest(visit.view, who.id, before, PAGE + 1)]
    path = f"/{visit.plan.key}/history"
    return HistoryPage(
        frame=Frame(
            title=visit.t("Reading history"),
            description=visit.t("What you read, remembered only if you want it."),
            path=path,
            kind="history",
            index=False,
        ),
        on=visit.mine is not None and visit.mine.preferences.history,
        entries=entries(visit, kept[:PAGE]),
        older=older_than(path, kept, PAGE),
    )
