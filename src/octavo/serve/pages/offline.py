"""What a reader sees with the network off, where the page was not read before."""

from octavo.serve.contexts import Frame, PlainPage
from octavo.serve.visit import Visit


def load(visit: Visit) -> PlainPage:
    """Say that the network is off, and what can be read all the same."""
    title = visit.t("You are offline")
    return PlainPage(
        frame=Frame(
            title=title,
            description=visit.t("This page needs the network."),
            path=f"/{visit.plan.key}/offline",
            kind="offline",
            index=False,
        ),
        heading=title,
        words=visit.t(
            "This page was not kept on your device. Articles you saved and pages you have read open without the "
            "network; try this one again when you are back online."
        ),
    )
