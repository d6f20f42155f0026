"""Tables: pages (bytes live in Blobs), robots, hosts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select, update

from octavo.domain.ids import FeedId, PageKey, PublisherId
from octavo.domain.page import Page, PageState
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import ALL, chunks, in_parts, insert_new, put, upsert
from octavo.store.keys import clip
from octavo.store.tables import hosts, pages, robots
from octavo.text.hashes import small_hash

SLOT_BITS = 10
"""Hosts are spread over 2**SLOT_BITS slots, so that workers can share them out."""

_REPLACED = [column.name for column in pages.columns if column.name not in ("key", "first_seen_at", "read_at")]


def add(tx: Transaction, chosen: Sequence[Page]) -> None:
    """Add pages to be fetched; those known stay as they are."""
    put(tx, insert_new(pages), [_row(page) for page in chosen])


def save(tx: Transaction, chosen: Sequence[Page]) -> None:
    """Keep what became of pages."""
    last = {page.key: page for page in chosen}
    put(tx, upsert(pages, _REPLACED), [_row(page) for page in last.values()])


def refresh(tx: Transaction, keys: Iterable[PageKey]) -> None:
    """Have pages fetched again, because their publisher changed them; those still waiting go on waiting."""
    values = {"state": str(PageState.PENDING), "attempts": 0, "next_attempt_at": None, "reason": ""}
    settled = pages.c.state.in_([str(PageState.DONE), str(PageState.REFUSED)])
    for some in chunks(dict.fromkeys(keys)):
        tx.execute(update(pages).where(pages.c.key.in_(some), settled).values(**values))


def refuse_pending(tx: Transaction, publisher: PublisherId, reason: str) -> None:
    """Have a publisher's pages that wait to be fetched never asked for."""
    waiting = (pages.c.publisher_id == publisher) & (pages.c.state == str(PageState.PENDING))
    tx.execute(update(pages).where(waiting).values(state=str(PageState.REFUSED), reason=reason))


def get(read: Read, key: PageKey) -> Page | None:
    """Give one page."""
    row = read.execute(select(pages).where(pages.c.key == key)).first()
    return _noun(row) if row else None


def get_many(read: Read, keys: Sequence[PageKey]) -> list[Page]:
    """Give these pages, in this order. Raises KeyError for one that is unknown."""
    return _in_order(read, keys)


def pending(read: Read, now: datetime, limit: int, parts: Collection[int] = ALL) -> list[Page]:
    """Give pages to fetch now, of the hosts in these parts: hosts take turns, each with its newest first.

    Hosts that asked for rest are left out.
    """
    state = pages.c.state == str(PageState.PENDING)
    ready = or_(pages.c.next_attempt_at.is_(None), pages.c.next_attempt_at <= now)
    resting = exists().where(hosts.c.host == pages.c.host, hosts.c.busy_until > now)
    only = [state, ready, ~resting, *in_parts(pages.c.host_slot, parts)]
    newest = pages.c.first_seen_at.desc()
    turn = func.row_number().over(partition_by=pages.c.host, order_by=(newest, pages.c.key)).label("turn")
    queue = select(pages.c.key, turn).where(*only).subquery()
    keys = select(queue.c.key).order_by(queue.c.turn, queue.c.key).limit(limit)
    return _in_order(read, [PageKey(row.key) for row in read.execute(keys)])


def fetched(read: Read, limit: int, parts: Collection[int] = ALL) -> list[Page]:
    """Give pages to extract, of the hosts in these parts, longest waiting first."""
    state = pages.c.state == str(PageState.FETCHED)
    wanted = select(pages).where(state, *in_parts(pages.c.host_slot, parts))
    query = wanted.order_by(pages.c.fetched_at, pages.c.key).limit(limit)
    return [_noun(row) for row in read.execute(query)]


def counts(read: Read) -> dict[PageState, int]:
    """Count pages by state."""
    query = select(pages.c.state, func.count().label("n")).group_by(pages.c.state).order_by(pages.c.state)
    return {PageState(row.state): row.n for row in read.execute(query)}


def let_go(tx: Transaction, keys: Iterable[PageKey]) -> list[str]:
    """Let go of the bytes of pages that are done with; that they were read stays known. Gives the blobs' keys."""
    gone: list[str] = []
    for some in chunks(dict.fromkeys(keys)):
        done = pages.c.key.in_(some) & (pages.c.blob != "") & (pages.c.state != str(PageState.FETCHED))
        gone += tx.execute(select(pages.c.blob).where(done)).scalars()
        tx.execute(update(pages).where(done).values(blob=""))
    return gone


def last_read(read: Read) -> datetime | None:
    """Tell when the newest page that gave an article was fetched."""
    query = select(func.max(pages.c.fetched_at)).where(pages.c.state == str(PageState.DONE))
    found: datetime | None = read.execute(query).scalar()
    return found


def refused_reasons(read: Read) -> list[tuple[str, int]]:
    """Count refused pages by reason, most frequent first."""
    state = pages.c.state == str(PageState.REFUSED)
    number = func.count().label("n")
    query = select(pages.c.reason, number).where(state).group_by(pages.c.reason).order_by(number.desc())
    return sorted(((row.reason, row.n) for row in read.execute(query)), key=lambda pair: (-pair[1], pair[0]))


def reset_for_reprocess(tx: Transaction) -> int:
    """Have every page whose bytes are kept extracted again; gives how many."""
    kept = pages.c.blob != ""
    settled = pages.c.state.in_([str(PageState.DONE), str(PageState.REFUSED)])
    done = tx.execute(update(pages).where(settled, kept).values(state=str(PageState.FETCHED), reason=""))
    return int(done.rowcount)


def readable(read: Read, publisher: PublisherId, since: datetime | None) -> list[PageKey]:
    """List a publisher's settled pages whose bytes are kept, first seen since then (ever), newest first."""
    settled = pages.c.state.in_([str(PageState.DONE), str(PageState.REFUSED)])
    query = select(pages.c.key).where(pages.c.publisher_id == publisher, settled, pages.c.blob != "")
    if since is not None:
        query = query.where(pages.c.first_seen_at >= since)
    return [PageKey(row.key) for row in read.execute(query.order_by(pages.c.first_seen_at.desc(), pages.c.key))]


def read_again(tx: Transaction, keys: Iterable[PageKey]) -> int:
    """Have these pages extracted again, where an article stands and their bytes are kept; gives how many."""
    settled = (pages.c.state == str(PageState.DONE)) & (pages.c.blob != "")
    again = 0
    for some in chunks(dict.fromkeys(keys)):
        done = tx.execute(update(pages).where(pages.c.key.in_(some), settled).values(state=str(PageState.FETCHED)))
        again += int(done.rowcount)
    return again


def read_times(read: Read, keys: Iterable[PageKey]) -> dict[PageKey, datetime]:
    """Tell when an article was last read out of these pages; those of which none was are left out."""
    found: dict[PageKey, datetime] = {}
    for some in chunks(dict.fromkeys(keys)):
        query = select(pages.c.key, pages.c.read_at).where(pages.c.key.in_(some), pages.c.read_at.is_not(None))
        found |= {PageKey(row.key): row.read_at for row in read.execute(query)}
    return found


def mark_read(tx: Transaction, keys: Iterable[PageKey], now: datetime) -> None:
    """Note that articles were read out of these pages."""
    for some in chunks(dict.fromkeys(keys)):
        tx.execute(update(pages).where(pages.c.key.in_(some)).values(read_at=now))


def robots_of(read: Read, origins: Iterable[str], since: datetime) -> dict[str, str]:
    """Give the robots.txt of these origins ("https://example.org"), where it was fetched since then."""
    found: dict[str, str] = {}
    for some in chunks(dict.fromkeys(origins)):
        query = select(robots).where(robots.c.origin.in_(some), robots.c.fetched_at >= since)
        found |= {row.origin: row.body for row in read.execute(query)}
    return found


def save_robots(tx: Transaction, bodies: Mapping[str, str], now: datetime) -> None:
    """Keep the robots.txt of origins; "" when there is none."""
    rows = [{"origin": origin, "body": body, "fetched_at": now} for origin, body in bodies.items()]
    put(tx, upsert(robots, ["body", "fetched_at"]), rows)


def rest(tx: Transaction, until: Mapping[str, datetime]) -> None:
    """Leave hosts alone until they said (Retry-After)."""
    put(tx, upsert(hosts, ["busy_until"]), [{"host": host, "busy_until": moment} for host, moment in until.items()])


def _in_order(read: Read, keys: Sequence[PageKey]) -> list[Page]:
    found: dict[PageKey, Page] = {}
    for some in chunks(keys):
        found |= {PageKey(row.key): _noun(row) for row in read.execute(select(pages).where(pages.c.key.in_(some)))}
    return [found[key] for key in keys]


def _row(page: Page) -> dict[str, Any]:
    return {
        "key": page.key,
        "url": page.url,
        "host": page.host,
        "host_slot": small_hash(page.host, SLOT_BITS),
        "publisher_id": page.publisher_id,
        "feed_id": page.feed_id,
        "state": str(page.state),
        "final_url": page.final_url,
        "status": page.status,
        "content_type": page.content_type,
        "rights_said": page.rights_said or None,
        "blob": page.blob,
        "size": page.size,
        "attempts": page.attempts,
        "next_attempt_at": page.next_attempt_at,
        "first_seen_at": page.first_seen_at,
        "fetched_at": page.fetched_at,
        "reason": clip(page.reason),
    }


def _noun(row: Any) -> Page:
    return Page(
        key=PageKey(row.key),
        url=row.url,
        host=row.host,
        publisher_id=PublisherId(row.publisher_id),
        feed_id=FeedId(row.feed_id) if row.feed_id is not None else None,
        state=PageState(row.state),
        final_url=row.final_url,
        status=row.status,
        content_type=row.content_type,
        rights_said=row.rights_said or "",
        blob=row.blob,
        size=row.size,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        first_seen_at=row.first_seen_at,
        fetched_at=row.fetched_at,
        reason=row.reason,
    )
