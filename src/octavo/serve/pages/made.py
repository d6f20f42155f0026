"""How an edition is made: its publishers, its languages, what near weighs, and how that shows among the Eight now."""

from collections import Counter
from collections.abc import Iterable

from octavo.domain.ids import PublisherId
from octavo.domain.publisher import Publisher
from octavo.serve.contexts import Frame, MadePage
from octavo.serve.visit import Visit
from octavo.store import articles, editions, publishers, starter


def load(visit: Visit) -> MadePage:
    """Read what the edition names, and count where the stories of its Eight come from."""
    counted = dict(publishers.all(visit.view))
    by_id = {publisher.id: publisher for publisher in counted}
    laid_out = editions.latest(visit.view, visit.plan.key)
    slots = laid_out.eight if laid_out else ()
    leads = articles.cards(visit.view, [slot.article_id for slot in slots])
    countries = Counter(by_id[card.publisher_id].country for card in leads if card.publisher_id in by_id)
    title = visit.t("How the edition “{edition}” is made", edition=visit.plan.title)
    return MadePage(
        frame=Frame(
            title=title,
            description=visit.t("Its publishers, its languages, what near weighs, and how that shows today."),
            path=f"/{visit.plan.key}/made",
            kind="made",
            alternates=visit.everywhere("/made"),
        ),
        plan=visit.plan,
        own=_named(visit, visit.plan.local_publishers, counted),
        world=_named(visit, visit.plan.global_publishers, counted),
        shares=[(visit.here.language.country_name(code), count) for code, count in countries.most_common() if code],
        near=sum(any(why.startswith("local") for why in slot.why) for slot in slots),
        eight=len(slots),
    )


def _named(visit: Visit, keys: Iterable[str], counted: dict[Publisher, int]) -> list[tuple[Publisher, int]]:
    """Give the publishers an edition names: those read here as the store knows them, the others as the data does."""
    read = {publisher.id: (publisher, count) for publisher, count in counted.items()}
    known = starter.read(visit.site.tools.settings.data_dir).publishers
    found = [read.get(PublisherId(key)) or (known[PublisherId(key)].publisher, 0) for key in keys]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name.casefold()))
