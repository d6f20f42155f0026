"""Tables: story_digests: what a story's articles say, read closely, as compressed JSON."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

import zstandard
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select

from octavo.domain.digest import FORM, Digest
from octavo.domain.ids import StoryId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, upsert
from octavo.store.tables import story_digests

_LARGEST = 8_000_000
"""Bytes of JSON a digest may have: far more than any."""


def save(tx: Transaction, story_id: StoryId, digest: Digest, now: datetime) -> None:
    """Keep a story's digest in place of the one before."""
    packed = zstandard.ZstdCompressor(level=6).compress(_json().dump_json(digest, exclude_defaults=True))
    row = {"story_id": story_id, "made_at": now, "form": FORM, "digest": packed}
    tx.execute(upsert(story_digests, ["made_at", "form", "digest"]), row)


def forget(tx: Transaction, ids: Iterable[StoryId]) -> None:
    """Forget the digests of stories that hold other articles now: they are made anew when somebody looks."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(delete(story_digests).where(story_digests.c.story_id.in_(some)))


def get(read: Read, story_id: StoryId) -> Digest | None:
    """Give a story's digest; None where there is none, or one of another form."""
    return get_many(read, [story_id]).get(story_id)


def get_many(read: Read, ids: Iterable[StoryId]) -> dict[StoryId, Digest]:
    """Give the digests of those of these stories that have one of the present form."""
    found: dict[StoryId, Digest] = {}
    for some in chunks(dict.fromkeys(ids)):
        query = select(story_digests).where(story_digests.c.story_id.in_(some), story_digests.c.form == FORM)
        for row in read.execute(query):
            digest = _unpacked(bytes(row.digest))
            if digest is not None:
                found[StoryId(row.story_id)] = digest
    return found


def _unpacked(packed: bytes) -> Digest | None:
    """Read a digest back; one that the nouns of today do not fit is as good as none: it is made again."""
    try:
        return _json().validate_json(zstandard.ZstdDecompressor().decompress(packed, max_output_size=_LARGEST))
    except ValidationError:
        return None


@cache
def _json() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)
