"""A section: the newest articles about one IPTC Media Topic."""

from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, ListPage
from octavo.serve.visit import PAGE, Visit
from octavo.store import reading

_LARGE = 2


def load(visit: Visit) -> ListPage:
    """Read one page of a section. Raises NotFound for a section this edition does not have."""
    topic = visit.names["topic"]
    title = next((section.title for section in visit.plan.sections if section.topic == topic), "")
    if not title:
        raise NotFound(f"this edition has no section {topic!r}")
    languages = visit.languages
    ids = reading.topic_ids(visit.view, topic, languages, visit.before, PAGE + 1) if languages else []
    path = links.section(visit.plan.key, topic)
    cards, older = visit.page(ids, path)
    pictured = [card for card in cards if card.image][:_LARGE] if visit.before is None else []
    large = {card.id for card in pictured}
    heading = title
    intro = visit.t("The newest articles about {topic}.", topic=heading)
    return ListPage(
        frame=Frame(
            title=heading,
            description=intro,
            path=path,
            kind="section",
            feed=path,
            alternates=visit.everywhere(f"/section/{topic}"),
            index=visit.before is None,
            topic=topic,
            data=({"@context": "https://schema.org", "@type": "CollectionPage", "name": heading},),
        ),
        heading=heading,
        intro=intro,
        lead=pictured,
        cards=[card for card in cards if card.id not in large],
        older=older,
    )
