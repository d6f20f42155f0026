"""Articles kept in the reader's own browser; the server knows nothing of them."""

from octavo.serve.contexts import Frame, SavedPage
from octavo.serve.visit import Visit


def load(visit: Visit) -> SavedPage:
    """Give the page the browser fills in."""
    return SavedPage(
        frame=Frame(
            title=visit.t("Saved articles"),
            description=visit.t("Articles you keep on this device."),
            path=f"/{visit.plan.key}/saved",
            kind="saved",
            index=False,
        )
    )
