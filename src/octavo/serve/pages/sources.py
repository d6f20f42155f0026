"""Every publisher read here, and at a glance how well its articles are read."""

from octavo.serve.contexts import Frame, Source, SourcesPage
from octavo.serve.visit import Visit
from octavo.store import health, publishers


def load(visit: Visit) -> SourcesPage:
    """Read all publishers' health: a handful of queries, however many there are."""
    quality = visit.site.tools.settings.quality
    measured = {one.publisher_id: one for one in health.all(visit.view, visit.here.now, quality.yardstick)}
    known = [one for one, _ in publishers.all(visit.view) if one.id in measured]
    listed = sorted((Source(one, measured[one.id]) for one in known), key=lambda one: not one.health.queued)
    title = visit.t("Sources")
    return SourcesPage(
        frame=Frame(
            title=title,
            description=visit.t("The publishers read here, and how many of their articles are read whole and clean."),
            path=f"/{visit.plan.key}/sources",
            kind="sources",
            alternates=visit.everywhere("/sources"),
            data=({"@context": "https://schema.org", "@type": "CollectionPage", "name": title},),
        ),
        sources=listed,
        queued=sum(one.health.queued for one in listed),
        days=quality.days,
        bar=quality.bar,
    )
