"""Tables: briefs, brief_articles: what AI features said, what readers reported of it, what editors withdrew."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import zstandard
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, func, insert, or_, select, update

from octavo.domain.brief import Brief, KeptBrief
from octavo.domain.ids import PublisherId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, insert_new
from octavo.store.tables import articles, brief_articles, briefs

FORM = 1
"""Version of the JSON a brief is kept as; others are as good as none."""

REASONS = 20
"""Reasons of reports that are kept with a brief: the newest."""

_LARGEST = 2_000_000
"""Bytes of JSON a brief may have: far more than any."""


def save(tx: Transaction, kept: KeptBrief) -> None:
    """Keep a brief; one that is there under the same key stays as it is."""
    packed = zstandard.ZstdCompressor(level=6).compress(_json().dump_json(kept.brief, exclude_defaults=True))
    there = set(kept.brief.versions)
    row = {
        "key": kept.key,
        "asked": kept.asked,
        "subject": kept.subject,
        "path": kept.path,
        "made_at": kept.brief.made_at,
        "form": FORM,
        "articles": len(there),
        "brief": packed,
        "reports": kept.reports,
        "reasons": list(kept.reasons),
        "reported_at": kept.reported_at,
        "withdrawn_at": kept.withdrawn_at,
        "note": kept.note,
    }
    if tx.execute(insert_new(briefs).returning(briefs.c.key), row).first() is None:
        return
    known = tx.execute(select(articles.c.id).where(articles.c.id.in_(sorted(there)))).scalars()
    rows = [{"brief_key": kept.key, "article_id": one} for one in known]
    if rows:
        tx.execute(insert(brief_articles), rows)


def newest(read: Read, asked: bytes) -> KeptBrief | None:
    """Give what was said last to something asked; None where nothing was."""
    query = select(briefs).where(briefs.c.asked == asked, briefs.c.form == FORM)
    row = read.execute(query.order_by(briefs.c.made_at.desc(), briefs.c.key).limit(1)).first()
    return None if row is None else _kept(row)


def get(read: Read, key: bytes) -> KeptBrief | None:
    """Give a brief by its key."""
    row = read.execute(select(briefs).where(briefs.c.key == key, briefs.c.form == FORM)).first()
    return None if row is None else _kept(row)


def reported(read: Read, limit: int) -> list[KeptBrief]:
    """List what readers reported, the newest report first."""
    query = select(briefs).where(briefs.c.reported_at.is_not(None), briefs.c.form == FORM)
    rows = read.execute(query.order_by(briefs.c.reported_at.desc(), briefs.c.key).limit(limit))
    return [one for row in rows if (one := _kept(row)) is not None]


def report(tx: Transaction, kept: KeptBrief, reason: str, now: datetime) -> None:
    """Count a reader's report, with the reason given."""
    values = {
        "reports": briefs.c.reports + 1,
        "reported_at": now,
        "reasons": [*kept.reasons, reason][-REASONS:],
    }
    tx.execute(update(briefs).where(briefs.c.key == kept.key).values(values))


def withdraw(tx: Transaction, key: bytes, note: str, now: datetime) -> bool:
    """Let a brief be shown no more; False when there is none, or it was withdrawn already."""
    there = update(briefs).where(briefs.c.key == key, briefs.c.withdrawn_at.is_(None))
    return tx.execute(there.values(withdrawn_at=now, note=note)).rowcount > 0


def forget_publisher(tx: Transaction, publisher: PublisherId) -> int:
    """Forget what rests on an article of this publisher; gives how many briefs."""
    mine = (
        select(brief_articles.c.brief_key)
        .join(articles, articles.c.id == brief_articles.c.article_id)
        .where(articles.c.publisher_id == publisher)
    )
    return tx.execute(delete(briefs).where(briefs.c.key.in_(mine))).rowcount


def forget(tx: Transaction, before: datetime, judged_before: datetime) -> int:
    """Forget briefs made before a time, those reported or withdrawn before another; and all that rest on an article
    that is no longer there. Gives how many."""
    judged = or_(briefs.c.reported_at.is_not(None), briefs.c.withdrawn_at.is_not(None))
    old = select(briefs.c.key).where(or_(briefs.c.made_at < judged_before, (briefs.c.made_at < before) & ~judged))
    count = func.count(brief_articles.c.article_id)
    whole = (
        select(briefs.c.key)
        .outerjoin(brief_articles, brief_articles.c.brief_key == briefs.c.key)
        .group_by(briefs.c.key, briefs.c.articles)
        .having(count < briefs.c.articles)
    )
    gone = [row.key for query in (old, whole) for row in tx.execute(query)]
    for some in chunks(dict.fromkeys(gone)):
        tx.execute(delete(briefs).where(briefs.c.key.in_(some)))
    return len(set(gone))


def _kept(row: Any) -> KeptBrief | None:
    try:
        plain = zstandard.ZstdDecompressor().decompress(bytes(row.brief), max_output_size=_LARGEST)
        brief = _json().validate_json(plain)
    except ValidationError:
        return None
    reasons: Sequence[str] = row.reasons
    return KeptBrief(
        bytes(row.key),
        bytes(row.asked),
        row.subject,
        row.path,
        brief,
        row.reports,
        tuple(reasons),
        row.reported_at,
        row.withdrawn_at,
        row.note,
    )


@cache
def _json() -> TypeAdapter[Brief]:
    return TypeAdapter(Brief)
