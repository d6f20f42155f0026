"""Every publisher read here, and at a glance how well its articles are read."""

from octavo.errors import NotFound
from octavo.serve.contexts import Frame, Source, SourcesPage
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import Visit
from octavo.store import health, publishers

SIZE = 100
"""Publishers in one page of the list."""


def load(visit: Visit) -> SourcesPage:
    """Read all publishers' health, a handful of queries however many there are, and give one page of it.

    Raises NotFound for a page behind the last.
    """
    quality = visit.site.tools.settings.quality
    measured = {one.publisher_id: one for one in health.all(visit.view, visit.here.now, quality.yardstick)}
    known = [one for one, _ in publishers.all(visit.view) if one.id in measured]
    known.sort(key=lambda one: not measured[one.id].queued)
    path = f"/{visit.plan.key}/sources"
    start = _start(visit.query.get("from", ""), len(known))
    end = start + SIZE
    title = visit.t("Sources")
    return SourcesPage(
        frame=Frame(
            title=title,
            description=visit.t("The publishers read here, and how many of their articles are read whole and clean."),
            path=path,
            kind="sources",
            alternates=visit.everywhere("/sources"),
            index=not start,
            data=described_list(visit, title, path, ()),
        ),
        sources=[Source(one, measured[one.id]) for one in known[start:end]],
        queued=sum(one.queued for one in measured.values()),
        days=quality.days,
        bar=quality.bar,
        more=f"{path}?from={end}" if end < len(known) else "",
    )


def _start(asked: str, count: int) -> int:
    """How many publishers stand on the pages before."""
    start = int(asked) // SIZE * SIZE if asked.isdecimal() and len(asked) < 7 else 0
    if start and start >= count:
        raise NotFound("the list of publishers ends before this page")
    return start
