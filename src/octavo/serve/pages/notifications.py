"""What this browser is notified of; the server's page says nothing of it, the browser fills it in."""

from octavo.errors import NotFound
from octavo.serve.contexts import Frame, NotificationsPage
from octavo.serve.visit import Visit


def load(visit: Visit) -> NotificationsPage:
    """Give the page the browser fills in. Raises NotFound where there are no notifications."""
    if not visit.site.tools.settings.push.on:
        raise NotFound("this newspaper sends no notifications")
    return NotificationsPage(
        frame=Frame(
            title=visit.t("Notifications"),
            description=visit.t("Be told of stories, hashtags and places you follow, and of breaking news."),
            path=f"/{visit.plan.key}/notifications",
            kind="notifications",
            alternates=visit.everywhere("/notifications"),
            index=False,
        ),
    )
