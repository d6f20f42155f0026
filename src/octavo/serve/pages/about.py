"""What this instance is: the publishers it reads, and how much of their articles it shows."""

from octavo.serve.contexts import AboutPage, Frame
from octavo.serve.visit import Visit
from octavo.store import publishers


def load(visit: Visit) -> AboutPage:
    """Read the publishers there are articles of."""
    counted = [(publisher, count) for publisher, count in publishers.all(visit.view) if count]
    title = visit.t("About this newspaper")
    return AboutPage(
        frame=Frame(
            title=title,
            description=visit.t("Who makes this newspaper, the publishers it reads, and how it treats their work."),
            path=f"/{visit.plan.key}/about",
            kind="about",
            alternates=visit.everywhere("/about"),
        ),
        publishers=counted,
        articles=sum(count for _, count in counted),
        policy=str(visit.known.display.default),
        contact=visit.site.tools.settings.fetch.contact,
    )
