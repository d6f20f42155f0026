"""The newswire's publishers and feeds as the nouns the rest of Octavo knows."""

from octavo.adapters.newswire.server import RunningNewswire
from octavo.domain.feed import Feed
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.publisher import DisplayPolicy, Publisher


def publishers_with_feeds(running: RunningNewswire) -> list[tuple[Publisher, list[Feed]]]:
    """Give every fictional publisher, marked as such and shown in full, with the feeds it offers."""
    feeds = running.feeds()
    found = []
    for sample in running.publishers:
        host = f"{sample.key}.localhost"
        homepage = f"http://{host}:{running.port}/"
        publisher = Publisher(
            id=PublisherId(sample.key),
            name=sample.name,
            country=sample.country.lower(),
            languages=(sample.language,),
            owner=sample.owner,
            kind=sample.kind,
            hosts=(host,),
            homepage=homepage,
            description=sample.description,
            policy=DisplayPolicy.FULL,
            fictional=True,
        )
        own = [
            Feed(FeedId(0), url, publisher.id, title=name, site_url=homepage, language=sample.language)
            for key, name, url in feeds
            if key == sample.key
        ]
        found.append((publisher, own))
    return found
