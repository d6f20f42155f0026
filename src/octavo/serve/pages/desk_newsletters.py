"""The desk's page of newsletters: their addresses, who sends them, and mail that waits for an editor."""

from octavo.accounts.permissions import Act
from octavo.actions import newsletters
from octavo.serve.desked import DeskNewslettersPage
from octavo.serve.pages.desking import enter, frame, tabs
from octavo.serve.visit import Visit


def load(visit: Visit) -> DeskNewslettersPage:
    """Give every newsletter. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.EDIT_FEEDS)
    tools = visit.site.tools
    return DeskNewslettersPage(
        frame=frame(visit, visit.t("Newsletters"), "newsletters"),
        problem=visit.problem,
        tabs=tabs(visit, "newsletters"),
        on=bool(tools.settings.newsletters.domain),
        newsletters=newsletters.listed(tools, visit.view),
        given=visit.given,
    )
