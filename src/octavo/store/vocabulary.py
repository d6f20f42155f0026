"""Tables: vocabulary: what readers can be offered as they type, by how it begins and how often it is used."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, desc, func, insert, select

from octavo.domain.ids import ArticleId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, put
from octavo.store.enrichments import NAMES
from octavo.store.tables import article_hashtags, article_mentions, articles, vocabulary
from octavo.text.folding import unspaced

WORD = "word"
"""The kind of what is no name: a word of headlines."""

_HEAD = 2
_ALIKE = 400
"""Names with one beginning that are weighed against each other, the most used first."""


@dataclass(frozen=True, slots=True)
class Named:
    """A hashtag (kind "tag"), an entity (its kind) or a word, by one of its beginnings.

    `key` is the tag, the entity's key or the word, `start` its folded text from the word it is begun with, `label` how
    it is written, `uses` how many of the newest articles use it, as a power of two: what is counted changes all the
    time, what is kept need not.
    """

    kind: str
    key: str
    start: str
    label: str
    uses: int
    language: str = ""


def replace(tx: Transaction, wanted: Iterable[Named]) -> int:
    """Keep these and no others, of two with one key the first; gives how many rows were written."""
    now: dict[tuple[str, str, str, str], Named] = {}
    for one in wanted:
        now.setdefault(_key(one), one)
    held = {_key(one): one for one in _all(tx)}
    gone = [key for key, one in held.items() if now.get(key) != one]
    for kind, key, start, language in gone:
        tx.execute(
            delete(vocabulary).where(
                vocabulary.c.kind == kind,
                vocabulary.c.key == key,
                vocabulary.c.start == start,
                vocabulary.c.language == language,
            )
        )
    fresh = [one for key, one in now.items() if held.get(key) != one]
    for some in chunks(fresh):
        put(tx, insert(vocabulary), [_row(one) for one in some])
    return len(gone) + len(fresh)


def starting(read: Read, prefix: str, kinds: Sequence[str], limit: int) -> list[Named]:
    """List what begins with a folded `prefix` at any of its words, the most used first; each once."""
    if not prefix or (len(prefix) < _HEAD and not unspaced(prefix)):
        return []
    begins = func.substr(vocabulary.c.start, 1, len(prefix)) == prefix
    query = (
        select(vocabulary)
        .where(vocabulary.c.head == _head(prefix), vocabulary.c.kind.in_(kinds), begins)
        .order_by(desc(vocabulary.c.uses), vocabulary.c.start, vocabulary.c.key)
        .limit(_ALIKE)
    )
    found: dict[tuple[str, str], Named] = {}
    for one in map(_noun, read.execute(query)):
        found.setdefault((one.kind, one.key), one)
    return list(found.values())[:limit]


def exactly(read: Read, name: str, kinds: Sequence[str]) -> list[Named]:
    """List what is called exactly this (folded), the most used first."""
    head = vocabulary.c.head == _head(name)
    query = select(vocabulary).where(head, vocabulary.c.kind.in_(kinds), vocabulary.c.start == name)
    return [_noun(row) for row in read.execute(query.order_by(desc(vocabulary.c.uses), vocabulary.c.key).limit(_ALIKE))]


def words(read: Read, languages: Sequence[str], shortest: int, longest: int) -> list[tuple[str, str, int]]:
    """List the words headlines in these languages use, of so many letters: folded, as printed, uses."""
    length = func.length(vocabulary.c.key)
    query = select(vocabulary.c.key, vocabulary.c.label, vocabulary.c.uses).where(
        vocabulary.c.kind == WORD, vocabulary.c.language.in_(languages), length >= shortest, length <= longest
    )
    return [(row.key, row.label, row.uses) for row in read.execute(query)]


def headlines(read: Read, newest: int) -> Iterator[tuple[str, str]]:
    """Give (language, headline) of the newest articles, newest first."""
    query = select(articles.c.language, articles.c.headline).order_by(desc(articles.c.id)).limit(newest)
    for row in read.execute(query):
        yield row.language, row.headline


def tags(read: Read, newest: int) -> Iterator[tuple[str, str, int]]:
    """Give (tag, label, uses) of the newest articles' hashtags."""
    used = article_hashtags
    query = select(used.c.tag, used.c.label, func.count().label("n")).where(used.c.article_id >= _since(read, newest))
    for row in read.execute(query.group_by(used.c.tag, used.c.label)):
        yield row.tag, row.label, row.n


def names(read: Read, newest: int) -> Iterator[tuple[str, str, str, int]]:
    """Give (kind, key, name, uses) of those the newest articles name and anyone can tell who they are."""
    used = article_mentions
    query = select(used.c.kind, used.c.key, used.c.name, func.count().label("n")).where(
        used.c.article_id >= _since(read, newest), used.c.key.is_not(None), used.c.rank < NAMES
    )
    for row in read.execute(query.group_by(used.c.kind, used.c.key, used.c.name)):
        yield row.kind, row.key, row.name, row.n


def _since(read: Read, newest: int) -> ArticleId:
    query = select(articles.c.id).order_by(desc(articles.c.id)).offset(newest).limit(1)
    return ArticleId(read.execute(query).scalar() or 0)


def _all(read: Read) -> Iterator[Named]:
    for row in read.execute(select(vocabulary)):
        yield _noun(row)


def _head(start: str) -> str:
    return start[:1] if unspaced(start) else start[:_HEAD]


def _key(one: Named) -> tuple[str, str, str, str]:
    return one.kind, one.key, one.start, one.language


def _row(one: Named) -> dict[str, Any]:
    shown = {"kind": one.kind, "key": one.key, "start": one.start, "language": one.language}
    return {**shown, "head": _head(one.start), "label": one.label, "uses": one.uses}


def _noun(row: Any) -> Named:
    return Named(row.kind, row.key, row.start, row.label, row.uses, row.language)
