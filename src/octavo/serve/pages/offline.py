"""What a reader sees with the network off, where the page was not read before: what can be read all the same."""

from octavo.serve.contexts import Frame, OfflinePage
from octavo.serve.visit import Visit


def load(visit: Visit) -> OfflinePage:
    """Give the page the browser fills in."""
    return OfflinePage(
        frame=Frame(
            title=visit.t("Reading offline"),
            description=visit.t("What is kept on this device and can be read without a network."),
            path=f"/{visit.plan.key}/offline",
            kind="offline",
            index=False,
        )
    )
