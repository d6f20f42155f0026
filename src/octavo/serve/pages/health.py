"""How well one publisher's articles are read: numbers, plain words, the worst of them, and what to do."""

from dataclasses import replace
from datetime import timedelta

from octavo.domain.ids import PublisherId
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, HealthPage
from octavo.serve.display import web_address
from octavo.serve.pages.described import breadcrumbs
from octavo.serve.visit import Visit
from octavo.store import health, publishers

WEEKS = 8
WORST = 10


def load(visit: Visit) -> HealthPage:
    """Read one publisher's health. Raises NotFound when nobody of that key is known."""
    publisher = publishers.get(visit.view, PublisherId(visit.names["publisher"]))
    if publisher is None:
        raise NotFound(f"no publisher is known as {visit.names['publisher']!r}")
    quality, now = visit.site.tools.settings.quality, visit.here.now
    path = links.health(visit.plan.key, publisher.id)
    weeks = health.weeks(visit.view, publisher.id, now, quality.bar, WEEKS)
    worst = visit.cards(health.worst(visit.view, publisher.id, now, quality.yardstick, WORST))
    title = visit.t("How well {name} is read", name=publisher.name)
    steps = [
        (visit.plan.title, links.front(visit.plan.key)),
        (publisher.name, links.source(visit.plan.key, publisher.id)),
        (title, path),
    ]
    return HealthPage(
        frame=Frame(
            title=title,
            description=visit.t(
                "How many articles by {name} were read whole and clean, and which were not.", name=publisher.name
            ),
            path=path,
            kind="health",
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
            index=False,
            data=(breadcrumbs(visit.here, steps),),
        ),
        publisher=publisher,
        health=health.of(visit.view, publisher.id, now, quality.yardstick),
        weeks=weeks if sum(1 for week in weeks if week.articles) > 1 else (),
        most=max(week.articles for week in weeks),
        failures=health.failures(visit.view, publisher.id, now - timedelta(days=quality.days)),
        worst=[replace(card, url=web_address(card.url)) for card in worst],
        days=quality.days,
        bar=quality.bar,
    )
