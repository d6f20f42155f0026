"""What this instance knows of its readers and for how long, written from its settings and the bounds of its code."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from octavo.actions.keeping_times import (
    ADDRESSES_KEPT,
    INVITED_FOR,
    LETTERS_KNOWN,
    NOTICES_KEPT,
    TOLD_KEPT,
    UNSENT_KEPT,
)
from octavo.serve.desked import PrivacyPage
from octavo.serve.frame import Frame
from octavo.serve.readers import cookie_name
from octavo.serve.visit import Visit

Part = tuple[str, str, Sequence[str]]


def load(visit: Visit) -> PrivacyPage:
    """Write the page."""
    title = visit.t("Privacy")
    parts = (_reading, _cookies, _addresses, _accounts, _notifications, _mail, _models, _pictures, _rights)
    return PrivacyPage(
        frame=Frame(
            title=title,
            description=visit.t("What this newspaper knows of its readers, and for how long."),
            path=f"/{visit.plan.key}/privacy",
            kind="privacy",
            alternates=visit.everywhere("/privacy"),
        ),
        parts=[part(visit) for part in parts],
        contact=visit.site.tools.settings.fetch.contact,
    )
