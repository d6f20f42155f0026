"""Tables: entries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import or_, select

from octavo.domain.entry import Enclosure, Entry
from octavo.domain.ids import ArticleId, EntryId, FeedId, PageKey
from octavo.errors import UnusableUrl
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, put, upsert
from octavo.store.keys import key_of
from octavo.store.tables import articles, entries, feeds, pages
from octavo.text.hashes import content_hash
from octavo.text.urls import canonical_url

_REPLACED = [
    column.name for column in entries.columns if column.name not in ("id", "feed_id", "guid_key", "first_seen_at")
]

_OF_ARTICLES = (
    select(articles.c.id.label("article_id"), entries)
    .select_from(
        entries.join(articles, articles.c.page_key == entries.c.page_key).join(feeds, feeds.c.id == entries.c.feed_id)
    )
    .where(any_of(articles.c.id), feeds.c.publisher_id == articles.c.publisher_id)
    .order_by(entries.c.id)
)

_OF_PAGES = (
    select(entries)
    .select_from(
        entries.join(feeds, feeds.c.id == entries.c.feed_id).outerjoin(pages, pages.c.key == entries.c.page_key)
    )
    .where(or_(pages.c.key.is_(None), pages.c.publisher_id == feeds.c.publisher_id))
    .order_by(entries.c.id)
)


def known(read: Read, feed_id: FeedId, guids: Iterable[str]) -> dict[str, str]:
    """Give the content hash of each of these guids that this feed has had."""
    by_key = {key_of(guid): guid for guid in guids}
    found: dict[str, str] = {}
    for keys in chunks(by_key):
        query = select(entries.c.guid_key, entries.c.content_hash).where(
            entries.c.feed_id == feed_id, entries.c.guid_key.in_(keys)
        )
        found |= {by_key[bytes(row.guid_key)]: row.content_hash for row in read.execute(query)}
    return found


def named(read: Read, feed_id: FeedId, page_keys: Iterable[PageKey]) -> dict[PageKey, str]:
    """Give the identifier under which this feed named each of these pages last, where it has."""
    found: dict[PageKey, str] = {}
    for keys in chunks(dict.fromkeys(page_keys)):
        query = select(entries.c.page_key, entries.c.guid).where(
            entries.c.feed_id == feed_id, entries.c.page_key.in_(keys)
        )
        found |= {PageKey(row.page_key): row.guid for row in read.execute(query.order_by(entries.c.id))}
    return found


def save(tx: Transaction, chosen: Sequence[Entry]) -> list[Entry]:
    """Add entries, or replace their wording where feed and guid are known; gives them back with their ids.

    Each is tied to the page its address names (`page_key`), resolved as pipeline.poll_feed does it.
    """
    last = {(entry.feed_id, entry.guid): entry for entry in chosen}
    bases = _bases(tx, {entry.feed_id for entry in chosen})
    rows = [_row(entry, bases.get(entry.feed_id, "")) for entry in last.values()]
    put(tx, upsert(entries, _REPLACED, ["feed_id", "guid_key"]), rows)
    ids = _ids(tx, rows)
    return [replace(entry, id=ids[entry.feed_id, key_of(entry.guid)]) for entry in chosen]


def for_pages(read: Read, page_keys: Iterable[PageKey]) -> dict[PageKey, Entry]:
    """Give for each page the entry that says most about it: several feeds of its publisher may list one page.

    Feeds of others, who may link to a page as anybody may, do not speak for it.
    """
    found: dict[PageKey, Entry] = {}
    for keys in chunks(dict.fromkeys(page_keys)):
        for row in read.execute(_OF_PAGES.where(entries.c.page_key.in_(keys))):
            entry = _noun(row)
            known_one = found.get(PageKey(row.page_key))
            if known_one is None or _says(entry) > _says(known_one):
                found[PageKey(row.page_key)] = entry
    return found


def of_articles(read: Read, ids: Iterable[ArticleId]) -> dict[ArticleId, Entry]:
    """Give for each article its publisher's entry that says most about its page; those without one are left out."""
    found: dict[ArticleId, Entry] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(_OF_ARTICLES, {"ids": some}):
            entry = _noun(row)
            known_one = found.get(ArticleId(row.article_id))
            if known_one is None or _says(entry) > _says(known_one):
                found[ArticleId(row.article_id)] = entry
    return found


def _says(entry: Entry) -> int:
    return bool(entry.published_at) + bool(entry.authors) + bool(entry.image) + bool(entry.content) + bool(entry.title)


def _bases(tx: Transaction, feed_ids: set[FeedId]) -> dict[FeedId, str]:
    found: dict[FeedId, str] = {}
    for ids in chunks(feed_ids):
        rows = tx.execute(select(feeds.c.id, feeds.c.site_url, feeds.c.url).where(feeds.c.id.in_(ids)))
        found |= {FeedId(row.id): row.site_url or row.url for row in rows}
    return found


def _ids(tx: Transaction, rows: Sequence[dict[str, Any]]) -> dict[tuple[FeedId, bytes], EntryId]:
    of_feed: dict[FeedId, list[bytes]] = {}
    for row in rows:
        of_feed.setdefault(row["feed_id"], []).append(row["guid_key"])
    found: dict[tuple[FeedId, bytes], EntryId] = {}
    for feed_id, guid_keys in of_feed.items():
        for keys in chunks(guid_keys):
            query = select(entries.c.id, entries.c.guid_key).where(
                entries.c.feed_id == feed_id, entries.c.guid_key.in_(keys)
            )
            found |= {(feed_id, bytes(row.guid_key)): EntryId(row.id) for row in tx.execute(query)}
    return found


def _page_key(url: str, base: str) -> str:
    if not url:  # joined to the base, it would be the page of the base itself
        return ""
    try:
        return content_hash(canonical_url(url, base))
    except UnusableUrl:
        return ""


def _row(entry: Entry, base: str) -> dict[str, Any]:
    return {
        "feed_id": entry.feed_id,
        "guid_key": key_of(entry.guid),
        "guid": entry.guid,
        "url": entry.url,
        "page_key": _page_key(entry.url, base),
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
        "authors": list(entry.authors),
        "published_at": entry.published_at,
        "updated_at": entry.updated_at,
        "image": entry.image,
        "tags": list(entry.tags),
        "enclosures": [[one.url, one.kind, one.length] for one in entry.enclosures],
        "language": entry.language,
        "content_hash": entry.content_hash,
        "first_seen_at": entry.first_seen_at,
    }


def _noun(row: Any) -> Entry:
    return Entry(
        id=EntryId(row.id),
        feed_id=FeedId(row.feed_id),
        guid=row.guid,
        url=row.url,
        title=row.title,
        summary=row.summary,
        content=row.content,
        authors=tuple(row.authors),
        published_at=row.published_at,
        updated_at=row.updated_at,
        image=row.image,
        tags=tuple(row.tags),
        enclosures=tuple(Enclosure(*one) for one in row.enclosures),
        language=row.language,
        content_hash=row.content_hash,
        first_seen_at=row.first_seen_at,
    )
