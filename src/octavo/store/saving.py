"""Tables: articles, article_bodies, revisions: adding articles, and taking over what their publishers changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from octavo.domain.article import Article
from octavo.domain.ids import TIE_BITS, ArticleId, first_article_id
from octavo.ports.database import Transaction
from octavo.store.changes import ChangeKind, record
from octavo.store.columns import clean
from octavo.store.dialect import chunks, one_at_a_time, put, upsert
from octavo.store.keys import clip, key_of
from octavo.store.rows import article_row, blocks_json, json_blocks
from octavo.store.tables import article_bodies, articles, revisions
from octavo.text.hashes import small_hash

_LAST_SECOND = (1 << 53 - TIE_BITS) - 1
_REPLACED = [column.name for column in articles.columns if column.name not in ("id", "url_key", "first_seen_at")]
_KEYS = ("url_key", "external_key", "wording_key", "body_key", "wording_at")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article about to be saved, with what tells whether it is news: its wording's and its body's key."""

    article: Article
    blocks: list[Any]
    wording_key: bytes
    body_key: bytes
    seen_at: datetime

    def row(self, wording_at: datetime) -> dict[str, Any]:
        """Everything the table holds."""
        keys = {"wording_key": self.wording_key, "body_key": self.body_key, "wording_at": wording_at}
        return article_row(self.article) | keys


def save(
    tx: Transaction, chosen: Sequence[Article], *, now: datetime | None = None, revise: bool = True
) -> list[Article]:
    """Add articles, or update those whose url is kept already; gives them back, in order, with their ids.

    A new article's id is made from the time it was published (else first seen). Where headline or text changed, the
    earlier wording becomes a revision (not when `revise` is off: re-extracting old pages is no edit) and a change is
    recorded; what stays word for word the same records none. `now` is when the new wording was seen; without it,
    the article's own `first_seen_at` says so.
    """
    one_at_a_time(tx)
    last = {key_of(article.url): article for article in chosen}
    saved: dict[bytes, Article] = {}
    for keys in chunks(last):
        drafts = {key: _draft(last[key], now) for key in keys}
        known = {
            bytes(row.url_key): row for row in tx.execute(select(articles).where(articles.c.url_key.in_(list(drafts))))
        }
        saved |= _add(tx, {key: draft for key, draft in drafts.items() if key not in known})
        pairs = [(drafts[key], row) for key, row in known.items()]
        saved |= _take_over(tx, pairs, revise=revise)
    return [saved[key_of(article.url)] for article in chosen]


def forget(tx: Transaction, ids: Iterable[ArticleId]) -> None:
    """Forget articles with all that is kept of them. What readers hold on to is the caller's to ask (retention)."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(delete(articles).where(articles.c.id.in_(some)))


def forget_texts(tx: Transaction, chosen: Sequence[Article]) -> None:
    """Forget what articles say, now and earlier; their headlines stay, and lead to their publisher."""
    nothing = {"blocks": (), "standfirst": "", "excerpt": "", "correction": "", "keywords": (), "image": None}
    save(tx, [replace(one, word_count=0, **nothing) for one in chosen], revise=False)  # type: ignore[arg-type]
    for some in chunks([one.id for one in chosen]):
        tx.execute(delete(revisions).where(revisions.c.article_id.in_(some)))


def set_languages(tx: Transaction, found: Mapping[ArticleId, str]) -> None:
    """Take over the languages articles turned out to be written in. Records no change: no word of theirs did."""
    of_language: dict[str, list[ArticleId]] = {}
    for article_id, language in found.items():
        of_language.setdefault(language, []).append(article_id)
    for language, ids in of_language.items():
        for some in chunks(ids):
            differs = articles.c.language != language
            tx.execute(update(articles).where(articles.c.id.in_(some), differs).values(language=language))


def _draft(article: Article, now: datetime | None) -> _Draft:
    blocks = blocks_json(article.blocks)
    wording = key_of(f"{clean(article.headline)}\n{clean(article.text)}")
    body = key_of(json.dumps(blocks))
    tidy = replace(article, section=clip(article.section))
    return _Draft(tidy, blocks, wording, body, now or article.first_seen_at)


def _add(tx: Transaction, drafts: dict[bytes, _Draft]) -> dict[bytes, Article]:
    ids = _free_ids(tx, [draft.article for draft in drafts.values()])
    added = {
        key: replace(draft, article=replace(draft.article, id=article_id))
        for (key, draft), article_id in zip(drafts.items(), ids, strict=True)
    }
    if added:
        tx.execute(insert(articles), [draft.row(draft.article.first_seen_at) for draft in added.values()])
        bodies = [{"article_id": draft.article.id, "blocks": draft.blocks} for draft in added.values()]
        tx.execute(insert(article_bodies), bodies)
        record(tx, [(draft.article.id, ChangeKind.NEW) for draft in added.values()])
    return {key: draft.article for key, draft in added.items()}


def _free_ids(tx: Transaction, chosen: Sequence[Article]) -> list[ArticleId]:
    """Make ids from time and address, moving on from those that are taken."""
    ids: list[ArticleId] = []
    mine: set[int] = set()
    taken = _taken(tx, [_wanted(article) for article in chosen])
    for article in chosen:
        wanted = _wanted(article)
        while wanted in mine or wanted in taken:
            wanted += 1
            taken |= _taken(tx, [wanted])
        mine.add(wanted)
        ids.append(ArticleId(wanted))
    return ids


def _wanted(article: Article) -> int:
    second = min(int(article.time.timestamp()), _LAST_SECOND)
    return first_article_id(second) + small_hash(article.url, TIE_BITS)


def _taken(tx: Transaction, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(ids):
        found |= {row.id for row in tx.execute(select(articles.c.id).where(articles.c.id.in_(some)))}
    return found


def _take_over(tx: Transaction, pairs: Sequence[tuple[_Draft, Any]], *, revise: bool) -> dict[bytes, Article]:
    """Update kept articles: where the wording, the blocks or any other fact differs from what is kept."""
    merged = [(_merge(draft, row), row) for draft, row in pairs]
    reworded = [(draft, row) for draft, row in merged if draft.wording_key != bytes(row.wording_key)]
    if revise and reworded:
        _keep_wording(tx, [row for _, row in reworded])
    rows = [
        draft.row(draft.seen_at if draft.wording_key != bytes(row.wording_key) else row.wording_at)
        for draft, row in merged
        if _differs(draft, row)
    ]
    put(tx, upsert(articles, _REPLACED), rows)
    bodies = [
        {"article_id": draft.article.id, "blocks": draft.blocks}
        for draft, row in merged
        if draft.body_key != bytes(row.body_key)
    ]
    put(tx, upsert(article_bodies, ["blocks"]), bodies)
    record(tx, [(draft.article.id, ChangeKind.EDITED) for draft, _ in reworded])
    return {bytes(row.url_key): draft.article for draft, row in merged}


def _merge(draft: _Draft, row: Any) -> _Draft:
    """Keep what a later look cannot know better: when we saw it first, where it came from, when it was published."""
    article = draft.article
    merged = replace(
        article,
        id=ArticleId(row.id),
        first_seen_at=row.first_seen_at,
        published_at=article.published_at or row.published_at,
        external_id=row.external_id or article.external_id,
        feed_id=article.feed_id if row.feed_id is None else row.feed_id,
        page_key=article.page_key or row.page_key,
        language=article.language or row.language,
    )
    return replace(draft, article=merged)


def _differs(draft: _Draft, row: Any) -> bool:
    if draft.wording_key != bytes(row.wording_key) or draft.body_key != bytes(row.body_key):
        return True
    mine = article_row(draft.article)
    return any(mine[name] != getattr(row, name) for name in mine if name not in _KEYS)


def _keep_wording(tx: Transaction, rows: Sequence[Any]) -> None:
    ids = [row.id for row in rows]
    bodies: dict[int, list[Any]] = {}
    numbers: dict[int, int] = {}
    for some in chunks(ids):
        found = tx.execute(select(article_bodies).where(article_bodies.c.article_id.in_(some)))
        bodies |= {row.article_id: row.blocks for row in found}
        counted = select(revisions.c.article_id, func.max(revisions.c.number).label("n"))
        of_these = counted.where(revisions.c.article_id.in_(some)).group_by(revisions.c.article_id)
        numbers |= {row.article_id: row.n for row in tx.execute(of_these)}
    kept = [
        {
            "article_id": row.id,
            "number": numbers.get(row.id, 0) + 1,
            "headline": row.headline,
            "text": _text(row, bodies.get(row.id, [])),
            "seen_at": row.wording_at,
        }
        for row in rows
    ]
    tx.execute(insert(revisions), kept)


def _text(row: Any, blocks: list[Any]) -> str:
    return Article(row.id, row.url, row.publisher_id, "", "", row.first_seen_at, json_blocks(blocks)).text
