"""One publisher, plainly described: who they are, their feeds, their newest articles."""

from dataclasses import replace

from octavo.domain.feed import Feed
from octavo.domain.ids import PublisherId
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, SourcePage
from octavo.serve.display import web_address
from octavo.serve.pages.described import publisher_description
from octavo.serve.pages.desking import entry_name
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import ledger, publishers, reading

_LEDGER = 20


def load(visit: Visit) -> SourcePage:
    """Read one page of a publisher. Raises NotFound when nobody of that key is known."""
    publisher = publishers.get(visit.view, PublisherId(visit.names["publisher"]))
    if publisher is None:
        raise NotFound(f"no publisher is known as {visit.names['publisher']!r}")
    publisher = replace(publisher, homepage=web_address(publisher.homepage))
    path = links.source(visit.plan.key, publisher.id)
    cards, older = visit.page(reading.publisher_ids(visit.view, publisher.id, visit.before, PAGE + 1), path)
    feeds = [_public(feed) for feed in reading.feeds_of(visit.view, publisher.id)]
    return SourcePage(
        frame=Frame(
            title=publisher.name,
            description=publisher.description
            or visit.t("The newest articles by {name}, each with a link to the original.", name=publisher.name),
            path=path,
            kind="source",
            live=f"source/{publisher.id}" if visit.before is None else "",
            since=visit.since,
            feed=path,
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
            index=visit.before is None,
            data=(
                {"@context": "https://schema.org"} | publisher_description(visit.here, publisher),
                *described_list(visit, publisher.name, path, cards),
            ),
        ),
        publisher=publisher,
        policy=str(visit.known.display.of(publisher.id, fictional=publisher.fictional)),
        feeds=feeds,
        per_day=sum(feed.poll.entries_per_day for feed in feeds),
        cards=cards,
        older=older,
        ledger=[
            (one.at, entry_name(visit, one.kind), one.note)
            for one in ledger.of(visit.view, publisher.id, _LEDGER, public=True)
        ],
    )


def _public(feed: Feed) -> Feed:
    """Leave out the words of a feed's last error: they are for those who run the instance."""
    return replace(feed, poll=replace(feed.poll, last_error=""))
