"""Tables: episodes: the podcasts of editions, one episode a day."""

from datetime import date
from typing import Any

from sqlalchemy import delete, select

from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.speech import Episode, Script, Spoken
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import episodes

_KEY = ("edition", "day")


def save(tx: Transaction, one: Episode) -> None:
    """Keep an episode; one of the same edition and day is replaced."""
    row = {
        "edition": one.edition,
        "day": one.day.isoformat(),
        "made_at": one.made_at,
        "title": one.script.title,
        "language": one.script.language,
        "lines": [_line_row(line) for line in one.script.lines],
        "starts": list(one.starts),
        "seconds": one.seconds,
        "media_type": one.media_type,
        "blob": one.blob,
        "size": one.size,
        "voice": one.voice,
    }
    tx.execute(upsert(episodes, [name for name in row if name not in _KEY]), row)


def get(read: Read, edition: EditionKey, day: date) -> Episode | None:
    """Give the episode of a day."""
    query = select(episodes).where(episodes.c.edition == edition, episodes.c.day == day.isoformat())
    row = read.execute(query).first()
    return None if row is None else _episode(row)


def latest(read: Read, edition: EditionKey, limit: int) -> list[Episode]:
    """List an edition's episodes, the newest first."""
    query = select(episodes).where(episodes.c.edition == edition).order_by(episodes.c.day.desc()).limit(limit)
    return [_episode(row) for row in read.execute(query)]


def kept(read: Read) -> list[Episode]:
    """List every episode that is kept, by edition and day."""
    return [_episode(row) for row in read.execute(select(episodes).order_by(episodes.c.edition, episodes.c.day))]


def forget(tx: Transaction, one: Episode) -> None:
    """Forget an episode; its audio is deleted by who asks."""
    tx.execute(delete(episodes).where(episodes.c.edition == one.edition, episodes.c.day == one.day.isoformat()))


def _line_row(line: Spoken) -> dict[str, Any]:
    return {
        "text": line.text,
        "language": line.language,
        "article": line.article_id,
        "quoted": line.quoted,
        "chapter": line.chapter,
        "pause": line.pause_s,
    }


def _line(row: dict[str, Any]) -> Spoken:
    own = ArticleId(row["article"])
    return Spoken(row["text"], row["language"], own, row["quoted"], row["chapter"], row["pause"])


def _episode(row: Any) -> Episode:
    return Episode(
        EditionKey(row.edition),
        date.fromisoformat(row.day),
        row.made_at,
        Script(row.title, row.language, tuple(map(_line, row.lines))),
        tuple(row.starts),
        row.seconds,
        row.media_type,
        row.blob,
        row.size,
        row.voice,
    )
