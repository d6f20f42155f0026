"""Everything under one hashtag, newest first."""

from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, HashtagPage
from octavo.serve.visit import PAGE, Visit
from octavo.store import reading

_RELATED = 12


def load(visit: Visit) -> HashtagPage:
    """Read one page of a hashtag. Raises NotFound when no article carries it."""
    tag = visit.names["tag"]
    label, count = reading.hashtag_label(visit.view, tag)
    if not count:
        raise NotFound(f"no article carries the hashtag {tag!r}")
    path = links.hashtag(visit.plan.key, tag)
    cards, older = visit.page(reading.hashtag_ids(visit.view, tag, visit.before, PAGE + 1), path)
    title = visit.t("Latest news with #{tag}", tag=label)
    return HashtagPage(
        frame=Frame(
            title=title,
            description=visit.tn(
                "{n} article with #{tag}, newest first.", "{n} articles with #{tag}, newest first.", count, tag=label
            ),
            path=path,
            kind="hashtag",
            feed=path,
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
            index=visit.before is None,
            data=({"@context": "https://schema.org", "@type": "CollectionPage", "name": title},),
        ),
        label=label,
        count=count,
        cards=cards,
        related=reading.related_hashtags(visit.view, tag, _RELATED),
        older=older,
    )
