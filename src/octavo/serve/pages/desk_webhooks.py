"""The desk's page of webhooks: who is told what, and what came of it."""

from octavo.accounts.permissions import Act
from octavo.actions import webhooks
from octavo.domain.webhook import CHOSEN, HappeningKind
from octavo.serve.desked import DeskWebhooksPage
from octavo.serve.pages.desking import enter, frame, tabs
from octavo.serve.visit import Visit


def load(visit: Visit, secret: str = "") -> DeskWebhooksPage:
    """Give the webhooks to those who may change them. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.MANAGE_WEBHOOKS)
    words = _words(visit)
    return DeskWebhooksPage(
        frame=frame(visit, visit.t("Webhooks"), "webhooks"),
        problem=visit.problem,
        tabs=tabs(visit, "webhooks"),
        hooks=webhooks.with_messages(visit.site.tools, visit.person),
        kinds=[(str(kind), words[kind]) for kind in CHOSEN],
        words=words,
        secret=secret,
        given={} if secret else visit.given,
    )


def _words(visit: Visit) -> dict[str, str]:
    return {
        HappeningKind.STORY_GREW: visit.t("A story has more independent reports"),
        HappeningKind.FIGURE_CHANGED: visit.t("A figure changed"),
        HappeningKind.CONTRADICTION: visit.t("Reports contradict each other"),
        HappeningKind.CORRECTED: visit.t("Correction"),
        HappeningKind.HASHTAG_SURGED: visit.t("A hashtag surges"),
        HappeningKind.SEARCH_MATCHED: visit.t("A search finds something new"),
        HappeningKind.TEST: visit.t("Send a test message"),
    }
