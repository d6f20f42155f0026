"""The editor's desk: who follows from other servers, and what is decided on those."""

from octavo.accounts.permissions import Act
from octavo.actions import fediverse
from octavo.domain.fediverse import Stance
from octavo.errors import NotFound
from octavo.federate import names
from octavo.serve.desked import DeskFediversePage, OtherServer
from octavo.serve.pages.desking import enter, frame, tabs
from octavo.serve.visit import Visit


def load(visit: Visit) -> DeskFediversePage:
    """Give followers and servers. Raises SignInRequired, NotAllowed, NotFound where there is nothing of this."""
    enter(visit, Act.EDIT_RULES)
    if not visit.site.tools.settings.fediverse.on:
        raise NotFound("this newspaper cannot be followed from other servers")
    found = fediverse.standing(visit.site.tools, visit.person, visit.view)
    known = {one.host: one for one in found.known}
    words = {Stance.BLOCKED: visit.t("A server blocked"), Stance.ALLOWED: visit.t("A server allowed")}
    host = names.host_of(visit.site.origin)
    return DeskFediversePage(
        frame=frame(visit, visit.t("Fediverse"), "fediverse"),
        problem=visit.problem,
        tabs=tabs(visit, "fediverse"),
        actors=[(f"@{name}@{host}", count) for name, count in found.followers.items()],
        servers=[
            OtherServer(
                host=one,
                followers=found.hosts.get(one, 0),
                decided=words.get(known[one].stance, "") if one in known else "",
                failing_since=known[one].failing_since if one in known else None,
                note=known[one].note if one in known else "",
            )
            for one in sorted({*known, *found.hosts})
        ],
        given=visit.given,
    )
