"""Which parsed entries are new or changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from octavo.domain.entry import Entry
from octavo.domain.feed import Feed
from octavo.text.hashes import content_hash

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SKEW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Decided:
    """What to save: entries never seen, newest first where all are dated, and entries whose wording changed."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    known: int


def decide(feed: Feed, parsed: Sequence[Entry], known: Mapping[str, str], now: datetime) -> Decided:
    """Tell new and changed entries from known ones.

    `known` maps the guid of each stored entry of this feed to its content hash. Two entries of one document with the
    same guid are one: the first stands. A feed can only speak about its own entries, because guids are compared
    within it.
    """
    new: list[Entry] = []
    changed: list[Entry] = []
    seen: set[str] = set()
    for entry in parsed:
        if entry.guid in seen:
            continue
        seen.add(entry.guid)
        dated = replace(
            entry,
            feed_id=feed.id,
            published_at=believable(entry.published_at, now),
            updated_at=believable(entry.updated_at, now),
            first_seen_at=now,
            content_hash=fingerprint(entry),
        )
        if entry.guid not in known:
            new.append(dated)
        elif known[entry.guid] != dated.content_hash:
            changed.append(dated)
    if all(entry.published_at or entry.updated_at for entry in new):
        new.sort(key=lambda entry: entry.published_at or entry.updated_at or EPOCH, reverse=True)
    return Decided(tuple(new), tuple(changed), len(seen) - len(new) - len(changed))


def cleaned(parsed: Sequence[Entry], decided: Decided, now: datetime) -> str:
    """Say what of a document was not believed, or left out, for its feed's record; "" where all of it was taken."""
    moments = [moment for entry in parsed for moment in (entry.published_at, entry.updated_at) if moment]
    doubted = [moment for moment in moments if believable(moment, now) is None]
    repeated = len(parsed) - len(decided.new) - len(decided.changed) - decided.known
    nowhere = sum(not entry.url for entry in parsed)
    told = [
        f"{len(doubted)} dates not believed, such as {doubted[0]:%Y-%m-%d}" if doubted else "",
        f"{repeated} identifiers given twice, of which the first counts" if repeated else "",
        f"{nowhere} without an address on the web" if nowhere else "",
    ]
    return "".join(f"; {one}" for one in told if one)


def fingerprint(entry: Entry) -> str:
    """Name an entry's wording; dates and pictures are left out, because feeds touch those without editing."""
    return content_hash(entry.url, entry.title, entry.summary, entry.content)


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """Drop a date no article can have: before 1970, or more than an hour ahead (security.md: clamp, never trust)."""
    if moment is None or not EPOCH <= moment <= now + SKEW:
        return None
    return moment
