"""A section: the newest articles about one IPTC Media Topic, or those from near by."""

from octavo.domain.edition import LOCAL, EditionPlan
from octavo.domain.ids import ArticleId, PublisherId
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, ListPage
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import reading

_LARGE = 2


def load(visit: Visit) -> ListPage:
    """Read one page of a section. Raises NotFound for a section this edition does not have."""
    topic = visit.names["topic"]
    title = next((section.title for section in visit.plan.sections if section.topic == topic), "")
    if not title:
        raise NotFound(f"this edition has no section {topic!r}")
    ids = _near(visit) if topic == LOCAL else _about(visit, topic)
    path = links.section(visit.plan.key, topic)
    cards, older = visit.page(ids, path)
    pictured = [card for card in cards if card.image][:_LARGE] if visit.before is None else []
    large = {card.id for card in pictured}
    heading = title
    intro = visit.t("The newest articles about {topic}.", topic=heading)
    if topic == LOCAL:
        intro = visit.t("What the papers of {place} report, and what others report about it.", place=visit.plan.title)
    return ListPage(
        frame=Frame(
            title=heading,
            description=intro,
            path=path,
            kind="section",
            live=f"section/{topic}" if visit.before is None else "",
            since=visit.since,
            feed=path,
            alternates=() if topic == LOCAL else visit.in_editions(f"/section/{topic}", _with_section(visit, topic)),
            index=visit.before is None,
            topic=topic,
            data=described_list(visit, heading, path, cards),
        ),
        heading=heading,
        intro=intro,
        lead=pictured,
        cards=[card for card in cards if card.id not in large],
        notes={},
        older=older,
    )


def _about(visit: Visit, topic: str) -> list[ArticleId]:
    languages = visit.languages
    return reading.topic_ids(visit.view, topic, languages, visit.before, PAGE + 1) if languages else []


def _near(visit: Visit) -> list[ArticleId]:
    papers = [PublisherId(key) for key in visit.plan.local_publishers]
    return reading.near_ids(visit.view, visit.plan.places, papers, visit.before, PAGE + 1)


def _with_section(visit: Visit, topic: str) -> list[EditionPlan]:
    """List the countries' editions that have a section: no other has a page of it."""
    plans = visit.site.plans.values()
    return [plan for plan in plans if not plan.places and any(one.topic == topic for one in plan.sections)]
