"""A reader's settings, kept in the reader's own browser; the server is told nothing of them."""

from octavo.serve import features
from octavo.serve.contexts import Frame, SettingsPage
from octavo.serve.pages import editions
from octavo.serve.visit import Visit

MOST_LANGUAGES = 40
"""Languages to choose from: those most articles are in."""


def load(visit: Visit) -> SettingsPage:
    """Give the page the browser fills in: the editions and languages there are."""
    own = visit.plan.language.split("-")[0]
    spoken = list(dict.fromkeys((own, *(tag.split("-")[0] for tag in visit.known.languages))))[:MOST_LANGUAGES]
    return SettingsPage(
        frame=Frame(
            title=visit.t("Settings"),
            description=visit.t("How this newspaper looks and what it shows, kept in this browser alone."),
            path=f"/{visit.plan.key}/settings",
            kind="settings",
            index=False,
        ),
        groups=editions.load(visit).groups,
        languages=[(tag, visit.here.own_name(tag)) for tag in spoken],
        ai=bool(features.offered(visit)),
        headlines=features.translates_headlines(visit),
    )
