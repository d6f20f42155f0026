"""Add, pause, remove a feed; import OPML; take up an edition's starter feeds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from octavo.collect import discover, opml, parse, request
from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.web import Response
from octavo.errors import FetchError, NotAFeed, NotFound, UnreadableFeed, UnusableUrl
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import publishers as publisher_store
from octavo.store import starter
from octavo.text.urls import canonical_url, host_of, is_of_host, publisher_host

PATIENCE = timedelta(seconds=20)
"""How long a site's addresses are tried, one after the other, for a feed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a feed found: how many entries, or the sentence that says what is wrong."""

    feed: Feed
    entries: int
    problem: str


def add_address(tools: Tools, address: str) -> list[Feed]:
    """Add the feed at `address`, or the best feed of the site it leads to; gives what is now followed.

    Raises what `discover_feed` raises.
    """
    return add_subscriptions(tools, [discover_feed(tools, address)])


def discover_feed(tools: Tools, address: str, within: timedelta = PATIENCE) -> opml.Subscription:
    """Find the feed at `address`, or the best feed of the site it leads to; keeps nothing.

    Begins no request once `within` is over: each takes as long as `fetch.timeout_s` at most. Raises UnusableUrl,
    FetchError when it cannot be reached, NotAFeed when it is neither a feed nor leads to one, or not soon enough.
    """
    url, until = _address(address), tools.now() + within
    response = tools.fetcher.fetch(request.for_address(url, tools.settings.fetch.max_feed_bytes))
    found = _feed_in(response, url)
    if found:
        return replace(found, named=_is_named(tools, found, url))
    offers = discover.offered_feeds(response.body, response.url)
    candidates = [offer.url for offer in offers] or discover.likely_feeds(response.url)
    for candidate in candidates:
        if tools.now() > until:
            raise NotAFeed(f"{url} answers too slowly to look for its feed: give the feed's own address")
        found = _try(tools, candidate)
        if found:
            return replace(found, named=is_of_host(host_of(found.site_url), host_of(response.url)))
    raise NotAFeed(f"{url} is not a feed, and no feed was found on it: give the feed's own address if you know it")


def _address(typed: str) -> str:
    return canonical_url(typed if "://" in typed else f"https://{typed}")


def _try(tools: Tools, url: str) -> opml.Subscription | None:
    try:
        response = tools.fetcher.fetch(request.for_address(url, tools.settings.fetch.max_feed_bytes))
    except FetchError:
        return None
    return _feed_in(response, url)


def _is_named(tools: Tools, found: opml.Subscription, url: str) -> bool:
    """Ask the site a feed says it is of, where that is another one, whether the feed is its own."""
    if not found.site_url or is_of_host(host_of(found.site_url), host_of(url)):
        return False
    try:
        page = tools.fetcher.fetch(request.for_address(found.site_url, tools.settings.fetch.max_feed_bytes))
    except FetchError:
        return False
    offers = {offer.url for offer in discover.offered_feeds(page.body, page.url)}
    return not offers.isdisjoint({url, found.url}) and is_of_host(host_of(page.url), host_of(found.site_url))


def _feed_in(response: Response, asked: str) -> opml.Subscription | None:
    kind = response.headers.get("content-type", "")
    try:
        update, _ = parse.parse_feed(response.body, url=response.url, content_type=kind)
    except UnreadableFeed:
        return None
    return opml.Subscription(response.permanent_url or asked, update.title, update.site_url)


def add_subscriptions(tools: Tools, subscriptions: Sequence[opml.Subscription]) -> list[Feed]:
    """Follow these feeds; those already followed stay as they are. Addresses that cannot be used are left out."""
    wanted = describe(tools, subscriptions)
    with tools.database.transaction() as tx:
        return keep(tx, wanted)


def describe(tools: Tools, subscriptions: Sequence[opml.Subscription]) -> list[tuple[Publisher, Feed]]:
    """Describe feeds that may be followed, each with its publisher; keeps nothing."""
    found = []
    for subscription in subscriptions:
        try:
            url = canonical_url(subscription.url)
        except UnusableUrl:
            continue
        publisher = _publisher(tools, subscription, url)
        feed = Feed(
            id=FeedId(0),
            url=url,
            publisher_id=publisher.id,
            title=subscription.title,
            site_url=subscription.site_url,
            added_at=tools.now(),
        )
        found.append((publisher, feed))
    return found


def keep(tx: Transaction, wanted: Sequence[tuple[Publisher, Feed]]) -> list[Feed]:
    """Follow described feeds, but those of publishers that asked not to be read here."""
    publisher_store.save(tx, [publisher for publisher, _ in wanted])
    known = publisher_store.get_many(tx, {feed.publisher_id for _, feed in wanted})
    return [feed_store.add(tx, feed) for _, feed in wanted if known[feed.publisher_id].withdrawn_at is None]


def import_opml(tools: Tools, data: bytes) -> list[Feed]:
    """Follow every feed of a subscription list. Raises UnreadableFile."""
    return add_subscriptions(tools, opml.read_opml(data))


def export_opml(tools: Tools) -> bytes:
    """Write every followed feed but newsletters as a subscription list, a folder for each publisher's country."""
    with tools.database.read() as view:
        feeds = [feed for feed in feed_store.all(view) if not feed.by_mail]
        publishers = publisher_store.get_many(view, {feed.publisher_id for feed in feeds})
    rows = []
    for feed in feeds:
        publisher = publishers.get(feed.publisher_id)
        folder = publisher.country.upper() if publisher else ""
        rows.append(opml.Subscription(feed.url, feed.title, feed.site_url, folder))
    return opml.write_opml("Octavo", rows)


def add_edition(tools: Tools, plan: EditionPlan) -> list[Feed]:
    """Follow the starter feeds of an edition."""
    chosen = starter.read(tools.settings.data_dir).feeds_of(plan)
    return add_publishers(tools, [(one.publisher, one.feeds) for one in chosen])


def add_publishers(tools: Tools, chosen: Iterable[tuple[Publisher, Sequence[Feed]]]) -> list[Feed]:
    """Save publishers as they are described and follow their feeds."""
    now = tools.now()
    wanted = [(publisher, replace(feed, added_at=now)) for publisher, feeds in chosen for feed in feeds]
    with tools.database.transaction() as tx:
        return keep(tx, wanted)


def remove(tools: Tools, address: str) -> Feed:
    """Stop following a feed, named by its address or number; its articles stay. Raises NotFound."""
    feed = find(tools, address)
    with tools.database.transaction() as tx:
        feed_store.remove(tx, feed.id)
    return feed


def find(tools: Tools, address: str) -> Feed:
    """Find a followed feed by its address or number. Raises NotFound."""
    with tools.database.read() as view:
        number = FeedId(int(address)) if address.isdecimal() and len(address) < 19 else None
        feed = feed_store.get(view, number) if number is not None else _by_url(tools, address)
    if feed is None:
        raise NotFound(f"no feed {address} is followed: `octavo feeds list` shows those that are")
    return feed


def _by_url(tools: Tools, address: str) -> Feed | None:
    with tools.database.read() as view:
        found = feed_store.by_url(view, address)
        if found:
            return found
        try:
            return feed_store.by_url(view, _address(address))
        except UnusableUrl:
            return None


def set_state(tools: Tools, feeds: Sequence[Feed], state: FeedState) -> None:
    """Pause, resume or retire feeds."""
    with tools.database.transaction() as tx:
        for feed in feeds:
            feed_store.set_state(tx, feed.id, feed.alive if state is FeedState.ACTIVE else state)


def check(tools: Tools, feeds: Sequence[Feed]) -> Iterable[Checked]:
    """Look at feeds without keeping anything; yields each as it answers."""
    by_url = {feed.url: feed for feed in feeds if not feed.by_mail}
    asked = [request.for_address(url, tools.settings.fetch.max_feed_bytes) for url in by_url]
    for one, answer in tools.fetcher.fetch_all(asked):
        feed = by_url[one.url]
        if isinstance(answer, FetchError):
            yield Checked(feed, 0, str(answer))
            continue
        try:
            kind = answer.headers.get("content-type", "")
            _, entries = parse.parse_feed(answer.body, url=answer.url, content_type=kind)
            yield Checked(feed, len(entries), "" if entries else "it is a feed, but an empty one")
        except UnreadableFeed as error:
            yield Checked(feed, 0, str(error))


def _publisher(tools: Tools, subscription: opml.Subscription, url: str) -> Publisher:
    """Know the publisher by its host, from the store or the starter data; else describe a new one.

    A feed may say that it is of anybody's site. It is where it lies there, where the site names it, or where the site's
    publisher has its host too; else it is a publisher of its own, which has no host, so that it speaks for no page of
    that site.
    """
    site, own = host_of(subscription.site_url), host_of(url)
    host = site or own
    if host != own and not subscription.named and not is_of_host(host, own):
        known = _known(tools, own, url)
        if known:
            return known
        key = PublisherId(f"{publisher_host(host)}--{publisher_host(own)}")
        return _described(subscription, key, ())
    return _known(tools, host, url) or _described(subscription, PublisherId(publisher_host(host)), (host,))


def _known(tools: Tools, host: str, url: str) -> Publisher | None:
    """The publisher that has a host, or whose feed lies at an address."""
    with tools.database.read() as view:
        followed = feed_store.by_url(view, url)
        if followed:
            return publisher_store.get(view, followed.publisher_id)
        known = publisher_store.by_host(view, [host, publisher_host(host), f"www.{publisher_host(host)}"])
    if known:
        return next(iter(known.values()))
    for one in starter.read(tools.settings.data_dir).publishers.values():
        if {publisher_host(name) for name in one.publisher.hosts} & {publisher_host(host)}:
            return one.publisher
        if any(feed.url == url for feed in one.feeds):
            return one.publisher
    return None


def _described(subscription: opml.Subscription, key: PublisherId, hosts: tuple[str, ...]) -> Publisher:
    return Publisher(
        id=key,
        name=subscription.title or key,
        hosts=hosts,
        homepage=subscription.site_url,
        country=subscription.folder.lower() if len(subscription.folder) == 2 else "",
    )
