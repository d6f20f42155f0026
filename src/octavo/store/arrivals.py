"""What came in lately, and the lists each new article stands in; no table of its own.

An arrival counts once its article was related: only then are its hashtags, topics, places and story known.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from octavo.domain.ids import ArticleId, PublisherId
from octavo.ports.database import Read
from octavo.store import articles, changes, hashtags
from octavo.store.changes import ChangeKind
from octavo.store.dialect import chunks
from octavo.store.tables import article_mentions, article_topics
from octavo.text.slugs import short_id

RELATED = "relate"
"""The follower of changes that finds an article's relations and story."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new article; `seq` is its change's. `lists` are where it stands: section/…, hashtag/…, place/…, story/…."""

    seq: int
    id: ArticleId
    headline: str
    language: str
    publisher_id: PublisherId
    hashtags: tuple[str, ...] = ()
    lists: frozenset[str] = field(default_factory=frozenset)


def settled(read: Read) -> int:
    """Give the number of the last change whose article is wholly known; 0 before the first."""
    return changes.position(read, RELATED)


def recent(read: Read, after: int, limit: int) -> list[Arrival]:
    """List the new articles among the last `limit` settled changes that came after the change `after`, oldest first."""
    last = settled(read)
    rows = changes.since(read, max(after, last - limit), limit)
    seqs = {row.article_id: row.seq for row in rows if row.seq <= last and row.kind is ChangeKind.NEW}
    ids = list(seqs)
    tags = hashtags.of_articles(read, ids)
    lists = _lists(read, ids)
    return [
        Arrival(
            seq=seqs[card.id],
            id=card.id,
            headline=card.headline,
            language=card.language,
            publisher_id=card.publisher_id,
            hashtags=tags.get(card.id, ()),
            lists=frozenset(
                (
                    *lists[card.id],
                    f"source/{card.publisher_id}",
                    *(f"hashtag/{tag}" for tag in tags.get(card.id, ())),
                    *((f"story/{short_id(card.story_id)}",) if card.story_id else ()),
                )
            ),
        )
        for card in articles.cards(read, ids)
    ]


def _lists(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, list[str]]:
    """Name the sections and places of these articles."""
    found: dict[ArticleId, list[str]] = defaultdict(list)
    named = article_mentions.c
    for some in chunks(ids):
        topics = select(article_topics.c.article_id, article_topics.c.code)
        for row in read.execute(topics.where(article_topics.c.article_id.in_(some))):
            found[row.article_id].append(f"section/{row.code}")
        about = named.article_id.in_(some) & named.about.is_(True) & named.key.like("place/%")
        for row in read.execute(select(named.article_id, named.key).where(about).distinct()):
            found[row.article_id].append(row.key)
    return found
